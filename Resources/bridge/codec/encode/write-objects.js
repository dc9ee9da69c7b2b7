'use strict'

// Writes plain objects and arrays, the most frequent kinds. write-exotics.js writes all others.

// Exported first, because write-values.js and write-exotics.js require this module in a cycle.
module.exports = { writeObject, writeFields, writeEnd }

const p = require('../../primordials')
const t = require('../tags')
const c = require('../classify')
const proxies = require('../proxies')
const { w, grow, countValues, tooDeep, uncloneable } = require('./writer')
const { known } = require('./identity')
const { writeValue, writeVarint, writeNumber, writeString, writeReference } = require('./write-values')
const { writeExotic } = require('./write-exotics')

const { getPrototypeOf, isArray, keys, hasOwn, charCodeAt } = p
const { ObjectPrototype, StringPrototype } = p

const UINT32_MAX = 0xffffffff

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
    return w.polluted ? writeFields(v, at, depth + 1) : writePlain(v, at, depth + 1)
  }
  return writeExotic(v, at, depth)
}

// Windows of another origin and module namespaces have a null prototype. The former have no enumerable
// properties, the latter a tag of their own.
function refuseExotic (v) {
  if (hasOwn(v, Symbol.toStringTag)) {
    if (c.copyKind(v) === c.REFUSED) throw uncloneable()
    return
  }
  for (const _ in v) return
  if (c.copyKind(v) === c.REFUSED) throw uncloneable()
}

function writePlain (v, at, depth) {
  w.buffer[at++] = t.OBJECT
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

/** Writes own enumerable fields only, for objects that may inherit enumerable ones. */
function writeFields (v, at, depth) {
  w.buffer[at++] = t.OBJECT
  at = writeNamed(v, keys(v), 0, at, depth)
  return writeEnd(t.END_OBJECT, w.named, at)
}

/** Writes the properties of `v` whose names are in `names` from index `i` on. */
function writeNamed (v, names, i, at, depth) {
  let written = 0
  for (; i < names.length; i++) {
    const value = v[names[i]]
    // A getter may have deleted the property meanwhile.
    if (value === undefined && !hasOwn(v, names[i])) continue
    at = writeKey(names[i], at)
    at = writeValue(value, at, depth)
    written++
  }
  w.named = written
  countValues(written)
  return at
}

/** Writes the end of a container: its tag and its number of entries. */
function writeEnd (tag, n, at) {
  if (w.cap - at < 64) grow(at, 64)
  w.buffer[at] = tag
  return writeVarint(n, at + 1)
}

function writeKey (key, at) {
  if (w.cap - at < 256) grow(at, 256)
  const length = key.length
  if (length < 100 && length > 0 && StringPrototype.charCodeAt === charCodeAt) {
    const first = key.charCodeAt(0)
    if (first > 57) {
      const { buffer } = w
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
  w.buffer[at] = t.DENSE_ARRAY
  at = writeVarint(length, at + 1)
  for (let i = 0; i < length; i++) {
    const value = v[i]
    if (value === undefined && !hasOwn(v, i)) {
      // A getter has deleted the element since the check.
      if (w.cap - at < 64) grow(at, 64)
      w.buffer[at++] = t.HOLE
    } else {
      at = writeValue(value, at, depth)
    }
  }
  w.named = 0
  if (hasMoreThan(length, v)) {
    const names = keys(v)
    let first = 0 // integer-like keys precede all others, in ascending order
    while (first < names.length && isIndexBelow(length, names[first])) first++
    at = writeNamed(v, names, first, at, depth)
  }
  return writeVarint(length, writeEnd(t.END_DENSE_ARRAY, w.named, at))
}

/**
 * Whether an array may have named properties: keys beyond its indices, which come first. Every built-in that
 * lists the names lists the indices too. JavaScriptCore takes 150 ns plus 80 per key to list the keys of an
 * array, and 450 ns plus 30 per key to iterate over them.
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
  w.buffer[at] = t.SPARSE_ARRAY
  at = writeVarint(length, at + 1)
  at = writeNamed(v, keys(v), 0, at, depth)
  return writeVarint(length, writeEnd(t.END_SPARSE_ARRAY, w.named, at))
}
