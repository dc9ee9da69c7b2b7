'use strict'

// Martlet's side of the measures. They run in the preload's world, where floor A's run in the page's: both
// talk straight to what carries their messages. What contextBridge adds is a measure of its own (`./dev bench
// bridge`).

const { ipcRenderer } = require('electron')
const measureAll = require('./measures.js')

/** The port whose other end is in the other window, where there are ports. */
const portArrived = new Promise(resolve => {
  ipcRenderer.once('port', ({ ports: [port] }) => resolve(port))
  ipcRenderer.once('no-port', () => resolve(undefined))
})

async function measure () {
  const port = await portArrived
  let answered
  if (port) port.onmessage = ({ data }) => answered(data)
  await measureAll({
    invoke: { '': value => ipcRenderer.invoke('echo', value) },
    hasBytes: true,
    sendSync: value => ipcRenderer.sendSync('echo-sync', value),
    port: port && (value => new Promise(resolve => {
      answered = resolve
      port.postMessage(value)
    })),
    async push (count) {
      let expected = count
      await new Promise(resolve => {
        const listener = () => {
          if (--expected > 0) return
          ipcRenderer.off('pushed', listener)
          resolve()
        }
        ipcRenderer.on('pushed', listener)
        ipcRenderer.send('push', count)
      })
      ipcRenderer.send('all-pushed', count)
    },
    begin: name => ipcRenderer.send('begin', name),
    end: figures => ipcRenderer.send('end', JSON.stringify(figures).slice(1, -1))
  })
}

if (process.argv.includes('--measures')) {
  measure()
    .catch(error => ipcRenderer.send('end', `"error":${JSON.stringify(String(error))}`))
    .finally(() => ipcRenderer.send('finish'))
} else {
  portArrived.then(port => { if (port) port.onmessage = ({ data }) => port.postMessage(data) })
}
