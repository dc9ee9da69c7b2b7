'use strict'

// Electron's members of `process`, in the main process.

/** The version of Electron whose API Martlet follows, for apps that ask. docs/node.md names it, too. */
const ELECTRON = '37.0.0'
const MARTLET = '0.1.0'

function describeProcess (app) {
  const versions = { ...process.versions, electron: ELECTRON, martlet: MARTLET }
  define('versions', Object.freeze(versions))
  define('type', 'browser')
  define('resourcesPath', app.folder)
  // Electron sets it where an app is run from its folder. A package's own start script says that it is one.
  if (process.env.MARTLET_PACKAGED !== '1') define('defaultApp', true)
  delete process.env.MARTLET_PACKAGED
}

function define (name, value) {
  Object.defineProperty(process, name, { value, enumerable: true, configurable: true })
}

module.exports = { describeProcess, ELECTRON, MARTLET }
