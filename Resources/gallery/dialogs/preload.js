const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  open: request => ipcRenderer.invoke('dialogs:open', request)
})
