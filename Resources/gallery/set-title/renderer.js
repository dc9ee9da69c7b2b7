const form = document.getElementById('form')
const title = document.getElementById('title')

form.addEventListener('submit', event => {
  event.preventDefault()
  window.electronAPI.setTitle(title.value)
})
