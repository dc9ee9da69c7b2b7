'use strict'

// Strings and bytes, except the shortest strings.
//
// No built-in converts a string to Latin-1 bytes or back. The alternatives, measured in WebKitGTK 2.50.6 on 1
// MiB: `charCodeAt` in a loop 1.3 to 2 ms; `btoa` 0.16 ms and `setFromBase64` 0.08 ms; TextDecoder 'utf-8'
// 0.2 ms if all is ASCII, 'latin1' 0.7 ms (which is windows-1252, so 0x80 to 0x9F are wrong), 'utf-16le' 3.7
// ms; `fromCharCode.apply` on chunks 12 ms.

const p = require('../primordials')
// `btoa` needs the window as its `this`, so it is never called as p.btoa().
const { fromCharCode, apply, Uint8Array, btoa } = p

// From this length on the built-ins are faster than a loop.
const LONG_TEXT = 512
const CHUNK = 4096

/**
 * Writes a long string as Latin-1. Returns false, after writing garbage, if it is not Latin-1. Undefined when
 * the engine has no method faster than a loop.
 */
const writeLatin1 = btoa === undefined || p.setFromBase64 === undefined
  ? undefined
  : (s, bytes, at, length) => {
      let base64
      try {
        base64 = btoa(s)
      } catch (_) {
        return false
      }
      p.setFromBase64(p.typedArraySubarray(bytes, at, at + length), base64)
      return true
    }

const decoders = p.TextDecoder === undefined
  ? undefined
  : {
      // A byte order mark is an ordinary character here.
      ascii: new p.TextDecoder('utf-8', { ignoreBOM: true }),
      latin1: new p.TextDecoder('latin1'),
      utf16: new p.TextDecoder('utf-16le', { ignoreBOM: true })
    }

const codes = [] // scratch

function readOneByteString (bytes, at, length) {
  if (length < 64 || decoders === undefined) return fromBytes(bytes, at, length)
  let all = 0
  let c1 = false
  for (let i = at; i < at + length; i++) {
    const byte = bytes[i]
    all |= byte
    if ((byte & 0xe0) === 0x80) c1 = true
  }
  if (c1) return fromBytes(bytes, at, length)
  const view = new Uint8Array(p.typedArrayBuffer(bytes), p.typedArrayByteOffset(bytes) + at, length)
  return p.decodeText(all < 128 ? decoders.ascii : decoders.latin1, view)
}

function fromBytes (bytes, at, length) {
  let s = ''
  const end = at + length
  while (at < end) {
    const n = end - at < CHUNK ? end - at : CHUNK
    codes.length = n
    for (let i = 0; i < n; i++) codes[i] = bytes[at + i]
    s += apply(fromCharCode, undefined, codes)
    at += n
  }
  return s
}

function readTwoByteString (bytes, at, size) {
  if (size >= 128 && decoders !== undefined) {
    // Lone surrogates become U+FFFD: the result is only right for strings without them.
    const view = new Uint8Array(p.typedArrayBuffer(bytes), p.typedArrayByteOffset(bytes) + at, size)
    const s = p.decodeText(decoders.utf16, view)
    if (p.stringIndexOf(s, '\ufffd') < 0) return s
  }
  let s = ''
  const end = at + size
  while (at < end) {
    const n = end - at < 2 * CHUNK ? end - at >> 1 : CHUNK
    codes.length = n
    for (let i = 0; i < n; i++, at += 2) codes[i] = bytes[at] | bytes[at + 1] << 8
    s += apply(fromCharCode, undefined, codes)
  }
  return s
}

// Our encoder does not write these; V8 once did for one-byte strings, and still accepts them. Ill-formed
// sequences become U+FFFD, as in V8.
function readUtf8String (bytes, at, length) {
  let s = ''
  const end = at + length
  while (at < end) {
    const first = bytes[at++]
    if (first < 0x80) {
      s += fromCharCode(first)
      continue
    }
    let more = 0
    if (first >= 0xc2 && first < 0xe0) more = 1
    else if (first >= 0xe0 && first < 0xf0) more = 2
    else if (first >= 0xf0 && first < 0xf5) more = 3
    if (more === 0) {
      s += '\ufffd'
      continue
    }
    let code = first & (0x3f >> more)
    // The second byte's range excludes overlong forms, surrogates and code points beyond U+10FFFF.
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

module.exports = { LONG_TEXT, writeLatin1, readOneByteString, readTwoByteString, readUtf8String }
