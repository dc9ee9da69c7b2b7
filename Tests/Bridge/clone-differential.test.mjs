// Compares our codec with V8's on random values: each reads the other's output.
//   MARTLET_SEED=… MARTLET_VALUES=… node --test Tests/Bridge
import test from 'node:test'
import assert from 'node:assert'
import { serialize, serializeSegments, deserialize, v8Write, v8Read, oracleOptions, seed,
  count } from './support/codec.mjs'
import { randomNumbers, randomValue } from './support/random-values.mjs'
import { difference } from './support/deep-equal.mjs'

test(`${count} random values keep their structure between our codec and V8's, in both directions`, t => {
  const options = oracleOptions()
  t.diagnostic(`seed ${seed}, oracle V8 ${process.versions.v8}, ${JSON.stringify(options)}`)
  let identical = 0
  for (let i = 0; i < count; i++) {
    const value = randomValue(randomNumbers(seed + i), options)
    const headroom = i % 40
    const ours = new Uint8Array(serialize(value, headroom)).subarray(headroom)
    const theirs = v8Write(value)
    const at = `value ${i} of seed ${seed} (MARTLET_SEED=${seed + i} MARTLET_VALUES=1)`
    assert.strictEqual(difference(value, v8Read(ours)), undefined, 'ours, read by V8: ' + at)
    assert.strictEqual(difference(value, deserialize(theirs)), undefined, "V8's, read by ours: " + at)
    // As it arrives: after an envelope header, at any alignment.
    const framed = new Uint8Array(headroom + ours.length)
    framed.set(ours, headroom)
    assert.strictEqual(difference(value, deserialize(framed, headroom)), undefined, 'ours, read by ours: ' +
      at)
    if (Buffer.compare(ours, theirs) === 0) identical++
    if (i % 10 === 0) assert.deepStrictEqual(
      Buffer.concat(serializeSegments(value)), Buffer.from(ours), 'segments: ' + at)
  }
  t.diagnostic(`${identical} of ${count} streams identical to V8's, byte by byte`)
  // The differences come from how V8 happens to store a value: an integer as a double, a Latin-1 string in
  // two bytes, an array that once had holes.
  assert.ok(identical > count * 0.7)
})
