'use strict'

// Structured clone, reading half: V8's wire format → values.
//
// The bytes come from the main process, but are read as if they came from
// anyone: every length is checked against the bytes that are there before
// anything is allocated for it, every loop consumes input, nesting is limited,
// and whatever is wrong ends in a DataError that says where.

const p = require('./primordials')
const t = require('./codec-tags')
const { readBigInt } = require('./codec-bigint')
const { readOneByteString, readTwoByteString, readUtf8String } = require('./codec-text')

const { defineProperty, pin } = p
const { ObjectPrototype, Error, Map, Set, Date, RegExp, Uint8Array, DataView, ArrayBuffer } = p
const ObjectOf = p.Object

let bytes // what is being read
let store, shift // its ArrayBuffer, and where in it `bytes` begins
let at = 0
let end = 0
let version = 0
let objects // by id
let sparseBudget = 0
let busy = false

const number = new Uint8Array(8)
const numberView = pin(new DataView(p.typedArrayBuffer(number)), DataView.prototype, ['getFloat64'])

class DataError extends Error {}
defineProperty(DataError.prototype, 'name', { value: 'DataError', writable: true, configurable: true })

/** `where` is an offset in the Uint8Array that `deserialize` was given. */
function malformed (what, where = at) {
  const error = new DataError('Malformed structured clone data at byte ' + where + ': ' + what)
  error.offset = where
  return error
}

/** Reads one value from `input`, whose stream (version header first) begins at `offset`. */
function deserialize (input, offset = 0) {
  const outer = busy ? [bytes, store, shift, at, end, version, objects, sparseBudget] : undefined
  busy = true
  try {
    bytes = input
    store = undefined
    at = offset
    end = p.typedArrayByteLength(input)
    sparseBudget = end + 64
    objects = []
    readHeader()
    const value = readValue(0)
    skipPadding()
    if (at < end) throw malformed('bytes after the value')
    return value
  } finally {
    if (outer !== undefined) {
      [bytes, store, shift, at, end, version, objects, sparseBudget] = outer
    } else {
      busy = false
      bytes = store = objects = undefined
    }
  }
}

function readHeader () {
  if (at + 2 > end || bytes[at] !== t.VERSION_TAG) throw malformed('no version header')
  version = bytes[at + 1]
  if (version < t.OLDEST_VERSION || version > t.VERSION) throw malformed('version ' + version, at + 1)
  at += 2
}

// --------------------------------------------------------------------- numbers

function readByte () {
  if (at >= end) throw malformed('it ends too early')
  return bytes[at++]
}

function readVarint () {
  if (at >= end) throw malformed('it ends too early')
  const first = bytes[at++]
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
  if (end - at < 8) throw malformed('it ends too early')
  for (let i = 0; i < 8; i++) number[i] = bytes[at + i]
  at += 8
  return numberView.getFloat64(0, true)
}

function readCount (what) {
  const length = readVarint()
  if (length > end - at) throw malformed(what + ' of ' + length + ' bytes, and ' + (end - at) + ' are left')
  return length
}

function skipPadding () {
  while (at < end && bytes[at] === t.PADDING) at++
}

/** The next tag, without taking it. */
function peekTag () {
  skipPadding()
  if (at >= end) throw malformed('it ends too early')
  return bytes[at]
}

// ---------------------------------------------------------------------- values

function readValue (depth) {
  let tag = readByte()
  while (tag === t.PADDING || tag === t.OBJECT_COUNT) {
    if (tag === t.OBJECT_COUNT) readVarint()
    tag = readByte()
  }
  switch (tag) {
    case t.ONE_BYTE_STRING:
      return readOneByte()
    case t.INT32: {
      const n = readVarint()
      return n >>> 1 ^ -(n & 1)
    }
    case t.OBJECT:
      return readObject(depth)
    case t.DENSE_ARRAY:
      return readDenseArray(depth)
    case t.DOUBLE:
      return readDouble()
    case t.TRUE:
      return true
    case t.FALSE:
      return false
    case t.NULL:
      return null
    case t.UNDEFINED:
      return undefined
    case t.TWO_BYTE_STRING:
      return readTwoByte()
    case t.UTF8_STRING: {
      const length = readCount('a string')
      at += length
      return readUtf8String(bytes, at - length, length)
    }
    case t.UINT32:
      return readVarint()
    case t.BIGINT:
      return readBigIntValue()
    case t.REFERENCE:
      return viewAfter(readReference())
    default:
      return readOther(tag, depth)
  }
}

function readOther (tag, depth) {
  switch (tag) {
    case t.MAP:
      return readMap(depth)
    case t.SET:
      return readSet(depth)
    case t.DATE:
      return keep(new Date(readDouble()))
    case t.TRUE_OBJECT:
      return keep(new ObjectOf(true))
    case t.FALSE_OBJECT:
      return keep(new ObjectOf(false))
    case t.NUMBER_OBJECT:
      return keep(new ObjectOf(readDouble()))
    case t.BIGINT_OBJECT:
      return keep(new ObjectOf(readBigIntValue()))
    case t.STRING_OBJECT:
      return keep(new ObjectOf(readString()))
    case t.REGEXP:
      return readRegExp()
    case t.ERROR:
      return readError(depth)
    case t.ARRAY_BUFFER:
      return viewAfter(readArrayBuffer(false))
    case t.RESIZABLE_ARRAY_BUFFER:
      return viewAfter(readArrayBuffer(true))
    case t.SPARSE_ARRAY:
      return readSparseArray(depth)
    default:
      throw malformed('tag 0x' + (tag < 16 ? '0' : '') + p.numberToString(tag, 16), at - 1)
  }
}

function keep (object) {
  objects[objects.length] = object
  return object
}

function enterLevel (depth) {
  if (depth === t.MAX_DEPTH) throw malformed('nested more than ' + t.MAX_DEPTH + ' levels deep', at - 1)
  return depth + 1
}

function readReference () {
  const where = at
  const id = readVarint()
  // An id may be known and its object not there yet: an Error inside its own cause.
  if (id >= objects.length || objects[id] === undefined) throw malformed('reference to object ' + id, where)
  return objects[id]
}

function readOneByte () {
  const length = readCount('a string')
  at += length
  return readOneByteString(bytes, at - length, length)
}

function readTwoByte () {
  const length = readCount('a string')
  if (length & 1) throw malformed('a two-byte string of odd length')
  at += length
  return readTwoByteString(bytes, at - length, length)
}

/** A string value; anything else is malformed. */
function readString () {
  const where = at
  const value = readValue(t.MAX_DEPTH)
  if (typeof value !== 'string') throw malformed('not a string', where)
  return value
}

function readBigIntValue () {
  const where = at
  const field = readVarint()
  const length = field >>> 1
  if (length > end - at) throw malformed('a BigInt of ' + length + ' bytes', where)
  at += length
  try {
    return readBigInt((field & 1) === 1, bytes, at - length, length)
  } catch (_) {
    throw malformed('a BigInt that this engine cannot hold', where)
  }
}

// --------------------------------------------------------------------- objects

/** Gives `object` an own property whatever its prototypes define. */
function define (object, key, value) {
  if (key in ObjectPrototype) {
    defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true })
  } else {
    object[key] = value
  }
}

/** Reads key and value pairs up to `endTag`; answers how many. */
function readProperties (object, endTag, depth) {
  let n = 0
  for (;; n++) {
    if (peekTag() === endTag) {
      at++
      return n
    }
    const where = at
    const key = readValue(t.MAX_DEPTH)
    if (typeof key !== 'string' && typeof key !== 'number') throw malformed('a property key', where)
    define(object, key, readValue(depth))
  }
}

function readObject (depth) {
  depth = enterLevel(depth)
  const object = {}
  objects[objects.length] = object
  const n = readProperties(object, t.END_OBJECT, depth)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  return object
}

function readDenseArray (depth) {
  depth = enterLevel(depth)
  // Every element takes a byte at least. The array still grows only as its
  // elements are read: lengths that lie, nested, would add up.
  const length = readCount('an array')
  const array = []
  objects[objects.length] = array
  for (let i = 0; i < length; i++) {
    if (at < end && bytes[at] === t.HOLE) at++
    else if (peekTag() === t.HOLE) at++
    else array[i] = readValue(depth)
  }
  if (array.length !== length) array.length = length
  const n = readProperties(array, t.END_DENSE_ARRAY, depth)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  if (readVarint() !== length) throw malformed('wrong array length')
  return array
}

function readSparseArray (depth) {
  depth = enterLevel(depth)
  const length = readVarint()
  const array = []
  objects[objects.length] = array
  // Engines allocate for a length that looks dense enough. What the input
  // could not fill is pushed into their sparse representation first.
  if (length > sparseBudget) array.length = 0xffffffff
  else sparseBudget -= length
  array.length = length
  const n = readProperties(array, t.END_SPARSE_ARRAY, depth)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  if (readVarint() !== length || array.length !== length) throw malformed('wrong array length')
  return array
}

function readMap (depth) {
  depth = enterLevel(depth)
  const map = new Map()
  objects[objects.length] = map
  let n = 0
  while (peekTag() !== t.END_MAP) {
    const key = readValue(depth)
    p.mapSet(map, key, readValue(depth))
    n += 2
  }
  at++
  if (readVarint() !== n) throw malformed('wrong number of entries')
  return map
}

function readSet (depth) {
  depth = enterLevel(depth)
  const set = new Set()
  objects[objects.length] = set
  let n = 0
  while (peekTag() !== t.END_SET) {
    p.setAdd(set, readValue(depth))
    n++
  }
  at++
  if (readVarint() !== n) throw malformed('wrong number of entries')
  return set
}

function readRegExp () {
  const where = at
  const id = objects.length++
  const source = readString()
  const bits = readVarint()
  let flags = ''
  for (let i = 0; i < t.REGEXP_FLAGS.length; i++) {
    if (bits & 1 << i) flags += t.REGEXP_FLAGS[i] || '?'
  }
  try {
    if (bits >= 1 << t.REGEXP_FLAGS.length) throw flags
    return (objects[id] = new RegExp(source, flags))
  } catch (_) {
    throw malformed('a RegExp that this engine cannot make', where)
  }
}

const errorTypes = { __proto__: null }
for (const name of p.keys(t.ERRORS)) errorTypes[t.ERRORS[name]] = p[name]

function readError (depth) {
  depth = enterLevel(depth)
  const id = objects.length++
  let Type = Error
  let error
  let stack
  for (;;) {
    const tag = readByte()
    switch (tag) {
      case t.ERROR_MESSAGE:
        error = error || makeError(Type, id)
        hide(error, 'message', readString())
        break
      case t.ERROR_CAUSE:
        error = error || makeError(Type, id)
        hide(error, 'cause', readValue(depth))
        break
      case t.ERROR_STACK:
        stack = readString()
        break
      case t.ERROR_END:
        error = error || makeError(Type, id)
        hide(error, 'stack', stack)
        return error
      default:
        if (!(tag in errorTypes)) throw malformed('error field 0x' + p.numberToString(tag, 16), at - 1)
        Type = errorTypes[tag]
        if (error !== undefined) p.setPrototypeOf(error, Type.prototype)
    }
  }
}

function makeError (Type, id) {
  const error = new Type()
  // JavaScriptCore notes where the error was made: here, which helps nobody.
  delete error.line
  delete error.column
  delete error.sourceURL
  return (objects[id] = error)
}

function hide (object, key, value) {
  defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true })
}

// --------------------------------------------------------------------- binary

function readArrayBuffer (resizable) {
  const where = at
  const length = readVarint()
  const maximum = resizable ? readVarint() : length
  if (length > end - at || length > maximum) throw malformed('an ArrayBuffer of ' + length + ' bytes', where)
  if (store === undefined) {
    store = p.typedArrayBuffer(bytes)
    shift = p.typedArrayByteOffset(bytes)
  }
  at += length
  if (!resizable) return keep(p.bufferSlice(store, shift + at - length, shift + at))
  let buffer
  try {
    buffer = new ArrayBuffer(length, { __proto__: null, maxByteLength: maximum })
  } catch (_) {
    throw malformed('a resizable ArrayBuffer of up to ' + maximum + ' bytes', where)
  }
  p.typedArraySet(new Uint8Array(buffer), new Uint8Array(store, shift + at - length, length))
  return keep(buffer)
}

const viewTypes = { __proto__: null }
for (const name of p.keys(t.VIEWS)) {
  if (p.viewConstructors[name] !== undefined) {
    viewTypes[t.VIEWS[name][0]] = { View: p.viewConstructors[name], size: t.VIEWS[name][1] }
  }
}
viewTypes[t.DATA_VIEW] = { View: DataView, size: 1 }

/** An ArrayBuffer with a view tag behind it was only written for the view. */
function viewAfter (value) {
  skipPadding()
  if (at >= end || bytes[at] !== t.ARRAY_BUFFER_VIEW) return value
  let bufferLength
  try {
    bufferLength = p.bufferByteLength(value)
  } catch (_) {
    return value
  }
  const where = at++
  const type = viewTypes[readVarint()]
  if (type === undefined) throw malformed('an unknown kind of view', where)
  const offset = readVarint()
  const length = readVarint()
  const flags = version >= 14 ? readVarint() : 0
  if (offset > bufferLength || length > bufferLength - offset) throw malformed('a view outside of its buffer', where)
  if (offset % type.size !== 0 || length % type.size !== 0) throw malformed('a view that is not aligned', where)
  const resizable = p.bufferResizable !== undefined && p.bufferResizable(value)
  if (resizable !== ((flags & t.VIEW_BUFFER_RESIZABLE) !== 0)) {
    if (p.bufferResizable !== undefined) throw malformed('a view that mistakes its buffer', where)
  }
  if (flags & t.VIEW_TRACKS_LENGTH) {
    if (!resizable) throw malformed('a view that mistakes its buffer', where)
    return keep(new type.View(value, offset))
  }
  return keep(new type.View(value, offset, length / type.size))
}

module.exports = { deserialize, DataError }
