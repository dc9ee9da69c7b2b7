// Lists what the engine has in a window: each interface, with its attributes and methods. Plain script; its
// value is a function. To be run in a world that no script has changed: an attribute is one of WebKit's own.
'use strict'

;() => {
  const { ownKeys, getOwnPropertyDescriptor } = Reflect
  // The language's own, which are each realm's and no part of the DOM.
  const language = new Set(`Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date
    AsyncDisposableStack DisposableStack Error SuppressedError EvalError FinalizationRegistry Float16Array Float32Array Float64Array
    Function Int16Array Int32Array Int8Array Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp
    Set SharedArrayBuffer String Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray
    WeakMap WeakRef WeakSet AggregateError Infinity NaN undefined globalThis eval isFinite isNaN parseFloat parseInt
    decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape`.split(/\s+/))

  /** The names of the members of an object: a method ends with `()`, a static one begins with `static.`; constants are left out. */
  const membersOf = (object, isStatic) => {
    const members = []
    for (const key of ownKeys(object)) {
      const name = typeof key === 'symbol' ? `[${key.description}]` : key
      if (name === 'constructor' || name === '[Symbol.toStringTag]' || name === '[Symbol.unscopables]') continue
      if (isStatic && (name === 'prototype' || name === 'length' || name === 'name')) continue
      const { get, value } = getOwnPropertyDescriptor(object, key)
      const kind = get !== undefined ? '' : typeof value === 'function' ? '()' : undefined
      if (kind !== undefined) members.push((isStatic ? 'static.' : '') + name + kind)
    }
    return members
  }

  const found = {}
  const globals = []
  for (const name of ownKeys(globalThis)) {
    if (typeof name !== 'string' || language.has(name) || name >= 0) continue
    const { get, value } = getOwnPropertyDescriptor(globalThis, name)
    if (get !== undefined) globals.push(name)
    else if (typeof value === 'function' && getOwnPropertyDescriptor(value, 'prototype')?.writable === false) {
      found[name] = ['new()', ...membersOf(value, true), ...membersOf(value.prototype, false)].sort()
    } else if (typeof value === 'function') globals.push(`${name}()`)
    else if (typeof value === 'object' && value !== null) found[name] = membersOf(value, false).sort()
  }
  found.globalThis = globals.sort()
  return found
}
