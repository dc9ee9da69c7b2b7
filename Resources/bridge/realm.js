'use strict'

// Reads of the bundle's own realm, for use before any other script has run there. Each bundle has its own
// copy.

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect
const ObjectHere = Object
const ObjectPrototype = Object.prototype
const ArrayPrototype = Array.prototype
const FunctionPrototype = Function.prototype

// Reads own properties of the global only: for a property that a window lacks, an element of that name would
// be returned.
const ownValue = name => getOwnPropertyDescriptor(globalThis, name)?.value
const ownPrototype = name => ownValue(name)?.prototype

/** The getter of an own accessor, a function of `this`; undefined if it does not exist. */
const nativeGetter = (holder, key) => (holder && getOwnPropertyDescriptor(holder, key))?.get

/** The same, as a function whose first argument is the receiver. */
const getter = (holder, key) => {
  const get = nativeGetter(holder, key)
  return get && (object => apply(get, object, []))
}

const isObject = value => ObjectHere(value) === value // the type of `document.all` is 'undefined'

const MAX_PROTOTYPES = 1000

/**
 * Whether all prototypes of an object belong to this realm. An object without prototypes may belong to any
 * realm. A prototype may be a Proxy: the error that its trap throws belongs to another realm, and is ignored.
 */
const isOwn = value => {
  try {
    let last = value
    for (let hops = 0; hops < MAX_PROTOTYPES; hops++) {
      const next = getPrototypeOf(last)
      if (next === null) return last === ObjectPrototype
      if (next === ObjectPrototype || next === FunctionPrototype || next === ArrayPrototype) return true
      last = next
    }
  } catch {}
  return false
}

module.exports = { ownValue, ownPrototype, nativeGetter, getter, isObject, isOwn }
