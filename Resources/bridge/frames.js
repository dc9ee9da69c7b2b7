'use strict'

// The frame that crosses to the main process: Sources/CWire/include/wire.h, in JavaScript.

const { serialize, deserialize } = require('./codec')

const HEADER = 16

const kinds = {
  send: 1,
  invoke: 2,
  sendSync: 3,
  preloadError: 5,
  domReady: 6,
  painted: 7,
  evaluated: 8,
  message: 16,
  reply: 17,
  evaluate: 18
}

/**
 * One frame, as a view that is valid until the next call. It is still to be numbered: a getter of `value` may send
 * frames of its own, which go before this one.
 */
function encode (kind, call, value) {
  const bytes = serialize(value, HEADER)
  const length = bytes.length - HEADER
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
  return bytes
}

/** Gives a frame its place in the order of this document's calls. */
function number (bytes, sequence) {
  bytes[8] = sequence
  bytes[9] = sequence >>> 8
  bytes[10] = sequence >>> 16
  bytes[11] = sequence >>> 24
}

/** `{ kind, call, value }` of a whole frame. */
function decode (bytes) {
  const call = (bytes[4] | bytes[5] << 8 | bytes[6] << 16 | bytes[7] << 24) >>> 0
  return { kind: bytes[0], call, value: deserialize(bytes, HEADER) }
}

module.exports = { kinds, encode, number, decode }
