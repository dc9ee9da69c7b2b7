'use strict'

// Tells the main process how far this document is: parsed, painted, loaded, seen, left.

const { kinds } = require('./frames')

// How long to wait for a frame that a hidden window never draws.
const HIDDEN_MILLISECONDS = 100

// Not by the document's own property: an element of that name hides it.
const visibilityState = Object.getOwnPropertyDescriptor(Document.prototype, 'visibilityState').get

/** Calls `run` when WebKit itself, and not a page's script, sends `type` to `target`: before any of the page's listeners. */
function when (target, type, run) {
  target.addEventListener(type, event => { if (event.isTrusted) run() }, { capture: true })
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
  if (visibilityState.call(document) === 'hidden') setTimeout(once, HIDDEN_MILLISECONDS)
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
  when(document, 'visibilitychange', () => tell(kinds.visibility, visibilityState.call(document)))
  when(window, 'unload', () => {
    tell(kinds.leaving)
    transport.leave()
  })
}

module.exports = watchDocument
