'use strict'

// The worlds of this frame by Electron's numbers: 0 is the page's, 999 the preload's. The others are isolated
// worlds, created on first use.

const openHere = require('../membrane/half')
const link = require('../membrane/link')
const { baseURI, isClosed } = require('../dom-primordials')

const MAIN = 0
const PRELOAD = 999
const LIMIT = 1 << 29 // Chromium's

class Worlds {
  #native
  #guard
  #halves
  #links = new Map()

  /**
   * `native.openWorld(id)` evaluates the page bundle in a world in which no script has run yet. `guard` is
   * the guards' bundle, a self-contained function: its text runs there next.
   */
  constructor (native, pageHalf, guard) {
    this.#native = native
    this.#guard = guard
    this.#halves = new Map([[MAIN, pageHalf], [PRELOAD, openHere]])
  }

  /** The value of the page bundle in world `id`. */
  open (id) {
    checkFrame()
    if (!Number.isInteger(id) || id < 0 || id >= LIMIT) {
      throw new TypeError(`The id of a world must be an integer from 0 to ${LIMIT - 1}`)
    }
    let half = this.#halves.get(id)
    if (half === undefined) {
      half = this.#native.openWorld(id)
      this.#evaluate(id, `(${this.#guard})()`, 'martlet:guards')
      this.#halves.set(id, half)
    }
    return half
  }

  /** The value of a script in world `id`, by contextBridge's rules and not subject to a page's CSP. */
  run (id, source, file) {
    checkFrame()
    if (id === PRELOAD) return this.#native.evaluate(source, file)
    const world = this.link(id)
    return world.receive(this.#evaluate(id, id === MAIN ? source : this.#strict(id, source, file), file))
  }

  /**
   * A script for a numbered world in strict mode, like a preload (module-loader.js), or unchanged when it is
   * invalid in strict mode.
   */
  #strict (id, source, file) {
    try {
      this.#evaluate(id, `(function () {'use strict';${source}\n})`, file)
    } catch (error) {
      if (error?.name === 'SyntaxError') console.warn(`${file} is not in strict mode: ${error.message}`)
      return source
    }
    return `'use strict';void 0;${source}` // a script without a value must not return the directive's text
  }

  /** A name for a script whose imports are relative to the page: that of a file beside it. */
  static besidePage (name) {
    const base = baseURI()
    return URL.canParse(name, base) ? new URL(name, base).href : name
  }

  /**
   * The raw value of a script. Throws an error of ours for its exception, or the text of one that is not an
   * error.
   */
  #evaluate (id, source, file) {
    let failed = false
    let thrown
    const value = this.#native.evaluateInWorld(id, source, file, (name, text, stack) => {
      failed = true
      thrown = name === undefined ? text ??
        'A value that has no text was thrown' : errorOf(name, text ?? '', stack)
    })
    if (failed) throw thrown
    return value
  }

  /** The raw value of a script in the page's world, for a caller that can handle it. */
  compile (text) {
    checkFrame()
    return this.#evaluate(MAIN, text, Worlds.besidePage('executeInMainWorld'))
  }

  /** Whether a function is the proxy of one in another world. */
  isForeign (f) {
    for (const link of this.#links.values()) if (link.isForeign(f)) return true
    return false
  }

  /** Our end of a membrane to world `id`. */
  link (id) {
    let world = this.#links.get(id)
    if (world === undefined) {
      world = link(this.open(id), id !== MAIN)
      this.#links.set(id, world)
    }
    return world
  }
}

/** A frame that was removed from the page has no worlds: asking for one would end WebKit's process. */
function checkFrame () {
  if (isClosed()) throw new Error('The frame was removed from its page')
}

/** An error of this world, with the stack of the other's as far as it belongs to the script. */
function errorOf (name, message, stack = '') {
  const error = new Error(message)
  if (name !== 'Error') Object.defineProperty(
    error, 'name', { value: name, writable: true, configurable: true })
  error.stack = stack.replace(/(^|\n)evaluateInWorld@\[native code\].*/s, '')
  return error
}

Worlds.MAIN = MAIN

module.exports = Worlds
