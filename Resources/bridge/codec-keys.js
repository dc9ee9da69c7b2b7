'use strict'

// Property keys and short strings repeat: from message to message and within
// one. Making a string costs JavaScriptCore 55 ns, finding the one made last
// time 6 to 30. Two small tables, bounded whatever the input:
//
// - Keys remember which key followed them last time (`next`) and which key the
//   objects stored under them began with (`first`), so that the second object
//   of a shape is read by comparing bytes with what is expected.
// - Values of up to LONGEST_TEXT characters are looked up by a hash of their
//   bytes in a direct-mapped table.

const p = require('./primordials')
const { fromCharCode, ObjectPrototype } = p
const { apply } = p

const SLOTS = 1024
const LONGEST_KEY = 40
const LONGEST_TEXT = 12
// The links between keys keep replaced ones alive; after this many new keys
// the table starts over.
const MOST_KEYS = 8192

let keys = []
let made = 0
const texts = []
const textCodes = []
for (let i = 0; i < SLOTS; i++) keys[i] = texts[i] = textCodes[i] = undefined

function makeKey (codes) {
  const text = codes === undefined ? '' : textOf(codes)
  return {
    text,
    codes,
    length: codes === undefined ? -1 : codes.length,
    // Assigning a key that Object.prototype knows could call a setter.
    plain: !(text in ObjectPrototype),
    next: undefined,
    first: undefined
  }
}

/** A key that matches nothing, for the value at the root. */
function makeRoot () {
  return makeKey(undefined)
}

function textOf (codes) {
  return apply(fromCharCode, undefined, codes)
}

function copyCodes (bytes, at, length) {
  const codes = []
  for (let i = 0; i < length; i++) codes[i] = bytes[at + i]
  return codes
}

function matches (codes, bytes, at, length) {
  for (let i = 0; i < length; i++) if (codes[i] !== bytes[at + i]) return false
  return true
}

function slotOf (bytes, at, length) {
  let hash = length
  for (let i = 0; i < length; i++) hash = (hash << 5) - hash + bytes[at + i] | 0
  return (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1
}

/** The key of these one-byte characters; at most LONGEST_KEY of them. */
function keyOf (bytes, at, length) {
  const slot = slotOf(bytes, at, length)
  const key = keys[slot]
  if (key !== undefined && key.length === length && matches(key.codes, bytes, at, length)) return key
  if (++made > MOST_KEYS) {
    made = 0
    for (let i = 0; i < SLOTS; i++) keys[i] = undefined
  }
  return (keys[slot] = makeKey(copyCodes(bytes, at, length)))
}

/** The string of these one-byte characters; at most LONGEST_TEXT of them. */
function shortText (bytes, at, length) {
  const slot = slotOf(bytes, at, length)
  const codes = textCodes[slot]
  if (codes !== undefined && codes.length === length && matches(codes, bytes, at, length)) return texts[slot]
  const fresh = copyCodes(bytes, at, length)
  textCodes[slot] = fresh
  return (texts[slot] = textOf(fresh))
}

module.exports = { LONGEST_KEY, LONGEST_TEXT, makeRoot, keyOf, shortText, matches }
