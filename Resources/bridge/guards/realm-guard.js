'use strict'

// Removes from a realm the features through which JavaScriptCore and WebKit would carry objects between
// worlds around the membrane. (Seen in WebKitGTK 2.50.6 and 2.54.3; in Chromium none of it can happen.) It
// runs in every window of every world before any other script. In the page's world it keeps the preload's
// objects out; in the preload's and the numbered worlds it keeps other worlds' objects out. A single
// unguarded realm would undo it, because its functions work on the objects of all realms.

const { ownPrototype, nativeGetter, isObject, isOwn } = require('../realm')

const { defineProperty, getOwnPropertyDescriptor, apply } = Reflect

// A DOM setter (`element.textContent = ...`) has no stack frame of its own. If it triggers a custom element's
// reaction in the page, the caller of that reaction would be the preload's function.
// `arguments.callee.caller` would return that function, and its `arguments` the preload's. (Strict mode has
// neither.)
for (const name of ['caller', 'arguments']) {
  defineProperty(Function.prototype, name, {
    __proto__: null,
    get: { get () { return null } }.get,
    set: undefined,
    enumerable: false,
    configurable: true
  })
}

/** Replaces a getter, if it exists, by the getter of the object that `make(get)` returns. */
const guard = (holder, key, make) => {
  const { get, set, enumerable } = (holder && getOwnPropertyDescriptor(holder, key)) ?? {}
  if (get === undefined) return
  defineProperty(holder, key,
    { __proto__: null, get: nativeGetter(make(get), key), set, enumerable, configurable: true })
}

// The data of an event is cloned for a reader in another world. Errors of its maker's getters would then be
// thrown at the reader.
const typeOf = nativeGetter(ownPrototype('Event'), 'type')
for (const [name, key] of [
  ['CustomEvent', 'detail'], ['MessageEvent', 'data'], ['ErrorEvent', 'error'], ['PopStateEvent', 'state']
]) {
  guard(ownPrototype(name), key, get => ({
    get [key] () {
      try { return apply(get, this, []) } catch {}
      apply(typeOf, this, []) // throws an error of this world when this is not an event
      return null
    }
  }))
}

// The `info` of a navigation reaches every world uncopied.
guard(ownPrototype('NavigateEvent'), 'info', get => ({
  get info () {
    const info = apply(get, this, [])
    return isObject(info) && !isOwn(info) ? null : info
  }
}))

// An unhandled rejection is an event that reaches every world, with the promise and the reason uncopied.
const promiseOf = nativeGetter(ownPrototype('PromiseRejectionEvent'), 'promise')
for (const name of ['promise', 'reason']) {
  guard(ownPrototype('PromiseRejectionEvent'), name, get => ({
    get [name] () { return isOwn(apply(promiseOf, this, [])) ? apply(get, this, []) : undefined }
  }))
}
