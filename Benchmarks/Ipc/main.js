'use strict'

// App of the IPC benchmark: Ipc.swift as an Electron main script. Node runs it on Martlet, and Electron runs
// it as it is.

const { app, BrowserWindow, ipcMain, MessageChannelMain } = require('electron')
const path = require('node:path')
const { performance } = require('node:perf_hooks')

const stamps = []
let pushBegan = 0

app.whenReady().then(() => {
  ipcMain.handle('echo', (event, value) => {
    stamps.push(performance.now())
    return value
  })
  ipcMain.on('echo-sync', (event, value) => {
    stamps.push(performance.now())
    event.returnValue = value
  })
  ipcMain.on('push', (event, count) => {
    pushBegan = performance.now()
    for (let index = 0; index < count; index++) event.sender.send('pushed', { id: 1, text: 'hello' })
  })
  ipcMain.on('all-pushed', (event, count) => {
    console.log(JSON.stringify({ name: 'push', count, milliseconds: performance.now() - pushBegan }))
  })
  ipcMain.on('begin', () => { stamps.length = 0 })
  ipcMain.on('end', (event, figures) => console.log(`{${figures}${percentiles()}}`))
  ipcMain.on('finish', () => app.exit(0))

  const measures = open('--measures')
  const other = open('--other')
  const { port1, port2 } = new MessageChannelMain()
  other.webContents.once('did-finish-load', () => other.webContents.postMessage('port', null, [port2]))
  measures.webContents.once('did-finish-load', () => measures.webContents.postMessage('port', null, [port1]))
})

function open (role) {
  const window = new BrowserWindow({
    webPreferences: {
      preload: path.join(__dirname, 'pages/preload.js'),
      // A preload in Electron's sandbox may not require the file with the measures.
      sandbox: process.versions.martlet !== undefined,
      additionalArguments: [role]
    }
  })
  window.loadFile('pages/index.html')
  return window
}

/** Percentiles of the intervals between the stamps in microseconds, as the end of a JSON object. */
function percentiles () {
  if (stamps.length < 2) return ''
  const between = stamps.slice(1).map((stamp, index) => (stamp - stamps[index]) * 1e3).sort((a, b) => a - b)
  const at = part => between[Math.floor(between.length * part)]
  return `,"p50":${at(0.5)},"p99":${at(0.99)}`
}
