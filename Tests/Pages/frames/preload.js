// Runs in every frame that may have it. The tests find `electron` in this world.
const { contextBridge, ipcRenderer, webFrame } = require('electron')
globalThis.electron = { contextBridge, ipcRenderer }
globalThis.process = process
globalThis.heard = []
ipcRenderer.on('pong', (_event, ...args) => heard.push(args))
ipcRenderer.send('preload-ran', location.href, process.isMainFrame)
contextBridge.exposeInMainWorld('api', { isMainFrame: process.isMainFrame })
