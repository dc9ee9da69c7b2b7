'use strict'

// Reads plain objects and arrays.

// Exported first, because read-values.js requires this module in a cycle.
module.exports = { readObject, readDenseArray, readSparseArray }

const p = require('../../primordials')
const t = require('../tags')
const { LONGEST_KEY, keyOf, matches } = require('./keys')
const { r, malformed, tooDeep, readByte, readVarint, readDouble, readCount, peekTag } = require('./reader')
const { readValue, readString } = require('./read-values')

const { defineProperty } = p

const PROPERTY = { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: true }
const PLACE_HOLDER = { __proto__: null, get: undefined, set: undefined, enumerable: true, configurable: true }

/** Defines an own property on `object`, whatever its prototypes define. */
function define (object, key, value) {
  PROPERTY.value = value
  defineProperty(object, key, PROPERTY)
  PROPERTY.value = undefined
}

/**
 * Defines a numeric key. Engines allocate all elements below an index that looks close enough, and hostile
 * input could repeat that. Once an object has requested much more room than its bytes justify, its rest is
 * forced to be sparse.
 */
function defineIndex (object, key, value, n) {
  if (key > n + 256 && (r.gapBudget -= key - n) < 0) defineProperty(object, key, PLACE_HOLDER)
  define(object, key, value)
}

/** Reads key and value pairs up to `endTag`; returns their number. */
function readProperties (object, endTag, depth, hint) {
  const { bytes, end, plainly } = r
  let previous
  let expected = hint.first
  for (let n = 0; ; n++) {
    const { at } = r
    if (at >= end) throw malformed('the data is truncated')
    const tag = bytes[at]
    if (tag === endTag) {
      r.at = at + 1
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
        r.at = begin + length
        const value = readValue(depth, key)
        if (key.plain && plainly) object[key.text] = value
        else define(object, key.text, value)
        previous = key
        expected = key.next
        continue
      }
    }
    if (tag === t.PADDING) {
      r.at = at + 1
      n--
      continue
    }
    const key = readKey()
    const value = readValue(depth, hint)
    if (typeof key === 'number') defineIndex(object, key, value, n)
    else if (typeof key === 'string') define(object, key, value)
    else throw malformed('a property key', at)
  }
}

function readKey () {
  const where = r.at
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
      r.at = where
      return readString()
  }
}

function readObject (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const object = {}
  r.objects[r.objects.length] = object
  const n = readProperties(object, t.END_OBJECT, depth + 1, hint)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  return object
}

/** Reads the named properties of an array; in a dense one they follow the elements. */
function readArrayProperties (array, endTag, depth, hint) {
  let n = 0
  for (; ; n++) {
    if (peekTag() === endTag) {
      r.at++
      return n
    }
    const where = r.at
    const key = readKey()
    if (key === 'length') throw malformed('a property key', where)
    const value = readValue(depth, hint)
    if (typeof key === 'number') defineIndex(array, key, value, n)
    else define(array, key, value)
  }
}

function readDenseArray (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  // Every element takes at least a byte. Still, the array only grows as its elements are read, because false
  // lengths in nested arrays would add up.
  const length = readCount('an array')
  const { bytes, end } = r
  const array = []
  r.objects[r.objects.length] = array
  for (let i = 0; i < length; i++) {
    const { at } = r
    if (at < end && bytes[at] !== t.HOLE && bytes[at] !== t.PADDING) array[i] = readValue(depth + 1, hint)
    else if (peekTag() !== t.HOLE) array[i] = readValue(depth + 1, hint)
    else r.at++
  }
  if (array.length !== length) array.length = length
  if (r.at < end && bytes[r.at] === t.END_DENSE_ARRAY) {
    r.at++
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
  r.objects[r.objects.length] = array
  if (length > 256 && (r.gapBudget -= length) < 0) {
    defineProperty(array, 0, PLACE_HOLDER)
    delete array[0]
  }
  array.length = length
  const n = readArrayProperties(array, t.END_SPARSE_ARRAY, depth + 1, hint)
  if (readVarint() !== n) throw malformed('wrong number of properties')
  if (readVarint() !== length || array.length !== length) throw malformed('wrong array length')
  return array
}
