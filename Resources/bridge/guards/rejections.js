'use strict'

// Keeps rejection events of this world from the page. The page could learn nothing from such an event
// (realm-guard.js), and would have to handle one without a reason. This listener is added before any of the
// page's and the preload's; the console still reports the rejection.

const keep = event => { if (event.promise !== undefined) event.stopImmediatePropagation() }

for (const type of ['unhandledrejection', 'rejectionhandled']) addEventListener(type, keep, { capture: true })
