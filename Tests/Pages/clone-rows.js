'use strict'

// The rows of section 2.2 of the design, "What can be cloned", each as values that go to the main process and
// back. StructuredCloneWindowTests runs every row over every path. `difference` comes from
// Tests/Bridge/support.

const { ipcRenderer } = require('electron')

/** How up to six values can go to the main process and come back. */
const paths = {
  invoke: (...values) => ipcRenderer.invoke('echo-all', ...values).then(back => back.slice(0, values.length)),
  sendSync: (...values) => ipcRenderer.sendSync('echo-all-sync', ...values).slice(0, values.length),
  send: (...values) => {
    ipcRenderer.send('echo-all', ...values)
    return new Promise(resolve =>
      ipcRenderer.once('echoed-all', (_event, ...back) => resolve(back.slice(0, values.length))))
  }
}

const bytes = (...list) => new Uint8Array(list).buffer
const cause = new TypeError('why')

/** name → [what is sent, what is to arrive where that is something else] */
const cloned = {
  undefined: [() => undefined],
  null: [() => null],
  boolean: [() => [true, false]],
  string: [() => ['', 'a', 'é', 'ключ', '日本', '😀', '\0', '\ufeff', 'x'.repeat(300), 'é'.repeat(300)]],
  'string with lone surrogates': [
    () => ['\ud800', '\udfff', 'a\ud83d', '\ude00b', '\udc00\ud800', '\ud800'.repeat(200)]],
  number: [() => [0, 1, -1, 0.1, 2 ** 31, -(2 ** 31), 2 ** 53, 5e-324, 1.7976931348623157e308]],
  'number NaN, ±Infinity, −0': [() => [NaN, Infinity, -Infinity, -0]],
  bigint: [() => [0n, -1n, 2n ** 63n, -(2n ** 64n), 2n ** 64n - 1n, 3n ** 500n]],
  'Boolean object': [() => [Object(true), Object(false)]],
  'Number object': [() => [Object(1.5), Object(-0), Object(NaN)]],
  'String object': [() => [Object('text'), Object('\ud800')]],
  'BigInt object': [() => Object(2n ** 70n)],
  Date: [() => [new Date(0), new Date(8.64e15), new Date(-1)]],
  'invalid Date': [() => new Date(NaN)],
  RegExp: [() => [/a+b/gi, /[\s\S]/, /(?<y>\d)/su, /x/dmy, new RegExp('[[a-z]--b]', 'v'), /\//]],
  'RegExp without its lastIndex': [() => Object.assign(/a/g, { lastIndex: 3 }), () => /a/g],
  Array: [() => [1, 'two', [3, []]]],
  'Array length': [() => [new Array(5), Object.assign([1], { length: 4000000000 })]],
  'Array holes': [() => [1, , 3, undefined, ,]], // eslint-disable-line no-sparse-arrays
  'Array with named properties': [() => Object.assign([1, 2], { name: 'x', 'größe': [3] })],
  'object with its keys in order': [
    () => ({ b: 1, a: 2, 10: 3, 9: 4, '-1': 5, '01': 6, '': 7, '4294967295': 8, ключ: 9 })],
  'object with own enumerable string keys only': [
    () => Object.defineProperty(
      Object.assign(Object.create({ inherited: 1 }), { own: 1, [Symbol('s')]: 2 }), 'hidden', { value: 3 }),
    () => ({ own: 1 })
  ],
  'object with keys that Object.prototype has': [
    () => JSON.parse('{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4}')],
  'object without a prototype': [() => Object.assign(Object.create(null), { a: 1 }), () => ({ a: 1 })],
  Map: [() => new Map([[1, 'one'], ['1', 1], [NaN, null], [{ key: 1 }, new Map()], [undefined, [2]]])],
  Set: [() => new Set([3, 1, 2, '1', NaN, { a: 1 }, new Set()])],
  Error: [() => new Error('message')],
  'Error types': [() => [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    Type => new Type('m'))],
  'Error with a name of its own': [
    () => Object.assign(new RangeError('m'), { name: 'Mine' }), value =>
      Object.assign(new Error('m'), { stack: value.stack })],
  'Error cause': [() => new Error('outer', { cause })],
  'Error without message': [() => new Error()],
  'Error without its other fields': [
    () => Object.assign(new Error('m'), { code: 'E_CODE', data: {} }), value =>
      Object.assign(new Error('m'), { stack: value.stack })],
  ArrayBuffer: [() => [bytes(), bytes(1, 2, 255)]],
  'resizable ArrayBuffer': [() => new ArrayBuffer(3, { maxByteLength: 10 })],
  'typed arrays': [() => [
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array].map(Type => new Type([0, 1, 100]))],
  'BigInt64Array and BigUint64Array': [
    () => [new BigInt64Array([-1n, 2n ** 62n]), new BigUint64Array([2n ** 64n - 1n])]],
  DataView: [() => new DataView(bytes(1, 2, 3, 4, 5), 1, 3)],
  'Buffer as Uint8Array': [() => Buffer.from('bytes'), value => new Uint8Array(value)],
  'views that share one buffer': [() => {
    const shared = bytes(1, 2, 3, 4, 5, 6, 7, 8)
    return [new Uint8Array(shared, 1, 3), new Uint16Array(shared, 2), new DataView(shared), shared]
  }],
  'shared references': [() => {
    const shared = { a: 1 }
    return { first: shared, list: [shared, new Map([[shared, shared]])] }
  }],
  cycles: [() => {
    const value = { map: new Map(), list: [], error: new Error('m') }
    value.self = value
    value.map.set(value, value.map)
    value.list.push(value.list, value)
    return value
  }],
  'class instance as its fields': [
    () => new (class Point { x = 1; #y = 2; get z () { return 3 } method () { return this.#y } })(),
    () => ({ x: 1 })
  ],
  'getter as its value': [() => ({ get now () { return { a: 1 } } }), () => ({ now: { a: 1 } })]
}

const wasm = () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
const sharedMemory = () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer

const refused = {
  function: () => () => 1,
  'async function': () => async () => 1,
  class: () => class {},
  Promise: () => Promise.resolve(1),
  Symbol: () => Symbol('s'),
  'Symbol object': () => Object(Symbol('s')),
  WeakMap: () => new WeakMap(),
  WeakSet: () => new WeakSet(),
  WeakRef: () => new WeakRef({}),
  'Proxy of an object': () => new Proxy({ a: 1 }, {}),
  'Proxy of an array': () => new Proxy([1], {}),
  'Proxy of a class instance': () => new Proxy(new (class A { x = 1 })(), {}),
  'Proxy of a function': () => new Proxy(() => 1, {}),
  'Proxy of a Map': () => new Proxy(new Map(), {}),
  'Proxy of a Proxy': () => new Proxy(new Proxy({}, {}), {}),
  'revocable Proxy': () => Proxy.revocable({ a: 1 }, {}).proxy,
  'revoked Proxy': () => {
    const { proxy, revoke } = Proxy.revocable({ a: 1 }, {})
    revoke()
    return proxy
  },
  element: () => document.body,
  'text node': () => document.createTextNode('x'),
  document: () => document,
  window: () => window,
  Location: () => location,
  Event: () => new Event('x'),
  File: () => new File(['x'], 'f'),
  Blob: () => new Blob(['x']),
  ImageBitmap: () => createImageBitmap(new ImageData(1, 1)),
  DOMMatrix: () => new DOMMatrix(),
  ImageData: () => new ImageData(1, 1),
  SharedArrayBuffer: sharedMemory,
  'view of a SharedArrayBuffer': () => new Uint8Array(sharedMemory()),
  'WebAssembly.Module': wasm,
  MessagePort: () => new MessageChannel().port1
}

/** Undefined if a row's value arrives as it should, or else what is wrong. */
async function runCloned (name, path) {
  const [make, expect = value => value] = cloned[name]
  const value = make()
  const [alone, nested] = await paths[path](value, { nested: [value] })
  const expected = expect(value)
  return difference([expected, { nested: [expected] }], [alone, nested])
}

/** Undefined if a row's value is refused wherever it stands, or else what happens instead. */
async function runRefused (name, path) {
  const made = refused[name]()
  const value = [name === 'ImageBitmap' ? await made : made]
  const graphs = [value[0], value, { value }, new Map([[1, { value }]]), new Map([[value, 1]]),
    new Set(value), new Error('', { cause: value })]
  for (const graph of graphs) {
    let promise
    try {
      promise = paths[path](graph)
      // `send` and `sendSync` throw at once; only `invoke` rejects (S-10).
      if (path !== 'invoke') return 'nothing was thrown'
      await promise
      return 'nothing was thrown'
    } catch (error) {
      if (path === 'invoke' && promise === undefined) return 'invoke threw at once'
      if (Object.getPrototypeOf(error) !== Error.prototype) return `another type of error: ${error}`
      if (error.message !== 'An object could not be cloned.') return `another text: ${error}`
    }
  }
}

/** Undefined if what a getter throws comes out as it was thrown. */
async function runThrowingGetter (path) {
  const thrown = { mine: true }
  try {
    await paths[path]({ list: [{ get bad () { throw thrown } }] })
    return 'nothing was thrown'
  } catch (error) {
    if (error !== thrown) return `another error: ${error}`
  }
}

/** Undefined if all arguments of one call keep what they share. */
async function runArguments (path) {
  const shared = { list: [] }
  shared.list.push(shared)
  const view = new Uint8Array(4)
  const values = [shared, { shared }, shared.list, view, view.buffer, undefined]
  return difference(values, await paths[path](...values))
}

/** Undefined if text, bytes and both inside of something arrive at this size. */
async function runSize (size, path) {
  const list = new Uint8Array(size)
  for (let i = 0; i < size; i++) list[i] = i * 31
  const values = ['x'.repeat(size), 'é'.repeat(size), '語'.repeat(size), list,
    { deep: [{ text: 'ü'.repeat(size), bytes: list.slice().buffer }] }]
  return difference(values, await paths[path](...values))
}

module.exports = {
  cloned: Object.keys(cloned), refused: Object.keys(refused), runCloned, runRefused, runThrowingGetter,
    runArguments, runSize
}
