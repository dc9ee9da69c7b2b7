// The CB lines of electron-surface.md §2.5 that need no window, and the rules of §1.7 beside them.
// What needs one (DOM nodes, Blob, VideoFrame, reload) is tested in a real window.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorlds } from './support/realms.mjs'

// `api` is preload code for the value exposed as `api`; the body gets the worlds.
const exposing = (api, body) => async () => {
  const worlds = createWorlds()
  worlds.preload(`var api = ${api}; contextBridge.exposeInMainWorld('api', api)`)
  await body(worlds)
}
// One expression on the page must give `expected`, compared as JSON-like plain data.
const gives = (api, expression, expected) => exposing(api, async ({ page }) => {
  assert.deepEqual(structuredClone(await page(expression)), expected)
})
const caughtOnPage = (expression) => `(() => { try { ${expression}; return 'nothing thrown' } catch (e) {
  return [Object.getPrototypeOf(e) === Error.prototype, e.message] } })()`
const caughtLater = (expression) => `(async () => { try { await ${expression}; return 'nothing thrown' } catch (e) {
  return [Object.getPrototypeOf(e) === Error.prototype, e.message] } })()`

// ---- exposure and plain values
test('CB-02: exposing in an isolated world succeeds', exposing('{}', ({ page }) => {
  assert.equal(page('typeof api'), 'object')
}))
test('CB-03: a number', gives('123', 'api', 123))
test('CB-04: a number in world 1004', () => {
  const { preload, otherWorld, page } = createWorlds()
  preload("contextBridge.exposeInIsolatedWorld(1004, 'api', 123)")
  assert.equal(otherWorld('api'), 123)
  assert.equal(page('typeof api'), 'undefined')
})
test('CB-05: an exposed global is read-only', gives('123', '(() => { api = 321; return api })()', 123))
// (That strict assignment and delete fail is tested in jsc: node's vm globals answer otherwise.)
test('CB-06: a nested number', gives('{ n: 123 }', 'api.n', 123))
test('CB-07: nested properties are read-only', gives('{ n: 123 }', '(() => { api.n = 321; return api.n })()', 123))
test('CB-08: a string', gives("'abc'", 'api', 'abc'))
test('CB-09: a nested string', gives("{ s: 'abc' }", 'api.s', 'abc'))
test('CB-10: a nested string in world 1004', () => {
  const { preload, otherWorld } = createWorlds()
  preload("contextBridge.exposeInIsolatedWorld(1004, 'api', { s: 'abc' })")
  assert.equal(otherWorld('api.s'), 'abc')
})
test('CB-11: an array', gives("['a', 1]", '[api, Array.isArray(api)]', [['a', 1], true]))
test('CB-12: a nested array', gives("{ l: ['a', 1] }", '[api.l, Array.isArray(api.l)]', [['a', 1], true]))
test('CB-13: an exposed array refuses push', gives('[1]', '(() => { try { api.push(2) } catch { return "threw" } })()', 'threw'))
test('CB-14: a nested array refuses push', gives('{ l: [1] }', '(() => { try { api.l.push(2) } catch { return "threw" } })()', 'threw'))
test('CB-15: a boolean', gives('true', 'api', true))
test('CB-16: a nested boolean', gives('{ b: true }', 'api.b', true))
test('CB-37: null', gives('null', 'api', null))
test('CB-38: undefined', gives('undefined', "[api, 'api' in globalThis]", [undefined, true]))
test('CB-39: null and undefined in an array', gives('[null, undefined]', 'api', [null, undefined]))
test('CB-34: an object with number keys', gives('{ 1: 123, 2: 456, 3: 789 }', '[Object.keys(api), Array.isArray(api)]', [['1', '2', '3'], false]))
test('CB-46: an object that holds itself', gives('(() => { const o = { v: 1 }; o.o = o; return o })()', '[api.v, api.o.o.v, api.o.o.o === api]', [1, 1, true]))
test('rule 4: bigint, and the value -0', gives('[10n, -0]', '[api[0] === 10n, Object.is(api[1], -0)]', [true, true]))
test('rule 5: a copy, later changes do not propagate', exposing('{ l: [1], o: { n: 1 } }', ({ page, preload }) => {
  preload('api.l.push(2); api.o.n = 2')
  assert.deepEqual(structuredClone(page('[api.l.length, api.o.n]')), [1, 1])
}))
test('rule 7: what keeps its methods on its prototype arrives empty', gives('new (class { #secret = 1; send () {} })()', 'Reflect.ownKeys(api)', []))
test('CB-79: everything exposed is deeply frozen', gives("{ s: 's', o: { x: 1 }, l: [{}], f () {}, m: new Map() }",
  '[api, api.o, api.l, api.l[0], api.f].map(Object.isFrozen)', [true, true, true, true, true]))
test('CB-79: values returned later are not frozen, and typed arrays never', gives('{ f: () => ({ l: [] }), bytes: new Uint8Array(1) }',
  '[Object.isFrozen(api.f()), Object.isFrozen(api.f().l), Object.isFrozen(api.bytes)]', [false, false, false]))
test('CB-55: a second exposure of a key throws and the first stays', exposing('1', ({ page, preload }) => {
  assert.throws(() => preload("contextBridge.exposeInMainWorld('api', 2)"),
    { message: 'Cannot bind an API on top of an existing property on the window object' })
  assert.equal(page('api'), 1)
}))
test('rule 1: inherited properties count as existing', () => {
  const { preload } = createWorlds()
  for (const key of ['toString', 'constructor', '__proto__', 'Object', 'window']) {
    assert.throws(() => preload(`contextBridge.exposeInMainWorld('${key}', 2)`), { message: /^Cannot bind an API/ })
  }
})
test('rule 2: enumerable, neither writable nor configurable', gives('1',
  "Object.getOwnPropertyDescriptor(globalThis, 'api')", { value: 1, writable: false, enumerable: true, configurable: false }))

// ---- promises
test('CB-17: a resolved promise', gives("Promise.resolve('v')", 'api', 'v'))
test('CB-18: a nested resolved promise', gives("{ p: Promise.resolve('v') }", 'api.p', 'v'))
test('CB-19: a rejected promise', gives("Promise.reject(new Error('no'))", caughtLater('api'), [true, 'no']))
test('CB-20: a nested rejected promise', gives("{ p: Promise.reject(new Error('no')) }", caughtLater('api.p'), [true, 'no']))
test('CB-21: a promise that settles later', gives('() => sleep(20).then(() => 5)', 'api()', 5))
test('CB-22: promises flatten', gives('Promise.resolve(Promise.resolve(6))', 'api', 6))
test('CB-33: a page promise goes in and comes back', gives('(p) => p', 'api(Promise.resolve(7))', 7))
test('promise results: unclonable', gives('{ f: async () => new WeakMap(), g: async () => { throw new WeakMap() } }',
  `Promise.all([${caughtLater('api.f()')}, ${caughtLater('api.g()')}])`,
  [[true, 'Uncaught Error: An object could not be cloned.'], [true, 'Uncaught Error: An object could not be cloned.']]))
test('promise results: unreadable without an error', gives("{ f: async () => ({ get x () { throw 'text' } }), g: async () => { throw { get x () { throw 'text' } } } }",
  `Promise.all([${caughtLater('api.f()')}, ${caughtLater('api.g()')}])`, [
    [true, 'An error was thrown while sending a promise result over the context bridge but it was not actually an Error object. This normally means that a promise was resolved with a value that is not supported by the Context Bridge.'],
    [true, 'An error was thrown while sending a promise rejection over the context bridge but it was not actually an Error object. This normally means that a promise was rejected with a value that is not supported by the Context Bridge.']]))

// ---- functions
test('CB-23: a replaced Function.prototype.bind is never called', exposing("async () => 'v'", async ({ page }) => {
  page('var hits = 0; Function.prototype.bind = function () { hits++ }; Promise.prototype.then = new Proxy(Promise.prototype.then, { apply (...a) { hits++; return Reflect.apply(...a) } })')
  page('var result; (async () => { result = await api() })()')
  for (let i = 0; i < 20 && page('result') === undefined; i++) await null
  assert.deepEqual([page('result'), page('hits')], ['v', 0])
}))
test('CB-24: an object of functions', gives("{ n: () => 1, s: () => 's', b: () => true, a: async () => 'a' }",
  'Promise.all([api.n(), api.s(), api.b(), api.a()])', [1, 's', true, 'a']))
test('CB-25: a bare function', gives('(a, b) => a + b', 'api(1, 2)', 3))
test('CB-26: a page function comes home as itself', gives('(f) => f', '(() => { const f = () => 1; return api(f) === f && api(api) === api })()', true))
test('CB-27: the same object twice in one call', gives('(a, b, c) => [a === b, a === c.x[0]]', '(() => { const o = { a: 1 }; return api(o, o, { x: [o] }) })()', [true, true]))
test('CB-27: … but not across calls', gives('(() => { let last; return (o) => { const r = last === o; last = o; return r } })()',
  '(() => { const o = {}; api(o); return api(o) })()', false))
test('CB-31: three calls', gives('(() => { let n = 0; return () => ++n })()', '[api(), api(), api()]', [1, 2, 3]))
test('CB-32: a page callback', gives('(f) => f(123)', 'api((n) => n + 1)', 124))
test('CB-56: four callbacks, back and forth', gives('{ f: (cb) => cb((a, cb2) => a + 1 + cb2((b) => b * 2)) }',
  'api.f(async (g) => g(1, (h) => h(5)))', 12))
test('CB-57: … with a bare function', gives('(cb) => cb((a, cb2) => a + 1 + cb2((b) => b * 2))', 'api(async (g) => g(1, (h) => h(5)))', 12))
test('one stable proxy per function: off finds what on added', gives(
  '{ set: new Set(), on (f) { this.x; listeners.add(f); return listeners.size }, off (f) { return listeners.delete(f) } }; var listeners = new Set()',
  '(() => { const f = () => 1; return [api.on(f), api.on(f), api.off(f), api.off(f)] })()', [1, 1, true, false]))
test('`this` is the object the function was found on, or the global', gives(
  '{ tag: "api", f () { return this.tag }, inner: { tag: "inner", f () { return this.tag } }, make: () => function () { return this === globalThis }, strict: () => function () { "use strict"; return this === globalThis } }',
  '(() => { const { f } = api; return [f(), f.call({ tag: "page" }), api.inner.f(), api.make()(), api.strict()()] })()', ['api', 'api', 'inner', true, true]))
test('own properties and prototype of functions are lost, and new is unsupported', gives('Object.assign(function () {}, { extra: 1 })',
  "[Reflect.ownKeys(api).sort(), (() => { try { new api() } catch (e) { return e instanceof TypeError } })()]", [['length', 'name'], true]))
test('the number of arguments arrives', gives('(...all) => all.length', '[api(), api(undefined), api(1, 2), api(1, 2, 3), api(1, 2, 3, undefined), api(1, 2, 3, 4, 5), api(...new Array(50))]', [0, 1, 2, 3, 4, 5, 50]))

// ---- errors
test('CB-28: the message of a thrown error', gives("() => { throw new Error('oh no') }", caughtOnPage('api()'), [true, 'oh no']))
test('errors keep name and code as plain data, and nothing else', gives("() => { throw Object.assign(new RangeError('r'), { code: 'E_R', extra: { a: 1 } }) }",
  '(() => { try { api() } catch (e) { return [e.name, e.code, e.message, "extra" in e, Object.getPrototypeOf(e) === Error.prototype, String(e)] } })()',
  ['RangeError', 'E_R', 'r', false, true, 'RangeError: r']))
test('CB-28: an object with a message is an error to the caller', gives("() => { throw { message: 'plain' } }", caughtOnPage('api()'), [true, 'plain']))
for (const thrown of ["'text'", '1', 'null', 'undefined', '{}', '{ message: 1 }', "Symbol('s')", '(() => 1)']) {
  test(`CB-59: callee throws ${thrown}`, gives(`() => { throw ${thrown} }`, caughtOnPage('api()'),
    [true, 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.']))
}
test('CB-29: an argument with a throwing getter: the original exception, and later calls work', gives('(x) => 1',
  `(() => { const boom = new Error('boom'), nested = new Error('nested boom'), got = []
    try { api([Object.defineProperty({}, 'x', { enumerable: true, get () { throw boom } })]) } catch (e) { got.push(e === boom) }
    try { api([{ a: { get b () { throw nested } } }]) } catch (e) { got.push(e === nested) }
    return [...got, api({})] })()`, [true, true, 1]))
test('CB-30: a returned array with a throwing getter', gives("() => { const l = [1]; Object.defineProperty(l, 0, { get () { throw new Error('boom') } }); return l }",
  caughtOnPage('api()'), [true, 'Uncaught Error: boom']))
test('CB-30: … that throws no error', gives("() => ({ get x () { throw 'text' } })", caughtOnPage('api()'),
  [true, 'An unknown exception occurred while sending a function return value over the context bridge, an error occurred but a valid exception was not thrown.']))
test('CB-59: every caught value is an Error of the page', gives(
  `{ thrown: () => { throw new Error('x') }, text: () => { throw 'x' }, plain: () => new WeakMap(), list: () => [new WeakSet()], object: () => ({ w: new WeakRef({}) }),
     getter: () => ({ get x () { throw new Error('y') } }), argument: (x) => x, rejects: () => Promise.reject(new WeakMap()), resolves: () => Promise.resolve(new WeakMap()) }`,
  `(async () => { const proto = []
    for (const key of Object.keys(api)) try { await api[key](new WeakMap()); proto.push(key) } catch (e) { proto.push(Object.getPrototypeOf(e) === Error.prototype) }
    return proto })()`, new Array(9).fill(true)))
test('unclonable values', exposing('{ f: (x) => x }', ({ page }) => {
  for (const value of ['new WeakMap()', 'new WeakSet()', 'new WeakRef({})', '(function* () {})()', '(async function* () {})()', "Object(Symbol('s'))", 'new SharedArrayBuffer(1)', 'new Uint8Array(new SharedArrayBuffer(1))', 'new Map().entries()', '[][Symbol.iterator]()']) {
    assert.throws(() => page(`api.f(${value})`), { message: 'An object could not be cloned.' }, value)
  }
}))

// ---- copies
test('CB-35: an own __proto__ from the page pollutes nothing', exposing('(x) => { got = x; return 1 }; var got', ({ page, preload }) => {
  page('api({ ["__proto__"]: { polluted: 1 }, a: 1 })')
  assert.equal(preload('Object.getPrototypeOf(got) === Object.prototype && Object.hasOwn(got, "__proto__") && ({}).polluted === undefined && got["__proto__"].polluted === 1'), true)
}))
test('CB-36: … and the other way', gives('{ ["__proto__"]: { x: 1 }, f: () => ({ ["__proto__"]: 2 }) }',
  '[Object.getPrototypeOf(api) === Object.prototype, api["__proto__"].x, Object.hasOwn(api.f(), "__proto__"), api.f()["__proto__"]]', [true, 1, true, 2]))
test('CB-40: a symbol and its comparer', gives("(() => { const s = Symbol('x'); return { s, same: (t) => s === t } })()", 'api.same(api.s)', true))
test('CB-41: a symbol from a getter function', gives("(() => { const s = Symbol('x'); return { get: () => s, same: (t) => s === t } })()", 'api.same(api.get())', true))
test('CB-42: symbol keys', gives("(() => { const s = Symbol('x'); return { s, o: { [s]: 123, [Symbol.for('y')]: { n: 1 } } } })()", "[api.o[api.s], api.o[Symbol.for('y')].n]", [123, 1]))
test('CB-43: Uint8Array', gives('new Uint8Array([1, 2])', '[Object.getPrototypeOf(api) === Uint8Array.prototype, [...api]]', [true, [1, 2]]))
test('CB-44: RegExp', gives('/a.b/giu', '[Object.getPrototypeOf(api) === RegExp.prototype, api.source, api.flags]', [true, 'a.b', 'giu']))
test('CB-45: both nested', gives('{ a: new Uint8Array(1), r: /x/ }', '[Object.getPrototypeOf(api.a) === Uint8Array.prototype, Object.getPrototypeOf(api.r) === RegExp.prototype]', [true, true]))
test('the other clones', gives(
  `{ date: new Date(7), map: new Map([[{ k: 1 }, [2]]]), set: new Set(['x']), buffer: new Uint8Array([1, 2, 3, 4]).buffer, view: new DataView(new Uint8Array([1, 2, 3]).buffer, 1), sub: new Uint16Array(new Uint16Array([1, 2, 3]).buffer, 2, 1), big: new BigInt64Array([5n]), number: Object(1), string: Object('s'), bool: Object(false), bigint: Object(3n), error: new TypeError('t') }`,
  `[api.date.getTime(), [...api.map].map(([k, v]) => [k.k, v[0]]), [...api.set], [...new Uint8Array(api.buffer)], api.view.getUint8(0), api.sub[0], api.sub.byteOffset, String(api.big[0]),
    typeof api.number, api.number + 1, api.string.length, api.bool.valueOf(), typeof api.bigint, api.error.message, api.error.name,
    [api.date instanceof Date, api.map instanceof Map, api.set instanceof Set, api.buffer instanceof ArrayBuffer, api.view instanceof DataView, api.error instanceof Error && !(api.error instanceof TypeError)]]`,
  [7, [[1, 2]], ['x'], [1, 2, 3, 4], 2, 2, 2, '5', 'object', 2, 1, false, 'object', 't', 'TypeError', [true, true, true, true, true, true]]))
test('two views of one buffer stay two views of one buffer', gives('(a, b) => a.buffer === b.buffer', '(() => { const b = new ArrayBuffer(8); return api(new Uint8Array(b), new Int16Array(b, 2)) })()', true))
test('holes become undefined, extra properties of arrays are lost', gives('Object.assign([1, , 3], { extra: 1 })', '[1 in api, api.length, Object.keys(api)]', [true, 3, ['0', '1', '2']]))
test('plain objects: own enumerable keys, getters read once, prototypes dropped', gives(
  'Object.defineProperty(new (class { own = 1; get inherited () { return 2 } method () {} get once () { return 0 } })(), "hidden", { value: 1 })',
  '[Reflect.ownKeys(api), Object.getPrototypeOf(api) === Object.prototype]', [['own'], true]))
test('getters are read exactly once', gives('(() => { let n = 0; const o = { get x () { return ++n }, deep: { get y () { return [++n] } } }; return { f: () => o, count: () => n } })()',
  '(() => { const r = api.f(); return [r.x, r.deep.y[0], Object.getOwnPropertyDescriptor(r, "x").value, api.count()] })()', [1, 2, 1, 2]))
test('ours: cyclic arrays', gives('(() => { const a = [1]; a.push(a, { a }); return a })()', '[api[1] === api, api[2].a === api]', [true, true]))
test('CB-58: 1000 nested arrays pass, 1001 throw a TypeError', exposing('(x) => 1', ({ page }) => {
  page('var nest = (n) => { let l = []; for (let i = 1; i < n; i++) l = [l]; return l }')
  assert.equal(page('api(nest(1000))'), 1)
  assert.throws(() => page('api(nest(1001))'), {
    name: 'TypeError',
    message: 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.'
  })
  assert.equal(page('(() => { try { api(nest(1001)) } catch (e) { return e instanceof TypeError } })()'), true)
}))
test('depth: an object level costs two', exposing('{ f: (x) => 1, g: (n) => { let o = {}; for (let i = 1; i < n; i++) o = { o }; return o } }', ({ page }) => {
  page('var nest = (n) => { let o = {}; for (let i = 1; i < n; i++) o = { o }; return o }')
  assert.equal(page('api.f(nest(500))'), 1)
  assert.throws(() => page('api.f(nest(501))'), { name: 'TypeError' })
  assert.equal(page('typeof api.g(500)'), 'object')
  assert.throws(() => page('api.g(501)'), { message: /recursion depth exceeded/ })
}))

// ---- every prototype is the page's
const many = `{ number: 1, string: 's', boolean: true, n: null, u: undefined, symbol: Symbol('s'), big: 1n, list: [1, 's', { x: [() => 1] }], object: { nested: { deeper: {} } }, f () { return { r: [1] } }, async: async () => ({ r: [1] }), promise: Promise.resolve({ v: [] }), rejected: Promise.reject(new TypeError('x')), nestedPromise: Promise.resolve(Promise.resolve([{}])), date: new Date(), regexp: /x/, map: new Map([[{}, {}]]), set: new Set([{}]), bytes: new Uint8Array(1), floats: new Float64Array(1), buffer: new ArrayBuffer(1), view: new DataView(new ArrayBuffer(1)), boxed: Object(1), error: new TypeError('t'), oddError: Object.assign(new Error(''), { message: { odd: 1 } }), symbolError: Object.assign(new Error(''), { message: Symbol('m') }), instance: new (class A { x = {} })(), nullProto: Object.assign(Object.create(null), { x: {} }), callback: (cb) => cb({}, [], () => ({}), new Date(), new Map([[{}, []]]), Promise.resolve({}), new Error('e')), throws: () => { throw new RangeError('x') }, [Symbol.for('k')]: { v: {} } }`
for (const [id, expose] of [
  ['CB-60', `contextBridge.exposeInMainWorld('api', ${many})`],
  ['CB-61', `{ const all = ${many}; for (const key of Reflect.ownKeys(all)) if (typeof key === 'string') contextBridge.exposeInMainWorld('api_' + key, all[key]) }`]
]) {
  test(`${id}: every prototype is the page's`, async () => {
    const { preload, page, isolated, main } = createWorlds()
    const { readFileSync } = await import('node:fs')
    const createWalker = page(readFileSync(new URL('../Hostile/walk.js', import.meta.url), 'utf8'))
    const foreign = createWalker.intrinsics(isolated)
    preload(expose)
    page(`var seen = []; const cb = (...all) => { seen.push(...all); return all }
      var use = () => { if (globalThis.api) { api.callback(cb) } else { api_callback(cb) } }; use()`)
    const walker = createWalker({ homes: [main], foreign, call: (f, path) => /^global\.api/.test(path), samples: [page('() => [() => ({})]')] })
    const walk = walker.walk({ __proto__: null, global: main })
    await new Promise((resolve) => { setTimeout(resolve, 30) })
    assert.equal(walk.leaks.length, 0, JSON.stringify(walk.leaks.length && walk.leaks[0].path))
    assert.ok(walk.visited() > 1000)
  })
}

// ---- executeInMainWorld
const executes = (script, expected) => () => {
  const { preload } = createWorlds()
  assert.deepEqual(structuredClone(preload(`contextBridge.executeInMainWorld(${script})`)), expected)
}
for (const [value, check] of [['1', 'v === 1'], ["'s'", "v === 's'"], ['true', 'v'], ['null', 'v === null'], ['undefined', 'v === undefined'], ['1n', 'v === 1n'], ['[1]', 'Array.isArray(v) && Object.getPrototypeOf(v) === Array.prototype'], ['{ a: 1 }', 'Object.getPrototypeOf(v) === Object.prototype && v.a === 1'], ['() => 1', "typeof v === 'function' && v instanceof Function"], ["Symbol('s')", "typeof v === 'symbol'"], ['new Date(1)', 'v instanceof Date']]) {
  test(`CB-73: executeInMainWorld with ${value}`, executes(`{ func: (v) => ${check}, args: [${value}] }`, true))
}
test('CB-74: a function argument can be called', executes('{ func: (f) => f(2) + 1, args: [(n) => n * 2] }', 5))
test('CB-75: the same object twice', executes('{ func: (a, b) => a === b, args: (() => { const o = {}; return [o, o] })() }', true))
test('CB-76: what is returned is the preload\'s', () => {
  const { preload } = createWorlds()
  assert.equal(preload('contextBridge.executeInMainWorld({ func: () => ({ a: [] }) }).constructor === Object'), true)
})
test('CB-77: an overridden toString is ignored', executes("{ func: Object.assign(() => 1, { toString: () => '() => 2' }) }", 1))
test('executeInMainWorld: misuse', () => {
  const { preload } = createWorlds()
  for (const [script, message] of [['1', 'Invalid script'], ['null', 'Invalid script'], ['undefined', 'Invalid script'], ['{}', "Function 'func' is required in script"], ['{ func: 1 }', "Function 'func' is required in script"], ['{ func: () => 1, args: 1 }', "'args' must be an array"]]) {
    assert.throws(() => preload(`contextBridge.executeInMainWorld(${script})`), { name: 'TypeError', message })
  }
})
test('executeInMainWorld: what the script throws, and what does not compile', () => {
  const { preload } = createWorlds()
  assert.equal(preload("(() => { try { contextBridge.executeInMainWorld({ func: () => { throw new TypeError('inside') } }) } catch (e) { return Object.getPrototypeOf(e) === Error.prototype && e.message } })()"), 'inside')
  assert.equal(preload('(() => { try { contextBridge.executeInMainWorld({ func: Math.max }) } catch (e) { return Object.getPrototypeOf(e) === Error.prototype && e.name } })()'), 'SyntaxError')
  assert.equal(preload('(() => { try { contextBridge.executeInMainWorld({ func () {} }) } catch (e) { return "threw" } })()'), 'threw')
})
test('executeInMainWorld: through the native compiler', () => {
  const { preload, page } = createWorlds({ native: true })
  page('globalThis.eval = 1')
  assert.equal(preload('contextBridge.executeInMainWorld({ func: (n) => globalThis.eval + n, args: [1] })'), 2)
  assert.equal(preload('(() => { try { contextBridge.executeInMainWorld({ func: Math.max }) } catch (e) { return Object.getPrototypeOf(e) === Error.prototype && e.name } })()'), 'SyntaxError')
})
test('executeInMainWorld: a promise', async () => {
  const { preload } = createWorlds()
  assert.equal(await preload('contextBridge.executeInMainWorld({ func: async (n) => n + 1, args: [1] })'), 2)
})
test('keys are strings, worlds are integers that exist', () => {
  const { preload } = createWorlds()
  assert.throws(() => preload('contextBridge.exposeInMainWorld(1, {})'), { name: 'TypeError' })
  assert.throws(() => preload("contextBridge.exposeInMainWorld(Symbol('x'), {})"), { name: 'TypeError' })
  assert.throws(() => preload("contextBridge.exposeInIsolatedWorld('1004', 'x', {})"), { name: 'TypeError' })
  assert.throws(() => preload("contextBridge.exposeInIsolatedWorld(1005, 'x', {})"), { message: 'There is no world 1005 in this frame' })
})
