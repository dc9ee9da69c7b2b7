'use strict'

// Envelopes, the messages of the wire: a header and a value in V8's format
// (Sources/CMartletWire/include/wire.h). And the native call that sends one.

const { serialize, serializeSegments, deserialize } = require('../codec/codec')
const { HEADER, ALIGNMENT, LENGTH_LIMIT, BYTES_LIMIT, BULK_LIMIT, status } = require('./wire')

const { isArray } = Array
const { set } = Uint8Array.prototype

/**
 * One envelope, as a view that is valid until the next call. It has no sequence number yet: a getter of
 * `value` may send envelopes itself, which precede this one.
 */
function encode (kind, call, value) {
  const bytes = serialize(value, HEADER)
  writeHeader(bytes, kind, call, bytes.length - HEADER, 0)
  return bytes
}

/** One envelope, as a view or as an array of views, valid until the next call or any change of `value`. */
function encodeParts (kind, call, value) {
  const parts = serializeSegments(value, HEADER)
  if (parts.length === 1) {
    const length = parts[0].length - HEADER
    writeHeader(parts[0], kind, call, length, length)
    return parts[0]
  }
  let length = -HEADER
  let apart = 0
  for (let i = 0; i < parts.length; i++) {
    length += parts[i].length
    if ((i & 1) === 1 && i < 2 * BULK_LIMIT) apart += parts[i].length
  }
  writeHeader(parts[0], kind, call, length, length - apart)
  return parts
}

/** `rest` is the length without out-of-line buffers. */
function writeHeader (bytes, kind, call, length, rest) {
  if (length > LENGTH_LIMIT || rest > BYTES_LIMIT) throw tooLong(length)
  bytes[0] = kind
  bytes[1] = bytes[2] = bytes[3] = 0
  bytes[4] = call
  bytes[5] = call >>> 8
  bytes[6] = call >>> 16
  bytes[7] = call >>> 24
  bytes[8] = bytes[9] = bytes[10] = bytes[11] = 0
  bytes[12] = length
  bytes[13] = length >>> 8
  bytes[14] = length >>> 16
  bytes[15] = length >>> 24
}

function tooLong (length) {
  const error = new RangeError(`A message of ${length} bytes is too long: ` +
    '1 GiB is the limit, and 256 MiB without its first 64 buffers of 64 KiB and more.')
  error.code = 'ERR_IPC_MESSAGE_TOO_LONG'
  return error
}

/** Sets an envelope's sequence number, its place in the order of this document's calls. */
function number (bytes, sequence) {
  bytes[8] = sequence
  bytes[9] = sequence >>> 8
  bytes[10] = sequence >>> 16
  bytes[11] = sequence >>> 24
}

/**
 * `{ kind, call, value }` of the envelope at offset `at` of `bytes`. `bulk` has the out-of-line buffers, if
 * any: [place, bytes, ...].
 */
function decode (bytes, at = 0, bulk) {
  const begin = at + HEADER
  const end = endOf(bytes, at)
  const value = begin === end ? undefined : deserialize(bytes, begin, end, bulk)
  return { kind: bytes[at], call: uint32(bytes, at + 4), value }
}

/** The end of the envelope at offset `at` of `bytes`. */
function endOf (bytes, at) { return at + HEADER + uint32(bytes, at + 12) }

/** The offset in a packet of the envelope after one that ends here. */
function align (end) { return (end + ALIGNMENT - 1) & -ALIGNMENT }

// A header that the extension delivers is wire.h's martlet_delivered_header. It has the lane in place of the
// sequence number, and, with ports, the first port's lane in place of the call.

/** The lane that an envelope came on. */
function laneOf (bytes, at) { return uint32(bytes, at + 8) }

/** The lanes of the ports that came with an envelope: the extension gives them consecutive numbers. */
function portsOf (bytes, at) {
  const count = bytes[at + 2] | bytes[at + 3] << 8
  const first = uint32(bytes, at + 4)
  const lanes = []
  for (let i = 0; i < count; i++) lanes.push(first + i)
  return lanes
}

function uint32 (bytes, at) {
  return (bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24) >>> 0
}

// A native function that gets numbers alone takes a third of the time of one that gets objects, so short
// envelopes lie in memory that the extension knows.
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
    ? 'The queue is full: 256 MiB are pending and the receiver does not read. Send less, or await replies.'
    : 'The system is out of memory or file descriptors: send less, or close ports.')
  error.code = result === status.queueFull ? 'ERR_IPC_QUEUE_FULL' : 'ERR_OUT_OF_MEMORY'
  throw error
}

module.exports = {
  encode, encodeParts, number, decode, endOf, align, uint32, laneOf, portsOf, send, check, short
}
