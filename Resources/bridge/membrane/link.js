'use strict'

// Joins the preload's world to another world, and is the only holder of both ends.
//
// The hand-over: the extension evaluates the page bundle as a script in the other world before any page
// script. Its value is a function, `open`, which the extension passes only to this module. After that no
// native call is made.

const openHere = require('./half')
const proxies = require('../codec/proxies')

const isProxy = object => proxies.any && proxies.has(object)

// `openThere` and its results are raw objects of the other world. They are connected, and then used only
// through our own half, which handles them safely. `isIsolated`: it is not a page's world.
module.exports = function link (openThere, isIsolated = false) {
  const here = openHere(isProxy, true)
  const other = openThere(undefined, isIsolated)
  other.connect(here.port)
  here.connect(other.port)
  return here
}
