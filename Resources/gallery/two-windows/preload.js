const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  open: () => ipcRenderer.send('two-windows:open'),
  onPassed: callback => ipcRenderer.on('two-windows:passed', (_event, from, to, text) => callback(from, to, text))
})
