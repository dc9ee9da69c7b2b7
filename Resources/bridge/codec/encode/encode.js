'use strict'

// Structured clone, the writing half: a value to V8's wire format (version 15). Nesting is limited to
// MAX_DEPTH containers: deeper values throw an Error, and nothing is sent.

const p = require('../../primordials')
const t = require('../tags')
const { w, grow, viewOf, enter, leave, uncloneable } = require('./writer')
const { writeValue } = require('./write-values')

const { Uint8Array } = p

// serializeSegments does not copy contents of at least this size.
const BULK = 64 * 1024

/**
 * Writes `value` after `headroom` free bytes and returns a view of both. The view is valid until the next
 * call.
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
 * The same stream in segments: contents of 64 KiB and more are views of the caller's own buffers, not copies.
 * Use them before any other code runs.
 */
function serializeSegments (value, headroom = 0) {
  const outer = enter(BULK)
  try {
    const end = write(value, headroom)
    return w.bulk === undefined ? [viewOf(end)] : segmentsUpTo(end)
  } finally {
    leave(outer)
  }
}

function write (value, headroom) {
  if (w.cap - headroom < 64) grow(0, headroom)
  w.start = headroom
  w.values = 1
  w.buffer[headroom] = t.VERSION_TAG
  w.buffer[headroom + 1] = t.VERSION
  return writeValue(value, headroom + 2, 0)
}

function segmentsUpTo (end) {
  const { bulk } = w
  const store = p.typedArrayBuffer(w.buffer)
  const segments = []
  let from = 0
  for (let i = 0; i < bulk.length; i += 3) {
    // A later getter may have detached or shrunk the buffer.
    if (p.bufferByteLength(bulk[i + 2]) !== p.typedArrayByteLength(bulk[i + 1])) throw uncloneable()
    segments[segments.length] = new Uint8Array(store, from, bulk[i] - from)
    segments[segments.length] = bulk[i + 1]
    from = bulk[i]
  }
  segments[segments.length] = new Uint8Array(store, from, end - from)
  return segments
}

module.exports = { serialize, serializeSegments }
