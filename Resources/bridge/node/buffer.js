'use strict'

// The part of Node's Buffer that preloads use: conversion between bytes and text. It is a Uint8Array, and
// crosses as one. As in Node, invalid hex or base64 text is not an error: its valid part is read.

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function bytesOf (text, encoding) {
  switch (encoding.toLowerCase()) {
    case 'utf8': case 'utf-8': return encoder.encode(text)
    case 'hex': return Uint8Array.fromHex(/^(?:[0-9a-f]{2})*/i.exec(text)[0])
    case 'base64': case 'base64url': return Uint8Array.fromBase64(pureBase64(text))
    case 'latin1': case 'binary': case 'ascii': return Uint8Array.from(
      { length: text.length }, (_, index) => text.charCodeAt(index))
    default: throw new TypeError(`Unknown encoding: ${encoding}`)
  }
}

/** The part of a text that Node reads, in either alphabet: up to the padding, without invalid characters. */
function pureBase64 (text) {
  const digits = text.split('=', 1)[0].replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '')
  return digits.length % 4 === 1 ? digits.slice(0, -1) : digits
}

class Buffer extends Uint8Array {
  static from (value, encoding = 'utf8', length) {
    if (typeof value === 'number') throw new TypeError('The "value" argument must not be of type number')
    if (typeof value === 'string') value = bytesOf(value, encoding)
    if (value instanceof ArrayBuffer) return new Buffer(
      value, typeof encoding === 'number' ? encoding : 0, length)
    const buffer = new Buffer(value.length)
    buffer.set(value)
    return buffer
  }

  static alloc (size, fill = 0) { return new Buffer(size).fill(fill) }
  static isBuffer (value) { return value instanceof Buffer }
  static byteLength (text, encoding = 'utf8') {
    return typeof text === 'string' ? bytesOf(text, encoding).length : text.byteLength }

  static concat (list) {
    const whole = new Buffer(list.reduce((total, part) => total + part.length, 0))
    let offset = 0
    for (const part of list) {
      whole.set(part, offset)
      offset += part.length
    }
    return whole
  }

  toString (encoding = 'utf8', start = 0, end = this.length) {
    const bytes = this.subarray(start, end)
    switch (encoding.toLowerCase()) {
      case 'utf8': case 'utf-8': return decoder.decode(bytes)
      case 'hex': return bytes.toHex()
      case 'base64': return bytes.toBase64()
      case 'base64url': return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
      case 'latin1': case 'binary': return Array.from(bytes, byte => String.fromCharCode(byte)).join('')
      case 'ascii': return Array.from(bytes, byte => String.fromCharCode(byte & 0x7f)).join('')
      default: throw new TypeError(`Unknown encoding: ${encoding}`)
    }
  }

  /** Shares the memory as in Node, unlike that of other typed arrays. */
  slice (start, end) { return this.subarray(start, end) }

  toJSON () { return { type: 'Buffer', data: Array.from(this) } }

  equals (other) { return this.length === other.length && this.every((byte, index) => byte === other[index]) }
}

module.exports = { Buffer }
