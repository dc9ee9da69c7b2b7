// The header that both processes share: Sources/CMartletWire/include/wire.h is the truth, frames.js must say the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge, read } from './support/bridge.mjs'

const header = read('Sources/CMartletWire/include/wire.h')
const limits = read('Sources/CMartletWire/include/limits.h')
const outbox = read('Sources/CMartletWire/include/outbox.h')
const bridge = loadBridge()
const frames = bridge('./frames')
const Outbox = bridge('./outbox')
const { kinds, encode, encodeParts, number, decode } = frames

/** The constants of a C header: the sums, products and shifts that it writes, and names of those before. */
function constantsOf (...headers) {
  const known = {}
  for (const [, name, value] of headers.join('\n').matchAll(/^\s*MARTLET_(\w+) = ([^,\n]+),$/gm)) {
    const numbers = value.replace(/MARTLET_(\w+)/g, (_, name) => known[name]).replace(/sizeof\(int32_t\)/g, 4)
    assert.match(numbers, /^[\d\s*+<]+$/, name)
    known[name] = Function(`return ${numbers}`)()
  }
  return known
}

/** The header's fields with their offsets, and its size, as a C compiler lays them out. */
function layout () {
  const [, body] = /typedef struct \{([^}]*)\} martlet_envelope_header;/.exec(header)
  const fields = {}
  let offset = 0
  for (const [, bits, name] of body.matchAll(/^\s*uint(8|16|32)_t (\w+);/gm)) {
    const size = bits / 8
    offset = Math.ceil(offset / size) * size
    fields[name] = { offset, size }
    offset += size
  }
  return { fields, size: offset }
}

/** The fields' values in a frame. */
function fieldsOf (bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const get = { 1: at => view.getUint8(at), 2: at => view.getUint16(at, true), 4: at => view.getUint32(at, true) }
  return Object.fromEntries(Object.entries(layout().fields).map(([name, { offset, size }]) => [name, get[size](offset)]))
}

test("the kinds are the C header's", () => {
  const constants = [...header.matchAll(/MARTLET_ENVELOPE_(\w+) = (\d+)/g)].map(([, name, value]) =>
    [name.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), Number(value)])
  assert.ok(constants.length >= 10)
  assert.deepEqual(kinds, Object.fromEntries(constants))
  assert.equal(new Set(Object.values(kinds)).size, constants.length, 'no number twice')
})

test("the limits are the C headers'", () => {
  const c = constantsOf(limits, outbox)
  assert.ok(Object.keys(c).length > 15)
  assert.deepEqual(
    [frames.HEADER, frames.ALIGNMENT, frames.PACKET_LIMIT, frames.LENGTH_LIMIT, frames.BYTES_LIMIT, frames.BULK_LIMIT, frames.PORT_LIMIT],
    [c.HEADER_SIZE, c.ALIGNMENT, c.PACKET_LIMIT, c.LENGTH_LIMIT, c.BYTES_LIMIT, c.BULK_LIMIT, c.PORT_LIMIT])
  assert.deepEqual([Outbox.LONGEST, Outbox.RIPE, new Outbox().memory.length], [c.OUTBOX_LONGEST, c.OUTBOX_BATCH, c.OUTBOX_SIZE])
})

test('what the extension delivers has the header\'s layout', () => {
  const fieldsIn = name => [...new RegExp(`typedef struct \\{([^}]*)\\} ${name};`).exec(header)[1].matchAll(/^\s*(uint\d+_t) (\w+);/gm)]
  const sizes = name => fieldsIn(name).map(([, type]) => type)
  assert.deepEqual(sizes('martlet_delivered_header'), sizes('martlet_envelope_header'))
  assert.deepEqual(
    fieldsIn('martlet_delivered_header').map(([, , name]) => name),
    ['kind', 'flags', 'ports', 'call_or_first_port', 'lane', 'length'])
})

test("the fields are where the C header's struct has them", () => {
  const { fields, size } = layout()
  assert.deepEqual(Object.keys(fields), ['kind', 'flags', 'ports', 'call', 'sequence', 'length'])
  assert.equal(size, constantsOf(limits).HEADER_SIZE)
  for (const [call, sequence] of [[0, 1], [0x01020304, 0x05060708], [0xfffffffe, 0xffffffff]]) {
    const frame = encode(kinds.sendSync, call, ['channel', 'x'.repeat(70000)])
    number(frame, sequence)
    assert.deepEqual(fieldsOf(frame), { kind: 3, flags: 0, ports: 0, call, sequence, length: frame.length - size })
  }
})

test('a frame that is not numbered yet has no leftovers of the one before', () => {
  number(encode(kinds.send, 0xffffffff, [1]), 0xffffffff)
  const frame = encode(kinds.send, 0, [1])
  assert.equal(fieldsOf(frame).sequence, 0)
  assert.equal(fieldsOf(frame).call, 0)
})

test('numbers go on with 0 after the last one', () => {
  const frame = encode(kinds.send, 0, [])
  number(frame, 2 ** 32)
  assert.equal(fieldsOf(frame).sequence, 0)
  number(frame, 2 ** 32 + 5)
  assert.equal(fieldsOf(frame).sequence, 5)
})

test('a frame comes back as it was, wherever it lies in its buffer', () => {
  const frame = encode(kinds.reply, 0xfedcba98, [true, { a: [1, undefined] }])
  const shifted = new Uint8Array(frame.length + 7).subarray(7)
  shifted.set(frame)
  assert.deepEqual(decode(shifted), { kind: 17, call: 0xfedcba98, value: [true, { a: [1, undefined] }] })
})

test('a message is 1 GiB long at most, and 256 MiB without its long buffers: more is an error that names both', () => {
  const refused = { name: 'RangeError', code: 'ERR_IPC_MESSAGE_TOO_LONG', message: /1 GiB .* 256 MiB without its first 64 buffers/ }
  const megabytes = count => new Uint8Array(count << 20)
  assert.ok(Array.isArray(encodeParts(kinds.send, 0, [megabytes(300), megabytes(300)])))
  assert.throws(() => encodeParts(kinds.send, 0, [megabytes(513), megabytes(513)]), refused)
  // Buffers after the 64th are no different from short ones.
  const five = megabytes(5)
  assert.ok(encodeParts(kinds.send, 0, Array.from({ length: 64 + 51 }, () => five.slice())))
  assert.throws(() => encodeParts(kinds.send, 0, Array.from({ length: 64 + 52 }, () => five.slice())), refused)
})

test('S-10: what cannot be cloned throws', () => {
  assert.throws(() => encode(kinds.send, 0, [() => {}]), { name: 'Error', message: 'An object could not be cloned.' })
})
