const connect = document.getElementById('connect')
const form = document.getElementById('form')
const text = document.getElementById('text')
let port

connect.addEventListener('click', () => window.electronAPI.connect())

window.addEventListener('message', event => {
  if (event.source !== window || event.data !== 'port') return
  [port] = event.ports
  port.onmessage = ({ data }) => show(`The window: ${data}`)
  port.addEventListener('close', () => {
    show('The window has closed its end.')
    setConnected(false)
  })
  setConnected(true)
})

form.addEventListener('submit', event => {
  event.preventDefault()
  port.postMessage(text.value)
  show(`This page: ${text.value}`)
  text.value = ''
})

function setConnected (isConnected) {
  connect.disabled = isConnected
  text.disabled = !isConnected
  document.getElementById('say').disabled = !isConnected
  // Where the keyboard was is disabled now.
  ;(isConnected ? text : connect).focus()
}

function show (said) {
  const line = document.createElement('li')
  line.innerText = said
  document.getElementById('lines').append(line)
}
