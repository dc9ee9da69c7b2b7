// The page can exchange these messages with the main process, and no others.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  onUpdateCounter: callback => ipcRenderer.on('update-counter', (_event, step) => callback(step)),
  counterValue: value => ipcRenderer.send('counter-value', value)
})
