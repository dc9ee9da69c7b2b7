const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  versions: process.versions,
  add: (a, b) => ipcRenderer.invoke('start:add', a, b)
})
