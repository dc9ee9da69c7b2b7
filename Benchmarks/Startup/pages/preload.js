const { ipcRenderer } = require('electron')

ipcRenderer.invoke('echo', 1).then(() => ipcRenderer.send('replied', Date.now()))
