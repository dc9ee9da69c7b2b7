'use strict'

// Reads ArrayBuffers and their views.

const p = require('../../primordials')
const t = require('../tags')
const { r, malformed, readVarint, skipPadding, keep } = require('./reader')

const { Uint8Array, DataView, ArrayBuffer } = p

function readArrayBuffer (resizable) {
  const where = r.at
  const length = readVarint()
  const maximum = resizable ? readVarint() : length
  if (length > maximum) throw malformed('an ArrayBuffer of ' + length + ' bytes', where)
  const { bulk, bulkRead } = r
  let contents
  if (bulk !== undefined && bulk[bulkRead] === r.at &&
    p.typedArrayByteLength(bulk[bulkRead + 1]) === length) {
    r.bulkRead = bulkRead + 2
    contents = bulk[bulkRead + 1]
    if (!resizable) return keep(p.typedArrayBuffer(contents))
  } else {
    if (length > r.end - r.at) throw malformed('an ArrayBuffer of ' + length + ' bytes', where)
    if (r.store === undefined) {
      r.store = p.typedArrayBuffer(r.bytes)
      r.shift = p.typedArrayByteOffset(r.bytes)
    }
    const begin = r.shift + r.at
    r.at += length
    if (!resizable) return keep(p.bufferSlice(r.store, begin, begin + length))
    contents = new Uint8Array(r.store, begin, length)
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

/** A view tag after an ArrayBuffer means that the buffer was only written for that view. */
function viewAfter (value) {
  skipPadding()
  if (r.at >= r.end || r.bytes[r.at] !== t.ARRAY_BUFFER_VIEW) return value
  let bufferLength
  try {
    bufferLength = p.bufferByteLength(value)
  } catch (_) {
    return value
  }
  const where = r.at++
  const type = viewTypes[readVarint()]
  if (type === undefined) throw malformed('an unknown kind of view', where)
  const offset = readVarint()
  const length = readVarint()
  const flags = r.version >= 14 ? readVarint() : 0
  if (flags > t.VIEW_FLAGS) throw malformed('a view with unknown flags', where)
  const { View, size } = type
  const isInside = offset <= bufferLength && length <= bufferLength - offset
  if (!isInside) throw malformed('a view outside its buffer', where)
  if (offset % size !== 0 || length % size !== 0) throw malformed('a view that is not aligned', where)
  const resizable = p.bufferResizable !== undefined && p.bufferResizable(value)
  if (resizable !== ((flags & t.VIEW_BUFFER_RESIZABLE) !== 0)) {
    if (p.bufferResizable !== undefined) throw malformed('a view whose flags contradict its buffer', where)
  }
  if (flags & t.VIEW_TRACKS_LENGTH) {
    if (!resizable) throw malformed('a view whose flags contradict its buffer', where)
    return keep(new View(value, offset))
  }
  return keep(new View(value, offset, length / size))
}

module.exports = { readArrayBuffer, viewAfter }
