const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('doctor', {
  versions: process.versions,
  report: findings => ipcRenderer.send('findings', findings)
})
