// Compares the numbers that the bridge shares with the main process and the extension. The C headers and the
// extension's lane define them; wire.js must have the same numbers, and envelope.js the same header layout.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge, read } from './support/bridge.mjs'

const HEADERS = 'Sources/CMartletWire/include/'
const LANE = 'Sources/MartletRenderer/Lane/Lane.swift'
const KIND = 'MARTLET_ENVELOPE_'
const STRUCT = 'martlet_envelope_header'

const header = read(HEADERS + 'limits.h') + read(HEADERS + 'wire.h')
const bridge = loadBridge()
const { encode, encodeParts, number, decode } = bridge('./lane/envelope')
const wire = bridge('./lane/wire')
const { kinds } = wire

/** The enumerators of a C header whose names begin with `prefix`, without that prefix, and their values. */
function enumerators (text, prefix) {
  const code = text.replace(/\/\/.*|\/\*[^]*?\*\//g, '')
  const values = {}
  const valueOf = expression => Function(`return ${expression
    .replace(/sizeof\((\w+)\)/g, (_, type) => ({ int32_t: 4, [STRUCT]: layout().size })[type])
    .replace(/\bMARTLET_\w+/g, name => values[name] ??
      enumerators(header, 'MARTLET_')[name.slice('MARTLET_'.length)])}`)()
  for (const [, name, expression] of code.matchAll(/\b(MARTLET_\w+) = ([^,}]+)[,}]/g)) values[name] =
    valueOf(expression)
  return Object.fromEntries(Object.entries(values)
    .filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]))
}

/** The header's fields with their offsets, and its size, from a C compiler. */
function layout () {
  const [, body] = new RegExp(`typedef struct \\{([^}]*)\\} ${STRUCT};`).exec(header)
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

/** The fields' values in an envelope. */
function fieldsOf (bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const get = { 1: at => view.getUint8(at), 2: at => view.getUint16(at, true), 4: at =>
    view.getUint32(at, true) }
  return Object.fromEntries(
    Object.entries(layout().fields).map(([name, { offset, size }]) => [name, get[size](offset)]))
}

test("wire.js has the C header's kinds of envelopes, each with its own number", () => {
  const constants = Object.entries(enumerators(header, KIND)).map(([name, value]) =>
    [name.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), value])
  assert.ok(constants.length >= 10)
  assert.deepEqual(kinds, Object.fromEntries(constants))
  assert.equal(new Set(Object.values(kinds)).size, constants.length, 'no number twice')
})

// Limits that scripts do not need. All others of the header must be in wire.js.
const NOT_OF_SCRIPTS = ['BATCH_LIMIT', 'DESCRIPTOR_LIMIT', 'FLIGHT_LIMIT', 'BURST_LIMIT', 'ADDRESS_LIMIT', 'FRAME_NAME_LIMIT',
  'CONSOLE_TEXT_LIMIT', 'CONSOLE_SOURCE_LIMIT']

test("wire.js has the C header's limits, except those that scripts do not need", () => {
  const limits = Object.entries(enumerators(header, 'MARTLET_')).filter(
    ([name]) => /_LIMIT$|^ALIGNMENT$/.test(name))
  assert.ok(limits.length >= 10)
  for (const [name, value] of limits) {
    assert.ok(Number.isInteger(value), name)
    assert.equal(wire[name], NOT_OF_SCRIPTS.includes(name) ? undefined : value, name)
  }
  const known = Object.keys(wire).filter(name => /^[A-Z_]+$/.test(name))
  assert.deepEqual(known.filter(name => name !== 'HEADER' && !limits.some(([limit]) => limit === name)), [])
  assert.equal(wire.HEADER, layout().size)
})

test("an outbox has the C header's layout and size", () => {
  const { SIZE, ...words } = enumerators(read(HEADERS + 'outbox.h'), 'MARTLET_OUTBOX_')
  assert.deepEqual(wire.outbox, words)
  const Outbox = bridge('./lane/outbox')
  assert.equal(new Outbox().memory.length, SIZE)
})

test("wire.js has the extension's status numbers", () => {
  const [, body] = /enum Status: Int32 \{([^}]*)\}/.exec(read(LANE))
  const cases = [...body.matchAll(/case (\w+) = (-?\d+)/g)].map(([, name, value]) => [name, Number(value)])
  assert.ok(cases.length >= 5)
  assert.deepEqual(wire.status, Object.fromEntries(cases))
})

test('the codec passes on buffers of INLINE_LIMIT bytes and more without a copy', () => {
  const pieces = length => [encodeParts(kinds.send, 0, new Uint8Array(length))].flat().length
  assert.deepEqual([pieces(wire.INLINE_LIMIT - 1), pieces(wire.INLINE_LIMIT)], [1, 3])
})

test('error texts name the limits of wire.js', () => {
  const size = bytes => bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : bytes >= 2 ** 20 ? `${bytes / 2 ** 20} MiB` : `${bytes / 1024} KiB`
  const source = read('Resources/bridge/lane/envelope.js')
  assert.ok(source.includes(
    `${size(wire.LENGTH_LIMIT)} is the limit, and ${size(wire.BYTES_LIMIT)} without its first ` +
    `${wire.BULK_LIMIT} buffers of ${size(wire.INLINE_LIMIT)} and more.`))
  assert.ok(read('Resources/bridge/lane/envelope.js').includes(`${size(wire.QUEUE_LIMIT)} are pending`))
})

test('the header of a delivered envelope has the layout of a sent one', () => {
  const fieldsIn = name => [...new RegExp(`typedef struct \\{([^}]*)\\} ${name};`).exec(header)[1]
    .matchAll(/^\s*(uint\d+_t) (\w+);/gm)]
  const typesIn = name => fieldsIn(name).map(([, type]) => type)
  assert.deepEqual(typesIn('martlet_delivered_header'), typesIn(STRUCT))
  assert.deepEqual(fieldsIn('martlet_delivered_header').map(([, , name]) => name),
    ['kind', 'flags', 'ports', 'call_or_first_port', 'lane', 'length'])
})

test("an encoded envelope has its fields at the offsets of the C header's struct", () => {
  const { fields, size } = layout()
  assert.deepEqual(Object.keys(fields), ['kind', 'flags', 'ports', 'call', 'sequence', 'length'])
  assert.equal(size, enumerators(header, 'MARTLET_').HEADER_SIZE)
  for (const [call, sequence] of [[0, 1], [0x01020304, 0x05060708], [0xfffffffe, 0xffffffff]]) {
    const envelope = encode(kinds.sendSync, call, ['channel', 'x'.repeat(70000)])
    number(envelope, sequence)
    assert.deepEqual(fieldsOf(envelope),
      { kind: 3, flags: 0, ports: 0, call, sequence, length: envelope.length - size })
  }
})

test('a new envelope keeps no call or sequence number of the previous one', () => {
  number(encode(kinds.send, 0xffffffff, [1]), 0xffffffff)
  const envelope = encode(kinds.send, 0, [1])
  assert.equal(fieldsOf(envelope).sequence, 0)
  assert.equal(fieldsOf(envelope).call, 0)
})

test('the sequence number wraps to 0 after the last one', () => {
  const envelope = encode(kinds.send, 0, [])
  number(envelope, 2 ** 32)
  assert.equal(fieldsOf(envelope).sequence, 0)
  number(envelope, 2 ** 32 + 5)
  assert.equal(fieldsOf(envelope).sequence, 5)
})

test('an envelope is decoded to the same value at any offset in its buffer', () => {
  const envelope = encode(kinds.reply, 0xfedcba98, [true, { a: [1, undefined] }])
  const shifted = new Uint8Array(envelope.length + 7).subarray(7)
  shifted.set(envelope)
  assert.deepEqual(decode(shifted), { kind: 17, call: 0xfedcba98, value: [true, { a: [1, undefined] }] })
})

test('a message beyond 1 GiB, or 256 MiB without long buffers, is an error that names both limits', () => {
  const refused = { name: 'RangeError', code: 'ERR_IPC_MESSAGE_TOO_LONG',
    message: /1 GiB .* 256 MiB without its first 64 buffers/ }
  const megabytes = count => new Uint8Array(count << 20)
  assert.ok(Array.isArray(encodeParts(kinds.send, 0, [megabytes(300), megabytes(300)])))
  assert.throws(() => encodeParts(kinds.send, 0, [megabytes(513), megabytes(513)]), refused)
  // Buffers after the 64th are treated like short ones.
  const five = megabytes(5)
  assert.ok(encodeParts(kinds.send, 0, Array.from({ length: 64 + 51 }, () => five.slice())))
  assert.throws(() => encodeParts(kinds.send, 0, Array.from({ length: 64 + 52 }, () => five.slice())),
    refused)
})

test('S-10: encoding a value that cannot be cloned throws', () => {
  assert.throws(() => encode(kinds.send, 0, [() => {}]),
    { name: 'Error', message: 'An object could not be cloned.' })
})
