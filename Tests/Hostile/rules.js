// The rules of contextBridge, §1.7 of electron-surface.md, and the CB lines of §2.5, as data: between two vm
// contexts (Tests/Bridge/membrane.test.mjs) and in a real window (ContextBridgeTests.swift).
// This plain, sloppy script is evaluated in EACH world; its value is the list. Each rule, in this order:
//
//   api      in the preload, makes the value exposed as `key`: ({ key, state, sleep, contextBridge }) => api
//   preload  in the preload, afterwards:                      (the same) => value
//   page     in the page (`world`: in that isolated one):     (api, { key }) => value
//   after    in the preload, must be true:                    (as in `preload`) => boolean
//
// `gives` is the awaited result of `page`, or, without one, of `preload`. `window`: the rule needs a DOM. The
// prefix `Martlet` in a name marks a rule that electron-surface.md does not have.
(() => {
  const show = (value) => {
    if (value === undefined) return 'undefined'
    if (Object.is(value, -0)) return '-0'
    if (typeof value === 'bigint') return `${value}n`
    if (Array.isArray(value)) return `[${Array.from(value, show).join(', ')}]`
    if (typeof value === 'object' && value !== null) {
      return `{ ${Object.keys(value).map((key) => `${key}: ${show(value[key])}`).join(', ')} }`
    }
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  }
  const about = (e) => [Object.getPrototypeOf(e) === Error.prototype, e.message]
  const caught = (f) => { try { f(); return 'nothing thrown' } catch (e) { return about(e) } }
  const caughtLater = async (f) => {
    try { await (typeof f === 'function' ? f() : f); return 'nothing thrown' } catch (e) { return about(e) } }
  const { getPrototypeOf } = Object
  const nest = (n, wrap, seed) => {
    let value = seed; for (let i = 1; i < n; i++) value = wrap(value); return value }
  const lists = (n) => nest(n, (l) => [l], [])
  const objects = (n) => nest(n, (o) => ({ o }), {})
  const NOT_AN_ERROR = 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'
  const TOO_DEEP = 'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.'
  const TAKEN = 'Cannot bind an API on top of an existing property on the window object'
  const settled = (noun, verb) =>
    `An error was thrown while sending a promise ${noun} over the context bridge but it was not actually an Error object. This normally means that a promise was ${verb} with a value that is not supported by the Context Bridge.`
  const unreadable = (thrown) => Object.defineProperty({}, 'x', { enumerable: true, get () { throw thrown } })

  function strictTries (key) {
    'use strict'
    return [() => { globalThis[key] = 2 }, () => { delete globalThis[key] },
      () => { Object.defineProperty(globalThis, key, { value: 2 }) }]
  }

  // The errors of `contextBridge` itself, read in the preload's own world: `contextBridge` is never exposed.
  const threw = (f) => { try { f(); return 'nothing thrown' } catch (e) { return [e.name, e.message] } }
  const executes = (script) => ({ contextBridge }) => contextBridge.executeInMainWorld(script())

  const rules = [
    // ---- exposure
    { name: 'CB-02: an exposed object is an object in the page',
      api: () => ({}), page: (api) => typeof api, gives: 'object' },
    { name: 'CB-03: an exposed number has the same value', api: () => 123, page: (api) => api, gives: 123 },
    { name: 'CB-04: a number exposed in world 1004 has the same value there',
      world: 1004, api: () => 123, page: (api) => api, gives: 123 },
    { name: 'CB-05: an exposed global is read-only', api: () => 123,
      page: (api, { key }) => { globalThis[key] = 321; return globalThis[key] }, gives: 123 },
    { name: 'CB-06: a nested number has the same value',
      api: () => ({ n: 123 }), page: (api) => api.n, gives: 123 },
    { name: 'CB-07: nested properties are read-only', api: () => ({ n: 123 }),
      page: (api) => { api.n = 321; return api.n }, gives: 123 },
    { name: 'CB-08: an exposed string has the same value',
      api: () => 'abc', page: (api) => api, gives: 'abc' },
    { name: 'CB-09: a nested string has the same value',
      api: () => ({ s: 'abc' }), page: (api) => api.s, gives: 'abc' },
    { name: 'CB-10: a nested string exposed in world 1004 has the same value there',
      world: 1004, api: () => ({ s: 'abc' }), page: (api) => api.s, gives: 'abc' },
    { name: 'CB-11: an exposed array is an array with the same elements',
      api: () => ['a', 1], page: (api) => [api, Array.isArray(api)], gives: [['a', 1], true] },
    { name: 'CB-12: a nested array is an array with the same elements',
      api: () => ({ l: ['a', 1] }), page: (api) => [api.l, Array.isArray(api.l)], gives: [['a', 1], true] },
    { name: 'CB-13: an exposed array refuses push', api: () => [1],
      page: (api) => { try { api.push(2) } catch (e) { return e instanceof TypeError } }, gives: true },
    { name: 'CB-14: a nested array refuses push', api: () => ({ l: [1] }),
      page: (api) => { try { api.l.push(2) } catch (e) { return e instanceof TypeError } }, gives: true },
    { name: 'CB-15: an exposed boolean has the same value',
      api: () => true, page: (api) => api, gives: true },
    { name: 'CB-16: a nested boolean has the same value',
      api: () => ({ b: true }), page: (api) => api.b, gives: true },
    { name: 'CB-37: an exposed null is null', api: () => null, page: (api) => api, gives: null },
    { name: 'CB-38: an exposed undefined is undefined, and the global exists',
      api: () => undefined, page: (api, { key }) => [api, key in globalThis], gives: [undefined, true] },
    { name: 'CB-39: null and undefined in an array have the same values',
      api: () => [null, undefined], page: (api) => api, gives: [null, undefined] },
    { name: 'CB-34: an object with number keys is an object, not an array',
      api: () => ({ 1: 123, 2: 456, 3: 789 }), page: (api) =>
        [Object.keys(api), api[2], Array.isArray(api)], gives: [['1', '2', '3'], 456, false] },
    { name: 'CB-46: an object that contains itself has the same cycle',
      api: () => { const o = { v: 1 }; o.o = o; return o },
      page: (api) => [api.v, api.o.v, api.o.o.v, api.o.o === api], gives: [1, 1, 1, true] },
    { name: '§1.7: a bigint and the number -0 have the same values',
      api: () => [10n, -0], page: (api) => api, gives: [10n, -0] },
    { name: '§1.7 rule 1: exposeInMainWorld throws for a key that the page\'s global has or inherits',
      preload: ({ contextBridge }) =>
        ['toString', 'constructor', '__proto__', 'Object', 'window'].map(
        (key) => threw(() => contextBridge.exposeInMainWorld(key, 2))[1] === TAKEN),
          gives: [true, true, true, true, true] },
    { name: '§1.7 rule 2: an exposed global is enumerable, and neither writable nor configurable',
      api: () => 1,
      page: (api, { key }) => {
        const { value, writable, enumerable, configurable } =
          Object.getOwnPropertyDescriptor(globalThis, key)
          return [value, writable, enumerable, configurable] }, gives: [1, false, true, false] },
    { name: '§1.7 rule 2: assignment, delete and defineProperty of an exposed global throw in strict mode',
      window: true, api: () => 1,
      page: (api, { key }) => strictTries(key).map(
        (f) => { try { f(); return false } catch (e) { return e instanceof TypeError } }),
          gives: [true, true, true] },
    { name: '§1.7 rule 4: any value can be exposed, not only an object', api: () =>
      Promise.resolve([() => 1]), page: async (api) => (await api)[0](), gives: 1 },
    { name: '§1.7 rule 5: an exposed value is a copy: later changes on either side do not propagate',
      api: ({ state }) =>
        (state.api = { l: [1], o: { n: 1 }, f: () => state.o, g: (o) => { o.n = 2 } }),
        preload: ({ state }) => { state.api.l.push(2); state.api.o.n = 2; state.o = { n: 1 } },
          page: (api) => { const o = { n: 1 }; api.g(o); api.f().n = 5
          return [api.l.length, api.o.n, o.n, api.f().n] }, gives: [1, 1, 1, 1] },
    { name: '§1.7 rule 7: an object with its methods on its prototype arrives empty', api: () =>
      new (class { #secret = 1; send () { return this.#secret } })(), page: (api) => Reflect.ownKeys(api),
        gives: [] },
    { name: 'CB-79: everything exposed is deeply frozen', api: () =>
      ({ s: 's', o: { x: 1 }, l: [{}], f () {}, m: new Map() }), page: (api) =>
        [api, api.o, api.l, api.l[0], api.f].map(Object.isFrozen), gives: [true, true, true, true, true] },
    { name: 'CB-79: the page\'s changes to an exposed value have no effect',
      api: () => ({ s: 's', o: { x: 1 }, l: [1] }),
      page: (api) => { api.s = 't'; api.o.x = 2; api.o.y = 3
      try { api.l[0] = 2; api.l.length = 0 } catch {} return [api.s, api.o, api.l] },
        gives: ['s', { x: 1 }, [1]] },
    { name: '§1.7 rule 3: values returned later are not frozen, and typed arrays are never frozen', api: () =>
      ({ f: () => ({ l: [] }), bytes: new Uint8Array(1) }), page: (api) =>
        [Object.isFrozen(api.f()), Object.isFrozen(api.f().l), Object.isFrozen(api.bytes)],
          gives: [false, false, false] },
    { name: 'CB-55: a second exposure of a key throws and the first stays', api: () => 1,
      preload: ({ contextBridge, key, state }) => {
        state.threw = threw(() => contextBridge.exposeInMainWorld(key, 2)) }, page: (api) => api, gives: 1,
          after: ({ state }) => state.threw[0] === 'Error' && state.threw[1] === TAKEN },
    { name: 'exposeInMainWorld throws a TypeError for a key that is not a string',
      preload: ({ contextBridge }) =>
        [1, Symbol('x'), undefined].map((key) => threw(() => contextBridge.exposeInMainWorld(key, {}))[0]),
        gives: ['TypeError', 'TypeError', 'TypeError'] },

    // ---- promises
    { name: 'CB-17: an exposed promise resolves with the same value',
      api: () => Promise.resolve('v'), page: (api) => api, gives: 'v' },
    { name: 'CB-18: a nested promise resolves with the same value',
      api: () => ({ p: Promise.resolve('v') }), page: (api) => api.p, gives: 'v' },
    { name: 'CB-19: a rejected promise rejects with an Error that has the same message',
      api: () => Promise.reject(new Error('no')), page: (api) => caughtLater(api), gives: [true, 'no'] },
    { name: 'CB-20: a nested rejected promise rejects with an Error that has the same message',
      api: () => ({ p: Promise.reject(new Error('no')) }),
      page: (api) => caughtLater(api.p), gives: [true, 'no'] },
    { name: 'CB-21: a returned promise that settles after 20 ms resolves with its value',
      api: ({ sleep }) => () => sleep(20).then(() => 5), page: (api) => api(), gives: 5 },
    { name: 'CB-22: a promise of a promise resolves with the inner value',
      api: () => Promise.resolve(Promise.resolve(6)), page: (api) => api, gives: 6 },
    { name: 'CB-33: a page promise, passed and returned, resolves with its value',
      api: () => (p) => p, page: (api) => api(Promise.resolve(7)), gives: 7 },
    {
      name: '§1.7: a promise rejects with an Error if its result or reason cannot be cloned',
      api: () => ({ f: async () => new WeakMap(), g: async () => { throw new WeakMap() } }),
      page: (api) => Promise.all([caughtLater(api.f), caughtLater(api.g)]),
      gives: [[true, 'Uncaught Error: An object could not be cloned.'],
        [true, 'Uncaught Error: An object could not be cloned.']]
    },
    {
      name: '§1.7: a promise rejects with an Error if a getter of its result or reason throws a string',
      api: () => ({ f: async () => unreadable('text'), g: async () => { throw unreadable('text') } }),
      page: (api) => Promise.all([caughtLater(api.f), caughtLater(api.g)]),
      gives: [[true, settled('result', 'resolved')], [true, settled('rejection', 'rejected')]]
    },

    // ---- functions
    {
      name: 'CB-23: the bridge never calls a bind, call, apply, then or iterator that the page replaced',
      api: () => async (...all) => all.length,
      page: async (api) => {
        let hits = 0
        const patched = [[Function.prototype, 'bind'], [Function.prototype, 'call'],
          [Function.prototype, 'apply'], [Promise.prototype, 'then'], [Array.prototype, Symbol.iterator]]
        const real = patched.map(([holder, key]) => holder[key])
        for (let i = 0; i < patched.length; i++) patched[i][0][patched[i][1]] =
          function () { hits++; throw new Error('called') }
        let result
        try { result = api(1, [2], { three: 3 }) } finally {
          for (let i = 0; i < patched.length; i++) patched[i][0][patched[i][1]] = real[i] }
        return [await result, hits]
      },
      gives: [3, 0]
    },
    { name: 'CB-24: functions of an exposed object return their results', api: () =>
      ({ n: () => 1, s: () => 's', b: () => true, a: async () => 'a' }), page: (api) =>
        Promise.all([api.n(), api.s(), api.b(), api.a()]), gives: [1, 's', true, 'a'] },
    { name: 'CB-25: an exposed function can be called',
      api: () => (a, b) => a + b, page: (api) => api(1, 2), gives: 3 },
    { name: 'CB-26: a function, passed to the other side and returned, is the same function',
      api: () => (f) => f,
      page: (api) => { const f = () => 1; return [api(f) === f, api(api) === api] }, gives: [true, true] },
    { name: 'CB-27: an object that is passed twice in one call stays one object',
      api: () => (a, b, c) => [a === b, a === c.x[0]],
      page: (api) => { const o = { a: 1 }; return api(o, o, { x: [o] }) }, gives: [true, true] },
    { name: 'CB-27: an object that is passed in two calls becomes two objects',
      api: () => { let last; return (o) => { const r = last === o; last = o; return r } },
        page: (api) => { const o = {}; api(o); return api(o) }, gives: false },
    { name: 'CB-31: three calls return three results',
      api: () => { let n = 0; return () => ++n }, page: (api) => [api(), api(), api()], gives: [1, 2, 3] },
    { name: 'CB-32: a page callback receives its argument, and its result is returned',
      api: () => (f) => f(123), page: (api) => api((n) => n + 1), gives: 124 },
    { name: 'CB-56: four alternating callbacks return their result through an object\'s method', api: () =>
      ({ f: (cb) => cb((a, cb2) => a + 1 + cb2((b) => b * 2)) }), page: (api) =>
        api.f(async (g) => g(1, (h) => h(5))), gives: 12 },
    { name: 'CB-57: four alternating callbacks return their result through an exposed function',
      api: () => (cb) => cb((a, cb2) => a + 1 + cb2((b) => b * 2)),
      page: (api) => api(async (g) => g(1, (h) => h(5))), gives: 12 },
    { name: 'Martlet: a function has one stable proxy, so off finds the listener that on added',
      api: () => { const set = new Set()
      return { on (f) { set.add(f); return set.size }, off (f) { return set.delete(f) } } },
        page: (api) => { const f = () => 1; return [api.on(f), api.on(f), api.off(f), api.off(f)] },
          gives: [1, 1, true, false] },
    {
      name: '§1.7: `this` is the object the function was found on, or the global',
      api: () => ({ tag: 'api', f () { return this.tag }, inner: { tag: 'inner', f () { return this.tag } },
        make: () => function () { return this === globalThis }, strict: () =>
          function () { 'use strict'; return this === globalThis } }),
      page: (api) => { const { f } = api
      return [f(), f.call({ tag: 'page' }), api.inner.f(), api.make()(), api.strict()()] },
      gives: ['api', 'api', 'inner', true, true]
    },
    { name: '§1.7: a function loses its own properties and its prototype, and new throws a TypeError',
      api: () =>
        Object.assign(function () {}, { extra: 1 }), page: (api) =>
        [Reflect.ownKeys(api).sort(),
          (() => { try { new api() } catch (e) { return e instanceof TypeError } })()],
            gives: [['length', 'name'], true] },
    { name: 'a function receives as many arguments as the call passes',
      api: () => (...all) => all.length, page: (api) =>
        [api(), api(undefined), api(1, 2), api(1, 2, 3), api(1, 2, 3, undefined), api(1, 2, 3, 4, 5),
        api(...new Array(50))], gives: [0, 1, 2, 3, 4, 5, 50] },

    // ---- errors
    { name: 'CB-28: a thrown error arrives as an Error with the same message',
      api: () => () => { throw new Error('oh no') }, page: (api) => caught(api), gives: [true, 'oh no'] },
    {
      name: 'Martlet: a thrown error keeps name and code as plain data, and no other property',
      api: () => () => { throw Object.assign(new RangeError('r'), { code: 'E_R', extra: { a: 1 } }) },
      page: (api) => { try { api() } catch (e) {
        return [e.name, e.code, e.message, 'extra' in e, getPrototypeOf(e) === Error.prototype,
          String(e)] } },
      gives: ['RangeError', 'E_R', 'r', false, true, 'RangeError: r']
    },
    { name: 'CB-28: a thrown object with a message arrives as an Error', api: () =>
      () => { throw { message: 'plain' } }, page: (api) => caught(api), gives: [true, 'plain'] },
    {
      name: 'CB-59: a thrown value that is no error arrives as an Error with a fixed message',
      api: () => ['text', 1, null, undefined, {}, { message: 1 }, Symbol('s'), () => 1].map(
        (thrown) => () => { throw thrown }),
      page: (api) => api.map((f) => { const [home, message] = caught(f); return home && message }),
      gives: new Array(8).fill(NOT_AN_ERROR)
    },
    {
      name: 'CB-29: an exception of an argument\'s getter reaches the page unchanged, and later calls work',
      api: () => () => 1,
      page: (api) => {
        const boom = new Error('boom'), nested = new Error('nested boom'), got = []
        try { api([unreadable(boom)]) } catch (e) { got.push(e === boom) }
        try { api([{ a: { get b () { throw nested } } }]) } catch (e) { got.push(e === nested) }
        return [...got, api({})]
      },
      gives: [true, true, 1]
    },
    { name: 'CB-30: a call throws an Error with the message if a getter of the returned array throws',
      api: () =>
      () => { const l = [1]; Object.defineProperty(l, 0, { get () { throw new Error('boom') } }); return l },
        page: (api) => caught(api), gives: [true, 'Uncaught Error: boom'] },
    { name: 'CB-30: a call throws an Error with a fixed message if a getter of its result throws a string',
      api: () => () => unreadable('text'), page: (api) => caught(api),
      gives: [true, 'An unknown exception occurred while sending a function return value over the context bridge, an error occurred but a valid exception was not thrown.'] },
    {
      name: 'CB-59: every caught value is an Error of the page',
      api: () => ({
        thrown: () => { throw new Error('x') }, text: () => { throw 'x' }, plain: () => new WeakMap(),
          list: () => [new WeakSet()], object: () => ({ w: new WeakRef({}) }),
        getter: () => unreadable(new Error('y')), argument: (x) => x, rejects: () =>
          Promise.reject(new WeakMap()), resolves: () => Promise.resolve(new WeakMap())
      }),
      page: async (api) => {
        const home = []
        for (const key of Object.keys(api)) try { await api[key](new WeakMap()); home.push(key) } catch (e) {
          home.push(getPrototypeOf(e) === Error.prototype) }
        return home
      },
      gives: new Array(9).fill(true)
    },
    {
      name: '§1.7: a call with an argument that cannot be cloned throws',
      api: () => (x) => x,
      page: (api) => [new WeakMap(), new WeakSet(), new WeakRef({}), (function * () {})(),
        (async function * () {})(), Object(Symbol('s')), new Map().entries(), [][Symbol.iterator]()]
        .concat(globalThis.SharedArrayBuffer ? [
          new SharedArrayBuffer(1), new Uint8Array(new SharedArrayBuffer(1))] : [])
        .map((value) => caught(() => api(value))[1]).filter(
          (message) => message !== 'An object could not be cloned.'),
      gives: []
    },

    // ---- copies
    { name: 'CB-35: an own __proto__ property from the page pollutes no prototype', api: ({ state }) =>
      (x) => { state.got = x }, page: (api) => api({ ['__proto__']: { polluted: 1 }, a: 1 }),
        gives: undefined, after: ({ state: { got } }) => getPrototypeOf(got) === Object.prototype &&
          Object.hasOwn(got, '__proto__') && {}.polluted === undefined && got['__proto__'].polluted === 1 },
    { name: 'CB-36: an own __proto__ property from the preload pollutes no prototype', api: () =>
      ({ ['__proto__']: { x: 1 }, f: () => ({ ['__proto__']: 2 }) }), page: (api) =>
        [getPrototypeOf(api) === Object.prototype, api['__proto__'].x, Object.hasOwn(api.f(), '__proto__'),
          api.f()['__proto__'], {}.x], gives: [true, 1, true, 2, undefined] },
    { name: 'CB-40: an exposed symbol is the preload\'s symbol',
      api: () => { const s = Symbol('x'); return { s, same: (t) => s === t } }, page: (api) =>
        api.same(api.s), gives: true },
    { name: 'CB-41: a symbol that a function returns is the preload\'s symbol',
      api: () => { const s = Symbol('x'); return { get: () => s, same: (t) => s === t } }, page: (api) =>
        api.same(api.get()), gives: true },
    { name: 'CB-42: a property with a symbol key arrives under the same symbol',
      api: () => { const s = Symbol('x'); return { s, o: { [s]: 123, [Symbol.for('y')]: { n: 1 } } } },
        page: (api) => [api.o[api.s], api.o[Symbol.for('y')].n], gives: [123, 1] },
    { name: 'CB-43: a Uint8Array has the page\'s prototype and the same bytes',
      api: () => new Uint8Array([1, 2]), page: (api) =>
        [getPrototypeOf(api) === Uint8Array.prototype, [...api]], gives: [true, [1, 2]] },
    { name: 'CB-44: a RegExp has the page\'s prototype, and the same source and flags',
      api: () => /a.b/giu, page: (api) =>
        [getPrototypeOf(api) === RegExp.prototype, api.source, api.flags], gives: [true, 'a.b', 'giu'] },
    { name: 'CB-45: a nested Uint8Array and a nested RegExp have the page\'s prototypes',
      api: () => ({ a: new Uint8Array(1), r: /x/ }), page: (api) =>
        [getPrototypeOf(api.a) === Uint8Array.prototype, getPrototypeOf(api.r) === RegExp.prototype],
        gives: [true, true] },
    {
      name: '§1.7: dates, maps, sets, buffers, views, boxes and errors are copied to the page\'s classes',
      api: () => ({ date: new Date(7), map: new Map([[{ k: 1 }, [2]]]), set: new Set(['x']),
        buffer: new Uint8Array([1, 2, 3, 4]).buffer, view: new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
          sub: new Uint16Array(new Uint16Array([1, 2, 3]).buffer, 2, 1), big: new BigInt64Array([5n]),
            number: Object(1), string: Object('s'), bool: Object(false), bigint: Object(3n),
              error: new TypeError('t') }),
      page: (api) => [api.date.getTime(), [...api.map].map(([k, v]) => [k.k, v[0]]), [...api.set],
        [...new Uint8Array(api.buffer)], api.view.getUint8(0), api.sub[0], api.sub.byteOffset,
          String(api.big[0]),
        typeof api.number, api.number + 1, api.string.length, api.bool.valueOf(), typeof api.bigint,
          api.error.message, api.error.name,
        [api.date instanceof Date, api.map instanceof Map, api.set instanceof Set,
          api.buffer instanceof ArrayBuffer, api.view instanceof DataView, api.error instanceof Error &&
            !(api.error instanceof TypeError)]],
      gives: [7, [[1, 2]], ['x'], [1, 2, 3, 4], 2, 2, 2, '5', 'object', 2, 1, false, 'object', 't',
        'TypeError', [true, true, true, true, true, true]]
    },
    { name: 'two views of one buffer stay two views of one buffer', api: () => (a, b) =>
      a.buffer === b.buffer, page: (api) => {
        const b = new ArrayBuffer(8); return api(new Uint8Array(b), new Int16Array(b, 2)) }, gives: true },
    { name: '§1.7: an array\'s holes become undefined, and its extra properties are lost', api: () =>
      Object.assign([1, , 3], { extra: 1 }), page: (api) => [1 in api, api.length, Object.keys(api)],
        gives: [true, 3, ['0', '1', '2']] },
    {
      name: '§1.7: an object keeps its own enumerable properties, and loses its prototype',
      api: () => Object.defineProperty(
        new (class { own = 1; get inherited () { return 2 } method () {} })(), 'hidden', { value: 1 }),
      page: (api) => [Reflect.ownKeys(api), getPrototypeOf(api) === Object.prototype], gives: [['own'], true]
    },
    {
      name: '§1.7: getters are read exactly once, and become data',
      api: () => { let n = 0; const o = { get x () { return ++n }, deep: { get y () { return [++n] } } }
      return { f: () => o, count: () => n } },
      page: (api) => { const r = api.f()
      return [r.x, r.deep.y[0], Object.getOwnPropertyDescriptor(r, 'x').value, api.count()] },
        gives: [1, 2, 1, 2]
    },
    { name: 'Martlet: a cyclic array has the same cycles',
      api: () => { const a = [1]; a.push(a, { a }); return a }, page: (api) =>
        [api[1] === api, api[2].a === api], gives: [true, true] },
    { name: 'CB-58: 1000 nested arrays pass, 1001 throw a TypeError', api: () => () => 1,
      page: (api) => { try { return [api(lists(1000)), api(lists(1001))] } catch (e) {
        return [api(lists(1000)), e instanceof TypeError, e.message] } }, gives: [1, true, TOO_DEEP] },
    {
      name: '§1.7: 500 nested objects pass, 501 throw: each object counts as two levels',
      api: () => ({ f: () => 1, g: objects }),
      page: (api) => { const tooDeep =
        (f) => { try { f() } catch (e) { return e.message.includes(TOO_DEEP) } }
        return [api.f(objects(500)), tooDeep(() => api.f(objects(501))), typeof api.g(500),
          tooDeep(() => api.g(501))] },
      gives: [1, true, 'object', true]
    },

    // ---- objects that only a window has
    { name: 'CB-47: document.body, returned by the preload, is the page\'s own element',
      window: true, api: () => () => document.body,
      page: (api) => { const body = api()
      return [body === document.body, body.tagName, body.constructor === HTMLBodyElement,
        typeof body.appendChild,
          body.getElementsByTagName('*') === document.body.getElementsByTagName('*')] },
            gives: [true, 'BODY', true, 'function', true] },
    { name: 'CB-48: document.body, returned by a page callback, is the preload\'s own element',
      window: true, api: () =>
        (f) => { const body = f(); return body === document.body && body.tagName === 'BODY' &&
        body.constructor === HTMLBodyElement }, page: (api) => api(() => document.body), gives: true },
    { name: 'CB-49: a Blob, returned by the preload, is a Blob of the page with the same content',
      window: true, api: () => () =>
        new Blob(['te', 'xt'], { type: 'text/x' }),
        page: async (api) => { const blob = api()
        return [blob instanceof Blob, blob.type, await blob.text()] }, gives: [true, 'text/x', 'text'] },
    {
      name: "§1.7: a Proxy of the preload's does not cross, in either direction of a call", window: true,
      api: () => ({ value: () => new Proxy({}, {}), nested: () => ({ a: [new Proxy([], {})] }),
        revocable: () => Proxy.revocable({}, {}).proxy,
          call: (f) => { try { f(new Proxy({}, {})); return 'sent' } catch (e) { return e.message } } }),
      page: (api) => [caught(api.value), caught(api.nested), caught(api.revocable), api.call(() => {})],
      gives: [[true, 'Uncaught Error: An object could not be cloned.'],
        [true, 'Uncaught Error: An object could not be cloned.'],
          [true, 'Uncaught Error: An object could not be cloned.'], 'An object could not be cloned.']
    },
    { name: 'CB-50: a Blob, passed by the page, is a Blob of the preload with the same content',
      window: true, api: () => async (blob) =>
        [blob instanceof Blob, await blob.text()], page: (api) => api(new Blob(['text'])),
        gives: [true, 'text'] },
    {
      name: 'CB-51: a VideoFrame, returned by the preload, has the same size and timestamp',
      window: true, api: () => () => globalThis.VideoFrame &&
        new VideoFrame(new Uint8Array(16), { format: 'RGBA', codedWidth: 2, codedHeight: 2, timestamp: 5 }),
      page: (api) => { const frame = api(); if (!globalThis.VideoFrame) return [true, 2, 2, 5]; const r =
        [frame instanceof VideoFrame, frame.codedWidth, frame.codedHeight, frame.timestamp]; frame.close()
        return r }, gives: [true, 2, 2, 5]
    },
    {
      name: 'CB-52: a VideoFrame, passed by the page, has the same size and timestamp',
      window: true, api: () =>
        (frame) => { const r = [frame instanceof VideoFrame, frame.codedWidth, frame.timestamp]
        frame.close(); return r },
      page: (api) => globalThis.VideoFrame ? api(
        new VideoFrame(new Uint8Array(16),
          { format: 'RGBA', codedWidth: 2, codedHeight: 2, timestamp: 5 })) : [true, 2, 5],
            gives: [true, 2, 5]
    },
    { name: 'Martlet: any DOM node, passed and returned, is the same node', window: true, api: () => (x) =>
      [x.nodeType, x.ownerDocument === document, x], page: (api) =>
        [document.createTextNode('x'), document.createComment('x'), document.createDocumentFragment(),
          document.createElementNS('http://www.w3.org/2000/svg', 'g')].map(
            (node) => { const [type, same, back] = api(node); return type === node.nodeType && same &&
              back === node }), gives: [true, true, true, true] },
    { name: '§1.7: other host objects arrive as plain objects', window: true, api: () => () =>
      [new URL('https://example.com/'), new Headers(), location, getComputedStyle(document.documentElement)],
        page: (api) => api().map((x) => getPrototypeOf(x) === Object.prototype),
          gives: [true, true, true, true] },
    { name: '§1.7: a call with window as an argument throws', window: true, api: () => (x) => x,
      page: (api) => { try { return typeof api(window) } catch (e) { return e.message } },
        gives: 'An object could not be cloned.' },
    { name: 'Martlet: a page function has one proxy in contextBridge and in webFrame.executeJavaScript',
      window: true,
      api: ({ electron }) => ({
        both: async (f) => [await electron.webFrame.executeJavaScript('globalThis.ofThePage'), f],
        same: async (f) => await electron.webFrame.executeJavaScript('globalThis.ofThePage') === f }),
      page: async (api) => { globalThis.ofThePage = () => 1; const [one, other] = await api.both(ofThePage)
      return [one === ofThePage, other === ofThePage, await api.same(ofThePage)] },
        gives: [true, true, true] },
    { name: 'Martlet: a closed VideoFrame throws the error for a failed clone, not for a stack overflow',
      window: true, api: () => (x) => x,
      page: (api) => { if (!globalThis.VideoFrame) return 'An object could not be cloned.'; const frame =
        new VideoFrame(new Uint8Array(16), { format: 'RGBA', codedWidth: 2, codedHeight: 2, timestamp: 5 })
        frame.close(); try { return typeof api(frame) } catch (e) { return e.message } },
          gives: 'An object could not be cloned.' },
    { name: 'Martlet: a thrown DOMException arrives as an Error with the same name and code',
      window: true, api: () => () => { throw new DOMException('m', 'NotFoundError') },
        page: (api) => { try { api() } catch (e) {
          return [e.name, e.code, e.message, getPrototypeOf(e) === Error.prototype] } },
            gives: ['NotFoundError', 8, 'm', true] },
    { name: 'checklist 20: ipcRenderer and its events arrive without methods', window: true,
      api: ({ electron }) => ({ ipcRenderer: electron.ipcRenderer, event: { sender: electron.ipcRenderer } }),
        page: (api) => [Reflect.ownKeys(api.ipcRenderer).filter(
          (key) => typeof api.ipcRenderer[key] === 'function'),
            Reflect.ownKeys(api.event.sender).filter((key) => typeof api.event.sender[key] === 'function')],
              gives: [[], []] },

    // ---- executeInMainWorld
    { name: 'CB-73: executeInMainWorld passes a number',
      preload: executes(() => ({ func: (v) => v === 1, args: [1] })), gives: true },
    { name: 'CB-73: executeInMainWorld passes a string',
      preload: executes(() => ({ func: (v) => v === 's', args: ['s'] })), gives: true },
    { name: 'CB-73: executeInMainWorld passes a boolean, null and undefined',
      preload: executes(() => (
        { func: (...all) => all[0] === true && all[1] === null && all[2] === undefined && all.length === 3,
          args: [true, null, undefined] })), gives: true },
    { name: 'CB-73: executeInMainWorld passes a bigint',
      preload: executes(() => ({ func: (v) => v === 1n, args: [1n] })), gives: true },
    { name: 'CB-73: executeInMainWorld passes an array',
      preload: executes(() => (
        { func: (v) => Array.isArray(v) && Object.getPrototypeOf(v) === Array.prototype && v[0] === 1,
          args: [[1]] })), gives: true },
    { name: 'CB-73: executeInMainWorld passes an object',
      preload: executes(() => (
        { func: (v) => Object.getPrototypeOf(v) === Object.prototype && v.a === 1, args: [{ a: 1 }] })),
          gives: true },
    { name: 'CB-73: executeInMainWorld passes a function and a symbol',
      preload: executes(() => (
        { func: (f, s) => f instanceof Function && typeof s === 'symbol', args: [() => 1, Symbol('s')] })),
          gives: true },
    { name: 'CB-73: executeInMainWorld passes a Date',
      preload: executes(() => ({ func: (v) => v instanceof Date && v.getTime() === 1, args: [new Date(1)] })),
        gives: true },
    { name: 'CB-74: executeInMainWorld passes a function that can be called',
      preload: executes(() => ({ func: (f) => f(2) + 1, args: [(n) => n * 2] })), gives: 5 },
    { name: 'CB-75: executeInMainWorld passes an object that is listed twice as one object',
      preload: executes(() => { const o = {}; return { func: (a, b) => a === b, args: [o, o] } }),
        gives: true },
    { name: 'CB-76: executeInMainWorld returns objects of the preload\'s realm',
      preload: ({ contextBridge }) => {
        const r = contextBridge.executeInMainWorld({ func: () => ({ a: [] }) })
        return [r.constructor === Object, r.a.constructor === Array] }, gives: [true, true] },
    { name: 'CB-77: executeInMainWorld ignores an overridden toString of the function',
      preload: executes(() => ({ func: Object.assign(() => 1, { toString: () => '() => 2' }) })), gives: 1 },
    { name: 'executeInMainWorld runs the function in the page\'s world, without the preload\'s globals',
      preload: ({ contextBridge }) => {
        globalThis.preloadOnly = 1
        try { return contextBridge.executeInMainWorld(
          { func: () => [typeof preloadOnly, typeof require] }) } finally { delete globalThis.preloadOnly } },
            gives: ['undefined', 'undefined'] },
    { name: 'executeInMainWorld returns the promise of an async function',
      preload: executes(() => ({ func: async (n) => n + 1, args: [1] })), gives: 2 },
    { name: '§1.7: executeInMainWorld throws a TypeError for an invalid script',
      preload: ({ contextBridge }) =>
        [1, null, undefined, {}, { func: 1 }, { func: () => 1, args: 1 }].map(
        (script) => threw(() => contextBridge.executeInMainWorld(script)).join(': ')),
          gives: ['TypeError: Invalid script', 'TypeError: Invalid script', 'TypeError: Invalid script',
            "TypeError: Function 'func' is required in script",
              "TypeError: Function 'func' is required in script", "TypeError: 'args' must be an array"] },
    { name: '§1.7: executeInMainWorld throws the script\'s exception as a preload Error with its message',
      preload: ({ contextBridge }) =>
        caught(() => contextBridge.executeInMainWorld({ func: () => { throw new TypeError('inside') } })),
          gives: [true, 'inside'] },
    { name: '§1.7: executeInMainWorld throws a SyntaxError for a function whose text does not compile',
      preload: ({ contextBridge }) => {
        try { contextBridge.executeInMainWorld({ func: Math.max }) } catch (e) {
          return [getPrototypeOf(e) === Error.prototype, e.name] } }, gives: [true, 'SyntaxError'] }
  ]

  // For CB-60 and CB-61: one value of each kind.
  const many = () => {
    const all = {
      number: 1, string: 's', boolean: true, n: null, u: undefined, symbol: Symbol('s'), big: 1n,
        list: [1, 's', { x: [() => 1] }],
      object: { nested: { deeper: {} } }, f () { return { r: [1] } }, async: async () => ({ r: [1] }),
        promise: Promise.resolve({ v: [] }),
      rejected: Promise.reject(new TypeError('x')), nestedPromise: Promise.resolve(Promise.resolve([{}])),
        date: new Date(), regexp: /x/,
      map: new Map([[{}, {}]]), set: new Set([{}]), bytes: new Uint8Array(1), floats: new Float64Array(1),
        buffer: new ArrayBuffer(1),
      view: new DataView(new ArrayBuffer(1)), boxed: Object(1), error: new TypeError('t'),
        oddError: Object.assign(new Error(''), { message: { odd: 1 } }),
      symbolError: Object.assign(new Error(''), { message: Symbol('m') }),
        instance: new (class A { x = {} })(),
      nullProto: Object.assign(Object.create(null), { x: {} }),
      callback: (cb) => cb({}, [], () => ({}), new Date(), new Map([[{}, []]]), Promise.resolve({}),
        new Error('e')),
      throws: () => { throw new RangeError('x') }, rejects: async () => { throw new RangeError('x') },
        unclonable: () => new WeakMap(),
      generator: () => (function * () {})(), echo: (x) => x, [Symbol.for('k')]: { v: {} }
    }
    if (globalThis.document) Object.assign(
      all, { body: document.body, node: () => document.createElement('p'), blob: new Blob(['x']),
        url: new URL('app://x/'), exception: new DOMException('m', 'AbortError') })
    all.rejected.catch(() => {})
    return all
  }

  return { rules, show, many }
})()
