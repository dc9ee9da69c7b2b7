'use strict'

// Structured clone, reading half: V8's wire format to values.
//
// The bytes come from the main process, but are read as if they came from
// anyone: every length is checked against the bytes that are there before
// anything is allocated for it, every loop consumes input, nesting is limited,
// and whatever is wrong ends in a DataError that says where.

const p = require('../primordials')
const t = require('./tags')
const { readBigInt } = require('./bigint')
const { LONGEST_KEY, LONGEST_TEXT, makeRoot, keyOf, shortText, matches } = require('./keys')
const { readOneByteString, readTwoByteString, readUtf8String } = require('./text')

const { defineProperty, pinner } = p
const { ObjectPrototype, Error, Map, Set, Date, RegExp, Uint8Array, DataView, ArrayBuffer } = p
const ObjectOf = p.Object
// A method still in its place is called as usual: that is what the JIT inlines.
const { MapPrototype, SetPrototype } = p
const mapSet = MapPrototype.set
const setAdd = SetPrototype.add

let bytes // what is being read
let bulk, bulkRead // contents that are apart, and how much of that list is read
let store, shift // its ArrayBuffer, and where in it `bytes` begins
let at = 0
let end = 0
let version = 0
let objects // by id
let gapBudget = 0 // see defineIndex
let plainly = true // Object.prototype has no enumerable properties
let busy = false
const root = makeRoot()

const number = new Uint8Array(8)
const numberView = pinner(DataView.prototype, ['getFloat64'])(new DataView(p.typedArrayBuffer(number)))

class DataError extends Error {}
defineProperty(DataError.prototype, 'name', { value: 'DataError', writable: true, configurable: true })
const DataErrorPrototype = DataError.prototype

/** `where` is an offset in the Uint8Array that `deserialize` was given. */
function malformed (what, where = at) {
  const error = new DataError('Malformed structured clone data at byte ' + where + ': ' + what)
  error.offset = where
  return error
}

/**
 * Reads one value from `input`, whose stream (version header first) goes from `offset` to `limit`. What buffers contain
 * may be apart from it: `apart` is [place in `input`, Uint8Array of a whole buffer, ...].
 */
function deserialize (input, offset = 0, limit = p.typedArrayByteLength(input), apart = undefined) {
  // Nothing of the caller's runs in here, so a call never finds another one half
  // done; but state that is module-wide had better not depend on that.
  if (busy) throw new Error('deserialize is not re-entrant')
  busy = true
  try {
    bytes = input
    store = undefined
    bulk = apart
    bulkRead = 0
    at = offset
    end = limit
    gapBudget = (end - at) * 4 + 65536
    plainly = true
    for (const _ in ObjectPrototype) plainly = false
    objects = []
    readHeader()
    const value = readValue(0, root)
    if (at < end) throw malformed('bytes after the value')
    if (bulk !== undefined && bulkRead < bulk.length) throw malformed('contents of no buffer')
    return value
  } catch (error) {
    // Only the engine can have thrown anything else: it is out of stack (the
    // caller was deep already) or of memory.
    throw p.getPrototypeOf(error) === DataErrorPrototype ? error : malformed('' + error)
  } finally {
    busy = false
    bytes = store = bulk = objects = undefined
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

// The tags are numbers here and not names of codec-tags: only literals make
// JavaScriptCore compile a jump table.

/** `hint` is the key the value is stored under, for what it remembers. */
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
      case 0x53: { // S UTF-8 string
        const length = readCount('a string')
        at += length
        return readUtf8String(bytes, at - length, length)
      }
      case 0x55: // U uint32
        return readVarint()
      case 0x5a: // Z BigInt
        return readBigIntValue()
      case 0x5e: // ^ reference
        return viewAfter(readReference())
      case 0x00: // padding
        continue
      case 0x3f: // ? number of objects so far, of no use to us
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
      throw malformed('tag 0x' + (tag < 16 ? '0' : '') + p.numberToString(tag, 16), at - 1)
  }
}

function keep (object) {
  objects[objects.length] = object
  return object
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
  const begin = at
  at += length
  return length <= LONGEST_TEXT ? shortText(bytes, begin, length) : readOneByteString(bytes, begin, length)
}

function readTwoByte () {
  const length = readCount('a string')
  if (length & 1) throw malformed('a two-byte string of odd length')
  at += length
  return readTwoByteString(bytes, at - length, length)
}

/** A string value; anything else is malformed. */
function readString () {
  for (;;) {
    const where = at
    switch (readByte()) {
      case 0x22:
        return readOneByte()
      case 0x63:
        return readTwoByte()
      case 0x53: {
        const length = readCount('a string')
        at += length
        return readUtf8String(bytes, at - length, length)
      }
      case 0x00:
        continue
      default:
        throw malformed('not a string', where)
    }
  }
}

function readStringObject () {
  const id = objects.length++
  return (objects[id] = new ObjectOf(readString()))
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

const PROPERTY = { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: true }
const PLACE_HOLDER = { __proto__: null, get: undefined, set: undefined, enumerable: true, configurable: true }

/** Gives `object` an own property whatever its prototypes define. */
function define (object, key, value) {
  PROPERTY.value = value
  defineProperty(object, key, PROPERTY)
  PROPERTY.value = undefined
}

/**
 * A numeric key. Engines make room for everything below an index that looks
 * close enough; hostile input could ask for that again and again. Once it asked
 * for much more than it brought bytes, the rest is made sparse by force.
 */
function defineIndex (object, key, value, n) {
  if (key > n + 256 && (gapBudget -= key - n) < 0) defineProperty(object, key, PLACE_HOLDER)
  define(object, key, value)
}

/** Reads key and value pairs up to `endTag`; answers how many. */
function readProperties (object, endTag, depth, hint) {
  let previous
  let expected = hint.first
  for (let n = 0; ; n++) {
    if (at >= end) throw malformed('it ends too early')
    const tag = bytes[at]
    if (tag === endTag) {
      at++
      return n
    }
    if (tag === 0x22) {
      const begin = at + 2
      const length = begin < end ? bytes[at + 1] : 255
      if (length <= LONGEST_KEY && begin + length <= end) {
        let key = expected
        if (key === undefined || key.length !== length || !matches(key.codes, bytes, begin, length)) {
          key = keyOf(bytes, begin, length)
          if (previous === undefined) hint.first = key
          else previous.next = key
        }
        at = begin + length
        const value = readValue(depth, key)
        if (key.plain && plainly) object[key.text] = value
        else define(object, key.text, value)
        previous = key
        expected = key.next
        continue
      }
    }
    if (tag === t.PADDING) {
      at++
      n--
      continue
    }
    const where = at
    const key = readKey()
    const value = readValue(depth, hint)
    if (typeof key === 'number') defineIndex(object, key, value, n)
    else if (typeof key === 'string') define(object, key, value)
    else throw malformed('a property key', where)
  }
}

function readKey () {
  const where = at
  switch (readByte()) {
    case 0x49: {
      const n = readVarint()
      return n >>> 1 ^ -(n & 1)
    }
    case 0x55:
      return readVarint()
    case 0x4e:
      return readDouble()
    default:
      at = where
      return readString()
  }
}

function readObject (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const object = {}
  objects[objects.length] = object
  const n = readProperties(object, t.END_OBJECT, depth + 1, hint)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  return object
}

/** The named properties of an array, after its elements in a dense one. */
function readArrayProperties (array, endTag, depth, hint) {
  let n = 0
  for (; ; n++) {
    if (peekTag() === endTag) {
      at++
      return n
    }
    const where = at
    const key = readKey()
    if (key === 'length') throw malformed('a property key', where)
    const value = readValue(depth, hint)
    if (typeof key === 'number') defineIndex(array, key, value, n)
    else define(array, key, value)
  }
}

function readDenseArray (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  // Every element takes a byte at least. The array still grows only as its
  // elements are read: lengths that lie, nested, would add up.
  const length = readCount('an array')
  const array = []
  objects[objects.length] = array
  for (let i = 0; i < length; i++) {
    if (at < end && bytes[at] !== t.HOLE && bytes[at] !== t.PADDING) array[i] = readValue(depth + 1, hint)
    else if (peekTag() !== t.HOLE) array[i] = readValue(depth + 1, hint)
    else at++
  }
  if (array.length !== length) array.length = length
  if (at < end && bytes[at] === t.END_DENSE_ARRAY) {
    at++
    if (readVarint() !== 0) throw malformed('wrong number of properties')
  } else {
    const n = readArrayProperties(array, t.END_DENSE_ARRAY, depth + 1, hint)
    if (readVarint() !== n) throw malformed('wrong number of properties')
  }
  if (readVarint() !== length) throw malformed('wrong array length')
  return array
}

function readSparseArray (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const length = readVarint()
  const array = []
  objects[objects.length] = array
  if (length > 256 && (gapBudget -= length) < 0) {
    defineProperty(array, 0, PLACE_HOLDER)
    delete array[0]
  }
  array.length = length
  const n = readArrayProperties(array, t.END_SPARSE_ARRAY, depth + 1, hint)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  if (readVarint() !== length || array.length !== length) throw malformed('wrong array length')
  return array
}

function tooDeep () {
  return malformed('nested more than ' + t.MAX_DEPTH + ' levels deep', at - 1)
}

function readMap (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const map = new Map()
  objects[objects.length] = map
  let n = 0
  while (peekTag() !== t.END_MAP) {
    const key = readValue(depth + 1, hint)
    const value = readValue(depth + 1, hint)
    if (MapPrototype.set === mapSet) map.set(key, value)
    else p.mapSet(map, key, value)
    n += 2
  }
  at++
  if (readVarint() !== n) throw malformed('wrong number of entries')
  return map
}

function readSet (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const set = new Set()
  objects[objects.length] = set
  let n = 0
  while (peekTag() !== t.END_SET) {
    const value = readValue(depth + 1, hint)
    if (SetPrototype.add === setAdd) set.add(value)
    else p.setAdd(set, value)
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

function readError (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
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
        hide(error, 'cause', readValue(depth + 1, hint))
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
  if (length > maximum) throw malformed('an ArrayBuffer of ' + length + ' bytes', where)
  let contents
  if (bulk !== undefined && bulk[bulkRead] === at && p.typedArrayByteLength(bulk[bulkRead + 1]) === length) {
    bulkRead += 2
    contents = bulk[bulkRead - 1]
    if (!resizable) return keep(p.typedArrayBuffer(contents))
  } else {
    if (length > end - at) throw malformed('an ArrayBuffer of ' + length + ' bytes', where)
    if (store === undefined) {
      store = p.typedArrayBuffer(bytes)
      shift = p.typedArrayByteOffset(bytes)
    }
    at += length
    if (!resizable) return keep(p.bufferSlice(store, shift + at - length, shift + at))
    contents = new Uint8Array(store, shift + at - length, length)
  }
  let buffer
  try {
    buffer = new ArrayBuffer(length, { __proto__: null, maxByteLength: maximum })
  } catch (_) {
    throw malformed('a resizable ArrayBuffer of up to ' + maximum + ' bytes', where)
  }
  p.typedArraySet(new Uint8Array(buffer), contents)
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
  if (flags > t.VIEW_FLAGS) throw malformed('a view with unknown flags', where)
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
