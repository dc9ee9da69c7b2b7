// Tests the rules of structured clone by their ids (design/electron-surface.md, 2.1 and 2.2), as far as they
// depend on the codec alone.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import { serialize, serializeSegments, deserialize, v8Write, v8Read, MAX_DEPTH, MAX_VALUES,
  MAX_OBJECTS } from './support/codec.mjs'
import { difference } from './support/deep-equal.mjs'

const clone = value => deserialize(new Uint8Array(serialize(value)))
const same = (a, b) => assert.strictEqual(difference(a, b), undefined)
const uncloneable = { name: 'Error', message: 'An object could not be cloned.' }
const top = path.resolve(import.meta.dirname || path.dirname(new URL(import.meta.url).pathname), '../..')
const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])

test('S-09: a value that is changed after the call arrives as it was at the call', () => {
  const value = { list: [1, 2], bytes: new Uint8Array([1, 2]) }
  const wire = new Uint8Array(serialize(value))
  value.list.push(3)
  value.bytes[0] = 9
  same(deserialize(wire), { list: [1, 2], bytes: new Uint8Array([1, 2]) })
})

test('S-10: a value that cannot be cloned throws a plain Error, anywhere in the graph', () => {
  const refused = {
    function: () => {},
    class: class {},
    symbol: Symbol('x'),
    'boxed symbol': Object(Symbol('x')),
    promise: Promise.resolve(),
    WeakMap: new WeakMap(),
    WeakSet: new WeakSet(),
    WeakRef: new WeakRef({}),
    FinalizationRegistry: new FinalizationRegistry(() => {}),
    generator: (function * () {})(),
    iterator: [].values(),
    'Proxy of a Map': new Proxy(new Map(), {}),
    'Proxy of a function': new Proxy(() => {}, {}),
    Blob: new Blob(['x']),
    'MessagePort': new MessageChannel().port1,
    SharedArrayBuffer: new SharedArrayBuffer(8),
    'a view of shared memory': new Uint8Array(new SharedArrayBuffer(8)),
    'WebAssembly.Module': new WebAssembly.Module(wasm),
    'WebAssembly.Memory': new WebAssembly.Memory({ initial: 1 }),
    'Intl.NumberFormat': new Intl.NumberFormat(),
    arguments: (function () { return arguments })(1)
  }
  for (const name of Object.keys(refused)) {
    const v = refused[name]
    for (const value of [v, [v], { a: { b: v } }, new Map([[v, 1]]), new Map([[1, v]]), new Set([v]),
      new Error('', { cause: v })]) {
      assert.throws(() => serialize(value), uncloneable, name)
      assert.throws(() => serializeSegments(value), uncloneable, name)
    }
    same(clone({ after: 1 }), { after: 1 })
  }
})

test('S-10: a value is cloned by its real type, whatever its Symbol.toStringTag says', () => {
  const promise = Promise.resolve()
  Object.defineProperty(promise, Symbol.toStringTag, { value: 'Object' })
  assert.throws(() => serialize(promise), uncloneable)
  class Tagged { constructor () { this.a = 1 } get [Symbol.toStringTag] () { return 'Promise' } }
  same(clone(new Tagged()), { a: 1 })
  const error = new Error('m')
  Object.defineProperty(error, Symbol.toStringTag, { value: 'Map' })
  assert.ok(clone(error) instanceof Error)
  const date = Object.assign(new Date(5), { [Symbol.toStringTag]: 'Map' })
  same(clone(date), new Date(5))
  same(clone(Object.create(Map.prototype)), {})
  same(clone(Object.assign(Object.create(Promise.prototype), { a: 1 })), { a: 1 })
})

test('S-10: a detached ArrayBuffer is refused, and so is a view beyond the end of its buffer', () => {
  const buffer = new ArrayBuffer(8)
  const view = new Uint8Array(buffer)
  structuredClone(buffer, { transfer: [buffer] })
  assert.throws(() => serialize(buffer), uncloneable)
  assert.throws(() => serialize(view), uncloneable)
  if (!ArrayBuffer.prototype.resize) return
  const resizable = new ArrayBuffer(8, { maxByteLength: 16 })
  const views = [new Uint8Array(resizable, 4, 4), new DataView(resizable, 4, 4)]
  resizable.resize(2)
  for (const v of views) assert.throws(() => serialize(v), uncloneable)
  same(clone(resizable), v8Read(v8Write(resizable)))
})

test('getters are read once, and a value that one throws reaches the caller unchanged', () => {
  let reads = 0
  const getter = { get a () { return ++reads } }
  same(clone([getter]), [{ a: 1 }])
  const thrown = { not: 'an error' }
  const bad = { get a () { throw thrown } }
  for (const value of [bad, [bad], new Map([[1, bad]]), Object.assign(new (class A {})(), { x: bad })]) {
    assert.throws(() => serialize(value), e => e === thrown)
    same(clone({ after: 1 }), { after: 1 })
  }
  const array = [1]
  Object.defineProperty(array, 1, { get: () => ++reads, enumerable: true })
  same(clone(array), [1, 2])
})

test('a getter may change the value that is being cloned', () => {
  const o = { get a () { delete o.b; o.d = 4; return 1 }, b: 2, c: 3 }
  same(clone(o), { a: 1, c: 3 })
  const list = [0, 1, 2]
  Object.defineProperty(list, 0, { get () { list.length = 1; return 0 }, enumerable: true })
  same(Object.keys(clone(list)), ['0'])
  assert.strictEqual(clone(new Map([[1, { get a () { return 1 } }]])).size, 1)
  const map = new Map([[1, { get a () { map.set(2, 2); return 1 } }]])
  same(clone(map), new Map([[1, { a: 1 }]]))
})

test('a getter may serialize another value', () => {
  const seen = []
  const inner = { get x () { seen.push(clone({ deeper: 'ok', list: [1, [2]] })); return 'inner' } }
  const shared = {}
  const outer = { before: 'b', shared, inner,
    get fails () { try { serialize(() => {}) } catch (_) {} return 'f' }, again: shared }
  const got = clone(outer)
  same(got, { before: 'b', shared: got.shared, inner: { x: 'inner' }, fails: 'f', again: got.shared })
  assert.strictEqual(got.again, got.shared)
  same(seen, [{ deeper: 'ok', list: [1, [2]] }])
})

test('REN-06, REN-07: shared references and cycles are kept across all arguments of a call', () => {
  const shared = { n: 1 }
  const cycle = { name: 'cycle', list: [] }
  cycle.self = cycle
  cycle.list.push(cycle.list, cycle)
  const [a, b, c, d] = clone([shared, { shared }, cycle, new Map([[cycle, shared]])])
  assert.strictEqual(a, b.shared)
  assert.strictEqual(c.self, c)
  assert.strictEqual(c.list[0], c.list)
  assert.strictEqual([...d][0][0], c)
  assert.strictEqual([...d][0][1], a)
  const many = Array.from({ length: 300 }, (_, i) => ({ i }))
  same(clone([many, many.slice().reverse()]), [many, many.slice().reverse()])
  const error = new Error('m')
  error.cause = error
  const copy = clone(error)
  assert.strictEqual(copy.cause, copy)
})

test('2.2: views of one buffer share one buffer in the copy, too', () => {
  const buffer = new ArrayBuffer(16)
  const got = clone([new Uint8Array(buffer, 4), new Float64Array(buffer, 8), new DataView(buffer, 1, 3),
    buffer])
  for (const v of got.slice(0, 3)) assert.strictEqual(v.buffer, got[3])
  assert.strictEqual(got[0].byteOffset, 4)
  same(clone(Buffer.from('abc').subarray(1)).constructor, Uint8Array)
  if (typeof Float16Array === 'function') same(clone(new Float16Array([1.5])), new Float16Array([1.5]))
})

test('2.2: a class instance becomes a plain object of its own enumerable fields with string keys', () => {
  class Point { #secret = 1
  constructor () { this.x = 1; this[Symbol('s')] = 2
  Object.defineProperty(this, 'hidden', { value: 3 }) } get y () { return 2 } }
  same(clone(new Point()), { x: 1 })
  assert.strictEqual(Object.getPrototypeOf(clone(new Point())), Object.prototype)
  const inherited = Object.create({ inherited: 1 })
  inherited.own = 2
  same(clone(inherited), { own: 2 })
  same(clone(new (class extends Map { constructor () { super([[1, 2]]); this.z = 1 } })()), new Map([[1, 2]]))
  same(clone(new (class extends Array {})(1, 2)), [1, 2])
  same(clone(Object.assign('abc'.match(/b/), {})),
    Object.assign(['b'], { index: 1, input: 'abc', groups: undefined }))
})

test('2.2: errors keep a standard name, message, stack and cause, and nothing else', () => {
  class Custom extends TypeError { constructor () { super('m'); this.name = 'Custom'; this.code = 7 } }
  const got = clone(new Custom())
  assert.strictEqual(Object.getPrototypeOf(got), Error.prototype)
  assert.ok(!('code' in got) && got.name === 'Error')
  assert.ok(Object.getPrototypeOf(clone(new RangeError('r', { cause: { a: 1 } }))) === RangeError.prototype)
  assert.deepStrictEqual(Object.getOwnPropertyDescriptor(clone(new Error('m')), 'message'),
    { value: 'm', writable: true, enumerable: false, configurable: true })
})

test('2.2: objects of another realm are cloned or refused by their real type', () => {
  const other = vm.createContext()
  const run = code => vm.runInContext(code, other)
  same(clone(run('({ a: [1, { b: 2 }] })')), { a: [1, { b: 2 }] })
  same(clone(run('new Map([[1, new Set([2])]])')), new Map([[1, new Set([2])]]))
  same(clone(run('new Date(5)')), new Date(5))
  same(clone(run('/x/gi')), /x/gi)
  same(clone(run('new Uint8Array([1, 2]).subarray(1)')), new Uint8Array([1, 2]).subarray(1))
  same(clone(run('Object("s")')), Object('s'))
  assert.ok(clone(run('new TypeError("m")')) instanceof TypeError)
  for (const code of ['Promise.resolve()', 'new WeakMap()', '(() => {})', 'new Proxy(new Map(), {})']) {
    assert.throws(() => serialize(run(code)), uncloneable, code)
  }
})

test('IPC-09: strings and bytes of every size arrive unchanged, nested or not', () => {
  for (const n of [0, 1, 63, 64, 127, 128, 511, 512, 65535, 65536, 65537, 262147, 3145729]) {
    for (const s of ['a'.repeat(n), 'ä'.repeat(n), 'ab\x80\x9f'.repeat(n / 4 + 1).slice(0, n), '語'.repeat(n),
      '\ud800'.repeat(n), 'x'.repeat(n) + '語']) {
      for (const headroom of [0, 7]) {
        const wire = serialize(['', s, { s }], headroom).slice(headroom)
        assert.strictEqual(Buffer.compare(wire, v8Write(['', s, { s }])), 0, `${n} of ${s[0]}`)
        const got = deserialize(wire)
        assert.ok(got[1] === s && got[2].s === s, `${n} of ${s[0]}`)
      }
    }
    const bytes = new Uint8Array(n).fill(7)
    same(clone([bytes, { bytes }, 'x語']), [bytes, { bytes }, 'x語'])
    const pieces = serializeSegments([bytes, 'x語'], 5)
    assert.strictEqual(Buffer.compare(Buffer.concat(pieces).subarray(5), v8Write([bytes, 'x語'])), 0)
    assert.strictEqual(pieces.some(s => s.buffer === bytes.buffer), n >= 65536,
      'large contents are not copied')
  }
})

test('the encoder reuses one buffer for all messages, and gives it up after a large one', () => {
  const first = serialize({ a: 1 })
  assert.strictEqual(serialize({ a: 1 }), first)
  const large = serialize(new Uint8Array(8 << 20))
  assert.notStrictEqual(serialize({ a: 1 }).buffer, large.buffer)
  assert.ok(serialize({ a: 1 }).buffer.byteLength <= 2 << 20)
})

test('S-10: a Proxy made after proxies.watch() is refused, and Proxy itself looks unchanged', () => {
  const realm = vm.createContext(
    { read: path => fs.readFileSync(path, 'utf8'), directory: path.join(top, 'Resources/bridge') })
  vm.runInContext(fs.readFileSync(path.join(top, 'Benchmarks/Clone/js/load.js'), 'utf8'), realm)
  const wrong = vm.runInContext(`
    const wrong = []
    const bridge = makeRequire(read, directory)
    const { serialize } = bridge('./codec/encode/encode')
    const native = Proxy
    const original = [native.name, native.length, native.revocable.length, 'prototype' in native, 'prototype' in native.revocable]
    bridge('./codec/proxies').watch()
    const now = [Proxy.name, Proxy.length, Proxy.revocable.length, 'prototype' in Proxy, 'prototype' in Proxy.revocable]
    original.forEach((was, i) => { if (was !== now[i]) wrong.push('Proxy: ' + was + ' is now ' + now[i]) })
    try { Proxy({}, {}); wrong.push('called without new') } catch (e) { if (!(e instanceof TypeError)) wrong.push('' + e) }
    try { new Proxy.revocable({}, {}); wrong.push('revocable constructed') } catch (e) { if (!(e instanceof TypeError)) wrong.push('' + e) }
    serialize({ a: [1] })
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const proxies = {
      object: new Proxy({ a: 1 }, {}), array: new Proxy([1], {}), instance: new Proxy(new (class A { x = 1 })(), {}),
      proxy: new Proxy(new Proxy({}, {}), {}), revocable: Proxy.revocable({ a: 1 }, {}).proxy, revoked: revoked.proxy,
      reflected: Reflect.construct(Proxy, [{}, {}]), trapping: new Proxy({}, { get: () => { throw new Error('a trap ran') } })
    }
    for (const name of Object.keys(proxies)) {
      for (const value of [proxies[name], [proxies[name]], { value: proxies[name] }, new Map([[1, proxies[name]]])]) {
        try {
          serialize(value)
          wrong.push(name + ' was cloned')
        } catch (e) {
          if (e.message !== 'An object could not be cloned.') wrong.push(name + ': ' + e)
        }
      }
    }
    if (proxies.object.a !== 1 || !Array.isArray(proxies.array)) wrong.push('a Proxy that does not work')
    serialize({ a: [1] })
    wrong.join(', ')`, realm)
  assert.strictEqual(wrong, '')
})

test('nesting beyond 5,000 levels, or beyond the stack, is an error that names the cause', () => {
  assert.strictEqual(MAX_DEPTH, 5000) // CloneCodec.maximumDepth in Swift
  let value = 1
  for (let i = 0; i < 2000; i++) value = i % 2 ? [value] : { value }
  same(clone(value), value)
  for (let i = 0; i < MAX_DEPTH; i++) value = [value]
  assert.throws(() => serialize(value), /nested more than|call stack/)
  same(clone({ after: 1 }), { after: 1 })
})

// clone-joint.test.mjs reaches the limits themselves, with Swift as the reader. How values are counted does
// not depend on the limit: this is the encoder with limits that a small message reaches.
const few = (() => {
  const require = createRequire(import.meta.url)
  const { makeRequire } = require('../../Benchmarks/Clone/js/load.js')
  let lowered = 0
  const read = file => fs.readFileSync(file, 'utf8')
    .replace(/(?<=\bMAX_(VALUES|OBJECTS): )\d+/g, digits => { lowered++; return digits / 1024 })
  const { serialize } = makeRequire(read, path.join(top, 'Resources/bridge'))('./codec/encode/encode')
  assert.strictEqual(lowered, 2)
  return { serialize, MAX_VALUES: MAX_VALUES / 1024, MAX_OBJECTS: MAX_OBJECTS / 1024 }
})()

test('a message of more than 8,388,608 values is an error of the call, wherever the values are', () => {
  assert.strictEqual(MAX_VALUES, 8388608) // CloneCodec.maximumValueCount in Swift
  const { serialize, MAX_VALUES: limit } = few
  const refused = { name: 'RangeError', code: 'ERR_IPC_TOO_MANY_VALUES' }
  const list = count => new Array(count).fill(undefined)
  const most = list(limit - 1) // counts as a value itself
  assert.ok(serialize(most).length > limit)
  assert.throws(() => serialize([most]), refused)
  const half = list(limit / 2)
  assert.throws(() => serialize([half, half.slice()]), refused)
  assert.ok(serialize([half, half])) // a list that occurs twice is written once
  for (const more of [half.slice(), new Set(half.map((_, i) => i)),
    new Map(half.slice(half.length / 2).map((_, i) => [i, i])),
    Object.assign(new Array(2 ** 31), half)]) {
    assert.throws(() => serialize({ half, more }), refused)
  }
  same(deserialize(new Uint8Array(serialize({ after: 1 }))), { after: 1 })
})

test('a message of more than 4,194,304 objects, buffers of views included, is an error of the call', () => {
  assert.strictEqual(MAX_OBJECTS, 4194304) // CloneCodec.maximumObjectCount in Swift
  const { serialize, MAX_VALUES: values, MAX_OBJECTS: limit } = few
  const refused = { name: 'RangeError', code: 'ERR_IPC_TOO_MANY_VALUES', message: /objects: the limit is 4096/ }
  const most = Array.from({ length: limit - 1 }, () => ({})) // counts as an object itself
  assert.ok(serialize(most).length > limit)
  assert.throws(() => serialize([most]), refused)
  const view = () => new DataView(new ArrayBuffer(0))
  const fewer = most.slice(4)
  assert.ok(serialize(fewer.concat([view(), view()])))
  assert.throws(() => serialize(fewer.concat([view(), view(), view()])), refused)
  const one = {}
  assert.ok(serialize(new Array(values - 1).fill(one))) // the same object again does not count
  same(deserialize(new Uint8Array(serialize({ after: [{}] }))), { after: [{}] })
})

test('a message that a getter sends has its own count of values', () => {
  const { serialize, MAX_VALUES: limit } = few
  const half = new Array(limit / 2).fill(0)
  const value = { half, get inner () { serialize(half.concat(half.slice(10))); return 1 } }
  assert.ok(serialize(value))
})

test('the codec works unchanged when prototypes are patched after the bridge was loaded', () => {
  const realm = vm.createContext(
    { read: path => fs.readFileSync(path, 'utf8'), directory: path.join(top, 'Resources/bridge') })
  vm.runInContext(fs.readFileSync(path.join(top, 'Benchmarks/Clone/js/load.js'), 'utf8'), realm)
  const stream = vm.runInContext(`
    const bridge = makeRequire(read, directory)
    const { serialize } = bridge('./codec/encode/encode')
    const { deserialize } = bridge('./codec/decode/decode')
    const shared = { text: 'shared' }
    const value = { text: 'hello', list: [1, 'ö語', new Map([[1, new Set([2, shared])]]), , 3], d: new Date(5), n: 12345678901234567890n,
      b: new Uint8Array([1, 2]), e: /x/g, f: -1.5, many: Array.from({ length: 20 }, (_, i) => ({ i, shared })), o: Object(1), long: 'x'.repeat(2000) }
    deserialize(serialize(value)) // so that every key has been met before
    const define = Object.defineProperty
    const E = Error
    const bomb = () => { throw new E('patched') }
    const { ownKeys, getOwnPropertyDescriptor } = { ownKeys: Reflect.ownKeys, getOwnPropertyDescriptor: Object.getOwnPropertyDescriptor }
    const objects = [String, Map, Set, Array, Date, RegExp, DataView, Function, ArrayBuffer, Number, BigInt, Boolean, Symbol, Object.getPrototypeOf(Uint8Array)]
    const holders = [Object.prototype, Reflect, Object, Math]
    for (let i = 0; i < objects.length; i++) holders[holders.length] = objects[i].prototype, holders[holders.length] = objects[i]
    for (let i = 0; i < holders.length; i++) {
      const names = ownKeys(holders[i])
      for (let k = 0; k < names.length; k++) {
        const key = names[k]
        const descriptor = getOwnPropertyDescriptor(holders[i], key)
        if (!descriptor.configurable || key === 'constructor' || key === '__proto__' || key === Symbol.species) continue
        if (descriptor.get) define(holders[i], key, { get: bomb, configurable: true })
        else if (typeof descriptor.value === 'function') define(holders[i], key, { value: bomb, configurable: true, writable: true })
      }
    }
    Object.prototype.polluted = 'p'
    define(Object.prototype, 'text', { set: bomb, get: bomb, configurable: true, enumerable: true })
    serialize(deserialize(serialize(value)))`, realm)
  const shared = { text: 'shared' }
  const bytes = []
  while (stream[bytes.length] !== undefined) bytes.push(stream[bytes.length])
  same(v8Read(Buffer.from(bytes)),
    { text: 'hello', list: [1, 'ö語', new Map([[1, new Set([2, shared])]]), , 3], d: new Date(5),
      n: 12345678901234567890n, // eslint-disable-line no-sparse-arrays
    b: new Uint8Array([1, 2]), e: /x/g, f: -1.5, many: Array.from({ length: 20 }, (_, i) => ({ i, shared })),
      o: Object(1), long: 'x'.repeat(2000) })
})
