// The page can exchange these messages with the main process, and no others.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  say: text => ipcRenderer.send('say', text),
  onSaid: callback => ipcRenderer.on('said', (_event, text) => callback(text))
})
