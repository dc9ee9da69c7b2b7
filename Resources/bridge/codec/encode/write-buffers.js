'use strict'

// Writes ArrayBuffers and their views.

const p = require('../../primordials')
const t = require('../tags')
const c = require('../classify')
const { w, grow, uncloneable } = require('./writer')
const { known, findKnown } = require('./identity')
const { writeVarint, writeReference } = require('./write-values')

const { Uint8Array } = p

const UINT32_MAX = 0xffffffff

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
    w.buffer[at] = t.RESIZABLE_ARRAY_BUFFER
    at = writeVarint(maximum, writeVarint(length, at + 1))
  } else {
    w.buffer[at] = t.ARRAY_BUFFER
    at = writeVarint(length, at + 1)
  }
  if (length >= w.bulkSize) {
    const bulk = w.bulk ??= []
    bulk[bulk.length] = at
    bulk[bulk.length] = bytes
    bulk[bulk.length] = v
    w.skew += length
    return at
  }
  if (w.cap - at < length + 64) grow(at, length + 64)
  p.typedArraySet(w.buffer, bytes, at)
  return at + length
}

function writeView (v, kind, at) {
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
      throw uncloneable() // out of bounds of a buffer that was shrunk
    }
  }
  if (w.cap - at < 64) grow(at, 64)
  w.buffer[at++] = t.ARRAY_BUFFER_VIEW
  w.buffer[at++] = tag
  at = writeVarint(length, writeVarint(offset, at))
  // JavaScript cannot tell whether a view tracks its buffer's length: it arrives with its current length.
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

module.exports = { writeArrayBuffer, writeView }
