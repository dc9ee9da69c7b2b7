'use strict'

// Joins the preload's world to another world, and is the only holder of both ends.
//
// The hand-over: the extension evaluates the text of membrane-half.js as a script in the other
// world before any page script; its value is a function, `open`, which the extension passes here
// and to nobody else. Then no native call is made again.

const openHere = require('./half')
const proxies = require('../codec/proxies')

const isProxy = object => proxies.any && proxies.has(object)

// `openThere` and all it returns are raw objects of the other world: they are connected and then
// only ever reached through our own half, which knows how. `isIsolated`: it is no page's world.
module.exports = function link (openThere, isIsolated = false) {
  const here = openHere(isProxy, true)
  const other = openThere(undefined, isIsolated)
  other.connect(here.port)
  here.connect(other.port)
  return here
}
