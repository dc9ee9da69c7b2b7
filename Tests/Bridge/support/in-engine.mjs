// The checks that run inside another engine than node: the jsc shell imports this as a module, a WebKit page
// gets it as text. No node API is used; the bridge's `require` is passed in.
import { randomNumbers, randomValue } from './random-values.mjs'
import { difference } from './deep-equal.mjs'
import { mutate } from './mutate.mjs'

/** Runs all checks; returns failures, and hashes of the streams for node to compare. */
export function runInEngine (require, seed, count) {
  const { serialize, serializeSegments } = require('./codec/encode/encode')
  const { deserialize, DataError } = require('./codec/decode/decode')
  const { MAX_DEPTH } = require('./codec/tags')
  const failures = []
  const hashes = []
  const fail = text => failures.length < 10 && failures.push(text)

  for (let i = 0; i < count; i++) {
    const random = randomNumbers(seed + i)
    const value = randomValue(random)
    const headroom = i % 20
    const wire = serialize(value, headroom).slice(headroom)
    hashes.push(hashOf(wire))
    const d = difference(value, deserialize(wire))
    if (d) fail(`round trip of value ${i}: ${d}`)
    if (i % 10 === 0) {
      let at = 0
      for (const piece of serializeSegments(value)) {
        for (let k = 0; k < piece.length; k++) if (piece[k] !== wire[at++]) return {
          failures: [`segments of value ${i}`] }
      }
    }
    try {
      deserialize(mutate(wire, random))
    } catch (error) {
      if (!(error instanceof DataError)) fail(`damaged value ${i}: ${error}`)
    }
  }

  const levels = [x => [x], x => ({ x }), x => new Map([[x, 1]]), x => new Set([x]), x =>
    Object.assign(Object.create({}), { x })]
  levels.forEach((level, i) => {
    let value = 1
    for (let n = 0; n < MAX_DEPTH; n++) value = level(value)
    try {
      deserialize(serialize(value).slice())
    } catch (error) {
      fail(`${MAX_DEPTH} levels of kind ${i}: ${error}`)
    }
    try {
      serialize([value])
      fail('one level too many')
    } catch (error) {
      if (!/nested more than/.test(error.message)) fail(`one level too many of kind ${i}: ${error}`)
    }
  })
  for (const level of ['A\x01', 'o"\x01a', ';', "'", 'rc', 'a\x01I\x00']) {
    const input = new Uint8Array(2 + level.length * 100000)
    input.set([0xff, 15])
    for (let i = 2; i < input.length; i++) input[i] = level.charCodeAt((i - 2) % level.length)
    try {
      deserialize(input)
      fail('100,000 levels')
    } catch (error) {
      if (!(error instanceof DataError)) fail(`100,000 levels: ${error}`)
    }
  }

  for (const n of [0, 1, 12, 13, 63, 64, 65, 511, 512, 513, 65535, 65536, 65537, 262147, 3145729]) {
    for (const c of ['a', 'ä', '\x80', '語', '\ud800', '\ufeff']) {
      const s = c.repeat(n)
      if (deserialize(serialize(s).slice()) !== s) fail(`string of ${n} times ${escape(c)}`)
      if (deserialize(serialize([s + '語'], 3), 3)[0] !== s + '語') fail(
        `two-byte string of ${n} times ${escape(c)}`)
    }
  }
  return { failures, hashes }
}

export function hashOf (bytes) {
  let hash = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
  return hash >>> 0
}
