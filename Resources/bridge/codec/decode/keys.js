'use strict'

// Property keys and short strings repeat, from message to message and within one. Creating a string costs
// JavaScriptCore 55 ns, finding the previous one 6 to 30. Two small tables, bounded for any input:
//
// - Keys remember the key that followed them last time (`next`), and the first key of the objects stored
//   under them (`first`). So the second object of a shape is read by comparing bytes with the expected ones.
// - Values of up to LONGEST_TEXT characters are looked up by a hash of their bytes in a direct-mapped table.

const p = require('../../primordials')
const { apply, fromCharCode, charCodeAt, ObjectPrototype, StringPrototype } = p

const SLOTS = 1024
const LONGEST_KEY = 40
const LONGEST_TEXT = 12
// The links between keys keep replaced keys alive. After this many new keys the table starts over.
const MOST_KEYS = 8192

let keys = []
let made = 0
const texts = []
for (let i = 0; i < SLOTS; i++) keys[i] = texts[i] = undefined

function makeKey (codes) {
  const text = codes === undefined ? '' : textOf(codes)
  return {
    text,
    codes,
    length: codes === undefined ? -1 : codes.length,
    // Assigning a key that exists in Object.prototype could call a setter.
    plain: !(text in ObjectPrototype),
    next: undefined,
    first: undefined
  }
}

/** A key that matches no other, for the root value. */
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

/** The key for these one-byte characters; at most LONGEST_KEY of them. */
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

/** The string for these one-byte characters; at most LONGEST_TEXT of them. */
function shortText (bytes, at, length) {
  const slot = slotOf(bytes, at, length)
  const text = texts[slot]
  if (text !== undefined && text.length === length && spells(text, bytes, at, length)) return text
  return (texts[slot] = makeText(bytes, at, length))
}

function spells (text, bytes, at, length) {
  if (StringPrototype.charCodeAt !== charCodeAt) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[at + i]) return false
  return true
}

// Written out, because an argument list costs half as much as an array.
function makeText (b, at, length) {
  switch (length) {
    case 0: return ''
    case 1: return fromCharCode(b[at])
    case 2: return fromCharCode(b[at], b[at + 1])
    case 3: return fromCharCode(b[at], b[at + 1], b[at + 2])
    case 4: return fromCharCode(b[at], b[at + 1], b[at + 2], b[at + 3])
    case 5: return fromCharCode(b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4])
    case 6: return fromCharCode(b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4], b[at + 5])
    case 7: return fromCharCode(b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4], b[at + 5], b[at + 6])
    case 8: return fromCharCode(
      b[at], b[at + 1], b[at + 2], b[at + 3], b[at + 4], b[at + 5], b[at + 6], b[at + 7])
    default: return makeText(b, at, 8) + makeText(b, at + 8, length - 8)
  }
}

module.exports = { LONGEST_KEY, LONGEST_TEXT, makeRoot, keyOf, shortText, matches }
