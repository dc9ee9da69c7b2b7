const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  name: process.argv.find(argument => argument.startsWith('--name=')).slice('--name='.length),
  say: text => ipcRenderer.send('say', text),
  onSaid: callback => ipcRenderer.on('said', (_event, text) => callback(text))
})
