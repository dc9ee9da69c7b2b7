// What the page may hear from the main process and tell it: this and nothing else.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  onUpdateCounter: callback => ipcRenderer.on('update-counter', (_event, step) => callback(step)),
  counterValue: value => ipcRenderer.send('counter-value', value)
})
