const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  connect: () => ipcRenderer.invoke('ports:connect')
})

// The port goes on to the page, which then has it to itself.
ipcRenderer.on('ports:port', event => window.postMessage('port', '*', event.ports))
