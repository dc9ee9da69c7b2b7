'use strict'

// Electron's `contextBridge`, over the membrane. It deliberately improves on Electron:
//
// - one stable proxy per function, so `api.off(cb)` finds what `api.on(cb)` added; its `this` is the object
//   that it was first found on
// - cyclic arrays work
// - errors keep `name` and `code` as plain data beside the message (DOMException, too)
// - the contents of a Map or Set cross by the same rules as other values, including functions
// - any DOM node crosses as itself, not only elements
//
// One more difference: a JS Proxy made by a page is not refused. It is read like the object that it imitates
// (in its own world, each property once), because no script can tell the two apart. The preload's own Proxies
// are recorded when they are created (proxies.js), and refused as in Electron.

const MAIN_WORLD = 0

// `linkTo(worldId)` returns our end of a membrane to a world of this frame, creating the world if necessary.
// `compile(text)`, if given, evaluates a script in the main world and returns its raw value, not subject to a
// page's CSP.
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
