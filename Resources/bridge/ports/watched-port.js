'use strict'

// DOM message ports that know when the other one is closed, and of which is known what a script does with
// them.

// WebKit does not say that a port was closed. The half in here tells the other one by this message, which
// becomes a `close` event wherever this world sees the port: in the preload, and in a page that gets it by
// window.postMessage, for both worlds see the same port there. (In a worker it is what it is: a message.)
const CLOSED = 'martlet:port-closed'

const { MessageChannel } = globalThis // which message-ports.js replaces
const { postMessage, start, close } = MessagePort.prototype
const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')

// Ports of this world whose other half knows what CLOSED means.
const understood = new WeakSet()
const isUnderstood = port => understood.has(port)
const understand = port => { understood.add(port) }

// WatchedPort by the port of this world.
const all = new WeakMap()
const watched = port => all.get(port)

const closeNatively = port => close.call(port)

function dispatchClose (port) {
  // A closed port dispatches nothing any more.
  const event = new Event('close')
  port.dispatchEvent(event)
  if (!('onclose' in MessagePort.prototype)) port.onclose?.(event)
  closeNatively(port)
}

/** `hear(event)` is called with each message, before any of the script's listeners. */
function announceClose (port, hear) {
  port.addEventListener('message', event => {
    hear?.(event)
    // What was dispatched by hand, by us or by a script, comes from no other half.
    if (!event.isTrusted || event.data !== CLOSED) return
    event.stopImmediatePropagation()
    dispatchClose(port)
  }, { capture: true })
}

/** The list of a postMessage's second argument. */
function transferOf (argument) {
  if (argument === undefined) return NO_LIST
  return [...(Array.isArray(argument) ? argument : argument?.transfer) ?? []]
}

const NO_LIST = []

// A sentinel listener (guards/document-open.js): WebKit takes it away when a port is transferred or closed,
// and before every message it is looked for. It is this world's, and a property of the port's own is read in
// a fraction of the time.
const mark = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessageerror')
const MARK = Symbol('martlet:mark')

/** A port that this world made, and may have joined to a line (message-ports.js). */
class WatchedPort {
  port
  /** The other port's. */
  sibling
  /** Whether the script has started it. */
  isListening = false
  #line
  #start
  /** Whether a message of it goes by way of its sibling: all others follow it then. */
  #hasPosted = false
  #isAnnounced = false
  #onmessageerror = null
  /** The messages that have come by way of its sibling. */
  delivered = 0

  constructor (port) {
    this.port = port
    all.set(port, this)
    understood.add(port)
    Object.defineProperty(port, MARK, mark)
    port[MARK] = event => this.#onmessageerror?.call(port, event)
    const own = {
      postMessage: { value: (...args) => this.#post(args) },
      start: { value: () => { start.call(port); this.#listen() } },
      // The other half could not know.
      close: { value: () => this.#close() },
      onmessage: {
        get: () => onmessage.get.call(port),
        set: listener => { onmessage.set.call(port, listener); this.#listen() }
      },
      onmessageerror: {
        get: () => this.#onmessageerror,
        set: listener => { this.#onmessageerror = typeof listener === 'function' ? listener : null }
      }
    }
    for (const name in own) own[name].configurable = true
    Object.defineProperties(port, own)
  }

  /** Whether it is still here, and was neither transferred nor closed. */
  get isLive () { return this.port[MARK] !== null }

  /** To be called before anything comes by way of its sibling. */
  announceClose () {
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    announceClose(this.port, event => { if (event.isTrusted) this.delivered++ })
  }

  /** What comes for it comes by `line` from now on; `start()` is called when the script listens. */
  join (line, start) {
    if (!this.#hasPosted) this.#line = line
    this.#start = start
  }

  /** `start` need not be called any more. */
  unjoin (start) {
    if (this.#start === start) this.#start = undefined
  }

  announceEnd () {
    this.#line = undefined
    dispatchClose(this.port)
  }

  #listen () {
    this.isListening = true
    this.#start?.()
  }

  #post (args) {
    const { port } = this
    if (this.#line === undefined || args.length === 0) {
      this.#hasPosted = true
      return postMessage.apply(port, args)
    }
    const [data, options] = args
    const list = transferOf(options)
    // As WebKit would have it: it cannot go with itself.
    if (list.includes(port)) return postMessage.call(port, null, [port])
    this.#line.post(data, list)
  }

  #close () {
    if (!this.isLive) return
    if (this.#line === undefined) postMessage.call(this.port, CLOSED)
    else this.#line.close()
    closeNatively(this.port)
  }
}

function watch ({ port1, port2 }) {
  const one = new WatchedPort(port1)
  const other = new WatchedPort(port2)
  one.sibling = other
  other.sibling = one
  return [one, other]
}

/** A channel for a line: the outer port hears what is dispatched on it, and is spared a listener of ours. */
function makeChannel () {
  const [outer, inner] = watch(new MessageChannel())
  inner.announceClose()
  return { outer, inner }
}

/** A channel both of whose ports know when the other is closed. */
class WatchedMessageChannel extends MessageChannel {
  constructor () {
    super()
    for (const port of watch(this)) port.announceClose()
  }
}

module.exports = {
  CLOSED, WatchedMessageChannel, makeChannel, watched, isUnderstood, understand, announceClose, closeNatively
}
