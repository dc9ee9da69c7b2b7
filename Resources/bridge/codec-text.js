'use strict'

// Bytes → strings.

const p = require('./primordials')
const { fromCharCode, apply } = p

const CHUNK = 4096

function readOneByteString (bytes, at, length) {
  if (length === 0) return ''
  if (length <= CHUNK) return fromBytes(bytes, at, length)
  let s = ''
  const end = at + length
  for (; at < end; at += CHUNK) s += fromBytes(bytes, at, end - at < CHUNK ? end - at : CHUNK)
  return s
}

function fromBytes (bytes, at, length) {
  return apply(fromCharCode, undefined, p.typedArraySubarray(bytes, at, at + length))
}

function readTwoByteString (bytes, at, size) {
  let s = ''
  const end = at + size
  const codes = []
  while (at < end) {
    const n = end - at < 2 * CHUNK ? end - at >> 1 : CHUNK
    codes.length = n
    for (let i = 0; i < n; i++, at += 2) codes[i] = bytes[at] | bytes[at + 1] << 8
    s += apply(fromCharCode, undefined, codes)
  }
  return s
}

// Nothing of ours writes these; V8 did for one-byte strings once, and accepts
// them still. Ill-formed sequences become U+FFFD, as V8 has it.
function readUtf8String (bytes, at, length) {
  let s = ''
  const end = at + length
  while (at < end) {
    const first = bytes[at++]
    if (first < 0x80) {
      s += fromCharCode(first)
      continue
    }
    let more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0
    if (more === 0) {
      s += '\ufffd'
      continue
    }
    let code = first & (0x3f >> more)
    // The second byte's range rules out overlong forms, surrogates and what
    // lies beyond U+10FFFF.
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    while (more > 0 && at < end && bytes[at] >= low && bytes[at] <= high) {
      code = code << 6 | bytes[at++] & 0x3f
      low = 0x80
      high = 0xbf
      more--
    }
    if (more > 0) s += '\ufffd'
    else if (code < 0x10000) s += fromCharCode(code)
    else s += fromCharCode(0xd7c0 + (code >> 10), 0xdc00 | code & 0x3ff)
  }
  return s
}

module.exports = { readOneByteString, readTwoByteString, readUtf8String }
