'use strict'

// Takes from a realm what JavaScriptCore and WebKit would carry into it from another world of the same page,
// past the membrane. (Seen in WebKitGTK 2.50.6 and 2.54.3; in Chromium none of it can happen.) It runs in
// every window of every world before any other script: in the page's, so that the preload's objects stay out
// of it, and in the preload's and the numbered ones, so that nobody else's come in. One realm without it
// would be enough to undo it, for its functions work on the objects of all.

const { ownPrototype, nativeGetter, isObject, isOwn } = require('../realm')

const { defineProperty, getOwnPropertyDescriptor, apply } = Reflect

// A setter of the DOM (`element.textContent = ...`) has no frame of its own. A custom element's reaction that
// the page has run inside of it would be called by the preload's function, and `arguments.callee.caller` be
// that function, or its `arguments` the preload's. (In strict mode neither is there.)
for (const name of ['caller', 'arguments']) {
  defineProperty(Function.prototype, name, {
    __proto__: null,
    get: { get () { return null } }.get,
    set: undefined,
    enumerable: false,
    configurable: true
  })
}

/** Puts the getter of the object that `make(get)` returns in the place of `get`, if there is one. */
const guard = (holder, key, make) => {
  const { get, set, enumerable } = (holder && getOwnPropertyDescriptor(holder, key)) ?? {}
  if (get === undefined) return
  defineProperty(holder, key,
    { __proto__: null, get: nativeGetter(make(get), key), set, enumerable, configurable: true })
}

// The data of an event is cloned for a world that it is not of, and the errors that its maker's getters throw
// then would be thrown at the reader.
const typeOf = nativeGetter(ownPrototype('Event'), 'type')
for (const [name, key] of [
  ['CustomEvent', 'detail'], ['MessageEvent', 'data'], ['ErrorEvent', 'error'], ['PopStateEvent', 'state']
]) {
  guard(ownPrototype(name), key, get => ({
    get [key] () {
      try { return apply(get, this, []) } catch {}
      apply(typeOf, this, []) // throws for what is no event, an error of this world
      return null
    }
  }))
}

// The `info` of a navigation is handed to every world as it is.
guard(ownPrototype('NavigateEvent'), 'info', get => ({
  get info () {
    const info = apply(get, this, [])
    return isObject(info) && !isOwn(info) ? null : info
  }
}))

// An unhandled rejection is an event that every world hears, with the promise and the reason themselves.
const promiseOf = nativeGetter(ownPrototype('PromiseRejectionEvent'), 'promise')
for (const name of ['promise', 'reason']) {
  guard(ownPrototype('PromiseRejectionEvent'), name, get => ({
    get [name] () { return isOwn(apply(promiseOf, this, [])) ? apply(get, this, []) : undefined }
  }))
}
