'use strict'

// Sends one envelope on one lane. A native function with only number arguments takes a third of the time of
// one with objects, so short envelopes are passed in memory that is shared with the extension.

const { status } = require('./wire')

const { isArray } = Array
const { set } = Uint8Array.prototype

const short = new Uint8Array(8 * 1024)

// The argument of the extension's `send` for no ports. Neither undefined nor null: JSCValue tries to convert
// those to an object, fails, and reports that to the inspector with a native stack, which takes 200 us.
const NO_PORTS = false

/** Sends an envelope, in one or several pieces, with the ports of these lanes: returns a `status`. */
function send (native, lane, envelope, ports) {
  if (ports === undefined && !isArray(envelope) && envelope.length <= short.length) {
    set.call(short, envelope)
    return native.sendShort(lane, envelope.length)
  }
  return native.send(lane, envelope, ports ?? NO_PORTS)
}

/** Throws when the envelope was not sent. */
function check (result) {
  if (result >= 0) return
  if (result === status.closed) throw new Error('IPC method called after context was released')
  const error = new Error(result === status.queueFull
    ? 'The other side does not read: 256 MiB are waiting for it already.'
    : 'The system has no memory, or no file descriptors, for this message.')
  error.code = result === status.queueFull ? 'ERR_IPC_QUEUE_FULL' : 'ERR_OUT_OF_MEMORY'
  throw error
}

module.exports = { send, check, short }
