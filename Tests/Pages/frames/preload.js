// Runs in every frame that may have it. The tests find `electron` in this world.
globalThis.electron = require('electron')
globalThis.isMainFrame = process.isMainFrame
globalThis.heard = []
const { contextBridge, ipcRenderer, webFrame } = electron
ipcRenderer.on('pong', (_event, token) => heard.push(token))
globalThis.navigated = []
ipcRenderer.on('navigated', (_event, file) => navigated.push(file))
ipcRenderer.send('preload-ran',
  { url: location.href, token: webFrame.frameToken, isMainFrame: process.isMainFrame })
contextBridge.exposeInMainWorld(
  'api', { isMainFrame: process.isMainFrame, say: text => ipcRenderer.send('say', String(text)) })
