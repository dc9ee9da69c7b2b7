const form = document.getElementById('form')
const input = document.getElementById('text')
const heard = document.getElementById('heard')

document.title = location.hash.slice(1)

window.addEventListener('message', event => {
  if (event.source !== window || event.data !== 'port') return
  const [port] = event.ports

  port.onmessage = ({ data }) => {
    const line = document.createElement('li')
    line.innerText = data
    heard.append(line)
  }

  form.addEventListener('submit', event => {
    event.preventDefault()
    port.postMessage(input.value)
    input.value = ''
  })
})
