'use strict'

// Tells the main process how far this document is: parsed, painted, loaded, seen, left.

const { kinds } = require('./lane/wire')
const { window, document, visibilityState, listen } = require('./dom-primordials')

// How long to wait for a frame that a hidden window never draws.
const HIDDEN_MILLISECONDS = 100

/**
 * Calls `run` when WebKit itself, and not a page's script, sends `type` to `target`: before any of the page's
 * listeners.
 */
function when (target, type, run) {
  listen(target, type, event => { if (event.isTrusted) run() })
}

/** `tell` is called when the document has been painted, or is not going to be. */
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
    // A main process that is gone, or has closed the window, need not be told.
    try { transport.post(kind, 0, value) } catch {}
  }
  when(document, 'DOMContentLoaded', () => {
    tell(kinds.domReady)
    if (isMainFrame) watchPaint(() => tell(kinds.painted))
  })
  when(window, 'load', () => tell(kinds.loaded))
  when(document, 'visibilitychange', () => tell(kinds.visibility, visibilityState()))
  when(window, 'unload', () => {
    tell(kinds.leaving)
    transport.leave()
  })
}

module.exports = watchDocument
