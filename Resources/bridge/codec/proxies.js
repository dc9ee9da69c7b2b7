'use strict'

// Detects Proxies. V8's structured clone refuses them, but JavaScript cannot tell a Proxy of a plain object
// from that object. The engine's own structuredClone can, in 1.35 us, while writing the object takes 0.1 us.
//
// So Proxies are recorded when they are created: `watch` replaces this world's `Proxy` with a constructor
// that does that. While a preload creates none, which is nearly always, the check costs one property read per
// object; after that a WeakSet lookup of about 25 ns.
//
// A Proxy that another realm created (a frame's `contentWindow.Proxy`) is not detected.

const p = require('../primordials')

const { construct } = Reflect
const { revocable } = Proxy
const made = p.pinner(WeakSet.prototype, ['has', 'add'])(new WeakSet())

/** Whether any Proxy has been created since `watch`; checked before `has`. */
const proxies = { any: false, has: object => made.has(object), watch }

function note (proxy) {
  proxies.any = true
  made.add(proxy)
  return proxy
}

/** Records the Proxies of this world from now on. Called before any script of the app runs. */
function watch () {
  const native = Proxy
  p.defineProperty(native, 'revocable', {
    __proto__: null,
    // A method, which like the original has no `prototype` and is not a constructor.
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
