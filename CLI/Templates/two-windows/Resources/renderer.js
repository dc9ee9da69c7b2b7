const form = document.getElementById('form')
const text = document.getElementById('text')

document.title = location.hash.slice(1)

form.addEventListener('submit', event => {
  event.preventDefault()
  window.app.say(text.value)
  text.value = ''
})

window.app.onSaid(said => {
  const line = document.createElement('li')
  line.innerText = said
  document.getElementById('heard').append(line)
})
