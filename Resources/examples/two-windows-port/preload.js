const { ipcRenderer } = require('electron')

const loaded = new Promise(resolve => { window.onload = resolve })

// The port goes on to the page, which then has it to itself.
ipcRenderer.on('port', async event => {
  await loaded
  window.postMessage('port', '*', event.ports)
})
