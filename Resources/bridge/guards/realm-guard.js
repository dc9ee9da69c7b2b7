// Takes from a realm what JavaScriptCore and WebKit would carry into it from another world of the same page, past the
// membrane (seen in WebKitGTK 2.50.6 and 2.54.3; in Chromium none of it can happen). It runs in every window of every world before
// any other script: in the page's, so that the preload's objects stay out of it, and in the preload's and the numbered
// ones, so that nobody else's come in. One realm without it would be enough to undo it, for its functions work on
// the objects of all.
'use strict'

;(() => {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, apply } = Reflect

  // A setter of the DOM (`element.textContent = ...`) has no frame of its own. What a page has run inside of it, a custom
  // element's reaction, would be called by the preload's function, and `arguments.callee.caller` be that function, or
  // its `arguments` the preload's. (In strict mode neither is there.)
  for (const name of ['caller', 'arguments']) {
    defineProperty(Function.prototype, name, {
      __proto__: null,
      get: { get () { return null } }.get,
      set: undefined,
      enumerable: false,
      configurable: true
    })
  }

  /** Puts the getter of what `make(get)` gives in the place of `get`, if there is one. */
  const guard = (holder, key, make) => {
    const { get, set, enumerable } = (holder && getOwnPropertyDescriptor(holder, key)) ?? {}
    if (get === undefined) return
    defineProperty(holder, key, {
      __proto__: null, get: getOwnPropertyDescriptor(make(get), key).get, set, enumerable, configurable: true
    })
  }
  const ObjectHere = Object
  const { prototype: ObjectPrototype } = Object

  // Of what the window has of its own: for what it has not, an element may stand by its name.
  const prototypeOf = name => getOwnPropertyDescriptor(globalThis, name)?.value.prototype

  // What an event carries is cloned for a world that it is not of, and what the maker's getters throw then is thrown at
  // whoever reads.
  const eventPrototype = prototypeOf('Event')
  const typeOf = eventPrototype && getOwnPropertyDescriptor(eventPrototype, 'type').get
  for (const [name, key] of [
    ['CustomEvent', 'detail'], ['MessageEvent', 'data'], ['ErrorEvent', 'error'], ['PopStateEvent', 'state']
  ]) {
    guard(prototypeOf(name), key, get => ({
      get [key] () {
        try { return apply(get, this, []) } catch {}
        apply(typeOf, this, []) // throws for what is no event, an error of this world
        return null
      }
    }))
  }

  // Whether an object is this realm's. A prototype may be a Proxy: what its trap throws belongs to the other world.
  const isOurs = value => {
    let last = value
    try {
      for (let hops = 0; last !== null && hops < 100; hops++) {
        if (last === ObjectPrototype) return true
        last = getPrototypeOf(last)
      }
    } catch {}
    return false
  }

  // The `info` of a navigation is handed to every world as it is.
  guard(prototypeOf('NavigateEvent'), 'info', get => ({
    get info () {
      const info = apply(get, this, [])
      return ObjectHere(info) === info && !isOurs(info) ? null : info
    }
  }))

  // An unhandled rejection is an event that every world hears, with the promise and the reason themselves.
  const prototype = prototypeOf('PromiseRejectionEvent')
  if (prototype === undefined) return
  const read = getOwnPropertyDescriptor(prototype, 'promise').get
  for (const name of ['promise', 'reason']) {
    guard(prototype, name, get => ({
      get [name] () { return isOurs(apply(read, this, [])) ? apply(get, this, []) : undefined }
    }))
  }
})()
