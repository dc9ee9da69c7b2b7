// Compares our JavaScript codec with our Swift codec on random values: each reads the other's output, with
// the same structure, including object identity. V8 checks both: it reads their output, and writes their
// input.
//   MARTLET_SEED=… MARTLET_VALUES=… node --test Tests/Bridge/clone-joint.test.mjs
import test from 'node:test'
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { serialize, deserialize, DataError, v8Write, v8Read, MAX_VALUES, MAX_OBJECTS, oracleOptions, seed,
  count } from './support/codec.mjs'
import { randomNumbers, randomValue } from './support/random-values.mjs'
import { difference } from './support/deep-equal.mjs'
import { mutate } from './support/mutate.mjs'
import { roundTrip } from './oracle/clone-tool.mjs'

const BATCH = 2000

/**
 * Calls `check` with every value's number, the value, our bytes for it, and Swift's result for
 * `write(value)`.
 */
function throughSwift (write, check) {
  const options = oracleOptions()
  for (let first = 0; first < count; first += BATCH) {
    const values = []
    for (let i = first; i < Math.min(first + BATCH, count); i++) values.push(
      randomValue(randomNumbers(seed + i), options))
    const results = roundTrip(values.map(write))
    assert.strictEqual(results.length, values.length)
    results.forEach(({ bytes, error }, i) => {
      const at = `value ${first + i} of seed ${seed} (MARTLET_SEED=${seed + first + i} MARTLET_VALUES=1)`
      assert.strictEqual(error, undefined, 'Swift refuses it: ' + at)
      check(values[i], bytes, at)
    })
  }
}

test(`${count} random values keep their structure from JavaScript to Swift and back, for V8 too`, t => {
  t.diagnostic(`seed ${seed}, oracle V8 ${process.versions.v8}`)
  let identical = 0
  throughSwift(value => Buffer.from(serialize(value)), (value, bytes, at) => {
    assert.strictEqual(difference(value, deserialize(bytes)), undefined, "Swift's, read by ours: " + at)
    assert.strictEqual(difference(value, v8Read(bytes)), undefined, "Swift's, read by V8: " + at)
    if (Buffer.compare(bytes, serialize(value)) === 0) identical++
  })
  t.diagnostic(`${identical} of ${count} streams identical, byte by byte`)
  // The others are arrays with holes (dense or sparse), causes of errors (before or after the stack), and
  // -2^31.
})

test(`${count} random values keep their structure from V8 through Swift and JavaScript back to V8`, t => {
  t.diagnostic(`seed ${seed}`)
  throughSwift(v8Write, (value, bytes, at) => {
    assert.strictEqual(difference(value, deserialize(bytes)), undefined, "Swift's, read by ours: " + at)
  })
  throughSwift(value => Buffer.from(serialize(deserialize(v8Write(value)))), (value, bytes, at) => {
    assert.strictEqual(difference(value, v8Read(bytes)), undefined, 'after both: ' + at)
  })
})

test('Swift reads the largest number of values that a page can write, and refuses one more', () => {
  const list = count => { const items = new Array(count).fill(undefined); return items }
  const most = Buffer.from(serialize(list(MAX_VALUES - 1)))
  assert.throws(() => serialize(list(MAX_VALUES)), { name: 'RangeError' })
  const more = v8Write(list(MAX_VALUES))
  const [fits, beyond] = roundTrip([most, more])
  assert.strictEqual(fits.bytes.length, most.length)
  assert.match(beyond.error, /^More than 8388608 values at byte \d+$/)
})

test('Swift reads the largest number of objects that a page can write, and refuses one more', () => {
  // Each is one byte: other objects take ten times as long.
  const list = Array.from({ length: MAX_OBJECTS - 1 }, () => Object(true))
  const most = Buffer.from(serialize(list))
  list.push(Object(true))
  assert.throws(() => serialize(list), { name: 'RangeError' })
  const [fits, beyond] = roundTrip([most, v8Write(list)])
  assert.strictEqual(fits.bytes.length, most.length)
  assert.match(beyond.error, /^More than 4194304 objects at byte \d+$/)
})

test('both codecs read 5,000 levels of nesting and refuse 5,001', () => {
  for (const [open, close] of [
    ['A\x01', '$\x00\x01'], ['o"\x01a', '{\x01'], [';0', ':\x02'], ["'", ',\x01'], ['rc', '.']]) {
    const nested = levels =>
      Buffer.from('\xff\x0f' + open.repeat(levels) + '0' + close.repeat(levels), 'latin1')
    const [fits, beyond] = roundTrip([nested(5000), nested(5001)])
    assert.deepStrictEqual(fits, { bytes: nested(5000) })
    assert.match(beyond.error, /^Nested deeper than 5000 levels at byte \d+$/)
    // Node's own stack is smaller than a page's.
    const { five, more } = onLargeStack(nested(5000), nested(5001))
    assert.deepStrictEqual(Buffer.from(five), nested(5000))
    assert.match(more, /^Malformed structured clone data at byte \d+: nested more than 5000 levels deep$/)
  }
})

/**
 * Our codec's result, on a large enough stack, for two streams: the bytes of the first's value, the error of
 * the second.
 */
function onLargeStack (first, second) {
  const folder = new URL('../../Resources/bridge/', import.meta.url).pathname
  const script = `
    const { serialize, deserialize } = require(${JSON.stringify(folder)} + 'codec/codec.js')
    const [first, second] = process.argv.slice(1).map(text => Uint8Array.from(Buffer.from(text, 'base64')))
    const five = Buffer.from(serialize(deserialize(first))).toString('base64')
    let more
    try { deserialize(second) } catch (error) { more = error.message }
    console.log(JSON.stringify({ five, more }))`
  const output = execFileSync(
    process.execPath, ['--stack-size=6000', '-e', script, first.toString('base64'),
      second.toString('base64')])
  const { five, more } = JSON.parse(output)
  return { five: Buffer.from(five, 'base64'), more }
}

test(`${count} damaged streams give the same value in both codecs, where both read them`, t => {
  t.diagnostic(`seed ${seed}`)
  const options = oracleOptions()
  let both = 0
  let neither = 0
  const differ = []
  for (let first = 0; first < count; first += BATCH) {
    const streams = []
    for (let i = first; i < Math.min(first + BATCH, count); i++) {
      const random = randomNumbers(seed + i)
      streams.push(Buffer.from(mutate(serialize(randomValue(random, options)).slice(), random)))
    }
    roundTrip(streams).forEach(({ bytes, error }, i) => {
      let value
      try {
        value = deserialize(streams[i])
      } catch (refusal) {
        assert.ok(refusal instanceof DataError)
        if (error !== undefined) neither++
        else differ.push(`JavaScript: ${refusal.message}`)
        return
      }
      if (error !== undefined) return differ.push(`Swift: ${error}`)
      both++
      const at = `stream ${first + i} of seed ${seed} (MARTLET_SEED=${seed + first + i} MARTLET_VALUES=1)`
      assert.strictEqual(difference(value, deserialize(bytes)), undefined, at)
    })
  }
  // Only an engine can tell invalid patterns, and Swift refuses padding at the end and duplicate properties.
  t.diagnostic(`${both} read by both, ${neither} by neither, ${differ.length} by one: ${differ.slice(
    0, 3).join('; ')}`)
  assert.ok(count < 1000 || (both > count / 20 && differ.length < count / 200))
})
