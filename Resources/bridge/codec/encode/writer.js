'use strict'

// The encoder's state for the current message, and its output buffer.
//
// The state is one object of fixed shape. JavaScriptCore compiles `w.buffer` to the same load as a module
// variable, because the object is a constant of each module. The write position is not part of it: it is
// passed as an argument and returned as the result, because the compiler keeps those in registers.

const p = require('../../primordials')
const t = require('../tags')

const { pinner, Error, RangeError, Uint8Array, Uint16Array, DataView, ArrayBuffer } = p
const { ObjectPrototype } = p

// One buffer serves all messages, so a message allocates nothing. A buffer that grew beyond RETAINED is only
// weakly held: the next long message reuses it if it has not been collected. (Allocating memory costs more
// than the copy into it.)
const INITIAL = 64 * 1024
const RETAINED = 2 * 1024 * 1024
// Views of the buffer cost 270 ns each in JavaScriptCore, more than writing a small message. Views of up to
// this length are cached.
const KEPT_VIEWS = 1024
// Up to this many objects are compared one by one; beyond that a hash set is used.
const FEW_OBJECTS = 8

const pinView = pinner(DataView.prototype, ['setFloat64'])

const w = {
  __proto__: null,
  buffer: undefined,
  buffer16: undefined,
  view: undefined,
  cap: 0,
  views: undefined,
  start: 0, // the stream's start in the buffer
  skew: 0, // bytes of the stream that are outside the buffer (bulk contents)
  bulkSize: Infinity, // contents of a buffer are bulk from this length
  bulk: undefined, // [position in the buffer, bytes, their ArrayBuffer, ...]
  polluted: false, // Object.prototype has enumerable properties
  count: 0, // objects met so far
  values: 0, // values in the containers so far, plus the message itself
  named: 0, // number of properties that the last writeNamed has written
  few: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined],
  seen: undefined, // Set of all objects in order, once there are more than FEW_OBJECTS
  ids: undefined // Map of objects to ids, once one has been met again
}

let busy = false
let spare // WeakRef to the last buffer that was too large to retain

useBuffer(INITIAL)

function useBuffer (size) {
  useStore(new ArrayBuffer(size + (size & 1)))
}

function useStore (store) {
  w.buffer = new Uint8Array(store)
  w.buffer16 = new Uint16Array(store)
  w.view = pinView(new DataView(store))
  w.cap = p.bufferByteLength(store)
  w.views = []
}

/** Makes room for `need` bytes at `at`, and some more. */
function grow (at, need) {
  const old = w.buffer
  const least = at + need + 64
  const store = least > RETAINED && spare !== undefined ? p.deref(spare) : undefined
  const found = store === undefined ? 0 : p.bufferByteLength(store)
  if (found >= least && store !== p.typedArrayBuffer(old)) {
    useStore(store)
    spare = undefined
  } else {
    const ample = w.cap < RETAINED ? w.cap * 2 : w.cap + (w.cap >> 1)
    useBuffer(ample > least ? ample : least)
  }
  p.typedArraySet(w.buffer, p.typedArraySubarray(old, 0, at), 0)
}

/** A view of the buffer's first bytes. */
function viewOf (end) {
  if (end >= KEPT_VIEWS) return new Uint8Array(p.typedArrayBuffer(w.buffer), 0, end)
  const kept = w.views[end]
  if (kept !== undefined) return kept
  return (w.views[end] = new Uint8Array(p.typedArrayBuffer(w.buffer), 0, end))
}

/**
 * Begins a message. A getter may call the encoder while a message is half written. The inner message then
 * gets its own buffer, and the result is the outer message's state, for `leave`.
 */
function enter (bulkSize) {
  let outer
  if (busy) {
    outer = { __proto__: null, ...w }
    useBuffer(INITIAL)
    w.few = [undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined]
    w.seen = w.ids = w.bulk = undefined
    w.count = 0
  }
  busy = true
  w.skew = 0
  w.bulkSize = bulkSize
  w.polluted = false
  for (const _ in ObjectPrototype) w.polluted = true
  return outer
}

function leave (outer) {
  if (outer !== undefined) {
    for (const name in outer) w[name] = outer[name]
    return
  }
  // Release the message's objects, and a buffer that it made too large.
  for (let i = 0; i < FEW_OBJECTS && i < w.count; i++) w.few[i] = undefined
  w.seen = w.ids = w.bulk = undefined
  w.count = 0
  busy = false
  if (w.cap > RETAINED) {
    spare = new p.WeakRef(p.typedArrayBuffer(w.buffer))
    useBuffer(INITIAL)
  }
}

/** Counts all values of a container at once, because counting them one by one costs time. */
function countValues (n) {
  w.values += n
  if (w.values > t.MAX_VALUES) throw tooMany(t.MAX_VALUES, 'values')
}

function tooMany (most, what) {
  const error = new RangeError(`The message has too many ${what}: the limit is ${most}.`)
  error.code = 'ERR_IPC_TOO_MANY_VALUES'
  return error
}

function tooDeep () {
  return new Error('An object could not be cloned: nested more than ' + t.MAX_DEPTH + ' levels deep.')
}

function uncloneable () {
  return new Error('An object could not be cloned.')
}

module.exports = { w, FEW_OBJECTS, grow, viewOf, enter, leave, countValues, tooMany, tooDeep, uncloneable }
