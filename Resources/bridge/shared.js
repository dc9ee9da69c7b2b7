'use strict'

// What WebKit would carry from an isolated world into the page's by itself, raw, past the membrane (seen in 2.50.6).
// In Chromium neither can happen.

/** Takes away what makes objects for all worlds of a page. Its text is also run in the other isolated worlds. */
function hideShared () {
  // A custom element's class, and what its constructor makes, are handed to every world.
  // A policy's functions are called by every world, and what they throw is thrown there.
  for (const name of ['customElements', 'trustedTypes']) {
    if (name in globalThis) Object.defineProperty(globalThis, name, { value: null })
  }
}

/**
 * Keeps the event of a rejection of the preload's from the page: it could learn nothing from it (realm-guard.js), and
 * would have to understand an event without a reason. This listener is there before any of the page's, and of the
 * preload's; the console still tells.
 */
function keepRejections () {
  const keep = event => { if (event.promise !== undefined) event.stopImmediatePropagation() }
  for (const type of ['unhandledrejection', 'rejectionhandled']) addEventListener(type, keep, { capture: true })
}

module.exports = { hideShared, keepRejections }
