// The realm checker finds a planted leak of each kind, and reports nothing where there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRealm, text } from './support/realms.mjs'

const plants = {
  'an own property': 'x.leak = leak',
  'a symbol-keyed property': "x[Symbol('s')] = leak",
  'a property that is not enumerable': "Object.defineProperty(x, 'leak', { value: leak })",
  'a getter\'s result': "Object.defineProperty(x, 'leak', { get: () => leak })",
  'an inherited getter\'s result': "Object.setPrototypeOf(x, { get leak () { return this === x ? leak : undefined } })",
  'what a getter throws': "Object.defineProperty(x, 'leak', { get () { throw leak } })",
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
  'what a call throws': 'x.call = () => { throw leak }',
  'the result of a result': 'x.call = () => () => ({ deep: leak })',
  'what a promise resolves with': 'x.promise = Promise.resolve({ deep: leak })',
  'what a promise rejects with': 'x.promise = Promise.reject(leak)',
  'what an async call resolves with': 'x.call = async () => leak',
  'what new makes': 'x.call = function () { this.leak = new.target && leak }',
  'a patched intrinsic': 'Array.prototype.leak = leak',
  'an error': 'x.error = leakError',
  'a function': 'x.f = leakFunction',
  'a function without a prototype': 'x.f = leakBare',
  'a function with a home prototype': 'x.f = leakDisguised',
  'an object with a null prototype that holds one': 'x.o = leakNull',
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

test('nothing is found where nothing is planted', async () => {
  assert.deepEqual((await plant(
    'x.o = { f () {}, p: Promise.resolve(1), n: Object.create(null) }', true)).leaks.length, 0)
})
for (const [kind, code] of Object.entries(plants)) {
  // The disguised function looks like home's, except for its own `prototype` object.
  for (const withForeign of [true, false]) {
    test(`planted: ${kind}, ${withForeign ? 'knowing' : 'not knowing'} the other realm`, async () => {
      assert.ok((await plant(code, withForeign)).leaks.length > 0)
    })
  }
}
