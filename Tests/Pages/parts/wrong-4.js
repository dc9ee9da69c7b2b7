// The fourth line sends nothing nowhere.
const { ipcRenderer } = require('electron')

ipcRenderer.send()
