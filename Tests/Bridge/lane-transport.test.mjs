// Tests the page's end of a lane: how the envelopes of a packet are delivered, and when envelopes are sent.

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { loadBridge, quietConsole } from './support/bridge.mjs'

const task = () => new Promise(resolve => setTimeout(resolve))

/**
 * A lane with a stand-in for the extension that counts calls; `deliver(...envelopes)` delivers them in one
 * packet.
 */
async function open ({ ports = {}, status = 0, globals = {} } = {}) {
  const require = loadBridge(
    { window: { addEventListener () {}, closed: false }, console: quietConsole(), ...globals })
  const { encode, align } = require('./lane/envelope')
  const { kinds, PACKET_LIMIT } = require('./lane/wire')
  const LaneTransport = require('./lane/lane-transport')
  const counts = { released: 0, watched: 0 }
  let inbox, receive
  const lane = new LaneTransport({
    listen (box, outbox, short, deliver) { inbox = box; receive = deliver },
    releaseHeld () { counts.released++; return status },
    watchHeld () { counts.watched++ },
    sendShort () { counts.released++; return status },
    send: () => status,
    close () {},
    leave () {}
  }, { open: list => list, give: list => list, receive () {}, end () {}, ...ports })
  const heard = []
  lane.listen(envelope => heard.push(envelope.value))
  await null
  await null
  const deliver = (...all) => {
    const packet = all.flatMap(bytes => [...bytes, ...new Uint8Array(align(bytes.length) - bytes.length)])
    const length = packet.length - (align(all.at(-1).length) - all.at(-1).length)
    inbox.set(packet.slice(0, length))
    new DataView(inbox.buffer).setUint32(PACKET_LIMIT, length, true)
    receive()
  }
  const message = value => encode(kinds.message, 0, value).slice()
  return { lane, kinds, counts, heard, deliver, message }
}

/**
 * How often a lane sends at once, and how often it leaves that to the extension, over five tasks with one
 * message each.
 */
async function rounds ({ lane, kinds, counts }) {
  counts.released = counts.watched = 0
  for (let i = 0; i < 5; i++) {
    lane.post(kinds.send, 0, ['x', i])
    await task()
  }
  return [counts.released, counts.watched]
}

/** An envelope with a broken payload, as another page may send through a port. */
function broken (bytes) {
  const copy = bytes.slice()
  copy[16] = 0x41
  return copy
}

test('the envelopes of a packet are delivered in order', async () => {
  const { deliver, heard, message } = await open()
  deliver(message(1), message([2, 'two']), message(3))
  assert.deepEqual(heard, [1, [2, 'two'], 3])
})

test('an envelope that cannot be decoded stops no other of its packet and no later send', async () => {
  const one = await open()
  const { deliver, heard, message } = one
  const before = await rounds(one)
  assert.deepEqual(before, [5, 0])
  for (const packet of [
    [broken(message(1)), message(2), message(3)],
    [message(1), broken(message(2)), broken(message(2)), message(3)],
    [message(1), message(2), broken(message(3))]
  ]) {
    heard.length = 0
    assert.throws(() => deliver(...packet), { name: 'DataError' })
    assert.deepEqual(heard, [1, 2, 3].filter(
      number => packet.some(bytes => String(bytes) === String(message(number)))))
    assert.deepEqual(await rounds(one), before)
  }
})

test('a lane that ends during a packet delivers no more of its envelopes', async () => {
  const { deliver, heard, message, lane } = await open()
  heard.push = function (value) {
    Array.prototype.push.call(this, value)
    if (value === 2) lane.end()
  }
  deliver(message(1), message(2), message(3))
  assert.deepEqual([...heard], [1, 2])
  assert.throws(() => lane.post(1, 0, 'x'), { message: 'IPC method called after context was released' })
})

test('an envelope that cannot be sent is an error of the call that names the cause', async () => {
  const refused = {
    '-1': { message: 'IPC method called after context was released' },
    '-2': { message: /queue is full: 256 MiB/, code: 'ERR_IPC_QUEUE_FULL' },
    '-3': { message: /out of memory or file descriptors/, code: 'ERR_OUT_OF_MEMORY' }
  }
  for (const [status, error] of Object.entries(refused)) {
    const { lane, kinds } = await open({ status: Number(status) })
    assert.throws(() => lane.post(kinds.send, 0, 'x'.repeat(100000)), error)
    assert.throws(() => lane.post(kinds.send, 0, 'x'), error)
  }
})

test('envelopes are sent at once when no microtask can be queued, and later ones as usual', async () => {
  let isFull = false
  const one = await open({
    globals: { globalThis: {
      queueMicrotask (task) { if (isFull) throw new RangeError('full'); queueMicrotask(task) } } }
  })
  const before = await rounds(one)
  isFull = true
  one.counts.released = 0
  for (let i = 0; i < 3; i++) one.lane.post(one.kinds.send, 0, ['x', i])
  assert.deepEqual(one.counts, { released: 3, watched: 0 })
  isFull = false
  assert.deepEqual(await rounds(one), before)
})
