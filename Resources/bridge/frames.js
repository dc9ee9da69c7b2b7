'use strict'

// The frame that crosses to the main process: Sources/CMartletWire/include/wire.h, in JavaScript, and the native call that
// sends one.

const { serialize, serializeSegments, deserialize } = require('./codec')

const { isArray } = Array
const { set } = Uint8Array.prototype

const HEADER = 16
// Where frames begin that share a packet.
const ALIGNMENT = 8
// The longest frame that needs no memory of its own.
const PACKET_LIMIT = 64 * 1024 + HEADER
// The longest frame, and the longest without the buffers that are apart: as many as that.
const LENGTH_LIMIT = 2 ** 30
const BYTES_LIMIT = 2 ** 28
const BULK_LIMIT = 64
const PORT_LIMIT = 64

const kinds = {
  send: 1,
  invoke: 2,
  sendSync: 3,
  postMessage: 4,
  preloadError: 5,
  domReady: 6,
  painted: 7,
  evaluated: 8,
  visibility: 9,
  loaded: 10,
  gone: 11,
  leaving: 12,
  opened: 13,
  message: 16,
  reply: 17,
  evaluate: 18,
  portMessage: 32
}

/**
 * One frame, as a view that is valid until the next call. It is still to be numbered: a getter of `value` may send
 * frames of its own, which go before this one.
 */
function encode (kind, call, value) {
  const bytes = serialize(value, HEADER)
  writeHeader(bytes, kind, call, bytes.length - HEADER, 0)
  return bytes
}

/** One frame, as a view or as an array of views, valid until the next call or any change of `value`. */
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

/** `rest` are those of its bytes that are in no buffer apart. */
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

/** Gives a frame its place in the order of this document's calls. */
function number (bytes, sequence) {
  bytes[8] = sequence
  bytes[9] = sequence >>> 8
  bytes[10] = sequence >>> 16
  bytes[11] = sequence >>> 24
}

/**
 * `{ kind, call, value }` of the frame that begins `at` a place in `bytes`. `bulk` has its long buffers, if they are
 * apart: [place, bytes, ...].
 */
function decode (bytes, at = 0, bulk) {
  const begin = at + HEADER
  const end = endOf(bytes, at)
  const value = begin === end ? undefined : deserialize(bytes, begin, end, bulk)
  return { kind: bytes[at], call: uint32(bytes, at + 4), value }
}

/** Where the frame ends that begins `at` a place in `bytes`. */
function endOf (bytes, at) { return at + HEADER + uint32(bytes, at + 12) }

/** Where in its packet a frame begins that follows one with this end. */
function align (end) { return (end + ALIGNMENT - 1) & -ALIGNMENT }

// A header that the extension delivers is wire.h's martlet_delivered_header: it has the lane in the place of the sequence, and
// the first port's lane in the place of the call.

/** The lane that a frame came on. */
function laneOf (bytes, at) { return uint32(bytes, at + 8) }

/** The lanes of the ports that came with a frame: the extension numbers them one after the other. */
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

// What the extension's `send` gets for no ports. Not undefined, and not null: JSCValue looks for an object in them, finds
// none, and reports that to the inspector with a native stack, which takes 200 us.
const NO_PORTS = false

// A native function that gets numbers alone takes a third of the time of one that gets objects, so short frames lie in memory
// that the extension knows.
const short = new Uint8Array(8 * 1024)

// The extension's numbers: Lane.Status.
const QUEUED = 1
const CLOSED = -1
const QUEUE_FULL = -2

/** Sends a frame on one lane, in one piece or several, and the ports that are these lanes: `Lane.Status`. */
function send (native, lane, frame, ports) {
  if (ports === undefined && !isArray(frame) && frame.length <= short.length) {
    set.call(short, frame)
    return native.sendShort(lane, frame.length)
  }
  return native.send(lane, frame, ports ?? NO_PORTS)
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

module.exports = {
  ALIGNMENT, PACKET_LIMIT, PORT_LIMIT, kinds, encode, encodeParts, number, decode, endOf, align, uint32, laneOf,
  portsOf, LENGTH_LIMIT, BYTES_LIMIT, BULK_LIMIT, HEADER, send, check, short, QUEUED, CLOSED
}
