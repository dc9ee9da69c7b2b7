// Tests the synchronous requests of the preload's world, with a stand-in for XMLHttpRequest.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge, requestStandIn } from './support/bridge.mjs'

const key = 'k'.repeat(32)
const token = 'd'.repeat(32)
const text = bytes => new TextDecoder('latin1').decode(bytes)

/** The module, and the requests that it has made. */
function scheme (response = {}) {
  const requests = []
  const XMLHttpRequest = requestStandIn(request => {
    requests.push(request)
    return response
  })
  return { requests, ...loadBridge({ XMLHttpRequest })('./lane/private-scheme') }
}

test("a request is a synchronous POST of the key, the document's token and the payload", () => {
  const { unlock, request, requests } = scheme()
  unlock(key)
  request('sync', token, Uint8Array.of(1, 2, 255))
  const [{ method, url, isAsync, body }] = requests
  assert.deepEqual([method, url, isAsync], ['POST', 'martlet-ipc://bridge/sync', false])
  assert.equal(text(body.subarray(0, 64)), key + token)
  assert.deepEqual([...body.subarray(64)], [1, 2, 255])
})

test('a request before the document has a token carries zeros in its place', () => {
  const { unlock, request, requests } = scheme()
  unlock(key)
  request('hello', undefined, new Uint8Array(0))
  assert.equal(text(requests[0].body), key + '0'.repeat(32))
})

test('a request before the unlock carries no key', () => {
  const { request, requests } = scheme()
  request('hello', token, new Uint8Array(0))
  assert.equal(text(requests[0].body.subarray(0, 32)), token)
})

test('a request carries the bytes of the given view, not its whole buffer', () => {
  const { unlock, request, requests } = scheme()
  unlock(key)
  request('sync', token, new Uint8Array([9, 1, 2, 9]).subarray(1, 3))
  assert.deepEqual([...requests[0].body.subarray(64)], [1, 2])
})

test('an answer may have any bytes and any length', () => {
  for (const length of [0, 1, 2, 3, 256, 100000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index)
    assert.deepEqual(scheme({ text: bytes.toBase64() }).request('sync', token, new Uint8Array(0)), bytes)
  }
})

test('a refused request throws an error that names the request and the status', () => {
  for (const status of [0, 204, 403, 404, 500]) {
    assert.throws(() => scheme({ status, text: 'AAAA' }).request('module', token, new Uint8Array(0)),
      { name: 'Error', message: `martlet-ipc module: status ${status}` })
  }
})
