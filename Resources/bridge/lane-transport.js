'use strict'

// Frames over the document's socket, whose other end the main process holds. Everything goes one way there and one
// way back, so order needs no numbers; a synchronous call blocks in the extension.

const frames = require('./frames')

// The extension's numbers: Channel.Status.
const CLOSED = -1
const QUEUE_FULL = -2

const LANE = 0

// What a native function gets for "none". Not undefined, and not null: JSCValue looks for an object in them, finds none,
// and reports that to the inspector with a native stack, which takes 200 us.
const NONE = false

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
  #inbox = new Uint8Array(frames.PACKET_LIMIT)

  /** `native` has the extension's channel functions. */
  constructor (native) { this.#native = native }

  /** Sends one frame, and with it channels as ports. Throws what the codec throws; then nothing has been sent. */
  post (kind, call, value, ports) {
    check(this.#native.send(LANE, frames.encodeParts(kind, call, value), ports ?? NONE))
  }

  /** Sends one frame and blocks until its reply is there: `{ kind, call, value }`. */
  callSync (kind, value) {
    const reply = this.#native.callSync(LANE, frames.encodeParts(kind, 0, value))
    if (reply === CLOSED) throw new Error('reply was never sent')
    return frames.decode(typeof reply === 'number' ? this.#inbox : reply)
  }

  /** Calls `receive` with every frame of the main process from now on, each in a task of its own. */
  listen (receive) {
    this.#native.listen(this.#inbox, asTask((bytes = this.#inbox) => receive(frames.decode(bytes))),
      length => new Uint8Array(length))
    window.addEventListener('unload', () => this.#native.leave(), { capture: true })
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
