// Tests envelopes as script messages and as requests of the private scheme, with stand-ins for WebKit's ends
// of both.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge, requestStandIn } from './support/bridge.mjs'

const token = 'd'.repeat(32)
const key = 'k'.repeat(32)

/**
 * A transport, and the envelopes that arrived at the main process, in order: `{ by, kind, call, sequence,
 * value }`.
 */
function page ({ answer = () => [true, undefined], handler } = {}) {
  const arrived = []
  let require
  const keep = (by, bytes) => {
    const { kind, call, value } = require('./lane/envelope').decode(bytes)
    const sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
    arrived.push({ by, kind, call, sequence, value })
    return value
  }
  const window = {
    webkit: {
      messageHandlers: {
        martlet: handler ?? {
          postMessage (text) {
            assert.equal(text.slice(0, 32), token)
            keep('message', Uint8Array.fromBase64(text.slice(32)))
          }
        }
      }
    }
  }
  const XMLHttpRequest = requestStandIn(({ url, body }) => {
    assert.equal(url, 'martlet-ipc://bridge/sync')
    assert.equal(new TextDecoder().decode(body.subarray(0, 64)), key + token)
    const reply = answer(body.subarray(64))
    if (!Array.isArray(reply)) return reply
    keep('request', body.slice(64))
    const { encode } = require('./lane/envelope')
    const { kinds } = require('./lane/wire')
    return { text: encode(kinds.reply, 0, reply).toBase64() }
  })
  require = loadBridge({ window, XMLHttpRequest })
  require('./lane/private-scheme').unlock(key)
  const transport = new (require('./lane/script-message-transport'))(token)
  return { transport, window, arrived, ...require('./lane/envelope'), ...require('./lane/wire') }
}

test('S-06: envelopes are numbered from 1, in script messages and requests alike', () => {
  const { transport, arrived, kinds } = page()
  transport.post(kinds.send, 0, ['a'])
  transport.callSync(kinds.sendSync, ['b'])
  transport.post(kinds.invoke, 7, ['c', 1])
  assert.deepEqual(arrived, [
    { by: 'message', kind: kinds.send, call: 0, sequence: 1, value: ['a'] },
    { by: 'request', kind: kinds.sendSync, call: 0, sequence: 2, value: ['b'] },
    { by: 'message', kind: kinds.invoke, call: 7, sequence: 3, value: ['c', 1] }
  ])
})

test('a synchronous call returns its reply', () => {
  const { transport, kinds } = page({ answer: () => [true, { a: new Map([[1, 'x']]) }] })
  assert.deepEqual(transport.callSync(kinds.sendSync, ['b']),
    { kind: kinds.reply, call: 0, value: [true, { a: new Map([[1, 'x']]) }] })
})

test('S-10: a value that cannot be cloned leaves no gap in the numbers', () => {
  const { transport, arrived, kinds } = page()
  assert.throws(() => transport.post(kinds.send, 0, [() => {}]), /could not be cloned/)
  assert.throws(() => transport.callSync(kinds.sendSync, [() => {}]), /could not be cloned/)
  transport.post(kinds.send, 0, ['a'])
  assert.deepEqual(arrived.map(({ sequence }) => sequence), [1])
})

test('a message that WebKit refuses leaves no gap in the numbers', () => {
  const sent = []
  let isGone = true
  const handler = {
    postMessage (text) {
      if (isGone) throw new Error('InvalidAccessError')
      sent.push(Uint8Array.fromBase64(text.slice(32))[8])
    }
  }
  const { transport, kinds } = page({ handler })
  assert.throws(() => transport.post(kinds.send, 0, ['a']), /InvalidAccessError/)
  isGone = false
  transport.post(kinds.send, 0, ['a'])
  assert.deepEqual(sent, [1])
})

test('S-43: a synchronous call that WebKit refuses during unloading throws, and leaves no gap', () => {
  let isLeaving = true
  const { transport, arrived, kinds } = page({
    answer () {
      if (isLeaving) throw new Error('NetworkError')
      return [true, 1]
    }
  })
  transport.post(kinds.send, 0, ['a'])
  assert.throws(() => transport.callSync(kinds.sendSync, ['b']), /NetworkError/)
  isLeaving = false
  transport.post(kinds.send, 0, ['c'])
  assert.deepEqual(transport.callSync(kinds.sendSync, ['d']).value, [true, 1])
  assert.deepEqual(arrived.map(({ sequence, value }) => [sequence, value[0]]), [[1, 'a'], [2, 'c'], [3, 'd']])
})

test('a synchronous call that the main process refuses throws', () => {
  const { transport, kinds } = page({ answer: () => ({ status: 403, text: 'forbidden' }) })
  assert.throws(() => transport.callSync(kinds.sendSync, ['b']), { message: 'martlet-ipc sync: status 403' })
})

test('a message that a getter sends during cloning goes first, and each has its own number', () => {
  const { transport, arrived, kinds } = page()
  transport.post(kinds.send, 0,
    ['outer', { get x () { transport.post(kinds.send, 0, ['inner']); return 1 } }])
  transport.callSync(kinds.sendSync,
    ['sync', { get x () { transport.callSync(kinds.sendSync, ['inner sync']); return 2 } }])
  assert.deepEqual(arrived.map(({ sequence, value }) => [sequence, ...value]),
    [[1, 'inner'], [2, 'outer', { x: 1 }], [3, 'inner sync'], [4, 'sync', { x: 2 }]])
})

test("a document receives its own envelopes, and not another document's", () => {
  const { transport, window, kinds, encode } = page()
  const received = []
  transport.listen(frame => received.push(frame))
  const text = encode(kinds.message, 0, ['channel', 1]).toBase64()
  window.martletReceive(token, text)
  window.martletReceive('e'.repeat(32), text)
  window.martletReceive(undefined, text)
  assert.deepEqual(received, [{ kind: kinds.message, call: 0, value: ['channel', 1] }])
})

test('martletReceive cannot be replaced or deleted, and is not enumerable', () => {
  const { transport, window } = page()
  transport.listen(() => {})
  assert.deepEqual(Object.keys(window), ['webkit'])
  assert.throws(() => { window.martletReceive = () => {} }, TypeError)
  assert.throws(() => { delete window.martletReceive }, TypeError)
})
