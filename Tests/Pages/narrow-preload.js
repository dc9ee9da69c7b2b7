// One function, one channel: what a page could do with more.
const { contextBridge, ipcRenderer } = require('electron')
const secret = 'a secret of the preload'
globalThis.electron = require('electron')
globalThis.secrets = { secret }
contextBridge.exposeInMainWorld('narrow', {
  say: text => ipcRenderer.send('say', String(text)),
  fail: () => { throw new Error('failed') }
})
