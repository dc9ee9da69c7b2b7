const a = document.getElementById('a')
const b = document.getElementById('b')

async function add () {
  const sum = await window.electronAPI.add(a.valueAsNumber, b.valueAsNumber)
  document.getElementById('sum').innerText = sum
}

async function addAndTime () {
  const start = performance.now()
  await add()
  const time = performance.now() - start
  document.getElementById('time').innerText = `, there and back in ${time.toFixed(1)} ms`
}

a.addEventListener('input', addAndTime)
b.addEventListener('input', addAndTime)
add()

for (const name of ['martlet', 'webkit', 'gtk']) {
  document.getElementById(name).innerText = window.electronAPI.versions[name]
}
