'use strict'

// Structured clone, writing half: a value to V8's wire format (version 15).
//
// The state of the message being written lives in module variables, the write
// position travels as an argument and comes back as the result: that is what
// JavaScriptCore keeps in registers. A getter may call `serialize` while a
// message is half written; the inner call then works on a buffer of its own.
//
// Nesting is limited to MAX_DEPTH containers; beyond it a plain Error says so
// and nothing is sent.

const p = require('../primordials')
const t = require('./tags')
const c = require('./classify')
const proxies = require('./proxies')
const { bigIntByteLength, writeBigIntDigits } = require('./bigint')
const { LONG_TEXT, writeLatin1 } = require('./text')

const { getPrototypeOf, isArray, keys, hasOwn, pinner, charCodeAt, charCodeOf } = p
const { ObjectPrototype, StringPrototype, Error, Map, Set, Uint8Array, Uint16Array, DataView, ArrayBuffer } = p

// One buffer for everything, so a message allocates nothing. What grows beyond
// RETAINED is only remembered weakly: the next big message finds it if the
// collector has not taken it (fresh memory costs more than the copy into it).
const INITIAL = 64 * 1024
const RETAINED = 2 * 1024 * 1024
// serializeSegments hands over contents of at least this size as they are.
const BULK = 64 * 1024
// Views of the buffer cost 270 ns each in JavaScriptCore, more than writing a
// small message: those of up to this length are kept.
const KEPT_VIEWS = 1024
// Up to this many objects are compared one by one; then a hash set takes over.
const FEW_OBJECTS = 8
const UINT32_MAX = 0xffffffff

const pinView = pinner(DataView.prototype, ['setFloat64'])
const pinSet = pinner(p.SetPrototype, ['has', 'add'])
const pinMap = pinner(p.MapPrototype, ['get', 'set'])

let buffer, buffer16, cap, view, views
useBuffer(INITIAL)

let busy = false
let start = 0 // where the stream begins in the buffer
let skew = 0 // bytes of the stream that are not in the buffer (bulk contents)
let bulkSize = Infinity
let spare // WeakRef to the last buffer that was too large to keep
let bulk // [position in the buffer, bytes, ...]
let polluted = false // Object.prototype has enumerable properties
let count = 0 // objects met so far
let values = 0 // values in the containers met so far, and the message itself
const few = [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined]
let seen // Set of all objects in order, once there are more than a few
let ids // Map of them to their ids, once one of them has come back

function useBuffer (size) {
  useStore(new ArrayBuffer(size + (size & 1)))
}

function useStore (store) {
  buffer = new Uint8Array(store)
  buffer16 = new Uint16Array(store)
  view = pinView(new DataView(store))
  cap = p.bufferByteLength(store)
  views = []
}

function grow (at, need) {
  const old = buffer
  const least = at + need + 64
  const store = least > RETAINED && spare !== undefined ? p.deref(spare) : undefined
  const found = store === undefined ? 0 : p.bufferByteLength(store)
  if (found >= least && store !== p.typedArrayBuffer(old)) {
    useStore(store)
    spare = undefined
  } else {
    const ample = cap < RETAINED ? cap * 2 : cap + (cap >> 1)
    useBuffer(ample > least ? ample : least)
  }
  p.typedArraySet(buffer, p.typedArraySubarray(old, 0, at), 0)
}

/** Counts the values of a container, all at once: one by one would cost. */
function countValues (n) {
  values += n
  if (values > t.MAX_VALUES) throw tooMany(t.MAX_VALUES, 'values')
}

function tooMany (most, what) {
  const error = new p.RangeError(`A message can have ${most} ${what} in it, and this one has more.`)
  error.code = 'ERR_IPC_TOO_MANY_VALUES'
  return error
}

function uncloneable () {
  return new Error('An object could not be cloned.')
}

// ---------------------------------------------------------------- entry points

/**
 * Writes `value` after `headroom` free bytes and returns a view of both. The
 * view is valid until the next call.
 */
function serialize (value, headroom = 0) {
  const outer = enter(Infinity)
  try {
    return viewOf(write(value, headroom))
  } finally {
    leave(outer)
  }
}

/**
 * The same stream in pieces: contents of 64 KiB and more are views of the
 * caller's own buffers, not copied. Use them before any other code runs.
 */
function serializeSegments (value, headroom = 0) {
  const outer = enter(BULK)
  try {
    const end = write(value, headroom)
    return bulk === undefined ? [viewOf(end)] : segmentsUpTo(end)
  } finally {
    leave(outer)
  }
}

function enter (size) {
  let outer
  if (busy) {
    outer = { buffer, buffer16, cap, view, views, start, skew, bulkSize, bulk, polluted, count, values, seen, ids, few: [] }
    for (let i = 0; i < FEW_OBJECTS; i++) outer.few[i] = few[i]
    useBuffer(INITIAL)
    seen = ids = bulk = undefined
    count = 0
  }
  busy = true
  skew = 0
  bulkSize = size
  polluted = false
  for (const _ in ObjectPrototype) polluted = true
  return outer
}

function leave (outer) {
  // Keep nothing of the message alive, and no buffer that one message blew up.
  for (let i = 0; i < FEW_OBJECTS && i < count; i++) few[i] = undefined
  seen = ids = bulk = undefined
  count = 0
  if (outer !== undefined) {
    buffer = outer.buffer
    buffer16 = outer.buffer16
    cap = outer.cap
    view = outer.view
    views = outer.views
    start = outer.start
    skew = outer.skew
    bulkSize = outer.bulkSize
    bulk = outer.bulk
    polluted = outer.polluted
    count = outer.count
    values = outer.values
    seen = outer.seen
    ids = outer.ids
    for (let i = 0; i < FEW_OBJECTS; i++) few[i] = outer.few[i]
    return
  }
  busy = false
  if (cap > RETAINED) {
    spare = new p.WeakRef(p.typedArrayBuffer(buffer))
    useBuffer(INITIAL)
  }
}

function write (value, headroom) {
  if (cap - headroom < 64) grow(0, headroom)
  start = headroom
  values = 1
  buffer[headroom] = t.VERSION_TAG
  buffer[headroom + 1] = t.VERSION
  return writeValue(value, headroom + 2, 0)
}

function viewOf (end) {
  if (end >= KEPT_VIEWS) return new Uint8Array(p.typedArrayBuffer(buffer), 0, end)
  const kept = views[end]
  if (kept !== undefined) return kept
  return (views[end] = new Uint8Array(p.typedArrayBuffer(buffer), 0, end))
}

function segmentsUpTo (end) {
  const store = p.typedArrayBuffer(buffer)
  const segments = []
  let from = 0
  for (let i = 0; i < bulk.length; i += 3) {
    // A getter further on may have detached or shrunk what we remembered.
    if (p.bufferByteLength(bulk[i + 2]) !== p.typedArrayByteLength(bulk[i + 1])) throw uncloneable()
    segments[segments.length] = new Uint8Array(store, from, bulk[i] - from)
    segments[segments.length] = bulk[i + 1]
    from = bulk[i]
  }
  segments[segments.length] = new Uint8Array(store, from, end - from)
  return segments
}

// ---------------------------------------------------------------------- values

// At every call of a write function, 32 bytes are free unless it says otherwise:
// enough for any tag with its numbers.

function writeValue (v, at, depth) {
  if (cap - at < 64) grow(at, 64)
  if (typeof v === 'string') return writeString(v, at)
  if (typeof v === 'number') return writeNumber(v, at)
  if (typeof v === 'object') {
    if (v !== null) return writeObject(v, at, depth)
    buffer[at] = t.NULL
    return at + 1
  }
  if (typeof v === 'boolean') {
    buffer[at] = v ? t.TRUE : t.FALSE
    return at + 1
  }
  if (v === undefined) {
    buffer[at] = t.UNDEFINED
    return at + 1
  }
  if (typeof v === 'bigint') {
    buffer[at] = t.BIGINT
    return writeBigInt(v, at + 1)
  }
  // A function or symbol; or document.all, an object whose typeof is 'undefined'.
  throw uncloneable()
}

function writeVarint (n, at) {
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
    buffer[at] = t.INT32
    const zigzag = (i << 1 ^ i >> 31) >>> 0
    if (zigzag < 128) {
      buffer[at + 1] = zigzag
      return at + 2
    }
    return writeVarint(zigzag, at + 1)
  }
  buffer[at] = t.DOUBLE
  view.setFloat64(at + 1, v, true)
  return at + 9
}

function writeDouble (v, at) {
  view.setFloat64(at, v, true)
  return at + 8
}

function writeBigInt (v, at) {
  const length = bigIntByteLength(v)
  at = writeVarint((length << 1 | (v < 0n ? 1 : 0)) >>> 0, at)
  if (cap - at < length + 32) grow(at, length + 32)
  writeBigIntDigits(v, length, buffer, at)
  return at + length
}

// Writes as one byte per character until it meets one that does not fit, and
// starts over with two: most strings are Latin-1, and scanning first costs more
// than being wrong.
function writeString (s, at) {
  const length = s.length
  if (cap - at < length + 32) grow(at, length + 32)
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
  if (cap - at < length * 2 + 32) grow(at, length * 2 + 32)
  // V8 reads the characters in place, so they start at an even offset of the
  // stream: a padding byte goes before the tag if they would not.
  let size = length * 2
  let sizeBytes = 1
  while ((size = size >>> 7) > 0) sizeBytes++
  if (at - start + skew + 1 + sizeBytes & 1) buffer[at++] = t.PADDING
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

// -------------------------------------------------------------------- identity

/** The id of an object already written, or -1 after giving `v` the next one. */
function known (v) {
  if (count < FEW_OBJECTS) {
    for (let i = 0; i < count; i++) if (few[i] === v) return i
    few[count++] = v
    return -1
  }
  return knownAmongMany(v)
}

function knownAmongMany (v) {
  const id = ids === undefined ? idAmongMany(v) : ids.get(v)
  if (id !== undefined) return id
  if (count === t.MAX_OBJECTS) throw tooMany(t.MAX_OBJECTS, 'objects')
  if (ids === undefined) seen.add(v)
  else ids.set(v, count)
  count++
  return -1
}

/** The id of an object that has come back for the first time; undefined for a new one. */
function idAmongMany (v) {
  if (seen === undefined) {
    seen = pinSet(new Set())
    for (let i = 0; i < FEW_OBJECTS; i++) seen.add(few[i])
  }
  if (!seen.has(v)) return undefined
  // Most messages repeat no object, so only now is the id worth keeping.
  ids = pinMap(new Map())
  let id = 0
  p.setForEach(seen, object => {
    ids.set(object, id++)
  })
  return ids.get(v)
}

// --------------------------------------------------------------------- objects

function writeObject (v, at, depth) {
  if (proxies.any && proxies.has(v)) throw uncloneable()
  const array = isArray(v)
  const prototype = array ? undefined : getPrototypeOf(v)
  if (array || prototype === ObjectPrototype || prototype === null) {
    const id = known(v)
    if (id >= 0) return writeReference(id, at)
    if (depth === t.MAX_DEPTH) throw tooDeep()
    if (array) return writeArray(v, at, depth + 1)
    if (prototype === null) refuseExotic(v)
    return polluted ? writeFields(v, at, depth + 1) : writePlain(v, at, depth + 1)
  }
  return writeOther(v, at, depth)
}

function tooDeep () {
  return new Error('An object could not be cloned: nested more than ' + t.MAX_DEPTH + ' levels deep.')
}

function writeReference (id, at) {
  buffer[at] = t.REFERENCE
  return writeVarint(id, at + 1)
}

// Windows of another origin and module namespaces have a null prototype. The
// first shows no enumerable property at all, the second has a tag of its own.
function refuseExotic (v) {
  if (hasOwn(v, Symbol.toStringTag)) {
    if (c.copyKind(v) === c.REFUSED) throw uncloneable()
    return
  }
  for (const _ in v) return
  if (c.copyKind(v) === c.REFUSED) throw uncloneable()
}

function writePlain (v, at, depth) {
  buffer[at++] = t.OBJECT
  let written = 0
  for (const key in v) {
    if (key === '0' && p.objectToString(v) === '[object Arguments]') throw uncloneable()
    const value = v[key]
    at = writeKey(key, at)
    at = writeValue(value, at, depth)
    written++
  }
  countValues(written)
  return writeEnd(t.END_OBJECT, written, at)
}

/** Own enumerable fields only, for objects that may inherit enumerable ones. */
function writeFields (v, at, depth) {
  buffer[at++] = t.OBJECT
  at = writeNamed(v, keys(v), 0, at, depth)
  return writeEnd(t.END_OBJECT, named, at)
}

let named = 0 // how many properties the last writeNamed has written

/** The properties of `v` whose names stand in `names` from `i` on. */
function writeNamed (v, names, i, at, depth) {
  let written = 0
  for (; i < names.length; i++) {
    const value = v[names[i]]
    // A getter may have deleted it meanwhile.
    if (value === undefined && !hasOwn(v, names[i])) continue
    at = writeKey(names[i], at)
    at = writeValue(value, at, depth)
    written++
  }
  named = written
  countValues(written)
  return at
}

/** What closes a container: its tag and how many things are in it. */
function writeEnd (tag, n, at) {
  if (cap - at < 64) grow(at, 64)
  buffer[at] = tag
  return writeVarint(n, at + 1)
}

function writeKey (key, at) {
  if (cap - at < 256) grow(at, 256)
  const length = key.length
  if (length < 100 && length > 0 && StringPrototype.charCodeAt === charCodeAt) {
    const first = key.charCodeAt(0)
    if (first > 57) {
      let all = first
      buffer[at] = t.ONE_BYTE_STRING
      buffer[at + 1] = length
      buffer[at + 2] = first
      for (let i = 1; i < length; i++) {
        const code = key.charCodeAt(i)
        all |= code
        buffer[at + 2 + i] = code
      }
      if (all < 256) return at + 2 + length
    }
  }
  // V8 writes array indices as numbers.
  if (length < 11) {
    const index = key >>> 0
    if (index !== UINT32_MAX && '' + index === key) return writeNumber(index, at)
  }
  return writeString(key, at)
}

function writeArray (v, at, depth) {
  const length = v.length
  for (let i = 0; i < length; i++) if (!(i in v)) return writeSparseArray(v, length, at, depth)
  countValues(length)
  buffer[at] = t.DENSE_ARRAY
  at = writeVarint(length, at + 1)
  for (let i = 0; i < length; i++) {
    const value = v[i]
    if (value === undefined && !hasOwn(v, i)) {
      // Deleted by a getter since we looked.
      if (cap - at < 64) grow(at, 64)
      buffer[at++] = t.HOLE
    } else {
      at = writeValue(value, at, depth)
    }
  }
  named = 0
  if (hasMoreThan(length, v)) {
    const names = keys(v)
    let first = 0 // integer-like keys stand before all others, in ascending order
    while (first < names.length && isIndexBelow(length, names[first])) first++
    at = writeNamed(v, names, first, at, depth)
  }
  return writeVarint(length, writeEnd(t.END_DENSE_ARRAY, named, at))
}

/**
 * Whether an array has named properties, or might: some key beyond its indices,
 * which come first. Nothing built in tells without naming the indices too.
 * JavaScriptCore takes 150 ns and 80 for each to list the keys of an array,
 * 450 and 30 to walk them.
 */
function hasMoreThan (length, v) {
  if (length < 8) return keys(v).length !== length
  let n = 0
  for (const _ in v) if (n++ === length) return true
  return n !== length
}

function isIndexBelow (length, key) {
  const index = key >>> 0
  return index < length && '' + index === key
}

function writeSparseArray (v, length, at, depth) {
  buffer[at] = t.SPARSE_ARRAY
  at = writeVarint(length, at + 1)
  at = writeNamed(v, keys(v), 0, at, depth)
  return writeVarint(length, writeEnd(t.END_SPARSE_ARRAY, named, at))
}

// ------------------------------------------------------------ everything else

function writeOther (v, at, depth) {
  const kind = c.classify(v)
  if (kind === c.REFUSED) throw uncloneable()
  if (kind === c.TYPED_ARRAY || kind === c.DATA_VIEW) return writeView(v, kind, at, depth)
  const id = known(v)
  if (id >= 0) return writeReference(id, at)
  switch (kind) {
    case c.DATE:
      buffer[at] = t.DATE
      return writeDouble(p.dateValue(v), at + 1)
    case c.BOOLEAN:
      buffer[at] = p.booleanValue(v) ? t.TRUE_OBJECT : t.FALSE_OBJECT
      return at + 1
    case c.NUMBER:
      buffer[at] = t.NUMBER_OBJECT
      return writeDouble(p.numberValue(v), at + 1)
    case c.STRING:
      buffer[at] = t.STRING_OBJECT
      return writeString(p.stringValue(v), at + 1)
    case c.BIGINT:
      buffer[at] = t.BIGINT_OBJECT
      return writeBigInt(p.bigIntValue(v), at + 1)
    case c.REGEXP:
      return writeRegExp(v, at)
    case c.ARRAY_BUFFER:
      return writeArrayBuffer(v, at)
  }
  if (depth === t.MAX_DEPTH) throw tooDeep()
  switch (kind) {
    case c.MAP:
      return writeMap(v, at, depth + 1)
    case c.SET:
      return writeSet(v, at, depth + 1)
    case c.ERROR:
      return writeError(v, at, depth + 1)
    default:
      return writeFields(v, at, depth + 1)
  }
}

const flagGetters = ['global', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'dotAll', '',
  'hasIndices', 'unicodeSets']
for (let i = 0; i < flagGetters.length; i++) {
  flagGetters[i] = p.uncurryGetter(p.RegExp.prototype, flagGetters[i])
}

function writeRegExp (v, at) {
  buffer[at] = t.REGEXP
  at = writeString(p.regExpSource(v), at + 1)
  let flags = 0
  for (let i = 0; i < flagGetters.length; i++) {
    if (flagGetters[i] !== undefined && flagGetters[i](v)) flags |= 1 << i
  }
  if (cap - at < 64) grow(at, 64)
  return writeVarint(flags, at)
}

function writeMap (v, at, depth) {
  // Taken out first: a getter in one entry may change the map.
  const entries = []
  let n = 0
  p.mapForEach(v, (value, key) => {
    entries[n++] = key
    entries[n++] = value
  })
  countValues(n)
  buffer[at++] = t.MAP
  for (let i = 0; i < n; i++) at = writeValue(entries[i], at, depth)
  return writeEnd(t.END_MAP, n, at)
}

function writeSet (v, at, depth) {
  const entries = []
  let n = 0
  p.setForEach(v, value => {
    entries[n++] = value
  })
  countValues(n)
  buffer[at++] = t.SET
  for (let i = 0; i < n; i++) at = writeValue(entries[i], at, depth)
  return writeEnd(t.END_SET, n, at)
}

function writeError (v, at, depth) {
  const message = p.getOwnPropertyDescriptor(v, 'message')
  const cause = p.getOwnPropertyDescriptor(v, 'cause')
  buffer[at++] = t.ERROR
  const name = p.String(v.name)
  const nameTag = hasOwn(t.ERRORS, name) ? t.ERRORS[name] : undefined
  if (nameTag !== undefined) buffer[at++] = nameTag
  if (message !== undefined && hasOwn(message, 'value')) {
    buffer[at] = t.ERROR_MESSAGE
    at = writeString(p.String(message.value), at + 1)
  }
  if (cause !== undefined && hasOwn(cause, 'value')) {
    if (cap - at < 64) grow(at, 64)
    countValues(1)
    buffer[at] = t.ERROR_CAUSE
    at = writeValue(cause.value, at + 1, depth)
  }
  const stack = v.stack
  if (cap - at < 64) grow(at, 64)
  if (typeof stack === 'string') {
    buffer[at] = t.ERROR_STACK
    at = writeString(stack, at + 1)
    if (cap - at < 64) grow(at, 64)
  }
  buffer[at] = t.ERROR_END
  return at + 1
}

// --------------------------------------------------------------------- binary

function writeArrayBuffer (v, at) {
  const length = p.bufferByteLength(v)
  let bytes
  try {
    bytes = new Uint8Array(v)
  } catch (_) {
    throw uncloneable() // detached
  }
  if (length > UINT32_MAX) throw uncloneable()
  if (p.bufferResizable !== undefined && p.bufferResizable(v)) {
    const maximum = p.bufferMaxByteLength(v)
    if (maximum > UINT32_MAX) throw uncloneable()
    buffer[at] = t.RESIZABLE_ARRAY_BUFFER
    at = writeVarint(maximum, writeVarint(length, at + 1))
  } else {
    buffer[at] = t.ARRAY_BUFFER
    at = writeVarint(length, at + 1)
  }
  if (length >= bulkSize) {
    if (bulk === undefined) bulk = []
    bulk[bulk.length] = at
    bulk[bulk.length] = bytes
    bulk[bulk.length] = v
    skew += length
    return at
  }
  if (cap - at < length + 64) grow(at, length + 64)
  p.typedArraySet(buffer, bytes, at)
  return at + length
}

function writeView (v, kind, at, depth) {
  const typed = kind === c.TYPED_ARRAY
  let id = findKnown(v)
  if (id >= 0) return writeReference(id, at)
  const store = typed ? p.typedArrayBuffer(v) : p.dataViewBuffer(v)
  id = known(store)
  if (id >= 0) {
    at = writeReference(id, at)
  } else {
    if (!c.is(c.ARRAY_BUFFER, store)) throw uncloneable() // shared memory
    at = writeArrayBuffer(store, at)
  }
  known(v)
  let tag, offset, length
  if (typed) {
    tag = t.VIEWS[p.typedArrayTag(v)][0]
    offset = p.typedArrayByteOffset(v)
    length = p.typedArrayByteLength(v)
    if (length === 0) refuseOutOfBounds(v)
  } else {
    tag = t.DATA_VIEW
    try {
      offset = p.dataViewByteOffset(v)
      length = p.dataViewByteLength(v)
    } catch (_) {
      throw uncloneable() // out of bounds of a buffer that shrank
    }
  }
  if (cap - at < 64) grow(at, 64)
  buffer[at++] = t.ARRAY_BUFFER_VIEW
  buffer[at++] = tag
  at = writeVarint(length, writeVarint(offset, at))
  // Whether a view tracks its buffer's length cannot be asked in JavaScript: it
  // arrives with the length it had.
  const resizable = p.bufferResizable !== undefined && p.bufferResizable(store)
  return writeVarint(resizable ? t.VIEW_BUFFER_RESIZABLE : 0, at)
}

function refuseOutOfBounds (v) {
  try {
    p.typedArrayValues(v)
  } catch (_) {
    throw uncloneable()
  }
}

/** The id of `v` if it has one; does not give it one. */
function findKnown (v) {
  if (count <= FEW_OBJECTS) {
    for (let i = 0; i < count; i++) if (few[i] === v) return i
    if (seen === undefined && ids === undefined) return -1
  }
  if (ids !== undefined) {
    const id = ids.get(v)
    return id === undefined ? -1 : id
  }
  return seen.has(v) ? known(v) : -1
}

module.exports = { serialize, serializeSegments }
