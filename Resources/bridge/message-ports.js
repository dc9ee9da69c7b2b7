'use strict'

// Message ports across processes. A channel is a kernel socket, which the extension holds as one of its channels; in
// the page a port is a real DOM MessagePort, one half of a native MessageChannel, so that it can go on to the page's
// world, an iframe or a worker. The other half, the inner one, stays here.
//
// DOM ports talk by way of WebKit's network process, which takes half a millisecond. So as long as the outer port is
// this world's, messages pass them by: what the script posts goes straight to the socket, and what comes is dispatched
// on the port. Once it has gone on, the inner port is pumped to the socket and back.

const frames = require('./frames')
const { CLOSED, WatchedMessageChannel, makeChannel, watched, isUnderstood, understand, announceClose, closeNatively } =
  require('./watched-ports')

const { window, listen } = require('./surroundings')
const { uncurry } = require('./primordials')

// Not by the guard that stands before what a preload dispatches (shared.js).
const dispatchNatively = uncurry(EventTarget.prototype.dispatchEvent)
const { kinds, send, check, CLOSED: GONE, PORT_LIMIT } = frames

/**
 * What is dispatched on ports that only this world has. To put a value into an event of its own takes WebKit three
 * microseconds, for the sake of other worlds and the garbage collection, and an event without one takes half of one.
 */
class PortMessageEvent extends MessageEvent {
  #data
  #ports

  constructor (data, ports) {
    super('message')
    this.#data = data
    this.#ports = ports
  }

  get data () { return this.#data }
  get ports () { return this.#ports }
}
delete PortMessageEvent.prototype.constructor // MessageEvent's

const isPort = value => value instanceof MessagePort

class MessagePorts {
  #native
  /** By channel. Holding them keeps a port alive that nobody else holds (S-51). */
  #lines = new Map()
  #isWhole

  /** `native` has the extension's channel functions; `isWhole()` as in lane-transport.js. */
  constructor (native, isWhole = () => true) {
    this.#native = native
    this.#isWhole = isWhole
    // (A page may dispatch any event of that name.)
    listen(window, 'message', ({ ports }) => ports?.forEach(port => announceClose(port)))
    Object.defineProperty(window, 'MessageChannel', { value: WatchedMessageChannel })
  }

  /** DOM ports for channels that have come. */
  open (channels) {
    if (channels.length === 0) return channels // nearly every frame: not a list more than it needs
    const ports = []
    for (let i = 0; i < channels.length; i++) {
      const { outer, inner } = makeChannel()
      this.#join(channels[i], inner.port, outer)
      ports.push(outer.port)
    }
    return ports
  }

  /**
   * Channels to be sent away, for the DOM ports of a transfer list, which are transferred by it, as is all else in it.
   * Throws, and has transferred nothing then: a DataCloneError for what is there twice or was transferred before.
   */
  give (list) {
    const given = list.filter(isPort)
    if (given.length > PORT_LIMIT) throw new RangeError(`A message can carry ${PORT_LIMIT} ports, and not ${given.length}.`)
    const channels = this.#makeChannels(given.length)
    let moved
    try {
      moved = structuredClone(list, { transfer: list }).filter(isPort)
    } catch (error) {
      for (const channel of channels) this.#closePair(channel)
      throw error
    }
    for (let i = 0; i < moved.length; i++) {
      if (isUnderstood(given[i])) understand(moved[i])
      this.#join(channels[i], moved[i], watched(given[i])?.sibling)
    }
    return channels.map(channel => channel + 1)
  }

  /** Channels whose other ends are the next. */
  #makeChannels (count) {
    const channels = []
    while (channels.length < count) {
      const channel = this.#native.pair()
      if (channel < 0) {
        channels.forEach(made => this.#closePair(made))
        throw new Error('The system has no more sockets for a message port.')
      }
      channels.push(channel)
    }
    return channels
  }

  #closePair (channel) {
    this.#native.close(channel)
    this.#native.close(channel + 1)
  }

  /** A frame has come on a channel, with DOM ports; kind 0 is the channel's end. */
  receive (channel, { kind, value }, ports) {
    const line = this.#lines.get(channel)
    if (line === undefined) return
    if (kind === kinds.portMessage) return line.receive(value, ports)
    if (kind !== 0) return
    this.#lines.delete(channel)
    line.end()
  }

  /** Nothing goes by any of them any more. */
  end () {
    for (const line of [...this.#lines.values()]) line.close()
  }

  #join (channel, inner, outer) {
    const sendFrame = (data, list) => {
      if (!this.#isWhole()) return // which has closed them all
      const frame = encode(data)
      const status = list.length === 0
        ? send(this.#native, channel, frame)
        : send(this.#native, channel, list.every(isPort) ? frame : copy(frame), this.give(list))
      // As with any port, nobody minds that the other one is gone.
      if (status !== GONE) check(status)
    }
    const close = () => {
      this.#lines.delete(channel)
      this.#native.close(channel)
    }
    const line = new Line(inner, outer, sendFrame, close)
    this.#lines.set(channel, line)
    // Whoever gets a port in an event mostly listens, or hands it on, before that is over: nothing comes before.
    const start = () => {
      outer?.unjoin(start)
      if (this.#lines.get(channel) !== line || this.#native.start(channel) !== GONE) return
      setTimeout(() => this.receive(channel, { kind: 0 })) // its end, which nothing else tells of
    }
    outer?.join(line, start)
    if (outer?.isListening) start()
    else setTimeout(start)
  }
}

function encode (data) {
  try {
    return frames.encodeParts(kinds.portMessage, 0, data)
  } catch (error) {
    throw error instanceof RangeError ? error : new DOMException(error.message, 'DataCloneError')
  }
}

/** The same frame, whatever becomes of the buffers that it was made of. */
function copy (frame) {
  return Array.isArray(frame) ? frame.map(part => part.slice()) : frame.slice()
}

/** One channel, between the two ports and the socket. */
class Line {
  #inner
  #outer
  #sendFrame
  #closeChannel
  /** The messages that the inner port has posted to the outer one. */
  #pumped = 0
  /** Messages for the inner port that wait until the outer one has arrived where it went. */
  #waiting

  /** `outer` is the WatchedPort, if it is this world's; `send(data, list)`, with a transfer list, and `close()` do that to the socket. */
  constructor (inner, outer, send, close) {
    this.#inner = inner
    this.#outer = outer
    this.#sendFrame = send
    this.#closeChannel = close
    inner.onmessage = ({ data, ports }) => {
      if (data === CLOSED) return this.close()
      try {
        this.#sendFrame(data, ports)
      } catch (error) {
        console.error(error)
      }
    }
  }

  receive (data, ports) {
    if (!this.#isHeardOut()) return this.#pump(data, ports)
    const outer = this.#outer
    if (outer.isLive) {
      dispatchNatively(outer.port, new PortMessageEvent(data, ports))
    } else {
      this.#lose()
      this.#pump(data, ports)
    }
  }

  /** Whether the outer port is listened to, and has heard all that came: what comes next can be dispatched on it. */
  #isHeardOut () {
    const outer = this.#outer
    return outer !== undefined && outer.isListening && outer.delivered === this.#pumped
  }

  /** The outer port is not here any more. */
  #lose () {
    this.#outer = undefined
    // What is sent in the task in which a port is transferred gets lost now and then: WebKit does not know where it is.
    this.#waiting = []
    setTimeout(() => {
      const waiting = this.#waiting
      this.#waiting = undefined
      for (const [data, ports] of waiting) this.#inner.postMessage(data, ports)
    })
  }

  #pump (data, ports) {
    this.#pumped++
    this.#outer?.announceClose()
    if (this.#waiting === undefined) this.#inner.postMessage(data, ports)
    else this.#waiting.push([data, ports])
  }

  /** Sends what the script posts to the outer port. As with any port, nothing does when it was transferred. */
  post (data, list) {
    if (this.#outer?.isLive) this.#sendFrame(data, list)
  }

  /** This side closes the channel. */
  close () {
    this.#closeChannel()
    closeNatively(this.#inner)
  }

  /** The other side has closed it. */
  end () {
    const isHeardOut = this.#isHeardOut()
    if (isHeardOut && this.#outer.isLive) {
      this.#outer.announceEnd()
      closeNatively(this.#inner)
      return
    }
    if (isHeardOut) this.#lose()
    if (isUnderstood(this.#inner)) {
      // Closing a port takes with it what it sent last.
      this.#pump(CLOSED, [])
    } else {
      closeNatively(this.#inner)
    }
  }
}

module.exports = MessagePorts
