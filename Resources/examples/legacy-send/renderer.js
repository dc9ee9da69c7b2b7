window.electronAPI.ping(answer => {
  document.getElementById('answer').innerText = answer
})
