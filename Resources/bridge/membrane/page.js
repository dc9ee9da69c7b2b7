'use strict'

// The entry of the page bundle, which is evaluated before any other script in every window of the page's
// world and of the numbered worlds. It guards the realm, and exports the realm's half of the membrane.

require('../guards/realm-guard')
module.exports = require('./half')
