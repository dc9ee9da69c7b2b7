'use strict'

// Message ports across processes. A port's socket is a lane, which the extension holds under a number. In the
// page a port is a real DOM MessagePort, one end of a native MessageChannel, so that it can be transferred to
// the page's world, an iframe or a worker. The other end, the inner port, stays here.
//
// Messages between DOM ports go through WebKit's network process, which takes half a millisecond. So while
// the outer port is in this world, messages bypass the DOM ports. A message that the script posts goes
// directly to the lane, and an arriving one is dispatched on the port. Once the outer port is transferred,
// the inner port relays between it and the lane.

const { encodeParts, send, check } = require('../lane/envelope')
const { kinds, PORT_LIMIT, status } = require('../lane/wire')
const { CLOSED, WatchedMessageChannel, makeChannel, watched, isUnderstood, understand, announceClose,
  closeNatively } =
  require('./watched-port')

const { window, listen } = require('../dom-primordials')
const { uncurry } = require('../primordials')

// WebKit's own method: the prototype's is replaced by a guard (guards/related-targets.js).
const dispatchNatively = uncurry(EventTarget.prototype.dispatchEvent)

/**
 * An event for ports that only this world has. Setting the value of WebKit's own event takes three
 * microseconds, because of other worlds and garbage collection; an event without one takes half a
 * microsecond.
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
  /** By lane. Holding the lines keeps alive ports that are not referenced elsewhere (S-51). */
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
    if (lanes.length === 0) return lanes // nearly every envelope: avoids creating a list
    const ports = []
    for (let i = 0; i < lanes.length; i++) {
      const { outer, inner } = makeChannel()
      this.#join(lanes[i], inner.port, outer)
      ports.push(outer.port)
    }
    return ports
  }

  /**
   * The lanes to transfer for the DOM ports of a transfer list; the whole list is transferred. On an error
   * nothing has been transferred: a DataCloneError for an entry that occurs twice or was transferred before.
   */
  give (list) {
    const given = list.filter(isPort)
    if (given.length > PORT_LIMIT) throw new RangeError(
      `The message has too many ports, ${given.length}: the limit is ${PORT_LIMIT}.`)
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

  /** Creates lanes; the other end of each has the next number. */
  #makeLanes (count) {
    const lanes = []
    while (lanes.length < count) {
      const lane = this.#native.pair()
      if (lane < 0) {
        lanes.forEach(made => this.#closePair(made))
        throw new Error('The system is out of sockets for a message port: close ports.')
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
      if (!this.#isWhole()) return // isWhole() has closed them all
      const envelope = encode(data)
      const result = list.length === 0
        ? send(this.#native, lane, envelope)
        : send(this.#native, lane, list.every(isPort) ? envelope : copy(envelope), this.give(list))
      // As with any port, posting to a closed one is not an error.
      if (result !== status.closed) check(result)
    }
    const close = () => {
      this.#lines.delete(lane)
      this.#native.close(lane)
    }
    const line = new Line(inner, outer, sendData, close)
    this.#lines.set(lane, line)
    // A script that gets a port in an event usually listens, or transfers it, before the event is over: no
    // message arrives earlier.
    const start = () => {
      outer?.unjoin(start)
      if (this.#lines.get(lane) !== line || this.#native.start(lane) !== status.closed) return
      setTimeout(() => this.receive(lane, { kind: 0 })) // its end, which is not reported otherwise
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

/** A copy of the envelope, independent of the buffers that it was made of. */
function copy (envelope) {
  return Array.isArray(envelope) ? envelope.map(part => part.slice()) : envelope.slice()
}

/** Joins the two ports of a channel and a lane. */
class Line {
  #inner
  #outer
  #send
  #closeLane
  /** The number of messages that the inner port has posted to the outer one. */
  #pumped = 0
  /** Pending messages for the inner port, until the transferred outer one has arrived. */
  #pending

  /**
   * `outer` is the WatchedPort, if it is in this world; `send(data, list)`, with a transfer list, and
   * `close()` act on the lane.
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
   * Whether the outer port has a listener and has received all messages so far, so that the next one can be
   * dispatched on it.
   */
  #isHeardOut () {
    const outer = this.#outer
    return outer !== undefined && outer.isListening && outer.delivered === this.#pumped
  }

  /** The outer port has left this world. */
  #lose () {
    this.#outer = undefined
    // A message posted in the task in which a port is transferred is sometimes lost: WebKit does not know
    // where the port is.
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
   * Sends a message that the script posts to the outer port; as with any port, not after it was transferred.
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
      // Closing a port loses the last message that was posted on it.
      this.#pump(CLOSED, [])
    } else {
      closeNatively(this.#inner)
    }
  }
}

module.exports = MessagePorts
