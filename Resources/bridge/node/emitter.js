'use strict'

// A Node-style EventEmitter: the base of `ipcRenderer`, and the export of `require('events')` in a preload.
// Rules S-20 to S-26: an emit uses the list as it is when the emit begins; a `once` listener is removed
// before it runs; `removeListener` removes the most recently added instance.

const { apply } = require('../primordials')

const MAX_LISTENERS = 10

class EventEmitter {
  #listeners = new Map()
  #maxListeners
  #warned = new Set()

  #add (name, listener, once, first) {
    if (typeof listener !== 'function') {
      const type = listener === null ? 'null' : typeof listener
      throw new TypeError(`The "listener" argument must be of type function. Received ${type}`)
    }
    const entry = { listener, once, hasRun: false }
    const list = this.#listeners.get(name) ?? []
    this.#listeners.set(name, first ? [entry, ...list] : [...list, entry])
    const limit = this.getMaxListeners()
    if (limit > 0 && list.length + 1 > limit && !this.#warned.has(name)) {
      this.#warned.add(name)
      console.warn(`Possible EventEmitter memory leak detected. ${list.length +
        1} ${String(name)} listeners added. Use emitter.setMaxListeners() to increase limit`)
    }
    return this
  }

  on (name, listener) { return this.#add(name, listener, false, false) }
  addListener (name, listener) { return this.#add(name, listener, false, false) }
  once (name, listener) { return this.#add(name, listener, true, false) }
  prependListener (name, listener) { return this.#add(name, listener, false, true) }
  prependOnceListener (name, listener) { return this.#add(name, listener, true, true) }

  off (name, listener) { return this.removeListener(name, listener) }

  removeListener (name, listener) {
    const list = this.#listeners.get(name)
    if (!list) return this
    for (let index = list.length - 1; index >= 0; index--) {
      if (list[index].listener === listener) {
        this.#replace(name, list.filter((_, other) => other !== index))
        break
      }
    }
    return this
  }

  removeAllListeners (name) {
    // As in Node: a name that happens to be undefined must not clear everything.
    if (arguments.length === 0) this.#listeners.clear()
    else this.#listeners.delete(name)
    return this
  }

  #replace (name, list) {
    if (list.length === 0) this.#listeners.delete(name)
    else this.#listeners.set(name, list)
  }

  emit (name, ...args) {
    const list = this.#listeners.get(name)
    if (!list) {
      if (name === 'error') throw args[0] instanceof Error ? args[0] : new Error(
        `Unhandled error. (${String(args[0])})`)
      return false
    }
    for (const entry of list) {
      if (this.#mayRun(name, entry)) apply(entry.listener, this, args)
    }
    return true
  }

  /** Whether an entry is still to run; a `once` entry is removed by this call. */
  #mayRun (name, entry) {
    if (!entry.once) return true
    // A nested emit has the same entry in its list.
    if (entry.hasRun) return false
    entry.hasRun = true
    const now = this.#listeners.get(name)
    if (now) this.#replace(name, now.filter(other => other !== entry))
    return true
  }

  /**
   * For the bridge only: `emit` for an external message, which has no caller to throw to. A listener that
   * throws does not stop the others (S-25), no listener is required (S-24), and `report` gets the exceptions.
   */
  static deliver (emitter, report, name, ...args) {
    for (const entry of emitter.#listeners.get(name) ?? []) {
      if (!emitter.#mayRun(name, entry)) continue
      try {
        apply(entry.listener, emitter, args)
      } catch (error) {
        report(error)
      }
    }
  }

  eventNames () { return [...this.#listeners.keys()] }
  listenerCount (name) { return this.#listeners.get(name)?.length ?? 0 }
  listeners (name) { return (this.#listeners.get(name) ?? []).map(entry => entry.listener) }
  getMaxListeners () { return this.#maxListeners ?? EventEmitter.defaultMaxListeners }

  setMaxListeners (count) {
    this.#maxListeners = count
    return this
  }
}

EventEmitter.EventEmitter = EventEmitter
EventEmitter.defaultMaxListeners = MAX_LISTENERS

module.exports = EventEmitter
