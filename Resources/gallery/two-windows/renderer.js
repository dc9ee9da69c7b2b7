const passed = document.getElementById('passed')

document.getElementById('btn').addEventListener('click', () => window.electronAPI.open())

window.electronAPI.onPassed((from, to, text) => {
  const line = document.createElement('li')
  line.innerText = `${from} to ${to}: ${text}`
  passed.append(line)
})
