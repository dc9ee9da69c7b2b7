'use strict'

// The decoder's state for the current message, and the reading of numbers.
//
// The bytes come from the main process, but are not trusted. Every length is checked against the available
// bytes before anything is allocated for it, every loop consumes input, and nesting is limited. Any violation
// ends in a DataError with its position.
//
// The state is one object of fixed shape, as in ../encode/writer.js.

const p = require('../../primordials')
const t = require('../tags')

const { defineProperty, pinner, Error, Uint8Array, DataView } = p

const r = {
  __proto__: null,
  bytes: undefined,
  at: 0,
  end: 0,
  version: 0,
  objects: undefined, // by id
  plainly: true, // Object.prototype has no enumerable properties
  gapBudget: 0, // see defineIndex
  bulk: undefined, // out-of-line contents: [place, bytes, ...]
  bulkRead: 0, // how much of that list has been read
  store: undefined, // the ArrayBuffer of `bytes`
  shift: 0 // offset of `bytes` in it
}

const number = new Uint8Array(8)
const numberView = pinner(DataView.prototype, ['getFloat64'])(new DataView(p.typedArrayBuffer(number)))

class DataError extends Error {}
defineProperty(DataError.prototype, 'name', { value: 'DataError', writable: true, configurable: true })

/** `where` is an offset in the Uint8Array given to `deserialize`. */
function malformed (what, where = r.at) {
  const error = new DataError('Malformed structured clone data at byte ' + where + ': ' + what)
  error.offset = where
  return error
}

function tooDeep () {
  return malformed('nested more than ' + t.MAX_DEPTH + ' levels deep', r.at - 1)
}

function readByte () {
  if (r.at >= r.end) throw malformed('the data is truncated')
  return r.bytes[r.at++]
}

function readVarint () {
  if (r.at >= r.end) throw malformed('the data is truncated')
  const first = r.bytes[r.at++]
  return first < 128 ? first : readLongVarint(first & 127)
}

function readLongVarint (value) {
  for (let bits = 7; bits < 35; bits += 7) {
    const byte = readByte()
    value |= (byte & 127) << bits
    if (byte < 128) return value >>> 0
  }
  throw malformed('a number longer than 32 bits')
}

function readDouble () {
  const { at, bytes } = r
  if (r.end - at < 8) throw malformed('the data is truncated')
  for (let i = 0; i < 8; i++) number[i] = bytes[at + i]
  r.at = at + 8
  return numberView.getFloat64(0, true)
}

function readCount (what) {
  const length = readVarint()
  const left = r.end - r.at
  if (length > left) throw malformed(what + ' of ' + length + ' bytes, and ' + left + ' are left')
  return length
}

function skipPadding () {
  while (r.at < r.end && r.bytes[r.at] === t.PADDING) r.at++
}

/** The next tag, without consuming it. */
function peekTag () {
  skipPadding()
  if (r.at >= r.end) throw malformed('the data is truncated')
  return r.bytes[r.at]
}

/** Assigns the next id to an object. */
function keep (object) {
  r.objects[r.objects.length] = object
  return object
}

module.exports = {
  r, DataError, malformed, tooDeep, readByte, readVarint, readDouble, readCount, skipPadding, peekTag, keep
}
