// The page can call these functions of the main process, and no others.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  greeting: name => ipcRenderer.invoke('greeting', name),
  setTitle: title => ipcRenderer.send('set-title', title)
})
