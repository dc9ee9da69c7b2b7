'use strict'

// An EventEmitter whose events come from native code. Native code is subscribed to an event while it has
// listeners.

const EventEmitter = require('node:events')

/** The events that native code is subscribed to, by emitter. */
const subscribed = new WeakMap()

class NativeEmitter extends EventEmitter {
  /** Subscribes native code to an event, set by defineClass: `listen(emitter, name)`. */
  static listen () {}
  static stopListening () {}

  on (name, listener) {
    super.on(name, listener)
    synchronize(this, name)
    return this
  }

  addListener (name, listener) { return this.on(name, listener) }

  prependListener (name, listener) {
    super.prependListener(name, listener)
    synchronize(this, name)
    return this
  }

  removeListener (name, listener) {
    super.removeListener(name, listener)
    synchronize(this, name)
    return this
  }

  off (name, listener) { return this.removeListener(name, listener) }

  removeAllListeners (...names) {
    super.removeAllListeners(...names)
    for (const name of subscribed.get(this) ?? []) synchronize(this, name)
    return this
  }
}

function synchronize (emitter, name) {
  if (typeof name !== 'string') return
  const names = subscribed.get(emitter) ?? new Set()
  const isHeard = emitter.listenerCount(name) > 0
  if (isHeard === names.has(name)) return
  subscribed.set(emitter, names)
  if (isHeard) {
    names.add(name)
    emitter.constructor.listen(emitter, name)
  } else {
    names.delete(name)
    emitter.constructor.stopListening(emitter, name)
  }
}

/** The first argument of a listener. */
class Event {
  defaultPrevented = false

  constructor (sender) { this.sender = sender }

  preventDefault () { this.defaultPrevented = true }
}

module.exports = { NativeEmitter, Event }
