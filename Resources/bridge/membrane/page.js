'use strict'

// The entry of the page bundle, which every window of the page's world and of the numbered worlds evaluates
// before any other script: it guards the realm, and exports the realm's half of the membrane.

require('../guards/realm-guard')
module.exports = require('./half')
