'use strict'

// Envelopes over the document's lane, a socket whose other end the main process holds. All envelopes take the
// same path, so they need no sequence numbers; a synchronous call blocks in the extension.
//
// The first envelope of a task is sent at once. Later ones are held until the task ends, to be sent together:
// an envelope in a shared packet costs a fraction of one sent alone. Three things end a hold: the microtask
// at the end of the task (#taskEnded), Outbox.BATCH envelopes, and, for a task that goes on, a thread of the
// extension within milliseconds.

const {
  encodeParts, decode, endOf, align, uint32, laneOf, portsOf, send, check, short
} = require('./envelope')
const Outbox = require('./outbox')
const { PACKET_LIMIT, status } = require('./wire')
const { isClosed } = require('../dom-primordials')
const { pinner } = require('../primordials')

const { isArray } = Array
const { queueMicrotask } = globalThis
const pinDispatch = pinner(EventTarget.prototype, ['dispatchEvent'])

/** The extension's number for the document's own lane. */
const DOCUMENT = 0

class LaneTransport {
  #native
  #ports
  #isLeft = false
  #isEnded = false
  // Followed by the packet's length.
  #inbox = new Uint8Array(PACKET_LIMIT + 4)
  #outbox = new Outbox()
  // False until the end of the task is scheduled, and while envelopes are queued for a full socket: an
  // overflow must be an error of the call that sends too much.
  #mayHold = false
  #canHold = false
  // Whether the task has sent an envelope.
  #hasSent = false
  #held = 0
  #isDelivering = false
  #isWhole
  #endTask = () => { if (!this.#isDelivering) this.#taskEnded() }

  /**
   * `native` has the extension's lane functions, `ports` the document's message ports. `isWhole()` says
   * whether this document has not been reopened.
   */
  constructor (native, ports, isWhole = () => true) {
    this.#isWhole = isWhole
    this.#native = native
    this.#ports = ports
  }

  /** Sends one envelope, and DOM ports with it. Throws the codec's errors before anything has been sent. */
  post (kind, call, value, ports) {
    this.#checkContext()
    const envelope = encodeParts(kind, call, value)
    if (this.#mayHold && ports === undefined && !isArray(envelope) && envelope.length <= Outbox.LONGEST) {
      if (this.#hasSent) return this.#hold(envelope)
      this.#beginTask()
    }
    const result = send(this.#native, DOCUMENT, envelope,
      ports === undefined ? undefined : this.#ports.give(ports))
    this.#held = 0
    this.#mayHold = this.#canHold && result === status.sent
    check(result)
  }

  #hold (envelope) {
    if (!this.#outbox.add(envelope)) {
      check(this.#release())
      this.#outbox.add(envelope)
    }
    this.#held++
    if (this.#held >= Outbox.BATCH) return check(this.#release())
    if (!this.#outbox.isWatched) this.#native.watchHeld()
  }

  #beginTask () {
    try {
      if (!this.#isDelivering) queueMicrotask(this.#endTask)
      this.#hasSent = true
    } catch {
      // The stack is full: no microtask will end the task, so the next envelope is sent at once, too.
    }
  }

  /** Sends the held envelopes: returns a `status`. */
  #release () {
    this.#held = 0
    const result = this.#native.releaseHeld()
    if (result === status.queued) this.#mayHold = false
    return result
  }

  #taskEnded () {
    this.#hasSent = false
    if (this.#held > 0) this.#release()
  }

  /** Sends one envelope and blocks until its reply arrives: `{ kind, call, value }`. */
  callSync (kind, value) {
    this.#checkContext()
    const reply = this.#native.callSync(DOCUMENT, encodeParts(kind, 0, value))
    if (reply === status.closed) throw new Error('reply was never sent')
    if (reply < 0) check(reply)
    return decode(typeof reply === 'number' ? this.#inbox : reply, 0, takeBulk())
  }

  /**
   * From now on calls `receive(envelope, ports)` with every envelope of the main process, each in its own
   * task. `ports` are the DOM ports that came with it.
   */
  listen (receive) {
    const receiveInTask = asTask(receive)
    const deliver = (bytes, at, itsBulk) => {
      const lane = laneOf(bytes, at)
      const ports = this.#ports.open(portsOf(bytes, at))
      const envelope = decode(bytes, at, itsBulk)
      if (lane === DOCUMENT) receiveInTask(envelope, ports)
      else this.#ports.receive(lane, envelope, ports) // dispatches it as an event
    }
    const deliverPacket = (bytes = this.#inbox) => {
      if (!this.#isWhole()) return
      if (bytes !== this.#inbox) return deliver(bytes, 0, takeBulk())
      const length = uint32(bytes, PACKET_LIMIT)
      if (endOf(bytes, 0) === length) return deliver(bytes, 0, takeBulk())
      this.#deliverAll(bytes.slice(0, length), deliver)
    }
    this.#native.listen(this.#inbox, this.#outbox.memory, short, deliverPacket, allocate)
    queueMicrotask(() => { this.#canHold = this.#mayHold = true })
  }

  /**
   * Delivers each envelope of a packet. Envelopes sent meanwhile are held until all are delivered. An
   * envelope that cannot be delivered does not affect the others: its error is thrown last.
   */
  #deliverAll (packet, deliver, from = 0) {
    this.#isDelivering = true
    let at = from
    try {
      while (at < packet.length && !this.#isEnded) {
        const begin = at
        at = align(endOf(packet, at))
        deliver(packet, begin)
      }
    } finally {
      if (at < packet.length && !this.#isEnded) {
        this.#deliverAll(packet, deliver, at)
      } else {
        this.#isDelivering = false
        this.#taskEnded()
      }
    }
  }

  /** The document is unloading. Envelopes of its unload handlers are still sent. */
  leave () {
    this.#isLeft = true
    this.#native.leave(isClosed)
  }

  /** Stops sending and receiving. */
  end () {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#ports.end()
    this.#native.close(DOCUMENT)
  }

  /** Throws when a script uses this document's functions after the document's end. */
  #checkContext () {
    if (this.#isEnded || !this.#isWhole() || (this.#isLeft && isClosed())) check(status.closed)
  }
}

// Out-of-line buffers of the envelope that is arriving: [place, bytes, ...].
let bulk

/** Allocates memory for the extension: for a long envelope, and then for each of its out-of-line buffers. */
function allocate (length, place) {
  const bytes = new Uint8Array(length)
  if (place < 0) bulk = undefined
  else (bulk ??= []).push(place, bytes)
  return bytes
}

function takeBulk () {
  const taken = bulk
  bulk = undefined
  return taken
}

/**
 * Wraps `run` for a caller outside JavaScript. After a direct call, promises are not settled until the page's
 * next task, so an envelope could overtake the `await` that the previous one resolves. After an event they
 * are settled.
 */
function asTask (run) {
  // The target's own method is WebKit's; the prototype's is replaced by a guard (guards/related-targets.js).
  const target = pinDispatch(new EventTarget())
  const event = new Event('task')
  let one, other
  target.addEventListener('task', () => run(one, other))
  return (first, second) => {
    one = first
    other = second
    target.dispatchEvent(event)
    one = other = undefined
  }
}

module.exports = LaneTransport
