'use strict'

// Reports this document's state to the main process: parsed, painted, loaded, visible, unloading.

const { kinds } = require('./lane/wire')
const { window, document, visibilityState, listen } = require('./dom-primordials')

// Timeout for a frame, which a hidden window never draws.
const HIDDEN_MILLISECONDS = 100

/**
 * Calls `run` when WebKit itself, not a page's script, dispatches `type` to `target`, before the page's
 * listeners.
 */
function when (target, type, run) {
  listen(target, type, event => { if (event.isTrusted) run() })
}

/** Calls `tell` when the document has been painted, or will not be. */
function watchPaint (tell) {
  let told = false
  const once = () => {
    if (told) return
    told = true
    tell()
  }
  // The first callback runs before the paint, the second after it. Hidden documents get neither.
  requestAnimationFrame(() => requestAnimationFrame(once))
  if (visibilityState() === 'hidden') setTimeout(once, HIDDEN_MILLISECONDS)
}

function watchDocument (transport, isMainFrame) {
  const tell = (kind, value) => {
    // An error means that the main process is gone or has closed the window: nothing to report.
    try { transport.post(kind, 0, value) } catch {}
  }
  when(document, 'DOMContentLoaded', () => {
    tell(kinds.domReady)
    if (isMainFrame) watchPaint(() => tell(kinds.painted))
  })
  when(window, 'load', () => tell(kinds.loaded))
  when(document, 'visibilitychange', () => tell(kinds.visibility, visibilityState()))
  when(window, 'unload', () => {
    tell(kinds.unloading)
    transport.leave()
  })
}

module.exports = watchDocument
