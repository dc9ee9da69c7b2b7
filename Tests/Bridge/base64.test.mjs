// Tests the stand-in for WebKit's hex and base64 methods, which node 20 lacks and other tests use.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import './support/base64.mjs'

const bytes = (...values) => Uint8Array.from(values)

test('base64 and hex give the same bytes back, for every length', () => {
  for (let length = 0; length < 70; length++) {
    const data = Uint8Array.from({ length }, (_, index) => index * 37 + length)
    assert.equal(data.toBase64(), Buffer.from(data).toString('base64'))
    assert.deepEqual(Uint8Array.fromBase64(data.toBase64()), data)
    assert.deepEqual(Uint8Array.fromBase64(
      data.toBase64({ alphabet: 'base64url', omitPadding: true }), { alphabet: 'base64url' }), data)
    assert.deepEqual(Uint8Array.fromHex(data.toHex()), data)
  }
  assert.equal(bytes(1, 2, 3, 4).subarray(1, 3).toBase64(), 'AgM=')
  assert.equal(bytes(255, 254).toBase64({ alphabet: 'base64url' }), '__4=')
})

test('malformed base64 and hex are a SyntaxError, as in WebKit', () => {
  for (const text of ['a', 'aa=', 'aaa==', '=', 'a-_a', 'aa*a', 'aaaa====']) {
    assert.throws(() => Uint8Array.fromBase64(text), SyntaxError, text)
  }
  for (const text of ['a', 'xx', '0 1']) assert.throws(() => Uint8Array.fromHex(text), SyntaxError, text)
  assert.throws(() => Uint8Array.fromBase64(new Uint8Array(1)), TypeError)
  assert.deepEqual(Uint8Array.fromBase64(' AQ I\n='), bytes(1, 2))
})
