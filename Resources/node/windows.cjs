'use strict'

// Electron's BrowserWindow and WebContents.

const { defineClass } = require('./define-class.cjs')
const { withMessages } = require('./ipc.cjs')

function defineWebContents (table) {
  return defineClass(table, Native => class extends withMessages(Native) {
    loadFile (file, options = {}) {
      const query = options.search ?? (options.query && new URLSearchParams(options.query).toString())
      return super.loadFile(file, query, options.hash)
    }
  })
}

function defineBrowserWindow (table) {
  return defineClass(table, Native => class extends Native {
    loadFile (file, options) { return this.webContents.loadFile(file, options) }
    loadURL (url, options) { return this.webContents.loadURL(url, options) }
    reload () { this.webContents.reload() }
  })
}

module.exports = { defineWebContents, defineBrowserWindow }
