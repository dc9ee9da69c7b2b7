// Tests the codec in WebKit's engine, in the jsc shell (Debian: libjavascriptcoregtk-4.0-bin).
import test from 'node:test'
import assert from 'node:assert'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { serialize, seed, oracleOptions } from './support/codec.mjs'
import { randomNumbers, randomValue } from './support/random-values.mjs'
import { hashOf } from './support/in-engine.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const count = Number(process.env.MARTLET_VALUES) || 5000
const jsc = ['/usr/bin/jsc', '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/jsc'].find(file => {
  try {
    execFileSync(file, ['-e', '0'])
    return true
  } catch (_) {
    return false
  }
})

test(`${count} random values have the same streams in JavaScriptCore as in node, with the same limits`,
  { skip: jsc ? false : 'no jsc shell' }, t => {
  t.diagnostic(`seed ${seed}`)
  const output = execFileSync(
    jsc, ['-m', path.join(here, 'support/jsc-main.mjs'), '--', path.resolve(here, '../..'), seed, count],
      { maxBuffer: 1 << 28 })
  const { failures, hashes } = JSON.parse(output)
  assert.deepStrictEqual(failures, [])
  if (!oracleOptions().resizable) return // makes other values
  for (let i = 0; i < count; i++) {
    const stream = serialize(randomValue(randomNumbers(seed + i)))
    assert.strictEqual(hashes[i], hashOf(stream),
      `value ${i} of seed ${seed}: the engines write different streams`)
  }
})
