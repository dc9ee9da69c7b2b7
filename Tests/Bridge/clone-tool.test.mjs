// Compares the Swift codec with V8's: each reads the other's output, with the same structure. CLONE_SEED
// repeats a run, CLONE_COUNT makes it longer, CLONE_TOOL names another build of the tool.
import assert from 'node:assert/strict'
import test from 'node:test'
import { generate, random } from './oracle/generate.mjs'
import { difference } from './oracle/same.mjs'
import { deserialize, serialize } from './oracle/v8.mjs'
import { print, roundTrip } from './oracle/clone-tool.mjs'

const seed = Number(process.env.CLONE_SEED ?? Date.now() % 2 ** 32)
const count = Number(process.env.CLONE_COUNT ?? 20000)

test(`${count} random values keep their structure (CLONE_SEED=${seed})`, () => {
  const r = random(seed)
  const kinds = new Map()
  for (let done = 0; done < count; done += 2000) {
    const values = Array.from({ length: Math.min(2000, count - done) }, () => generate(r))
    const buffers = values.map(serialize)
    const results = roundTrip(buffers)
    assert.equal(results.length, values.length)
    results.forEach(({ bytes, error }, index) => {
      const at = `value ${done + index} of CLONE_SEED=${seed}`
      assert.equal(error, undefined, at)
      const found = difference(values[index], deserialize(bytes))
      assert.equal(found, undefined, at)
      const kind = Object.prototype.toString.call(values[index])
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    })
  }
  console.log([...kinds].map(([kind, many]) => `${kind.slice(8, -1)} ${many}`).join(', '))
})

test('values keep their structure at the sizes where encodings change', () => {
  const values = []
  for (const size of [0, 1, 15, 16, 127, 128, 1023, 1024, 1025, 65535, 65536, 65537, 262147, 3145729]) {
    const bytes = new Uint8Array(size).map((_, index) => index * 31)
    values.push('x'.repeat(size), 'é'.repeat(size), '€'.repeat(size), bytes,
      { nested: [bytes, 'ü'.repeat(size)] })
  }
  const long = Array.from({ length: 70000 }, (_, index) => index)
  values.push(long, new Set(long), new Map(long.map((n) => [`k${n}`, n])),
    Object.fromEntries(long.map((n) => [`k${n}`, n])))
  values.push(Object.fromEntries(long.map((n) => [n * 2, n])))
  roundTrip(values.map(serialize)).forEach(({ bytes, error }, index) => {
    assert.equal(error, undefined)
    assert.equal(difference(values[index], deserialize(bytes)), undefined, `value ${index}`)
  })
})

test('a view of a pooled Buffer arrives with the whole pool, at the same offset', () => {
  const pooled = Buffer.from('from the pool')
  const [{ bytes }] = roundTrip([serialize(new Uint8Array(pooled.buffer, pooled.byteOffset, pooled.length))])
  const result = deserialize(bytes)
  assert.equal(result.byteOffset, pooled.byteOffset)
  assert.equal(Buffer.from(result.buffer, result.byteOffset, result.length).toString(), 'from the pool')
})

test('damaged streams are read, or refused with the offset of the error', () => {
  const r = random(seed + 1)
  const buffers = []
  for (let index = 0; index < 5000; index++) {
    const bytes = Buffer.from(serialize(generate(r)))
    for (let hits = 1 + r.int(4); hits > 0; hits--) bytes[2 + r.int(Math.max(1, bytes.length - 2))] =
      r.int(256)
    buffers.push(r.chance(0.2) ? bytes.subarray(0, r.int(bytes.length + 1)) : bytes)
  }
  let failures = 0
  let both = 0
  roundTrip(buffers).forEach(({ bytes, error }) => {
    if (error === undefined) {
      // V8 can read every re-encoded value, even a damaged one, except where its rules are stricter.
      both++
      return
    }
    failures++
    assert.match(error, / at byte \d+$/)
  })
  console.log(`${failures} refused, ${both} read`)
})

test('values are printed as a console prints them', () => {
  const cyclic = { name: 'x' }
  cyclic.self = cyclic
  assert.deepEqual(print([{ id: 1, text: 'hello' }, cyclic, [1, , new Map([['a', 5n]])]].map(serialize)), [
    "{ id: 1, text: 'hello' }",
    "{ name: 'x', self: [Circular] }",
    "[ 1, <1 empty item>, Map(1) { 'a' => 5n } ]",
  ])
})
