const form = document.getElementById('form')
const text = document.getElementById('text')

document.title = location.hash.slice(1)

form.addEventListener('submit', event => {
  event.preventDefault()
  window.electronAPI.say(text.value)
  text.value = ''
})

window.electronAPI.onSaid(said => {
  const line = document.createElement('li')
  line.innerText = said
  document.getElementById('heard').append(line)
})
