'use strict'

// DOM message ports that are notified when the other port is closed, and that record how a script uses them.

// WebKit does not report that a port was closed. The inner port tells the outer one with this message. It
// becomes a `close` event wherever this world sees the port: in the preload, and in a page that gets it by
// window.postMessage, because both worlds see the same port there. (In a worker it remains a message.)
const CLOSED = 'martlet:port-closed'

const { MessageChannel } = globalThis // which message-ports.js replaces
const { postMessage, start, close } = MessagePort.prototype
const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')

// Ports of this world whose other port knows what CLOSED means.
const understood = new WeakSet()
const isUnderstood = port => understood.has(port)
const understand = port => { understood.add(port) }

// WatchedPort by this world's port.
const all = new WeakMap()
const watched = port => all.get(port)

const closeNatively = port => close.call(port)

function dispatchClose (port) {
  // A closed port dispatches no events any more.
  const event = new Event('close')
  port.dispatchEvent(event)
  if (!('onclose' in MessagePort.prototype)) port.onclose?.(event)
  closeNatively(port)
}

/** Calls `hear(event)` with each message, before the script's listeners. */
function announceClose (port, hear) {
  port.addEventListener('message', event => {
    hear?.(event)
    // An event that we or a script dispatched does not come from the other port.
    if (!event.isTrusted || event.data !== CLOSED) return
    event.stopImmediatePropagation()
    dispatchClose(port)
  }, { capture: true })
}

/** The transfer list in a postMessage's second argument. */
function transferOf (argument) {
  if (argument === undefined) return NO_LIST
  return [...(Array.isArray(argument) ? argument : argument?.transfer) ?? []]
}

const NO_LIST = []

// A sentinel listener (guards/document-open.js): WebKit removes it when a port is transferred or closed, and
// it is checked before every message. It belongs to this world. Reading it as the port's own property takes a
// fraction of the time.
const mark = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessageerror')
const MARK = Symbol('martlet:mark')

/** A port created by this world, which may be joined to a line (message-ports.js). */
class WatchedPort {
  port
  /** The other port's WatchedPort. */
  sibling
  /** Whether the script has started the port. */
  isListening = false
  #line
  #start
  /** Whether one of its messages went through its sibling: all later ones must follow it. */
  #hasPosted = false
  #isAnnounced = false
  #onmessageerror = null
  /** The number of messages that have come through its sibling. */
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
      // The other port would not be notified.
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

  /** Whether the port is in this world: neither transferred nor closed. */
  get isLive () { return this.port[MARK] !== null }

  /** Must be called before anything comes through its sibling. */
  announceClose () {
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    announceClose(this.port, event => { if (event.isTrusted) this.delivered++ })
  }

  /** From now on its messages come by `line`; `start()` is called when the script listens. */
  join (line, start) {
    if (!this.#hasPosted) this.#line = line
    this.#start = start
  }

  /** `start` is not needed any more. */
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
    // As in WebKit: a port cannot be transferred with itself.
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

/** A channel for a line: messages are dispatched on the outer port, which needs no listener of ours. */
function makeChannel () {
  const [outer, inner] = watch(new MessageChannel())
  inner.announceClose()
  return { outer, inner }
}

/** A channel whose ports are both notified when the other is closed. */
class WatchedMessageChannel extends MessageChannel {
  constructor () {
    super()
    for (const port of watch(this)) port.announceClose()
  }
}

module.exports = {
  CLOSED, WatchedMessageChannel, makeChannel, watched, isUnderstood, understand, announceClose, closeNatively
}
