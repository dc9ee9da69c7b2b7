// What the page may ask of the main process: these functions and nothing else.
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('app', {
  greeting: name => ipcRenderer.invoke('greeting', name),
  setTitle: title => ipcRenderer.send('set-title', title)
})
