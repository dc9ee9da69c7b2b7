'use strict'

// Keeps the event of a rejection in this world from the page. The page could learn nothing from it
// (realm-guard.js), and would have to understand an event without a reason. This listener is there before any
// of the page's and of the preload's; the console still reports the rejection.

const keep = event => { if (event.promise !== undefined) event.stopImmediatePropagation() }

for (const type of ['unhandledrejection', 'rejectionhandled']) addEventListener(type, keep, { capture: true })
