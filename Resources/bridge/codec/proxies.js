'use strict'

// Which objects are Proxies. V8's structured clone refuses them, and no
// JavaScript can tell a Proxy of a plain object from one; the engine's own
// structuredClone can, for 1.35 us where writing the object takes 0.1 us.
//
// So they are noted where they are made: `watch` puts a constructor in this
// world's `Proxy` that remembers what it made. As long as a preload makes none,
// which is nearly always, knowing costs a property read an object; after that
// a look into a WeakSet, some 25 ns.
//
// A Proxy that another realm made (a frame's `contentWindow.Proxy`) is not seen.

const p = require('../primordials')

const { construct } = Reflect
const { revocable } = Proxy
const made = p.pinner(WeakSet.prototype, ['has', 'add'])(new WeakSet())

/** Whether any Proxy was made since `watch`; asked before `has`. */
const proxies = { any: false, has: object => made.has(object), watch }

function note (proxy) {
  proxies.any = true
  made.add(proxy)
  return proxy
}

/** From now on, Proxies made in this world are known. Called before any script of the app runs. */
function watch () {
  const native = Proxy
  p.defineProperty(native, 'revocable', {
    __proto__: null,
    // A method, since that has no `prototype` and is no constructor: like the original.
    value: { revocable (target, handler) {
      const pair = revocable(target, handler)
      note(pair.proxy)
      return pair
    } }.revocable
  })
  globalThis.Proxy = new native(native, {
    __proto__: null,
    construct: (_target, args) => note(construct(native, args))
  })
}

module.exports = proxies
