'use strict'

// Reads maps, sets, regular expressions and errors.

// Exported first, because read-values.js requires this module in a cycle.
module.exports = { readMap, readSet, readRegExp, readError }

const p = require('../../primordials')
const t = require('../tags')
const { r, malformed, tooDeep, readByte, readVarint, peekTag } = require('./reader')
const { readValue, readString } = require('./read-values')

const { defineProperty, Error, Map, Set, RegExp, MapPrototype, SetPrototype } = p
// An unmodified method is called directly, because the JIT inlines that.
const mapSet = MapPrototype.set
const setAdd = SetPrototype.add

function readMap (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const map = new Map()
  r.objects[r.objects.length] = map
  let n = 0
  while (peekTag() !== t.END_MAP) {
    const key = readValue(depth + 1, hint)
    const value = readValue(depth + 1, hint)
    if (MapPrototype.set === mapSet) map.set(key, value)
    else p.mapSet(map, key, value)
    n += 2
  }
  r.at++
  if (readVarint() !== n) throw malformed('wrong number of entries')
  return map
}

function readSet (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const set = new Set()
  r.objects[r.objects.length] = set
  let n = 0
  while (peekTag() !== t.END_SET) {
    const value = readValue(depth + 1, hint)
    if (SetPrototype.add === setAdd) set.add(value)
    else p.setAdd(set, value)
    n++
  }
  r.at++
  if (readVarint() !== n) throw malformed('wrong number of entries')
  return set
}

function readRegExp () {
  const where = r.at
  const { objects } = r
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
    throw malformed('a RegExp that this engine does not support', where)
  }
}

const errorTypes = { __proto__: null }
for (const name of p.keys(t.ERRORS)) errorTypes[t.ERRORS[name]] = p[name]

function readError (depth, hint) {
  if (depth === t.MAX_DEPTH) throw tooDeep()
  const id = r.objects.length++
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
        if (!(tag in errorTypes)) throw malformed('error field 0x' + p.numberToString(tag, 16), r.at - 1)
        Type = errorTypes[tag]
        if (error !== undefined) p.setPrototypeOf(error, Type.prototype)
    }
  }
}

function makeError (Type, id) {
  const error = new Type()
  // JavaScriptCore records the line that created the error, which is here: useless.
  delete error.line
  delete error.column
  delete error.sourceURL
  return (r.objects[id] = error)
}

function hide (object, key, value) {
  defineProperty(object, key,
    { __proto__: null, value, writable: true, enumerable: false, configurable: true })
}
