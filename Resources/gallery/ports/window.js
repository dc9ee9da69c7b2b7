const form = document.getElementById('form')
const text = document.getElementById('text')

window.addEventListener('message', event => {
  if (event.source !== window || event.data !== 'port') return
  const [port] = event.ports

  port.onmessage = ({ data }) => {
    const line = document.createElement('li')
    line.innerText = data
    document.getElementById('lines').append(line)
  }

  form.addEventListener('submit', event => {
    event.preventDefault()
    port.postMessage(text.value)
    text.value = ''
  })
})
