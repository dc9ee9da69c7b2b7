'use strict'

// Message ports across processes. A port's socket is a lane, which the extension holds by a number; in the
// page a port is a real DOM MessagePort, one half of a native MessageChannel, so that it can go on to the
// page's world, an iframe or a worker. The other half, the inner port, stays here.
//
// DOM ports talk by way of WebKit's network process, which takes half a millisecond. So as long as the outer
// port is this world's, messages pass them by: a message that the script posts goes straight to the lane, and
// one that arrives is dispatched on the port. Once the outer port has gone on, the inner port is pumped to
// the lane and back.

const { encodeParts, send, check } = require('../lane/envelope')
const { kinds, PORT_LIMIT, status } = require('../lane/wire')
const { CLOSED, WatchedMessageChannel, makeChannel, watched, isUnderstood, understand, announceClose,
  closeNatively } =
  require('./watched-port')

const { window, listen } = require('../dom-primordials')
const { uncurry } = require('../primordials')

// WebKit's own method: on the prototype a guard takes its place (guards/related-targets.js).
const dispatchNatively = uncurry(EventTarget.prototype.dispatchEvent)

/**
 * An event for ports that only this world has. To put a value into an event of its own takes WebKit three
 * microseconds, for the sake of other worlds and the garbage collection, and an event without one takes half
 * of one.
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
  /** By lane. Holding them keeps a port alive that nobody else holds (S-51). */
  #lines = new Map()
  #isWhole

  /** `native` has the extension's lane functions; `isWhole()` as in lane-transport.js. */
  constructor (native, isWhole = () => true) {
    this.#native = native
    this.#isWhole = isWhole
    // (A page may dispatch any event of that name.)
    listen(window, 'message', ({ ports }) => ports?.forEach(port => announceClose(port)))
    Object.defineProperty(window, 'MessageChannel', { value: WatchedMessageChannel })
  }

  /** DOM ports for lanes that have arrived. */
  open (lanes) {
    if (lanes.length === 0) return lanes // nearly every envelope: not a list more than it needs
    const ports = []
    for (let i = 0; i < lanes.length; i++) {
      const { outer, inner } = makeChannel()
      this.#join(lanes[i], inner.port, outer)
      ports.push(outer.port)
    }
    return ports
  }

  /**
   * Lanes to be sent away, for the DOM ports of a transfer list, which are transferred by it, as is all else
   * in it. Throws, and has transferred nothing then: a DataCloneError for an entry that is there twice or was
   * transferred before.
   */
  give (list) {
    const given = list.filter(isPort)
    if (given.length > PORT_LIMIT) throw new RangeError(
      `A message can carry ${PORT_LIMIT} ports, and not ${given.length}.`)
    const lanes = this.#makeLanes(given.length)
    let moved
    try {
      moved = structuredClone(list, { transfer: list }).filter(isPort)
    } catch (error) {
      for (const lane of lanes) this.#closePair(lane)
      throw error
    }
    for (let i = 0; i < moved.length; i++) {
      if (isUnderstood(given[i])) understand(moved[i])
      this.#join(lanes[i], moved[i], watched(given[i])?.sibling)
    }
    return lanes.map(lane => lane + 1)
  }

  /** Lanes whose other ends have the next number each. */
  #makeLanes (count) {
    const lanes = []
    while (lanes.length < count) {
      const lane = this.#native.pair()
      if (lane < 0) {
        lanes.forEach(made => this.#closePair(made))
        throw new Error('The system has no more sockets for a message port.')
      }
      lanes.push(lane)
    }
    return lanes
  }

  #closePair (lane) {
    this.#native.close(lane)
    this.#native.close(lane + 1)
  }

  /** An envelope has arrived on a lane, with DOM ports; kind 0 is the lane's end. */
  receive (lane, { kind, value }, ports) {
    const line = this.#lines.get(lane)
    if (line === undefined) return
    if (kind === kinds.portMessage) return line.receive(value, ports)
    if (kind !== 0) return
    this.#lines.delete(lane)
    line.end()
  }

  /** Closes all lanes of ports. */
  end () {
    for (const line of [...this.#lines.values()]) line.close()
  }

  #join (lane, inner, outer) {
    const sendData = (data, list) => {
      if (!this.#isWhole()) return // which has closed them all
      const envelope = encode(data)
      const result = list.length === 0
        ? send(this.#native, lane, envelope)
        : send(this.#native, lane, list.every(isPort) ? envelope : copy(envelope), this.give(list))
      // As with any port, it is no error that the other one is gone.
      if (result !== status.closed) check(result)
    }
    const close = () => {
      this.#lines.delete(lane)
      this.#native.close(lane)
    }
    const line = new Line(inner, outer, sendData, close)
    this.#lines.set(lane, line)
    // A script that gets a port in an event mostly listens, or hands it on, before that is over: nothing
    // arrives before.
    const start = () => {
      outer?.unjoin(start)
      if (this.#lines.get(lane) !== line || this.#native.start(lane) !== status.closed) return
      setTimeout(() => this.receive(lane, { kind: 0 })) // its end, which nothing else tells of
    }
    outer?.join(line, start)
    if (outer?.isListening) start()
    else setTimeout(start)
  }
}

function encode (data) {
  try {
    return encodeParts(kinds.portMessage, 0, data)
  } catch (error) {
    throw error instanceof RangeError ? error : new DOMException(error.message, 'DataCloneError')
  }
}

/** The same envelope, whatever becomes of the buffers that it was made of. */
function copy (envelope) {
  return Array.isArray(envelope) ? envelope.map(part => part.slice()) : envelope.slice()
}

/** Joins the two ports of a channel and a lane. */
class Line {
  #inner
  #outer
  #send
  #closeLane
  /** The messages that the inner port has posted to the outer one. */
  #pumped = 0
  /** Pending messages for the inner port, until the outer one has arrived where it went. */
  #pending

  /**
   * `outer` is the WatchedPort, if it is this world's; `send(data, list)`, with a transfer list, and
   * `close()` do that to the lane.
   */
  constructor (inner, outer, send, close) {
    this.#inner = inner
    this.#outer = outer
    this.#send = send
    this.#closeLane = close
    inner.onmessage = ({ data, ports }) => {
      if (data === CLOSED) return this.close()
      try {
        this.#send(data, ports)
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

  /**
   * Whether the outer port is listened to, and has heard all messages so far: the next can be dispatched on
   * it.
   */
  #isHeardOut () {
    const outer = this.#outer
    return outer !== undefined && outer.isListening && outer.delivered === this.#pumped
  }

  /** The outer port is not here any more. */
  #lose () {
    this.#outer = undefined
    // A message in the task in which a port is transferred gets lost now and then: WebKit does not know where
    // the port is.
    this.#pending = []
    setTimeout(() => {
      const pending = this.#pending
      this.#pending = undefined
      for (const [data, ports] of pending) this.#inner.postMessage(data, ports)
    })
  }

  #pump (data, ports) {
    this.#pumped++
    this.#outer?.announceClose()
    if (this.#pending === undefined) this.#inner.postMessage(data, ports)
    else this.#pending.push([data, ports])
  }

  /**
   * Sends a message that the script posts to the outer port; as with any port, none when it was transferred.
   */
  post (data, list) {
    if (this.#outer?.isLive) this.#send(data, list)
  }

  /** This side closes the lane. */
  close () {
    this.#closeLane()
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
      // Closing a port loses the message that it sent last.
      this.#pump(CLOSED, [])
    } else {
      closeNatively(this.#inner)
    }
  }
}

module.exports = MessagePorts
