const { ipcRenderer } = require('electron')

const loaded = new Promise(resolve => { window.onload = resolve })

ipcRenderer.on('ports:port', async event => {
  await loaded
  window.postMessage('port', '*', event.ports)
})
