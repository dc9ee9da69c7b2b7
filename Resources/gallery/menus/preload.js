const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('electronAPI', {
  state: () => ipcRenderer.invoke('menus:state'),
  change: state => ipcRenderer.send('menus:change', state),
  onChanged: callback => ipcRenderer.on('menus:changed', (_event, state) => callback(state)),
  onTurn: callback => ipcRenderer.on('menus:turn', (_event, degrees) => callback(degrees))
})
