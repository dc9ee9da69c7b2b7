'use strict'

// Message ports across processes. A channel is a kernel socket, which the extension holds as one of its channels; in
// the page a port is a real DOM MessagePort, one half of a native MessageChannel, so that it can go on to the page's
// world, an iframe or a worker. The other half stays here and is pumped to the socket and back.

const frames = require('./frames')

const { kinds } = frames

// WebKit does not say that a port was closed. The half in here tells the other one by this message, which becomes a
// `close` event wherever this world sees the port: in the preload, and in a page that gets it by window.postMessage,
// for both worlds see the same port there. (In a worker it is what it is: a message.)
const CLOSED = 'martlet:port-closed'

// Ports of this world whose other half knows what CLOSED means.
const understood = new WeakSet()

const closeNatively = MessagePort.prototype.close

function announceClose (port) {
  port.addEventListener('message', event => {
    if (event.data !== CLOSED) return
    event.stopImmediatePropagation()
    // A closed port dispatches nothing any more.
    const close = new Event('close')
    port.dispatchEvent(close)
    if (!('onclose' in MessagePort.prototype)) port.onclose?.(close)
    closeNatively.call(port)
  })
}

/** Makes `close()` of a port of this world tell the other half, which could not know. */
function tellClose (port) {
  Object.defineProperty(port, 'close', {
    configurable: true,
    value: () => {
      port.postMessage(CLOSED)
      closeNatively.call(port)
    }
  })
}

/** A channel both of whose ports know when the other is closed. */
class WatchedMessageChannel extends MessageChannel {
  constructor () {
    super()
    for (const port of [this.port1, this.port2]) {
      announceClose(port)
      tellClose(port)
      understood.add(port)
    }
  }
}

class MessagePorts {
  #native
  /** By channel, the DOM port that is pumped to it. Holding it keeps a port alive that nobody else holds (S-51). */
  #pumped = new Map()

  /** `native` has the extension's channel functions. */
  constructor (native) {
    this.#native = native
    window.addEventListener('message', ({ ports }) => ports.forEach(announceClose), { capture: true })
    window.MessageChannel = WatchedMessageChannel
  }

  /** DOM ports for channels that have come. */
  open (channels) {
    if (channels.length === 0) return channels // nearly every frame: not a list more than it needs
    const ports = []
    for (let i = 0; i < channels.length; i++) {
      const { port1, port2 } = new WatchedMessageChannel()
      this.#pump(port2, channels[i], true)
      ports.push(port1)
    }
    return ports
  }

  /**
   * Channels to be sent away, for DOM ports, which are transferred by it: what their other halves say is pumped from
   * now on. Throws a DataCloneError for a port that is there twice or was transferred before.
   */
  give (given) {
    const ports = structuredClone(given, { transfer: given })
    const channels = []
    for (let i = 0; i < ports.length; i++) {
      const near = this.#native.pair()
      if (near < 0) throw new Error('The system has no more sockets for a message port.')
      this.#pump(ports[i], near, understood.has(given[i]))
      channels.push(near + 1)
    }
    return channels
  }

  /** A frame has come on a channel, with DOM ports; kind 0 is the channel's end. */
  receive (channel, { kind, value }, ports) {
    const port = this.#pumped.get(channel)
    if (port === undefined) return
    if (kind === kinds.portMessage) return port.postMessage(value, ports)
    if (kind !== 0) return
    this.#pumped.delete(channel)
    // Closing a port takes with it what it sent last.
    if (understood.has(port)) port.postMessage(CLOSED)
    else closeNatively.call(port)
  }

  #pump (port, channel, isUnderstood) {
    this.#pumped.set(channel, port)
    if (isUnderstood) understood.add(port)
    port.onmessage = ({ data, ports }) => this.#send(port, channel, data, ports)
    this.#native.start(channel)
  }

  #send (port, channel, data, ports) {
    if (data === CLOSED) return this.#close(port, channel)
    try {
      const frame = frames.encodeParts(kinds.portMessage, 0, data)
      this.#native.send(channel, frame, ports.length === 0 ? frames.NO_PORTS : this.give(ports))
    } catch (error) {
      console.error(error)
    }
  }

  #close (port, channel) {
    this.#pumped.delete(channel)
    this.#native.close(channel)
    closeNatively.call(port)
  }
}

module.exports = MessagePorts
