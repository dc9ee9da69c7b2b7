// Tests the walker (Tests/Hostile/walk.js): it finds a planted leak of each kind, and none elsewhere.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRealm, text } from './support/realms.mjs'

const plants = {
  'an own property': 'x.leak = leak',
  'a symbol-keyed property': "x[Symbol('s')] = leak",
  'a property that is not enumerable': "Object.defineProperty(x, 'leak', { value: leak })",
  'a getter\'s result': "Object.defineProperty(x, 'leak', { get: () => leak })",
  'an inherited getter\'s result': "Object.setPrototypeOf(x, { get leak () { return this === x ? leak : undefined } })",
  'a value that a getter throws': "Object.defineProperty(x, 'leak', { get () { throw leak } })",
  'an accessor function itself': "Object.defineProperty(x, 'leak', { set: leakFunction })",
  'a prototype': 'Object.setPrototypeOf(x, leak)',
  'the prototype of a prototype': 'Object.setPrototypeOf(x, Object.create(leak))',
  'an array element': 'x.list = [[leak]]',
  'a Map key': 'x.map = new Map([[leak, 1]])',
  'a Map value': 'x.map = new Map([[1, leak]])',
  'a Set member': 'x.set = new Set([leak])',
  'a WeakRef\'s target': 'x.ref = new WeakRef(leak)',
  'the result of a call': 'x.call = () => leak',
  'the result of a call with an argument': 'x.call = (o) => o && leak',
  'a value that a call throws': 'x.call = () => { throw leak }',
  'the result of a result': 'x.call = () => () => ({ deep: leak })',
  'the result of a promise': 'x.promise = Promise.resolve({ deep: leak })',
  'the reason of a rejected promise': 'x.promise = Promise.reject(leak)',
  'the result of an async call': 'x.call = async () => leak',
  'an object that new makes': 'x.call = function () { this.leak = new.target && leak }',
  'a patched intrinsic': 'Array.prototype.leak = leak',
  'an error': 'x.error = leakError',
  'a function': 'x.f = leakFunction',
  'a function without a prototype': 'x.f = leakBare',
  'a function with a home prototype': 'x.f = leakDisguised',
  'an object without a prototype that holds a function': 'x.o = leakNull',
  'a property of a global': 'globalThis.leaked = leak'
}

const plant = async (code, withForeign) => {
  const main = newRealm()
  const other = newRealm()
  const createWalker = main.run(text('Tests/Hostile/walk.js'))
  const foreign = withForeign ? createWalker.intrinsics(other.global) : undefined
  const start = main.run('(leak, leakFunction, leakBare, leakDisguised, leakNull, leakError) => { globalThis.x = {}; return (code) => eval(code) }')
  const disguised = other.run('(function () {})')
  Object.setPrototypeOf(disguised, main.global.Function.prototype)
  start(other.run('({ a: 1 })'), other.run('() => 1'), other.run('Object.setPrototypeOf(() => 1, null)'),
    disguised,
    other.run('Object.assign(Object.create(null), { f: () => 1 })'), other.run("new Error('x')"))(code)
  const walker = createWalker({
    homes: [main.global], foreign, call: (f, path) => path.startsWith('x'), samples: [main.run('() => [{}]')]
  })
  const walk = walker.walk({ __proto__: null, x: main.global.x, global: main.global })
  await new Promise((resolve) => { setTimeout(resolve, 5) })
  return walk
}

test('the walker finds no leak where none is planted', async () => {
  assert.deepEqual((await plant(
    'x.o = { f () {}, p: Promise.resolve(1), n: Object.create(null) }', true)).leaks.length, 0)
})
for (const [kind, code] of Object.entries(plants)) {
  // The disguised function looks like home's, except for its own `prototype` object.
  for (const withForeign of [true, false]) {
    const known = withForeign ? 'known' : 'unknown'
    test(`the walker finds a planted leak with the other realm ${known}: ${kind}`, async () => {
      assert.ok((await plant(code, withForeign)).leaks.length > 0)
    })
  }
}
