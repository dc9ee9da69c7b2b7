// Compares the preload's Buffer with node's: operations that both have must give the same results.
import assert from 'node:assert/strict'
import { Buffer as NodeBuffer } from 'node:buffer'
import { test } from 'node:test'
import { loadBridge } from './support/bridge.mjs'

const require = loadBridge()
const { Buffer } = require('./node/buffer')
const { encode, decode } = require('./lane/envelope')
const { kinds } = require('./lane/wire')

const texts = ['', 'a', 'hello', 'Grüße', 'ключ', '👩‍💻', '\u0000\u007f\u0080\u00ff', '\ufeffmark', '\ud800',
  '\ud800\udc00\udc00']
const encodings = ['utf8', 'utf-8', 'UTF8', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url']
const sloppy = {
  hex: ['', '0', '00f', 'FFee', '12xy34', 'xx', '0 1'],
  base64: ['', 'a', 'aa', 'aaa', 'aaaa', 'aaaaa', 'aGk=', 'aGk', 'aG\nk=', '-_-_', '+/+/', 'aGk=aGk=',
    '*a*a*a*a', 'aGl='],
  base64url: ['-_8', '+/8=', 'aGk=', 'a']
}

test('text becomes the same bytes as in node', () => {
  for (const encoding of ['utf8', 'utf-8', 'UTF8', 'latin1', 'binary', 'ascii']) {
    for (const text of texts) {
      assert.deepEqual([...Buffer.from(text, encoding)], [...NodeBuffer.from(text, encoding)],
        `${encoding} ${text}`)
      assert.equal(Buffer.byteLength(text, encoding), NodeBuffer.byteLength(text, encoding),
        `${encoding} ${text}`)
    }
  }
  assert.deepEqual([...Buffer.from('é')], [0xc3, 0xa9])
})

test('hex and base64 are read as leniently as in node', () => {
  for (const [encoding, inputs] of Object.entries(sloppy)) {
    for (const text of inputs) {
      assert.deepEqual([...Buffer.from(text, encoding)], [...NodeBuffer.from(text, encoding)],
        `${encoding} '${text}'`)
    }
  }
})

test('bytes become the same text as in node, in any encoding', () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index)
  for (const bytes of [all, all.subarray(0, 1), all.subarray(3, 8), all.subarray(0, 0),
    ...texts.map(text => NodeBuffer.from(text))]) {
    for (const encoding of encodings) {
      assert.equal(Buffer.from(bytes).toString(encoding), NodeBuffer.from(bytes).toString(encoding), encoding)
    }
  }
  assert.equal(Buffer.from('hello').toString(), 'hello')
  assert.equal(Buffer.from('hello').toString('utf8', 1, 3), 'el')
  assert.equal(Buffer.from('hello').toString('hex', 3), '6c6f')
  assert.equal(`${Buffer.from('hello')}`, 'hello')
})

test('an unknown encoding is a TypeError', () => {
  assert.throws(() => Buffer.from('a', 'rot13'), { name: 'TypeError', message: 'Unknown encoding: rot13' })
  assert.throws(() => Buffer.from('a').toString('rot13'),
    { name: 'TypeError', message: 'Unknown encoding: rot13' })
})

test('Buffer.from copies bytes and shares an ArrayBuffer', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const copy = Buffer.from(bytes)
  const shared = Buffer.from(bytes.buffer)
  const part = Buffer.from(bytes.buffer, 1, 1)
  bytes[1] = 9
  assert.deepEqual([[...copy], [...shared], [...part]], [[1, 2, 3], [1, 9, 3], [9]])
  assert.deepEqual([...Buffer.from([1, 256, -1])], [1, 0, 255])
})

test('Buffer.from throws a TypeError for a number, undefined and null', () => {
  for (const value of [5, undefined, null]) assert.throws(() => Buffer.from(value), TypeError)
})

test('slice and subarray return Buffers that share the memory', () => {
  const buffer = Buffer.from('hello')
  for (const part of [buffer.slice(1, 3), buffer.subarray(1, 3), buffer.slice(-4, -2)]) {
    assert.ok(Buffer.isBuffer(part))
    assert.equal(part.toString(), 'el')
    assert.equal(part.buffer, buffer.buffer)
  }
})

test('alloc, concat, equals, isBuffer and toJSON work as in node', () => {
  assert.deepEqual([...Buffer.alloc(3)], [0, 0, 0])
  assert.deepEqual([...Buffer.alloc(2, 7)], [7, 7])
  assert.equal(Buffer.concat([Buffer.from('a'), new Uint8Array([98]), Buffer.from('')]).toString(), 'ab')
  assert.equal(Buffer.concat([]).length, 0)
  assert.ok(Buffer.from('a').equals(Buffer.from('a')))
  assert.ok(!Buffer.from('a').equals(Buffer.from('ab')))
  assert.deepEqual([Buffer.isBuffer(Buffer.from('')), Buffer.isBuffer(new Uint8Array(1)),
    Buffer.isBuffer('')], [true, false, false])
  assert.equal(JSON.stringify(Buffer.from('hi')), JSON.stringify(NodeBuffer.from('hi')))
})

test('REN-03: a Buffer arrives as a Uint8Array', () => {
  const { value } = decode(encode(kinds.send, 0, ['channel', Buffer.from('hi')]).slice())
  assert.equal(Object.getPrototypeOf(value[1]), Uint8Array.prototype)
  assert.deepEqual([...value[1]], [104, 105])
})
