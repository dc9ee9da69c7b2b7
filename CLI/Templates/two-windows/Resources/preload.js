// What the page may tell the main process and hear from it: this and nothing else.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  say: text => ipcRenderer.send('say', text),
  onSaid: callback => ipcRenderer.on('said', (_event, text) => callback(text))
})
