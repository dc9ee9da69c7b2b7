const button = document.getElementById('btn')
const input = document.getElementById('title')

button.addEventListener('click', () => {
  window.electronAPI.setTitle(input.value)
})
