'use strict'

// Electron's `contextBridge`, over the membrane. Where it does better than Electron, on purpose:
//
// - one stable proxy per function, so `api.off(cb)` finds what `api.on(cb)` added; its `this` is the object
//   it was first found on
// - cyclic arrays work
// - errors keep `name` and `code` as plain data beside the message (DOMException, too)
// - what is in a Map or Set crosses by the same rules as all else, functions included
// - any DOM node crosses as itself, not only elements
//
// And one difference that is none of these: a JS Proxy that a page made is read like the object it shows (in
// its own world, each property once) and not refused: no script can tell the two apart. The preload's own are
// known from where they are made (proxies.js), and refused as in Electron.

const MAIN_WORLD = 0

// `linkTo(worldId)` gives our end of a membrane to a world of this frame, which may begin to exist with that.
// `compile(text)`, where given, evaluates a script in the main world and returns its raw value: a page's CSP
// must not reach it.
module.exports = function createContextBridge ({ linkTo, compile }) {
  const expose = (worldId, key, api) => {
    if (typeof key !== 'string') throw new TypeError('The key of an exposed API must be a string')
    const world = linkTo(worldId)
    if (world.has(key) || !world.expose(key, api)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object')
    }
  }

  return {
    exposeInMainWorld: (key, api) => expose(MAIN_WORLD, key, api),

    exposeInIsolatedWorld (worldId, key, api) {
      expose(worldId, key, api)
    },

    executeInMainWorld (script) {
      if (typeof script !== 'object' || script === null) throw new TypeError('Invalid script')
      const { func, args = [] } = script
      if (typeof func !== 'function') throw new TypeError("Function 'func' is required in script")
      if (!Array.isArray(args)) throw new TypeError("'args' must be an array")
      return linkTo(MAIN_WORLD).run(func, compile, args)
    }
  }
}
