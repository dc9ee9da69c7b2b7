'use strict'

// Electron's app.

const { defineClass } = require('./define-class.cjs')

function defineApp (table, about) {
  return defineClass(table, Native => class extends Native {
    #ready

    whenReady () {
      this.#ready ??= new Promise(resolve => {
        if (this.isReady()) resolve()
        else this.once('ready', () => resolve())
      })
      return this.#ready
    }

    getVersion () { return about.version }
    getAppPath () { return about.folder }
    get isPackaged () { return process.defaultApp !== true }
  })
}

module.exports = { defineApp }
