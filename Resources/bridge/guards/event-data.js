'use strict'

// Keeps the data of events in this world. When another world reads it, WebKit clones it at that moment:
// getters of this world run in the middle of that world's scripts, and their errors reach that world
// uncopied. So an event carries a copy without getters, or null if it cannot be copied, and this world reads
// the original from a separate map.

const { ownValue, isObject } = require('../realm')
const { replaceGetter } = require('./replace')

const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect
const { create } = Object
const clone = structuredClone

/** The original data by its event. */
const kept = new WeakMap()

const copyOf = value => {
  try { return clone(value) } catch { return null }
}
// A value that WebKit does not clone becomes null at once: a copy made here would belong to this world, too.
const nothing = () => null

/** A constructor that applies `share` to the data of the event that it makes. */
function replaceConstructor (name, key, share) {
  const Native = ownValue(name)
  const Made = new Proxy(Native, {
    construct (_target, args, newTarget) {
      const made = newTarget === Made ? Native : newTarget
      const value = isObject(args[1]) ? args[1][key] : undefined
      if (!isObject(value)) return construct(Native, args, made)
      const event = construct(Native, [args[0], create(args[1], { [key]: { value: share(value) } })], made)
      kept.set(event, value)
      return event
    }
  })
  const property = { value: Made, writable: true, enumerable: false, configurable: true }
  defineProperty(Native.prototype, 'constructor', property)
  defineProperty(globalThis, name, property)
}

/** The old initializer of an event, whose fourth argument is the data. */
function replaceInitializer (prototype, init) {
  const initialize = prototype[init]
  if (initialize === undefined) return
  const { [init]: value } = {
    [init] (...args) {
      const value = args[3]
      if (isObject(value)) args[3] = copyOf(value)
      apply(initialize, this, args)
      kept.delete(this)
      if (isObject(value)) kept.set(this, value)
    }
  }
  defineProperty(prototype, init, { value, writable: true, enumerable: true, configurable: true })
}

for (const [name, key, init, share = copyOf] of [
  ['CustomEvent', 'detail', 'initCustomEvent'], ['MessageEvent', 'data', 'initMessageEvent'],
  ['ErrorEvent', 'error'], ['PopStateEvent', 'state'], ['NavigateEvent', 'info', undefined, nothing]
]) {
  const prototype = ownValue(name)?.prototype
  const { get, enumerable } = (prototype && getOwnPropertyDescriptor(prototype, key)) ?? {}
  if (get === undefined) continue
  const own = { get [key] () { return kept.has(this) ? kept.get(this) : apply(get, this, []) } }
  replaceGetter(prototype, key, getOwnPropertyDescriptor(own, key).get, enumerable)
  replaceConstructor(name, key, share)
  replaceInitializer(prototype, init)
}

module.exports = { keepData: (event, value) => { kept.set(event, value) } }
