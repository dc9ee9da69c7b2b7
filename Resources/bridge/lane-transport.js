'use strict'

// Frames over the document's socket, whose other end the main process holds. Everything goes one way there and one
// way back, so order needs no numbers; a synchronous call blocks in the extension.
//
// The first frame of a task leaves at once. Those after it are held back until the task is over, to leave together: in
// a packet a frame costs a fraction of what it costs alone.

const frames = require('./frames')
const Outbox = require('./outbox')
const { isClosed } = require('./surroundings')
const { pinner } = require('./primordials')

const { send, check, short, QUEUED, CLOSED } = frames
const { isArray } = Array
const { queueMicrotask } = globalThis
const pinDispatch = pinner(EventTarget.prototype, ['dispatchEvent'])

const LANE = 0

class LaneTransport {
  #native
  #ports
  #isLeft = false
  #isEnded = false
  // After the packet, its length.
  #inbox = new Uint8Array(frames.PACKET_LIMIT + 4)
  #outbox = new Outbox()
  // Not before there is an end of the task, and not while frames wait for room in the socket: what is too much for it
  // is an error of the call that sends it.
  #mayHold = false
  #canHold = false
  // Whether the task has sent something.
  #hasSent = false
  #held = 0
  #isDelivering = false
  #isWhole
  #endTask = () => { if (!this.#isDelivering) this.#taskEnded() }

  /**
   * `native` has the extension's lane functions, `ports` the document's message ports. `isWhole()` says whether this
   * document is still the one that it was.
   */
  constructor (native, ports, isWhole = () => true) {
    this.#isWhole = isWhole
    this.#native = native
    this.#ports = ports
  }

  /** Sends one frame, and DOM ports with it. Throws what the codec throws; then nothing has been sent. */
  post (kind, call, value, ports) {
    this.#checkContext()
    const frame = frames.encodeParts(kind, call, value)
    if (this.#mayHold && ports === undefined && !isArray(frame) && frame.length <= Outbox.LONGEST) {
      if (this.#hasSent) return this.#hold(frame)
      this.#beginTask()
    }
    const status = send(this.#native, LANE, frame, ports === undefined ? undefined : this.#ports.give(ports))
    this.#held = 0
    this.#mayHold = this.#canHold && status === 0
    check(status)
  }

  #hold (frame) {
    if (!this.#outbox.add(frame)) {
      check(this.#release())
      this.#outbox.add(frame)
    }
    this.#held++
    if (this.#held >= Outbox.RIPE) return check(this.#release())
    if (!this.#outbox.isWatched) this.#native.watchHeld()
  }

  #beginTask () {
    try {
      if (!this.#isDelivering) queueMicrotask(this.#endTask)
      this.#hasSent = true
    } catch {
      // No room on the stack: nobody will say that the task is over, so that what comes next leaves at once, too.
    }
  }

  /** Sends what is held back: `Lane.Status`. */
  #release () {
    this.#held = 0
    const status = this.#native.releaseHeld()
    if (status === QUEUED) this.#mayHold = false
    return status
  }

  #taskEnded () {
    this.#hasSent = false
    if (this.#held > 0) this.#release()
  }

  /** Sends one frame and blocks until its reply is there: `{ kind, call, value }`. */
  callSync (kind, value) {
    this.#checkContext()
    const reply = this.#native.callSync(LANE, frames.encodeParts(kind, 0, value))
    if (reply === CLOSED) throw new Error('reply was never sent')
    if (reply < 0) check(reply)
    return frames.decode(typeof reply === 'number' ? this.#inbox : reply, 0, takeBulk())
  }

  /**
   * Calls `receive(frame, ports)` with every frame of the main process from now on, each in a task of its own.
   * `ports` are the DOM ports that came with it.
   */
  listen (receive) {
    const receiveInTask = asTask(receive)
    const deliver = (bytes, at, itsBulk) => {
      const lane = frames.laneOf(bytes, at)
      const ports = this.#ports.open(frames.portsOf(bytes, at))
      const frame = frames.decode(bytes, at, itsBulk)
      if (lane === LANE) receiveInTask(frame, ports)
      else this.#ports.receive(lane, frame, ports) // which makes an event of it
    }
    const deliverPacket = (bytes = this.#inbox) => {
      if (!this.#isWhole()) return
      if (bytes !== this.#inbox) return deliver(bytes, 0, takeBulk())
      const length = frames.uint32(bytes, frames.PACKET_LIMIT)
      if (frames.endOf(bytes, 0) === length) return deliver(bytes, 0, takeBulk())
      this.#deliverAll(bytes.slice(0, length), deliver)
    }
    this.#native.listen(this.#inbox, this.#outbox.memory, short, deliverPacket, allocate)
    queueMicrotask(() => { this.#canHold = this.#mayHold = true })
  }

  /**
   * Delivers each frame of a packet; what is sent meanwhile leaves when that is done. One that cannot be delivered takes
   * none of the others with it: its error is thrown last.
   */
  #deliverAll (packet, deliver, from = 0) {
    this.#isDelivering = true
    let at = from
    try {
      while (at < packet.length && !this.#isEnded) {
        const frame = at
        at = frames.align(frames.endOf(packet, at))
        deliver(packet, frame)
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

  /** The document is being left. What its own handlers of that still send is sent. */
  leave () {
    this.#isLeft = true
    this.#native.leave(isClosed)
  }

  /** Nothing is sent any more, and nothing comes. */
  end () {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#ports.end()
    this.#native.close(LANE)
  }

  /** A script that kept this document's functions while its frame was taken out of the page has nobody to speak for. */
  #checkContext () {
    if (this.#isEnded || !this.#isWhole() || (this.#isLeft && isClosed())) check(CLOSED)
  }
}

// The buffers that are apart from the rest of the frame that is coming: [place, bytes, ...].
let bulk

/** Makes room for the extension to put a long frame into, and then each of its buffers that are apart. */
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
 * `run`, for a caller outside of JavaScript. What it calls directly leaves promises unsettled until the page's next
 * task, so that a frame could overtake the `await` that the one before it ends; after an event they are settled.
 */
function asTask (run) {
  // The target's own, as WebKit made it: a guard for what a preload dispatches stands before the prototype's (shared.js).
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
