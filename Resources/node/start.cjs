'use strict'

// Runs an Electron app with Node: `node start.cjs FOLDER [ARGUMENT...]`. `martlet run` starts it.

const Module = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { readAppPackage } = require('./app-package.cjs')
const { loadAddon } = require('./addon.cjs')
const { createElectron } = require('./electron.cjs')
const { installModule } = require('./module-hook.cjs')
const { describeProcess } = require('./process.cjs')
const { showUncaughtExceptions, warnWithoutWindow } = require('./warnings.cjs')

function main (folder) {
  if (folder === undefined) {
    console.error('martlet: start.cjs needs the folder of an app, with a package.json')
    process.exit(2)
  }
  const app = readAppPackage(folder)
  const electron = createElectron(loadAddon(), app)
  installModule(electron)
  describeProcess(app)
  // As Electron has it: the program, the app, and its arguments.
  process.argv.splice(1, 1)
  if (app.isModule) {
    // A top-level `await app.whenReady()` waits for the app, so the app starts when nothing else is left to
    // do.
    const start = onlyOnce(() => startApp(electron))
    process.once('beforeExit', start)
    import(pathToFileURL(app.main).href).then(start, error => {
      console.error(error)
      process.exit(1)
    })
  } else {
    Module._load(path.resolve(app.main), null, true)
    setImmediate(() => startApp(electron))
  }
}

/** The main script has run. */
function startApp ({ app, dialog, BrowserWindow }) {
  showUncaughtExceptions(dialog)
  warnWithoutWindow(app, BrowserWindow)
  app.start()
}

function onlyOnce (run) {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}

try {
  main(process.argv[2])
} catch (error) {
  if (error.code !== 'ERR_MARTLET_APP') throw error
  console.error(`martlet: ${error.message}`)
  process.exit(1)
}
