// Tests the decoder with damaged input: it returns a value or throws a DataError, quickly, and with no more
// memory than a small multiple of the input.
import test from 'node:test'
import assert from 'node:assert'
import { serialize, deserialize, DataError, MAX_DEPTH, v8Write, seed, count,
  oracleOptions } from './support/codec.mjs'
import { randomNumbers, randomValue } from './support/random-values.mjs'
import { mutate } from './support/mutate.mjs'

const bytes = (...list) =>
  Uint8Array.from(list.flatMap(x => typeof x === 'string' ? [...Buffer.from(x, 'latin1')] : x))
const stream = (...list) => bytes(0xff, 15, ...list)

/** Throws unless `input` decodes, or fails with a DataError. */
function check (input, note) {
  const begin = process.hrtime.bigint()
  let value
  try {
    value = deserialize(input)
  } catch (error) {
    assert.ok(error instanceof DataError, `${note}: ${error.stack}`)
    assert.ok(Number.isInteger(error.offset) && error.offset >= 0 && error.offset <= input.length, note)
    assert.match(error.message, /^Malformed structured clone data at byte \d+: /)
  }
  const ms = Number(process.hrtime.bigint() - begin) / 1e6
  assert.ok(ms < 2000, `${note}: ${ms} ms for ${input.length} bytes`)
  return value
}

test(`${count} damaged streams are read, or refused with a DataError`, t => {
  t.diagnostic(`seed ${seed}`)
  const options = oracleOptions()
  for (let i = 0; i < count; i++) {
    const random = randomNumbers(seed + i)
    const whole = new Uint8Array(
      i % 2 ? v8Write(randomValue(random, options)) : serialize(randomValue(random, options)))
    check(mutate(whole, random), `value ${i} of seed ${seed}`)
  }
})

test("a stream that is cut anywhere is refused, unless the cut comes after a view's buffer", () => {
  for (let i = 0; i < 200; i++) {
    const whole = new Uint8Array(v8Write(randomValue(randomNumbers(seed + i), oracleOptions())))
    for (let n = 0; n < whole.length; n++) {
      const value = check(whole.subarray(0, n), `${n} of ${whole.length} bytes, value ${i} of seed ${seed}`)
      // The buffer of a view is a value by itself; no other value ends early.
      assert.ok(value === undefined || value instanceof ArrayBuffer)
    }
  }
})

test('bytes that break a rule of the format are refused with a DataError', () => {
  const wrong = {
    empty: bytes(),
    'no header': bytes('0'),
    'a later version': bytes(0xff, 16, '0'),
    'an early version': bytes(0xff, 9, '0'),
    'nothing after the header': stream(),
    'only padding': stream(0, 0, 0),
    'a value too many': stream('00'),
    'an unknown tag': stream('!'),
    'an end tag': stream('{', 0),
    'a host object': stream('\\', 0),
    'shared memory': stream('u', 0),
    'a transferred buffer': stream('t', 0),
    'a WebAssembly module': stream('w', 0),
    'a shared object': stream('p', 0),
    'a varint that never ends': stream('I', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    'a string longer than the input': stream('"', 0xff, 0xff, 0xff, 0xff, 0x0f),
    'an odd two-byte string': stream('c', 3, 'abc'),
    'a reference to nothing': stream('^', 0),
    'a reference forward': stream('A', 2, '^', 1, 'o{', 0, '$', 0, 2),
    'an array longer than the input': stream('A', 0xff, 0xff, 0x03, '0'),
    'a wrong number of properties': stream('o"', 1, 'aT{', 2),
    'a wrong length': stream('A', 1, 'T$', 0, 2),
    'a key that is an object': stream('oo{', 0, 'T{', 1),
    'an array with a length': stream('A', 0, '"', 6, 'lengthI', 2, '$', 1, 0),
    'a RegExp that is none': stream('R"', 1, '(', 0),
    'a RegExp with linear flag': stream('R"', 1, 'a', 64),
    'a RegExp with unknown flags': stream('R"', 1, 'a', 0x80, 0x04),
    'a RegExp whose source is a number': stream('RI', 0, 0),
    'an error field': stream('rx.'),
    'an ArrayBuffer longer than the input': stream('B', 0xff, 0xff, 0xff, 0xff, 0x0f),
    'a resizable buffer beyond its maximum': stream('~', 2, 1, 0, 0),
    'a view outside its buffer': stream('B', 4, 0, 0, 0, 0, 'VB', 2, 3, 0),
    'a view that is not aligned': stream('B', 4, 0, 0, 0, 0, 'VW', 1, 2, 0),
    'an unknown view': stream('B', 4, 0, 0, 0, 0, 'Vz', 0, 4, 0),
    'a BigInt longer than the input': stream('Z', 0xfe, 0xff, 0xff, 0xff, 0x0f),
    'a map with a key too many': stream(';T:', 2),
    'a map with a wrong count': stream(';TT:', 4),
    'a set with a wrong count': stream("'T,", 2)
  }
  // An engine without resizable buffers reads them, and their views, as fixed.
  if ('resizable' in ArrayBuffer.prototype) {
    wrong['a view that claims a resizable buffer'] = stream('B', 4, 0, 0, 0, 0, 'VB', 0, 4, 2)
    wrong['a view that denies a resizable buffer'] = stream('~', 4, 8, 0, 0, 0, 0, 'VB', 0, 4, 0)
  }
  for (const name of Object.keys(wrong)) assert.throws(() => deserialize(wrong[name]), DataError, name)
})

test('nesting beyond the limit is a DataError, with 100,000 levels too', () => {
  for (const n of [MAX_DEPTH + 1, 100000]) {
    for (const level of ['A\x01', 'o"\x01a', ';', "'", 'rc', 'a\x01I\x00']) {
      assert.throws(() => deserialize(stream(level.repeat(n))), DataError, level)
    }
  }
})

test('false lengths do not use up memory', () => {
  const before = process.memoryUsage()
  const lies = [
    stream('A', 0x80, 0x80, 0x40,
      ...Array(50000).fill('a\xff\xff\x03@\x00\xff\xff\x03')), // sparse, 65,535 each
    stream('A', 0x80, 0x80, 0x40,
      ...Array(50000).fill('oN\x00\x00\x00\x00\x00\x86\xc3@T{\x01')), // { 9990: true }
    stream(...Array(4000).fill('A\xff\x1f'), ...Array(5000).fill('0')) // each claims 4,095
  ]
  for (const lie of lies) check(lie, 'a lie')
  const after = process.memoryUsage()
  assert.ok(after.rss - before.rss < 400e6, `${(after.rss - before.rss) / 1e6} MB`)
})
