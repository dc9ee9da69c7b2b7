'use strict'

// Guards view transitions. Every world can read the current transition. An error thrown by an update of this
// world is visible in this world only, and a transition's promises belong to this realm.

const { ownPrototype, nativeGetter, isObject } = require('../realm')
const { replaceMethod, replaceGetter } = require('./replace')
const { adopt } = require('./own-errors')

const { apply } = Reflect
const { startViewTransition: start } = Document.prototype
const transition = ownPrototype('ViewTransition')

/** `{ error }` of a failed update, by its transition. */
const failures = new WeakMap()

replaceMethod(Document.prototype, 'startViewTransition', { startViewTransition (options) {
  const hasOptions = isObject(options) && typeof options !== 'function'
  const { update, types } = hasOptions ? options : { update: options }
  if (typeof update !== 'function') return apply(start, this, arguments)
  const failure = {}
  const keep = async () => {
    try {
      await update()
    } catch (error) {
      failure.error = error
      throw 'The update of a transition failed' // not an object, which would belong to this world
    }
  }
  const made = apply(start, this, [hasOptions ? { update: keep, types } : keep])
  failures.set(made, failure)
  return made
} }.startViewTransition)

for (const name of ['finished', 'ready', 'updateCallbackDone']) {
  if (transition === undefined || !(name in transition)) continue
  const native = nativeGetter(transition, name)
  const promises = new WeakMap()
  replaceGetter(transition, name, nativeGetter({ get [name] () {
    if (!promises.has(this)) promises.set(this, adopt(apply(native, this, []), failures.get(this)))
    return promises.get(this)
  } }, name))
}
