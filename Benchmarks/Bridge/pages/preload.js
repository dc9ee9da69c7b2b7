const { contextBridge, ipcRenderer } = require('electron')

let held
contextBridge.exposeInMainWorld('api', {
  number: x => x,
  object: o => o.n,
  array: a => a.length,
  bytes: b => b.length,
  hold: f => { held = f },
  run: n => { for (let i = 0; i < n; i++) held(i) },
  later: async x => x,
  finish: figures => ipcRenderer.send('figures', JSON.stringify(figures))
})
