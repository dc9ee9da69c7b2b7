'use strict'

// Reads primitives and boxed primitives, and dispatches all other values.

// Exported first, because the modules below require this one in a cycle.
module.exports = { readValue, readString }

const p = require('../../primordials')
const { readBigInt } = require('../bigint')
const { readOneByteString, readTwoByteString, readUtf8String } = require('../text')
const { LONGEST_TEXT, shortText } = require('./keys')
const { r, malformed, readByte, readVarint, readDouble, readCount, keep } = require('./reader')
const { readObject, readDenseArray, readSparseArray } = require('./read-objects')
const { readMap, readSet, readRegExp, readError } = require('./read-exotics')
const { readArrayBuffer, viewAfter } = require('./read-buffers')

const { Date } = p
const ObjectOf = p.Object

// The tags are numbers here, not names of tags.js: JavaScriptCore compiles a jump table only for literals.

/** `hint` is the key that the value is stored under, for the keys that it remembers. */
function readValue (depth, hint) {
  for (;;) {
    const tag = readByte()
    switch (tag) {
      case 0x22: // " one-byte string
        return readOneByte()
      case 0x49: { // I int32
        const n = readVarint()
        return n >>> 1 ^ -(n & 1)
      }
      case 0x6f: // o object
        return readObject(depth, hint)
      case 0x41: // A dense array
        return readDenseArray(depth, hint)
      case 0x4e: // N double
        return readDouble()
      case 0x54: // T
        return true
      case 0x46: // F
        return false
      case 0x30: // 0
        return null
      case 0x5f: // _
        return undefined
      case 0x63: // c two-byte string
        return readTwoByte()
      case 0x53: // S UTF-8 string
        return readUtf8()
      case 0x55: // U uint32
        return readVarint()
      case 0x5a: // Z BigInt
        return readBigIntValue()
      case 0x5e: // ^ reference
        return viewAfter(readReference())
      case 0x00: // padding
        continue
      case 0x3f: // ? number of objects so far, unused
        readVarint()
        continue
      default:
        return readOther(tag, depth, hint)
    }
  }
}

function readOther (tag, depth, hint) {
  switch (tag) {
    case 0x3b: // ;
      return readMap(depth, hint)
    case 0x27: // '
      return readSet(depth, hint)
    case 0x44: // D
      return keep(new Date(readDouble()))
    case 0x79: // y
      return keep(new ObjectOf(true))
    case 0x78: // x
      return keep(new ObjectOf(false))
    case 0x6e: // n
      return keep(new ObjectOf(readDouble()))
    case 0x7a: // z
      return keep(new ObjectOf(readBigIntValue()))
    case 0x73: // s
      return readStringObject()
    case 0x52: // R
      return readRegExp()
    case 0x72: // r
      return readError(depth, hint)
    case 0x42: // B
      return viewAfter(readArrayBuffer(false))
    case 0x7e: // ~
      return viewAfter(readArrayBuffer(true))
    case 0x61: // a
      return readSparseArray(depth, hint)
    default:
      throw malformed('tag 0x' + (tag < 16 ? '0' : '') + p.numberToString(tag, 16), r.at - 1)
  }
}

function readReference () {
  const where = r.at
  const id = readVarint()
  const { objects } = r
  // An id may be known before its object exists: an Error inside its own cause.
  if (id >= objects.length || objects[id] === undefined) throw malformed('reference to object ' + id, where)
  return objects[id]
}

function readOneByte () {
  const length = readCount('a string')
  const begin = r.at
  r.at = begin + length
  if (length <= LONGEST_TEXT) return shortText(r.bytes, begin, length)
  return readOneByteString(r.bytes, begin, length)
}

function readTwoByte () {
  const length = readCount('a string')
  if (length & 1) throw malformed('a two-byte string of odd length')
  r.at += length
  return readTwoByteString(r.bytes, r.at - length, length)
}

function readUtf8 () {
  const length = readCount('a string')
  r.at += length
  return readUtf8String(r.bytes, r.at - length, length)
}

/** Reads a string value; any other value is malformed. */
function readString () {
  for (;;) {
    const where = r.at
    switch (readByte()) {
      case 0x22:
        return readOneByte()
      case 0x63:
        return readTwoByte()
      case 0x53:
        return readUtf8()
      case 0x00:
        continue
      default:
        throw malformed('not a string', where)
    }
  }
}

function readStringObject () {
  const { objects } = r
  const id = objects.length++
  return (objects[id] = new ObjectOf(readString()))
}

function readBigIntValue () {
  const where = r.at
  const field = readVarint()
  const length = field >>> 1
  if (length > r.end - r.at) throw malformed('a BigInt of ' + length + ' bytes', where)
  r.at += length
  try {
    return readBigInt((field & 1) === 1, r.bytes, r.at - length, length)
  } catch (_) {
    throw malformed('a BigInt that this engine cannot hold', where)
  }
}
