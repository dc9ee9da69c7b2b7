'use strict'

// The entry of the guards' bundle. The guards prevent WebKit from carrying objects between an isolated world
// and the page's around the membrane. (Seen in 2.50.6 and 2.54.3; Tests/Engine tells how much of an engine
// was examined. In Chromium none of it can happen.) The bundle runs once in the preload's world, and by its
// text in each numbered world, before any script of the page or the app. The order matters:
// uncaught-errors.js dispatches with the method that related-targets.js replaces, and reads the events that
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
