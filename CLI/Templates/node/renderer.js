const form = document.getElementById('form')
const nameField = document.getElementById('name')
const greeting = document.getElementById('greeting')

form.addEventListener('submit', async event => {
  event.preventDefault()
  greeting.innerText = await window.app.greeting(nameField.value)
  window.app.setTitle(greeting.innerText)
})
