'use strict'

// Writes objects whose prototype is neither Object.prototype nor null: dates, boxed primitives, regular
// expressions, maps, sets, errors, and the fields of class instances.

// Exported first, because write-objects.js requires this module in a cycle.
module.exports = { writeExotic }

const p = require('../../primordials')
const t = require('../tags')
const c = require('../classify')
const { w, grow, countValues, tooDeep, uncloneable } = require('./writer')
const { known } = require('./identity')
const { writeValue, writeVarint, writeDouble, writeBigInt, writeString, writeReference } =
  require('./write-values')
const { writeFields, writeEnd } = require('./write-objects')
const { writeArrayBuffer, writeView } = require('./write-buffers')

const { hasOwn } = p

function writeExotic (v, at, depth) {
  const kind = c.classify(v)
  if (kind === c.REFUSED) throw uncloneable()
  if (kind === c.TYPED_ARRAY || kind === c.DATA_VIEW) return writeView(v, kind, at)
  const id = known(v)
  if (id >= 0) return writeReference(id, at)
  const { buffer } = w
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

const flagGetters = ['global', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'dotAll', '', 'hasIndices',
  'unicodeSets']
for (let i = 0; i < flagGetters.length; i++) {
  flagGetters[i] = p.uncurryGetter(p.RegExp.prototype, flagGetters[i])
}

function writeRegExp (v, at) {
  w.buffer[at] = t.REGEXP
  at = writeString(p.regExpSource(v), at + 1)
  let flags = 0
  for (let i = 0; i < flagGetters.length; i++) {
    if (flagGetters[i] !== undefined && flagGetters[i](v)) flags |= 1 << i
  }
  if (w.cap - at < 64) grow(at, 64)
  return writeVarint(flags, at)
}

function writeMap (v, at, depth) {
  // Entries are copied first, because a getter in one may change the map.
  const entries = []
  let n = 0
  p.mapForEach(v, (value, key) => {
    entries[n++] = key
    entries[n++] = value
  })
  countValues(n)
  w.buffer[at++] = t.MAP
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
  w.buffer[at++] = t.SET
  for (let i = 0; i < n; i++) at = writeValue(entries[i], at, depth)
  return writeEnd(t.END_SET, n, at)
}

function writeError (v, at, depth) {
  const message = p.getOwnPropertyDescriptor(v, 'message')
  const cause = p.getOwnPropertyDescriptor(v, 'cause')
  w.buffer[at++] = t.ERROR
  const name = p.String(v.name)
  const nameTag = hasOwn(t.ERRORS, name) ? t.ERRORS[name] : undefined
  if (nameTag !== undefined) w.buffer[at++] = nameTag
  if (message !== undefined && hasOwn(message, 'value')) {
    w.buffer[at] = t.ERROR_MESSAGE
    at = writeString(p.String(message.value), at + 1)
  }
  if (cause !== undefined && hasOwn(cause, 'value')) {
    if (w.cap - at < 64) grow(at, 64)
    countValues(1)
    w.buffer[at] = t.ERROR_CAUSE
    at = writeValue(cause.value, at + 1, depth)
  }
  const stack = v.stack
  if (w.cap - at < 64) grow(at, 64)
  if (typeof stack === 'string') {
    w.buffer[at] = t.ERROR_STACK
    at = writeString(stack, at + 1)
    if (w.cap - at < 64) grow(at, 64)
  }
  w.buffer[at] = t.ERROR_END
  return at + 1
}
