'use strict'

// Structured clone, the reading half: V8's wire format to a value.

const p = require('../../primordials')
const t = require('../tags')
const { makeRoot } = require('./keys')
const { r, DataError, malformed } = require('./reader')
const { readValue } = require('./read-values')

const { Error, ObjectPrototype } = p
const DataErrorPrototype = DataError.prototype

const root = makeRoot()
let busy = false

/**
 * Reads one value from `input`, whose stream (version header first) goes from `offset` to `limit`. Contents
 * of buffers may be out of line: `apart` is [place in `input`, Uint8Array of a whole buffer, ...].
 */
function deserialize (input, offset = 0, limit = p.typedArrayByteLength(input), apart = undefined) {
  // No code of the caller runs during a call, so calls cannot nest. The check protects the module-wide state
  // if that ever changes.
  if (busy) throw new Error('deserialize is not re-entrant')
  busy = true
  try {
    begin(input, offset, limit, apart)
    readHeader()
    const value = readValue(0, root)
    if (r.at < r.end) throw malformed('bytes after the value')
    if (apart !== undefined && r.bulkRead < apart.length) throw malformed('buffer contents without a view')
    return value
  } catch (error) {
    // Any other error comes from the engine: it is out of stack (the caller was deep already) or out of
    // memory.
    throw p.getPrototypeOf(error) === DataErrorPrototype ? error : malformed('' + error)
  } finally {
    busy = false
    r.bytes = r.store = r.bulk = r.objects = undefined
  }
}

function begin (input, offset, limit, apart) {
  r.bytes = input
  r.store = undefined
  r.bulk = apart
  r.bulkRead = 0
  r.at = offset
  r.end = limit
  r.gapBudget = (limit - offset) * 4 + 65536
  r.plainly = true
  for (const _ in ObjectPrototype) r.plainly = false
  r.objects = []
}

function readHeader () {
  const { at, bytes } = r
  if (at + 2 > r.end || bytes[at] !== t.VERSION_TAG) throw malformed('no version header')
  r.version = bytes[at + 1]
  if (r.version < t.OLDEST_VERSION || r.version > t.VERSION) throw malformed('version ' + r.version, at + 1)
  r.at = at + 2
}

module.exports = { deserialize, DataError }
