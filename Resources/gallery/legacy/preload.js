const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  ping: callback => {
    ipcRenderer.once('asynchronous-reply', (_event, answer) => callback(answer))
    ipcRenderer.send('asynchronous-message', 'ping')
  },
  pingSync: () => ipcRenderer.sendSync('synchronous-message', 'ping at once')
})
