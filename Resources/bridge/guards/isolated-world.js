'use strict'

// The entry of the guards' bundle. It keeps WebKit from carrying objects between an isolated world and the
// page's by itself, past the membrane. (Seen in 2.50.6 and 2.54.3; Tests/Engine says how much of an engine
// was looked at. In Chromium none of it can happen.) It runs once in the preload's world, and in each
// numbered world by its text, before any script of the page's and of the app's. The order matters:
// uncaught-errors.js dispatches by the method that related-targets.js replaces, and reads the events that
// event-data.js makes.

require('./hidden-globals')
require('./rejections')
require('./event-data')
require('./uncaught-errors')
require('./related-targets')
require('./bodies')
require('./aborts')
require('./transitions')
require('./rejecting-methods')
