'use strict'

// Tells the main process how far this document is: parsed, then painted.

const { kinds } = require('./frames')

// How long to wait for a frame that a hidden window never draws.
const HIDDEN_MILLISECONDS = 100

function watchDocument (transport) {
  document.addEventListener('DOMContentLoaded', () => {
    transport.post(kinds.domReady, 0, undefined)
    let told = false
    const tell = () => {
      if (told) return
      told = true
      transport.post(kinds.painted, 0, undefined)
    }
    // The first callback runs before the paint, the second after it. Hidden documents get neither.
    requestAnimationFrame(() => requestAnimationFrame(tell))
    if (document.visibilityState === 'hidden') setTimeout(tell, HIDDEN_MILLISECONDS)
  }, { once: true, capture: true })
}

module.exports = watchDocument
