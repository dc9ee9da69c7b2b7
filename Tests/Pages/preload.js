// The tests run their scripts in this world and find `electron` here.
globalThis.electron = require('electron')
globalThis.process = process
globalThis.require = require
globalThis.heard = []
process.once('loaded', () => { globalThis.loadedAtEnd = globalThis.isAtEnd === true })
globalThis.namesAtFirst = electron.ipcRenderer.eventNames()
electron.ipcRenderer.on('early', (_event, ...args) => heard.push(args))
electron.contextBridge.exposeInMainWorld('api', {
  version: 1,
  invoke: (channel, ...args) => electron.ipcRenderer.invoke(channel, ...args),
  sendSync: (channel, ...args) => electron.ipcRenderer.sendSync(channel, ...args)
})
globalThis.isAtEnd = true
