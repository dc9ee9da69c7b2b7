'use strict'

// Envelopes over the document's lane, a socket whose other end the main process holds. Everything goes one
// way there and one way back, so order needs no numbers; a synchronous call blocks in the extension.
//
// The first envelope of a task leaves at once. Those after it are held until the task is over, to leave
// together: in a packet an envelope costs a fraction of its cost alone. Three things end a hold: the
// microtask at the end of the task (#taskEnded), Outbox.BATCH envelopes, and a thread of the extension,
// within milliseconds, for a task that goes on.

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

/** The extension's number of the document's own lane. */
const DOCUMENT = 0

class LaneTransport {
  #native
  #ports
  #isLeft = false
  #isEnded = false
  // After the packet, its length.
  #inbox = new Uint8Array(PACKET_LIMIT + 4)
  #outbox = new Outbox()
  // Not before there is an end of the task, and not while envelopes are queued for a full socket: an overflow
  // is an error of the call that sends too much.
  #mayHold = false
  #canHold = false
  // Whether the task has sent something.
  #hasSent = false
  #held = 0
  #isDelivering = false
  #isWhole
  #endTask = () => { if (!this.#isDelivering) this.#taskEnded() }

  /**
   * `native` has the extension's lane functions, `ports` the document's message ports. `isWhole()` says
   * whether this document is still the one that it was.
   */
  constructor (native, ports, isWhole = () => true) {
    this.#isWhole = isWhole
    this.#native = native
    this.#ports = ports
  }

  /** Sends one envelope, and DOM ports with it. Throws the codec's errors; then nothing has been sent. */
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
      // No room on the stack: no microtask will end the task, so the next envelope leaves at once, too.
    }
  }

  /** Sends the held envelopes: one of `status`. */
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

  /** Sends one envelope and blocks until its reply is there: `{ kind, call, value }`. */
  callSync (kind, value) {
    this.#checkContext()
    const reply = this.#native.callSync(DOCUMENT, encodeParts(kind, 0, value))
    if (reply === status.closed) throw new Error('reply was never sent')
    if (reply < 0) check(reply)
    return decode(typeof reply === 'number' ? this.#inbox : reply, 0, takeBulk())
  }

  /**
   * Calls `receive(envelope, ports)` with every envelope of the main process from now on, each in a task of
   * its own. `ports` are the DOM ports that came with it.
   */
  listen (receive) {
    const receiveInTask = asTask(receive)
    const deliver = (bytes, at, itsBulk) => {
      const lane = laneOf(bytes, at)
      const ports = this.#ports.open(portsOf(bytes, at))
      const envelope = decode(bytes, at, itsBulk)
      if (lane === DOCUMENT) receiveInTask(envelope, ports)
      else this.#ports.receive(lane, envelope, ports) // which makes an event of it
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
   * Delivers each envelope of a packet; those that are sent meanwhile leave when that is done. An envelope
   * that cannot be delivered takes none of the others with it: its error is thrown last.
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

  /** The document is unloading. Envelopes of its own handlers of that are still sent. */
  leave () {
    this.#isLeft = true
    this.#native.leave(isClosed)
  }

  /** Nothing is sent any more, and nothing comes. */
  end () {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#ports.end()
    this.#native.close(DOCUMENT)
  }

  /** Throws for a script that kept this document's functions after the document's end. */
  #checkContext () {
    if (this.#isEnded || !this.#isWhole() || (this.#isLeft && isClosed())) check(status.closed)
  }
}

// Buffers that are apart from the rest of the envelope that is arriving: [place, bytes, ...].
let bulk

/** Makes room for the extension to put a long envelope into, and then each of its buffers that are apart. */
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
 * `run`, for a caller outside of JavaScript. A direct call of it leaves promises unsettled until the page's
 * next task, so that an envelope could overtake the `await` that the one before it ends; after an event they
 * are settled.
 */
function asTask (run) {
  // The target's own method, WebKit's: on the prototype a guard takes its place (guards/related-targets.js).
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
