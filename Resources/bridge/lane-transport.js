'use strict'

// Frames over the document's socket, whose other end the main process holds. Everything goes one way there and one
// way back, so order needs no numbers; a synchronous call blocks in the extension.

const frames = require('./frames')

// The extension's numbers: Channel.Status.
const CLOSED = -1
const QUEUE_FULL = -2

const LANE = 0

function check (status) {
  if (status === 0) return
  if (status === CLOSED) throw new Error('IPC method called after context was released')
  const error = new Error(status === QUEUE_FULL
    ? 'The main process does not read: 256 MiB are waiting for it already.'
    : 'The system has no memory for this message.')
  error.code = status === QUEUE_FULL ? 'ERR_IPC_QUEUE_FULL' : 'ERR_OUT_OF_MEMORY'
  throw error
}

class LaneTransport {
  #native
  #ports
  #isLeft = false
  #inbox = new Uint8Array(frames.PACKET_LIMIT)

  /** `native` has the extension's channel functions, `ports` the document's message ports. */
  constructor (native, ports) {
    this.#native = native
    this.#ports = ports
  }

  /** Sends one frame, and DOM ports with it. Throws what the codec throws; then nothing has been sent. */
  post (kind, call, value, ports) {
    this.#checkContext()
    const frame = frames.encodeParts(kind, call, value)
    check(this.#native.send(LANE, frame, ports === undefined ? frames.NO_PORTS : this.#ports.give(ports)))
  }

  /** Sends one frame and blocks until its reply is there: `{ kind, call, value }`. */
  callSync (kind, value) {
    this.#checkContext()
    const reply = this.#native.callSync(LANE, frames.encodeParts(kind, 0, value))
    if (reply === CLOSED) throw new Error('reply was never sent')
    return frames.decode(typeof reply === 'number' ? this.#inbox : reply)
  }

  /**
   * Calls `receive(frame, ports)` with every frame of the main process from now on, each in a task of its own.
   * `ports` are the DOM ports that came with it.
   */
  listen (receive) {
    const deliver = (bytes = this.#inbox) => {
      const channel = frames.channelOf(bytes)
      const ports = this.#ports.open(frames.portsOf(bytes))
      const frame = frames.decode(bytes)
      if (channel === LANE) receive(frame, ports)
      else this.#ports.receive(channel, frame, ports)
    }
    this.#native.listen(this.#inbox, asTask(deliver), length => new Uint8Array(length))
  }

  /** The document is being left. What its own handlers of that still send is sent. */
  leave () {
    this.#isLeft = true
    this.#native.leave(() => window.closed)
  }

  /** A script that kept this document's functions while its frame was taken out of the page has nobody to speak for. */
  #checkContext () {
    if (this.#isLeft && window.closed) check(CLOSED)
  }
}

/**
 * `run`, for a caller outside of JavaScript. What it calls directly leaves promises unsettled until the page's next
 * task, so that a frame could overtake the `await` that the one before it ends; after an event they are settled.
 */
function asTask (run) {
  const target = new EventTarget()
  const event = new Event('task')
  let argument
  target.addEventListener('task', () => run(argument))
  return value => {
    argument = value
    target.dispatchEvent(event)
    argument = undefined
  }
}

module.exports = LaneTransport
