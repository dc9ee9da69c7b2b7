'use strict'

// Sends one envelope on one lane. A native function that gets numbers alone takes a third of the time of one
// that gets objects, so short envelopes lie in memory that the extension knows.

const { status } = require('./wire')

const { isArray } = Array
const { set } = Uint8Array.prototype

const short = new Uint8Array(8 * 1024)

// The argument of the extension's `send` for no ports. Not undefined, and not null: JSCValue looks for an
// object in them, finds none, and reports that to the inspector with a native stack, which takes 200 us.
const NO_PORTS = false

/** Sends an envelope, in one piece or several, and the ports that are these lanes: one of `status`. */
function send (native, lane, envelope, ports) {
  if (ports === undefined && !isArray(envelope) && envelope.length <= short.length) {
    set.call(short, envelope)
    return native.sendShort(lane, envelope.length)
  }
  return native.send(lane, envelope, ports ?? NO_PORTS)
}

/** Throws for an envelope that was not sent. */
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
