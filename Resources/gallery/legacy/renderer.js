const answer = document.getElementById('answer')

document.getElementById('send').addEventListener('click', () => {
  window.electronAPI.ping(text => { answer.innerText = text })
})

document.getElementById('sendSync').addEventListener('click', () => {
  answer.innerText = window.electronAPI.pingSync()
})
