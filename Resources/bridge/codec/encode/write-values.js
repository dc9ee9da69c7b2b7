'use strict'

// Writes primitives, and dispatches all other values. A write function takes the write position and returns
// the next one. At every call 32 bytes are free unless stated otherwise: enough for any tag with its numbers.

// Exported first, because write-objects.js requires this module in a cycle.
module.exports = { writeValue, writeVarint, writeNumber, writeDouble, writeBigInt, writeString,
  writeReference }

const p = require('../../primordials')
const t = require('../tags')
const { bigIntByteLength, writeBigIntDigits } = require('../bigint')
const { LONG_TEXT, writeLatin1 } = require('../text')
const { w, grow, uncloneable } = require('./writer')
const { writeObject } = require('./write-objects')

const { charCodeAt, charCodeOf, StringPrototype } = p

function writeValue (v, at, depth) {
  if (w.cap - at < 64) grow(at, 64)
  if (typeof v === 'string') return writeString(v, at)
  if (typeof v === 'number') return writeNumber(v, at)
  if (typeof v === 'object') {
    if (v !== null) return writeObject(v, at, depth)
    w.buffer[at] = t.NULL
    return at + 1
  }
  if (typeof v === 'boolean') {
    w.buffer[at] = v ? t.TRUE : t.FALSE
    return at + 1
  }
  if (v === undefined) {
    w.buffer[at] = t.UNDEFINED
    return at + 1
  }
  if (typeof v === 'bigint') {
    w.buffer[at] = t.BIGINT
    return writeBigInt(v, at + 1)
  }
  // A function or symbol; or document.all, an object whose typeof is 'undefined'.
  throw uncloneable()
}

function writeReference (id, at) {
  w.buffer[at] = t.REFERENCE
  return writeVarint(id, at + 1)
}

function writeVarint (n, at) {
  const { buffer } = w
  while (n > 127) {
    buffer[at++] = n & 127 | 128
    n = n >>> 7
  }
  buffer[at] = n
  return at + 1
}

function writeNumber (v, at) {
  const i = v | 0
  if (i === v && (i !== 0 || 1 / v > 0)) {
    const { buffer } = w
    buffer[at] = t.INT32
    const zigzag = (i << 1 ^ i >> 31) >>> 0
    if (zigzag < 128) {
      buffer[at + 1] = zigzag
      return at + 2
    }
    return writeVarint(zigzag, at + 1)
  }
  w.buffer[at] = t.DOUBLE
  w.view.setFloat64(at + 1, v, true)
  return at + 9
}

function writeDouble (v, at) {
  w.view.setFloat64(at, v, true)
  return at + 8
}

function writeBigInt (v, at) {
  const length = bigIntByteLength(v)
  at = writeVarint((length << 1 | (v < 0n ? 1 : 0)) >>> 0, at)
  if (w.cap - at < length + 32) grow(at, length + 32)
  writeBigIntDigits(v, length, w.buffer, at)
  return at + length
}

// Writes one byte per character until one does not fit, then starts over with two bytes per character. Most
// strings are Latin-1, and scanning first costs more than an occasional restart.
function writeString (s, at) {
  const length = s.length
  if (w.cap - at < length + 32) grow(at, length + 32)
  const { buffer } = w
  const begin = at
  buffer[at++] = t.ONE_BYTE_STRING
  if (length < 128) buffer[at++] = length
  else at = writeVarint(length, at)
  if (length >= LONG_TEXT && writeLatin1 !== undefined) {
    return writeLatin1(s, buffer, at, length) ? at + length : writeTwoByteString(s, begin)
  }
  if (StringPrototype.charCodeAt === charCodeAt) {
    let all = 0
    for (let i = 0; i < length; i++) {
      const code = s.charCodeAt(i)
      all |= code
      buffer[at + i] = code
    }
    return all < 256 ? at + length : writeTwoByteString(s, begin)
  }
  for (let i = 0; i < length; i++) {
    const code = charCodeOf(s, i)
    if (code > 255) return writeTwoByteString(s, begin)
    buffer[at + i] = code
  }
  return at + length
}

function writeTwoByteString (s, at) {
  const length = s.length
  if (w.cap - at < length * 2 + 32) grow(at, length * 2 + 32)
  const { buffer, buffer16 } = w
  // V8 reads the characters in place, so they must start at an even offset of the stream. A padding byte
  // before the tag ensures that.
  let size = length * 2
  let sizeBytes = 1
  while ((size = size >>> 7) > 0) sizeBytes++
  if (at - w.start + w.skew + 1 + sizeBytes & 1) buffer[at++] = t.PADDING
  buffer[at++] = t.TWO_BYTE_STRING
  at = writeVarint(length * 2, at)
  const direct = StringPrototype.charCodeAt === charCodeAt
  if (direct && (at & 1) === 0) {
    const half = at >> 1
    for (let i = 0; i < length; i++) buffer16[half + i] = s.charCodeAt(i)
    return at + length * 2
  }
  for (let i = 0; i < length; i++, at += 2) {
    const code = direct ? s.charCodeAt(i) : charCodeOf(s, i)
    buffer[at] = code
    buffer[at + 1] = code >> 8
  }
  return at
}
