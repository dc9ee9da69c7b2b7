'use strict'

// Node's Buffer as far as preloads use it: bytes from text and back. It is a Uint8Array, and crosses as one.

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function bytesOf (text, encoding) {
  switch (encoding.toLowerCase()) {
    case 'utf8': case 'utf-8': return encoder.encode(text)
    case 'hex': return Uint8Array.fromHex(text)
    case 'base64': return Uint8Array.fromBase64(text)
    case 'base64url': return Uint8Array.fromBase64(text, { alphabet: 'base64url' })
    case 'latin1': case 'binary': case 'ascii': return Uint8Array.from(text, character => character.charCodeAt(0))
    default: throw new TypeError(`Unknown encoding: ${encoding}`)
  }
}

class Buffer extends Uint8Array {
  static from (value, encoding = 'utf8', length) {
    if (typeof value === 'string') value = bytesOf(value, encoding)
    if (value instanceof ArrayBuffer) return new Buffer(value, typeof encoding === 'number' ? encoding : 0, length)
    const buffer = new Buffer(value.length)
    buffer.set(value)
    return buffer
  }

  static alloc (size, fill = 0) { return new Buffer(size).fill(fill) }
  static isBuffer (value) { return value instanceof Buffer }
  static byteLength (text, encoding = 'utf8') { return typeof text === 'string' ? bytesOf(text, encoding).length : text.byteLength }

  static concat (list) {
    const whole = new Buffer(list.reduce((total, part) => total + part.length, 0))
    let offset = 0
    for (const part of list) {
      whole.set(part, offset)
      offset += part.length
    }
    return whole
  }

  toString (encoding = 'utf8') {
    switch (encoding.toLowerCase()) {
      case 'utf8': case 'utf-8': return decoder.decode(this)
      case 'hex': return this.toHex()
      case 'base64': return this.toBase64()
      case 'base64url': return this.toBase64({ alphabet: 'base64url', omitPadding: true })
      case 'latin1': case 'binary': case 'ascii': return Array.from(this, byte => String.fromCharCode(byte)).join('')
      default: throw new TypeError(`Unknown encoding: ${encoding}`)
    }
  }

  equals (other) { return this.length === other.length && this.every((byte, index) => byte === other[index]) }
}

module.exports = { Buffer }
