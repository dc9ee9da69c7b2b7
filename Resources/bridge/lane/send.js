'use strict'

// One frame out on one channel. A native function that gets numbers alone takes a third of the time of one that gets
// objects, so short frames lie in memory that the extension knows.

const { NO_PORTS } = require('./envelope')

const { isArray } = Array
const { set } = Uint8Array.prototype

const short = new Uint8Array(8 * 1024)

// The extension's numbers: Channel.Status.
const QUEUED = 1
const CLOSED = -1
const QUEUE_FULL = -2

/** Sends a frame, in one piece or several, and the ports that are these channels: `Channel.Status`. */
function send (native, channel, frame, ports) {
  if (ports === undefined && !isArray(frame) && frame.length <= short.length) {
    set.call(short, frame)
    return native.sendShort(channel, frame.length)
  }
  return native.send(channel, frame, ports ?? NO_PORTS)
}

/** Throws for a frame that was not sent. */
function check (status) {
  if (status >= 0) return
  if (status === CLOSED) throw new Error('IPC method called after context was released')
  const error = new Error(status === QUEUE_FULL
    ? 'The other side does not read: 256 MiB are waiting for it already.'
    : 'The system has no memory, or no file descriptors, for this message.')
  error.code = status === QUEUE_FULL ? 'ERR_IPC_QUEUE_FULL' : 'ERR_OUT_OF_MEMORY'
  throw error
}

module.exports = { send, check, short, QUEUED, CLOSED }
