const form = document.getElementById('form')
const input = document.getElementById('text')
const heard = document.getElementById('heard')

document.title = window.electronAPI.name

form.addEventListener('submit', event => {
  event.preventDefault()
  window.electronAPI.say(input.value)
  input.value = ''
})

window.electronAPI.onSaid(text => {
  const line = document.createElement('li')
  line.innerText = text
  heard.append(line)
})
