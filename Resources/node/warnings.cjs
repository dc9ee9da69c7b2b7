'use strict'

// Problems of the main script that its developer or the user is told of.

/**
 * Shows exceptions that no listener of the app's hears in a box, as Electron does; the app goes on. It is
 * installed when the main script has run: an exception of the script itself ends it, as in Node.
 */
function showUncaughtExceptions (dialog) {
  process.on('uncaughtException', error => {
    if (process.listenerCount('uncaughtException') > 1) return
    const about = error?.stack ?? `${error}`
    dialog.showErrorBox('A JavaScript error occurred in the main process', `Uncaught Exception:\n${about}`)
  })
}

/** Warns of an app that shows nothing: its developer may wait for a window that never comes. */
function warnWithoutWindow (app, BrowserWindow) {
  let hasWindow = false
  app.once('browser-window-created', () => { hasWindow = true })
  setTimeout(() => {
    if (hasWindow || BrowserWindow.getAllWindows().length > 0) return
    process.emitWarning('the app has opened no window for 10 seconds: does it wait for app.whenReady()?')
  }, 10_000).unref()
}

module.exports = { showUncaughtExceptions, warnWithoutWindow }
