// The preload of the hostile suite, and the page code that runs first. The value of this script is
// `{ prelude, preload }`, two texts.
'use strict'

;({
  // In the page, directly after the bridge. Lists are linked cells, which patched prototypes cannot observe.
  prelude: `
    globalThis.log = { __proto__: null, grabbed: null, hits: null, failures: null, quiet: true, finished: false }
    globalThis.grab = (value, label) => { log.grabbed = { __proto__: null, value, label, next: log.grabbed }; return value }
    globalThis.hit = (name) => { log.hits = { __proto__: null, name, next: log.hits } }
    globalThis.check = (ok, name) => { if (!ok) log.failures = { __proto__: null, name, next: log.failures } }
    globalThis.weak = new WeakMap(); globalThis.map = new Map([[{}, [1]], ['k', { v: 1 }]]); globalThis.bytes = new Uint8Array([1, 2])
    globalThis.date = new Date(7); globalThis.regexp = /x/gi; globalThis.failure = new RangeError('r'); globalThis.promise = Promise.resolve({ p: [] })`,

  // `kept` holds all received values, for the walk of the preload's side.
  preload: `
    var kept = [], failed = []
    const keep = (...values) => { kept.push(...values); return values[0] }
    const symbol = Symbol('shared')
    const listeners = new Set()
    const made = () => ({ made: 1 })
    made.inner = { secret: 1 }
    function guarded (f) { try { return f() } catch (e) { kept.push(e); return undefined } }
    contextBridge.exposeInMainWorld('api', {
      echo: keep,
      both: (a, b) => { keep(a, b); return [a, b] },
      same: (a, b) => { keep(a, b); return a === b },
      many: (...all) => { keep(...all); return all },
      values: () => ({ n: 1, s: 's', b: true, u: undefined, z: null, big: 1n, list: [1, { x: [] }, , 2], date: new Date(1), regexp: /a/g, map: new Map([[{ k: 1 }, [1]]]), set: new Set([{}]), bytes: new Uint8Array([1]), view: new DataView(new ArrayBuffer(2)), buffer: new ArrayBuffer(3), boxed: Object(1), error: Object.assign(new TypeError('t'), { code: 'E', extra: {} }), f () { return { inside: [1] } }, promise: Promise.resolve({ v: 1 }), instance: new (class A { field = { x: 1 }; method () {} })(), symbol: { [Symbol('k')]: { v: 1 } } }),
      call: (f) => { const r = f({ a: { b: 1 } }, [1, {}], () => ({ c: 1 }), new Error('e'), Promise.resolve({})); keep(r); return r },
      rethrow: (f) => { try { return f() } catch (e) { keep(e); throw e } },
      construct: (F) => new F({ a: 1 }),
      fail: () => { throw Object.assign(new TypeError('failed'), { code: 'E_FAIL', extra: { a: 1 } }) },
      failText: () => { throw 'text' },
      failNothing: () => { throw undefined },
      unclonable: () => [{ w: new WeakMap() }],
      unreadable: () => ({ get x () { throw new Error('boom') } }),
      generator: () => (function* () { yield 1 })(),
      later: async (x) => { keep(await x); return { x } },
      rejects: async () => { throw Object.assign(new RangeError('rejected'), { code: 7 }) },
      rejectsUnclonable: async () => { throw new WeakMap() },
      resolvesUnclonable: async () => new WeakMap(),
      callLater: async (f) => { try { const r = await f({ a: 1 }); keep(r); return r } catch (e) { keep(e); throw e } },
      map: new Map([[{ k: [] }, { v: () => ({}) }]]),
      symbol: () => symbol, isSymbol: (s) => s === symbol, bySymbol: { [symbol]: { v: 1 } },
      useSymbols: (o) => { keep(o); for (const s of Object.getOwnPropertySymbols(o)) { keep(o[s]); if (typeof o[s] === 'function') guarded(o[s]) } return 1 },
      merge: (o) => Object.assign({}, o), clean: () => ({}).polluted === undefined && [].polluted === undefined,
      ownProto: (o) => keep(o) && Object.hasOwn(o, '__proto__') && Object.getPrototypeOf(o) === Object.prototype,
      on: (f) => { listeners.add(f) }, off: (f) => { listeners.delete(f) }, emit: (x) => { listeners.forEach((f) => { keep(f(x)) }); return listeners.size },
      make: () => made, isMade: (f) => f === made,
      nested: { list: [1, { deep: true }], f: () => 1 },
      thisOf () { return { keys: Object.keys(this).length } },
      useMethod: (o) => { keep(o, o.m()) }
    })`
})
