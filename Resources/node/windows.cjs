'use strict'

// Electron's BrowserWindow and WebContents.

const { defineClass } = require('./define-class.cjs')
const { withMessages } = require('./ipc.cjs')
const { warnOfPreferences } = require('./missing.cjs')
const { deserialize } = require('./wire.cjs')

function defineWebContents (table) {
  return defineClass(table, Native => class extends withMessages(Native) {
    loadFile (file, options = {}) {
      const query = options.search ?? (options.query && new URLSearchParams(options.query).toString())
      return super.loadFile(file, query, options.hash)
    }

    /** The arguments of a listener, of those that native code gives. */
    static listenerArguments (name, event, values) {
      switch (name) {
        case 'ipc-message':
        case 'ipc-message-sync': {
          const [message, channel, bytes] = values
          return [message, channel, ...deserialize(bytes)]
        }
        case 'console-message': {
          const [level, message, lineNumber, sourceId] = values
          Object.assign(event, { level: LEVELS[level] ?? 'info', message, lineNumber, sourceId })
          return [event, NUMBERS[event.level], message, lineNumber, sourceId]
        }
        case 'preload-error': return [event, values[0], new Error(values[1])]
        default: return [event, ...values]
      }
    }
  })
}

/** Electron's names of WebKit's levels, and its numbers of these names. */
const LEVELS = { log: 'info', info: 'info', warning: 'warning', error: 'error', debug: 'debug' }
const NUMBERS = { debug: 0, info: 1, warning: 2, error: 3 }

function defineBrowserWindow (table) {
  return defineClass(table, Native => class extends Native {
    constructor (options) {
      warnOfPreferences(options?.webPreferences)
      super(options)
    }

    loadFile (file, options) { return this.webContents.loadFile(file, options) }
    loadURL (url, options) { return this.webContents.loadURL(url, options) }
    reload () { this.webContents.reload() }
  })
}

module.exports = { defineWebContents, defineBrowserWindow }
