// The attacks of the hostile suite, as data, for any pair of worlds (vm contexts, jsc globals, a real
// window). The value of this script is the list. Each attack:
//
//   name      describes the attack
//   before    page code that runs after the bridge has started and before the preload
//   preload   preload code in addition to the standard API of `Tests/Hostile/api.js`
//   page      the body of an async page function that runs after the preload
//   engines   the engines that it applies to, if not all
//
// Page code reports with `grab(value)`: every grabbed value is walked afterwards and must belong to the page.
// `hit(name)` reports that the bridge made a forbidden call; `check(ok, name)` asserts.
'use strict'

;(() => {
  // Passes every kind of value over the bridge, in page code that uses no primordial itself.
  const exercise = `
    grab(api.echo(1)); grab(api.echo('s')); grab(api.echo({ a: 1, b: { c: [1, { d: 2 }] } }))
    grab(api.echo([1, [2, [3]], {}])); grab(api.echo(() => 1)); grab(api.both({}, []))
    grab(api.many(1, {}, [], () => 2, null, undefined, { x: [] }))
    grab(api.values()); grab(api.call((...xs) => { for (let i = 0; i < xs.length; i++) grab(xs[i]); return { r: xs } }))
    try { api.fail() } catch (e) { grab(e) }
    try { api.failText() } catch (e) { grab(e) }
    try { api.failNothing() } catch (e) { grab(e) }
    try { api.unclonable() } catch (e) { grab(e) }
    try { api.unreadable() } catch (e) { grab(e) }
    try { api.echo(weak) } catch (e) { grab(e) }
    try { api.call(() => { throw { message: 'plain' } }) } catch (e) { grab(e) }
    grab(await api.later({ p: 1 }))
    try { await api.rejects() } catch (e) { grab(e) }
    try { await api.rejectsUnclonable() } catch (e) { grab(e) }
    try { await api.resolvesUnclonable() } catch (e) { grab(e) }
    grab(await api.callLater(async () => ({ q: 1 })))
    grab(api.map); grab(api.echo(map)); grab(api.echo(bytes)); grab(api.echo(date)); grab(api.echo(regexp))
    grab(api.echo(failure)); grab(await api.echo(promise))`

  const trapped = (target) => `new Proxy(${target}, {
    get (t, k, r) { grab(t); grab(r); grab(k); return Reflect.get(t, k, r) },
    has (t, k) { grab(k); return Reflect.has(t, k) },
    ownKeys (...a) { grab(a); grab(arguments); return Reflect.ownKeys(a[0]) },
    getOwnPropertyDescriptor (...a) { grab(a); return Reflect.getOwnPropertyDescriptor(a[0], a[1]) },
    defineProperty (...a) { grab(a); return Reflect.defineProperty(a[0], a[1], a[2]) },
    getPrototypeOf (...a) { grab(a); return Reflect.getPrototypeOf(a[0]) },
    setPrototypeOf (...a) { grab(a); return false },
    isExtensible (...a) { grab(a); return Reflect.isExtensible(a[0]) },
    preventExtensions (...a) { grab(a); return Reflect.preventExtensions(a[0]) },
    deleteProperty (...a) { grab(a); return false },
    set (...a) { grab(a); return Reflect.set(a[0], a[1], a[2]) },
    apply (...a) { grab(a); return Reflect.apply(a[0], a[1], a[2]) },
    construct (...a) { grab(a); return Reflect.construct(a[0], a[1]) }
  })`

  // A sloppy page function that searches the stack for its caller.
  const spyOnStack = `
    function lookDown () {
      const look = (f) => { try { grab(f()) } catch (e) { grab(e) } }
      look(() => lookDown.caller); look(() => lookDown.arguments)
      let f = lookDown
      for (let i = 0; i < 30; i++) { try { f = f.caller } catch (e) { grab(e); break } if (!f) break; grab(f); try { grab(f.arguments) } catch {} }
      look(() => arguments.callee.caller)
      return 1
    }`

  const attacks = [
    { name: 'no attack: values of every kind cross the bridge', page: exercise },

    {
      name: 'every function of every intrinsic is replaced by a spy',
      before: `(() => {
        const { apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty } = Reflect
        const O = Object, F = Function, P = Promise, then = P.prototype.then
        const seen = new Set(), has = seen.has.bind(seen), add = seen.add.bind(seen)
        const roots = ownKeys(globalThis).map((k) => [k, getOwnPropertyDescriptor(globalThis, k)])
        const own = new Set(['grab', 'hit', 'check', 'log', 'weak', 'map', 'bytes', 'date', 'regexp', 'failure', 'promise', 'frame', 'print', 'window', 'self', 'globalThis', 'console', 'eval'])
        const iterators = [getPrototypeOf([][Symbol.iterator]()), getPrototypeOf(new Map()[Symbol.iterator]()), getPrototypeOf(function* () {}), getPrototypeOf(async function () {})]
        const patch = (holder, path) => {
          if (holder === null || (typeof holder !== 'object' && typeof holder !== 'function') || has(holder)) return
          add(holder)
          const names = ownKeys(holder)
          for (let i = 0; i < names.length; i++) {
            const key = names[i], d = getOwnPropertyDescriptor(holder, key), where = path + '.' + O(key).toString()
            for (const part of ['value', 'get', 'set']) {
              const real = d[part]
              if (typeof real !== 'function' || key === 'constructor' || key === Symbol.species) { if (part === 'value') patch(real, where); continue }
              patch(real, where)
              if (!d.configurable) continue
              d[part] = part === 'value' && real.prototype ? real : { spy (...xs) {
                if (!log.quiet) { hit(where); grab(this); for (let i = 0; i < xs.length; i++) grab(xs[i]) }
                return apply(real, this, xs)
              } }.spy
            }
            if (d.configurable) try { defineProperty(holder, key, d) } catch {}
          }
          patch(getPrototypeOf(holder), path + '.__proto__')
        }
        for (const [k, d] of roots) if (!own.has(k)) patch(d.value, String(k))
        iterators.forEach((x, i) => patch(x, 'iterator' + i))
      })()`,
      page: exercise
    },

    {
      name: 'prototypes of Object, Array and Function have an accessor for each name in the bridge\'s source',
      before: `
        const targets = [Object.prototype, Array.prototype, Function.prototype], planted = []
        const plant = (target, key) => {
          planted.push([target, key])
          Object.defineProperty(target, key, { __proto__: null, configurable: true,
            get () { if (!log.quiet) grab(this); return undefined },
            set (v) { hit('setter of ' + key); grab(this); grab(v) } })
        }
        for (const target of targets) {
          for (const key of bridgeNames) if (!(key in Object.prototype) && !(key in target)) plant(target, key)
          for (let i = 0; i < 30; i++) plant(target, i)
        }
        // Without this, the walk would call each accessor on every object.
        globalThis.unplant = () => { log.quiet = true; for (let i = 0; i < planted.length; i++) delete planted[i][0][planted[i][1]] }`,
      page: `${exercise}
        unplant()`
    },

    {
      name: 'Object.prototype is polluted: __proto__, and the keys of property descriptors',
      engines: ['jsc', 'webkit'], // node's vm aborts ("Invalid property descriptor")
      before: `
        const real = Object.getOwnPropertyDescriptor(Object.prototype, '__proto__')
        Object.defineProperty(Object.prototype, '__proto__', { get () { grab(this); return real.get.call(this) }, set (v) { hit('__proto__'); grab(this); grab(v) } })
        for (const key of ['get', 'set']) Object.prototype[key] = function (v) { hit(key); grab(this); grab(v) }
        for (const key of ['writable', 'enumerable', 'configurable', 'value', 'frozen', 'source', 'copy', 'more']) Object.prototype[key] = true`,
      page: `${exercise}
        check(Object.getOwnPropertyDescriptor(globalThis, 'api').writable === false, 'api is read-only')`
    },

    {
      name: 'Function.prototype.call, apply and bind are patched',
      before: `
        for (const key of ['call', 'apply', 'bind']) {
          const real = Function.prototype[key], apply = Reflect.apply
          Function.prototype[key] = function (...a) { hit(key); grab(this); for (let i = 0; i < a.length; i++) grab(a[i]); return apply(real, this, a) }
        }`,
      page: exercise
    },

    {
      name: 'Promise: then, constructor, species, resolve and reject are patched',
      before: `
        const then = Promise.prototype.then, apply = Reflect.apply, Real = Promise
        Promise.prototype.then = function (...a) { grab(this); grab(a[0]); grab(a[1]); return apply(then, this, a) }
        class Evil extends Real {
          constructor (executor) { grab(executor); super((a, b) => { grab(a); grab(b); executor((v) => { grab(v); a(v) }, (v) => { grab(v); b(v) }) }) }
          static get [Symbol.species] () { return Evil }
        }
        Object.defineProperty(Promise, Symbol.species, { get () { return Evil } })
        Object.defineProperty(Promise.prototype, 'constructor', { get () { grab(this); return Evil } })
        Promise.resolve = Promise.reject = () => { hit('Promise.resolve or Promise.reject') }
        globalThis.Evil = Evil`,
      page: `${exercise}
        grab(await api.echo(new Evil((r) => { r({ e: 1 }) })))
        grab(api.callLater(() => new Evil((r) => { r({ e: 1 }) })))`
    },

    {
      name: 'thenables in every position of a value',
      page: `
        const thenable = () => ({ then (a, b) { grab(this); grab(a); grab(b); grab(a({ x: 1 })) } })
        grab(api.echo(thenable())); grab(await api.later(thenable())); grab(await api.call(thenable))
        grab(await api.callLater(thenable)); grab(await api.callLater(async () => ({ inner: thenable() })))
        Object.prototype.then = function (a, b) { grab(this); grab(a); grab(b); delete Object.prototype.then; a(3) }
        grab(await api.later({ a: 1 })); delete Object.prototype.then
        const p = Promise.resolve(1); p.then = function (...a) { hit('an own then'); grab(a) }; grab(await api.echo(p))
        const q = Promise.resolve(2); Object.defineProperty(q, 'constructor', { get () { grab(this); throw 1 } })
        try { grab(api.echo(q)) } catch (e) { grab(e) }
        Function.prototype.then = function (a, b) { grab(this); grab(a); grab(b); delete Function.prototype.then; a(3) }
        grab(await api.later(() => 1)); delete Function.prototype.then`
    },

    {
      name: 'Symbol.hasInstance of every constructor is patched',
      before: `for (const C of [Object, Function, Array, Promise, Error, Map, Set, Date, RegExp, ArrayBuffer, Uint8Array, TypeError, RangeError, WeakMap]) {
        Object.defineProperty(C, Symbol.hasInstance, { value (v) { hit('Symbol.hasInstance'); grab(v); return true } }) }`,
      page: exercise
    },

    {
      name: 'Symbol.toStringTag names another class',
      page: `for (const tag of ['Map', 'Set', 'Promise', 'Error', 'Date', 'RegExp', 'ArrayBuffer', 'DataView', 'Number', 'String', 'Boolean', 'BigInt', 'DOMException', 'HTMLElement', 'Blob', 'VideoFrame', 'Uint8Array', 'Module', 'Generator', '__proto__', 'constructor']) {
        class Liar { get [Symbol.toStringTag] () { grab(this); return tag } }
        try { grab(api.echo(new Liar())) } catch (e) { grab(e) }
        try { grab(api.call(() => new Liar())) } catch (e) { grab(e) }
      }
      for (const v of [new Map([[1, 2]]), new Set([1]), Promise.resolve(1), new Error('x'), new Date(), /x/, new ArrayBuffer(1), new DataView(new ArrayBuffer(1)), Object(1)]) {
        Object.defineProperty(v, Symbol.toStringTag, { value: 'Map' }); try { grab(api.echo(v)) } catch (e) { grab(e) }
        Object.setPrototypeOf(v, Object.prototype); try { grab(api.echo(v)) } catch (e) { grab(e) }
        Object.setPrototypeOf(v, null); try { grab(api.echo(v)) } catch (e) { grab(e) }
      }`
    },

    {
      name: 'errors: prepareStackTrace, captureStackTrace, stackTraceLimit and accessors of Error.prototype',
      engines: ['jsc', 'webkit'], // V8 gives CallSites to the page by design, and they name sloppy functions
      before: `
        Error.prepareStackTrace = (e, sites) => { grab(e); grab(sites); return sites }
        Error.captureStackTrace = (...a) => { hit('Error.captureStackTrace'); grab(a) }
        Error.stackTraceLimit = { valueOf () { hit('valueOf of Error.stackTraceLimit'); return 10 } }
        Object.defineProperty(Error.prototype, 'stack', { get () { grab(this) }, set (v) { grab(this); grab(v) } })
        Object.defineProperty(Error.prototype, 'message', { get () { grab(this); return 'm' }, set (v) { grab(this); grab(v) } })
        Object.defineProperty(Error.prototype, 'cause', { get () { grab(this) }, set (v) { grab(this); grab(v) } })
        Object.defineProperty(Error.prototype, 'name', { get () { grab(this); return 'n' }, set (v) { grab(this); grab(v) } })`,
      page: exercise
    },

    {
      name: 'global constructors are replaced by proxies',
      before: `const Real = Proxy; for (const name of ['Error', 'TypeError', 'RangeError', 'Promise', 'Map', 'WeakMap', 'Object', 'Array', 'Uint8Array', 'ArrayBuffer', 'Date', 'RegExp', 'Set', 'Function', 'Symbol', 'Proxy', 'Reflect', 'eval']) {
        globalThis[name] = new Real(globalThis[name], { apply (t, th, a) { hit(name); grab(a) }, construct (t, a, n) { hit('new ' + name); grab(a); grab(n); return {} }, get (t, k) { hit(name + '.' + typeof k); return t[k] } }) }`,
      page: exercise
    },

    {
      name: 'coercion: toJSON, valueOf, toString and Symbol.toPrimitive are spies',
      page: `
        const spy = () => { hit('a coercion method') }
        const evil = { toJSON: spy, valueOf: spy, toString: spy, [Symbol.toPrimitive]: spy }
        class Evil { toJSON () { spy() } valueOf () { spy() } toString () { spy() } [Symbol.toPrimitive] () { spy() } }
        Object.prototype.toJSON = spy
        for (const v of [evil, new Evil(), [evil], { evil }, Object.assign(() => 1, evil), Object.defineProperties(new Date(1), Object.getOwnPropertyDescriptors(evil)), Object.assign(Object('s'), evil)]) grab(api.echo(v))
        const e = new Error('x'); e.message = evil; grab(api.echo(e))
        try { api.call(() => { throw e }) } catch (x) { grab(x) }
        delete Object.prototype.toJSON`
    },

    {
      name: 'proxies as arguments and as return values',
      page: `
        const make = [() => ${trapped('{ a: 1, b: {} }')}, () => ${trapped('[1, {}, []]')}, () => ${trapped(
          'function (...a) { grab(this); grab(a); return { a } }')},
          () => ${trapped('new Map([[1, {}]])')}, () => ${trapped('new Error(1)')}, () => ${trapped(
            'Promise.resolve(1)')}, () => ${trapped('new Uint8Array(2)')}, () => ${trapped('class {}')}]
        for (const m of make) {
          for (const place of [(v) => api.echo(v), (v) => api.echo([v]), (v) => api.echo({ v }), (v) => api.call(() => v), (v) => api.call(() => [v]), (v) => api.later(v), (v) => api.callLater(() => v), (v) => api.call(v), (v) => api.call(() => { throw v }), (v) => api.many(1, 2, 3, 4, 5, v), (v) => api.callLater(async () => { throw v })]) {
            try { grab(await place(m())) } catch (e) { grab(e) }
          }
        }`
    },

    {
      name: 'getters in arguments and in return values, which throw or call the bridge',
      page: `
        const thrown = [new Error('boom'), 'text', 1, null, undefined, Symbol('s'), {}, { message: 1 }, { get message () { throw 1 } }, () => 1, ${trapped('{}')}, Object.create(null)]
        for (const t of thrown) {
          const evil = () => ({ get x () { grab(this); throw t } })
          for (const place of [(v) => api.echo(v), (v) => api.echo([v]), (v) => api.call(() => v), (v) => api.callLater(() => v), (v) => api.callLater(async () => v), (v) => api.callLater(async () => { throw v }), (v) => api.call(() => { throw t }), (v) => api.callLater(async () => { throw t }), (v) => api.rethrow(() => { throw t })]) {
            try { grab(await place(evil())) } catch (e) { grab(e) }
          }
        }
        try { api.echo({ get x () { throw thrown[0] } }); check(false, 'a call throws the exception of a getter') } catch (e) { check(e === thrown[0], 'the exception of a getter is the same object') }
        let again; const o = { get x () { again = api.echo({ y: {} }); grab(again); return { z: 1 } } }
        grab(api.both(o, o))
        check(api.same(o, o) === true, 'an object passed twice is one object in the preload')`
    },

    {
      name: 'revoked proxies',
      page: `
        for (const t of [{}, [], () => 1, new Map()]) {
          const dead = () => { const r = Proxy.revocable(t, {}); r.revoke(); return r.proxy }
          for (const place of [() => api.echo(dead()), () => api.echo([dead()]), () => api.call(dead), () => api.call(dead()), () => api.call(() => { throw dead() }), () => api.callLater(async () => { throw dead() }), () => api.later(dead())]) {
            try { grab(await place()) } catch (e) { grab(e) }
          }
        }`
    },

    {
      name: 'Function.caller and arguments.callee.caller in page functions that the preload or engine calls',
      preload: `
        function sloppyCall (f) { const r = f(1, {}); return r }
        const strictTail = (() => { 'use strict'; return (f) => f(1) })()
        contextBridge.exposeInMainWorld('sloppy', {
          call: sloppyCall,
          tail (f) { const r = strictTail(f); return r },
          forEach (f) { [1].forEach(f); [1].forEach((x) => f(x)) },
          each (o) { for (const k in o) if (typeof o[k] === 'function') { const r = o[k](); sloppyCall(o[k]) } },
          sort (f) { return [2, 1].sort(f) },
          replace (f) { return 'a'.replace(/a/, f) },
          apply (f) { const r = f.apply(null, [1, 2, 3, 4, 5, 6]); return r },
          reflect (f) { const r = Reflect.apply(f, null, [1]); return r },
          bound (f) { const r = f.bind(null, 1)(); return r },
          later (f) { return Promise.resolve(1).then(f) },
          get (f) { const o = { get x () { return f() } }; return o.x },
          echo (x) { const r = x; return r },
          pass (f) { return { get x () { const r = f(); return r } } }
        })`,
      page: `${spyOnStack}
        for (const key of ['call', 'tail', 'forEach', 'sort', 'replace', 'apply', 'reflect', 'bound', 'later', 'get', 'pass']) {
          try { grab(await sloppy[key](lookDown)) } catch (e) { grab(e) }
        }
        sloppy.each({ lookDown })
        const o = { get x () { return lookDown() } }; sloppy.echo(o); sloppy.call(() => o)
        Object.defineProperty(o, 'y', { enumerable: true, get: lookDown }); sloppy.echo(o); sloppy.call(() => o)
        const list = [1]; Object.defineProperty(list, 0, { get: lookDown }); sloppy.echo(list); sloppy.call(() => list)
        const p = new Proxy({}, { get: lookDown, ownKeys () { lookDown(); return [] }, getPrototypeOf () { lookDown(); return null } }); sloppy.echo(p); sloppy.call(() => p)
        const q = new Proxy({}, { getPrototypeOf: lookDown }); try { sloppy.echo(q) } catch (e) { grab(e) }
        const t = {}; Object.defineProperty(t, 'then', { get: lookDown }); try { await sloppy.later(() => t) } catch {}
        const tag = Object.create({ get [Symbol.toStringTag] () { return lookDown() } }); sloppy.echo(tag); sloppy.call(() => tag)
        const tag2 = Object.create(Object.defineProperty({}, Symbol.toStringTag, { get: lookDown })); sloppy.echo(tag2); sloppy.call(() => tag2)
        const pr = Promise.resolve(1); Object.defineProperty(pr, 'constructor', { get: lookDown }); sloppy.call(() => pr); sloppy.echo(pr)
        const pr2 = Promise.resolve(1); function Species (ex) { lookDown(); ex(lookDown, lookDown) } Object.defineProperty(Species, Symbol.species, { value: lookDown })
        pr2.constructor = Species; sloppy.call(() => pr2); sloppy.echo(pr2)
        const err = {}; Object.defineProperty(err, 'message', { get: lookDown }); try { sloppy.call(() => { throw err }) } catch (e) { grab(e) }
        const f = () => 1; Object.defineProperty(f, 'name', { get: lookDown }); Object.defineProperty(f, 'length', { get: lookDown }); sloppy.echo(f); sloppy.call(() => f)
        let left = 5; function recursive () { grab(recursive.caller); if (left-- > 0) sloppy.call(recursive); lookDown() } sloppy.call(recursive)
        for (const key in sloppy) { try { grab(sloppy[key].caller) } catch (e) { grab(e) } try { grab(sloppy[key].arguments) } catch (e) { grab(e) } }`
    },

    {
      name: 'construction with bridged functions: new, Reflect.construct, extends, new.target',
      page: `
        const f = api.echo
        for (const act of [() => new f(), () => new f({}), () => Reflect.construct(f, [{}]), () => Reflect.construct(Object, [], f), () => Reflect.construct(Array, [], f), () => Reflect.construct(Promise, [(a, b) => { grab(a) }], f),
          () => { class X extends f {} return new X() }, () => { function X () {} Object.setPrototypeOf(X, f); return new X() }, () => f.prototype, () => f.constructor('return this')(), () => f.constructor.constructor('return this')(),
          () => Object.getPrototypeOf(f), () => f.call({}, 1), () => f.apply(undefined, [1]), () => f.bind(1)({}), () => Function.prototype.toString.call(f), () => f[Symbol.hasInstance](1), () => { grab(Object.getOwnPropertyDescriptors(f)) },
          () => api.call(class { constructor () { grab(new.target); grab(this) } }), () => api.call(function () { grab(new.target); grab(this); grab(arguments) }), () => api.construct(class { constructor (...a) { grab(a) } }), () => api.construct(function (...a) { grab(new.target); grab(a); grab(this) })]) {
          try { grab(act()) } catch (e) { grab(e) }
        }`
    },

    {
      name: 'generators and async functions',
      page: `
        async function* ag () { grab(this); yield 1 }
        function* g () { grab(this); grab(arguments); const x = yield 1; grab(x) }
        async function a (...xs) { grab(this); grab(xs); await null; grab(xs); return { xs } }
        for (const v of [g, ag, a, g(), ag(), a()]) for (const place of [(x) => api.echo(x), (x) => api.call(() => x), (x) => api.call(x), (x) => api.callLater(x), (x) => api.later(x)]) {
          try { const r = await place(v); grab(r); if (r && r.next) grab(r.next({})) } catch (e) { grab(e) }
        }
        try { grab(api.generator()) } catch (e) { grab(e) }`
    },

    {
      name: 'arrays: subclasses, species, holes over accessors, patched iterators and constructors',
      page: `
        class Evil extends Array { static get [Symbol.species] () { hit('species'); return Evil } constructor (...a) { super(...a); grab(this) } }
        const e = new Evil(); e.push(1, {}); grab(api.echo(e))
        Object.defineProperty(Array, Symbol.species, { get () { hit('the species of Array'); return Evil } })
        Array.prototype.constructor = Evil
        Array.prototype[Symbol.isConcatSpreadable] = false
        Array.prototype[Symbol.iterator] = function () { hit('iterator'); grab(this); return { next () { return { done: true } } } }
        Object.defineProperty(Array.prototype, 1, { get () { grab(this); return { hole: 1 } }, set (v) { hit('the setter of Array.prototype[1]'); grab(this); grab(v) } })
        grab(api.echo([1, , 3])); grab(api.values()); grab(api.many(1, {}, [], 2, 3, {})); grab(api.echo([{}, {}, {}]))
        const own = [1]; own.constructor = { [Symbol.species]: Evil }; grab(api.echo(own))
        grab(api.echo(new Array(5))); delete Array.prototype[1]`
    },

    {
      name: 'Map and Set: subclasses, patched methods, growth while they are copied',
      page: `
        class M extends Map { set (k, v) { grab(this); return super.set(k, v) } get size () { hit('size'); return 1 } forEach () { hit('forEach') } [Symbol.iterator] () { hit('iterator') } entries () { hit('entries') } }
        grab(api.echo(new M([[{}, []]])))
        const m = new Map(); m.set({ get x () { m.set(1, 1); return {} } }, () => 1); grab(api.echo(m)); m.set(m, m); grab(api.echo(m))
        const s = new Set([{ a: 1 }]), quietMap = new Map([[{}, []]])
        Map.prototype.set = Map.prototype.get = Set.prototype.add = function (...a) { hit('a patched method of Map or Set'); grab(this); grab(a) }
        grab(api.echo(quietMap)); grab(api.map); grab(api.echo(s))`
    },

    {
      name: 'buffers: detached, shared and resizable buffers, views with false properties',
      page: `
        const tries = []
        const detach = (b) => { try { globalThis.structuredClone ? structuredClone(b, { transfer: [b] }) : b.transfer && b.transfer() } catch {} return b }
        tries.push(() => detach(new ArrayBuffer(8)), () => { const v = new Uint8Array(8); detach(v.buffer); return v }, () => { const v = new DataView(new ArrayBuffer(8)); detach(v.buffer); return v })
        if (globalThis.SharedArrayBuffer) tries.push(() => new SharedArrayBuffer(8), () => new Uint8Array(new SharedArrayBuffer(8)), () => new DataView(new SharedArrayBuffer(8)))
        tries.push(() => { const b = new ArrayBuffer(8, { maxByteLength: 16 }); const v = new Uint8Array(b); if (b.resize) b.resize(4); return v })
        tries.push(() => { const b = new ArrayBuffer(8, { maxByteLength: 16 }); const v = new Uint8Array(b, 6); if (b.resize) b.resize(2); return v })
        tries.push(() => { const v = new Uint8Array(4); for (const k of ['buffer', 'length', 'byteOffset', 'byteLength', 'constructor']) Object.defineProperty(v, k, { get () { hit(k); return 1e9 } }); return v })
        tries.push(() => { class V extends Uint8Array { static get [Symbol.species] () { hit('species'); return V } get buffer () { hit('buffer'); return 1 } } return new V(4) })
        tries.push(() => { const v = new Float64Array(2); Object.setPrototypeOf(v, Array.prototype); return v }, () => { const v = new Int8Array(2); Object.setPrototypeOf(v, null); return v })
        tries.push(() => { const v = new Uint8Array(4); class B extends ArrayBuffer { constructor (n) { super(n); hit('species') } static get [Symbol.species] () { return B } } v.buffer.constructor = B; return v })
        tries.push(() => { const b = new ArrayBuffer(4); Object.defineProperty(b, 'constructor', { get () { hit('constructor'); return ArrayBuffer } }); return b })
        for (const t of tries) { try { grab(api.echo(t())) } catch (e) { grab(e) } try { grab(api.call(() => [t()])) } catch (e) { grab(e) } }`
    },

    {
      name: 'symbols: registry, well-known keys, symbol-keyed functions',
      page: `
        const s = api.symbol(); grab(api.bySymbol[s])
        check(api.isSymbol(s), 'a symbol that returns is the same symbol')
        const o = { [Symbol.iterator]: function* () { grab(this) }, [Symbol.toPrimitive] () { grab(this); return 1 }, [Symbol.for('martlet')]: { f () { grab(this) } }, [Symbol.toStringTag]: 'Map', [Symbol.hasInstance] () { grab(this) }, [Symbol.asyncIterator] () {}, [Symbol.species]: 1 }
        grab(api.echo(o)); grab(api.call(() => o)); grab(api.useSymbols(o)); grab(Symbol.for('martlet').description)`
    },

    {
      name: 'FinalizationRegistry and WeakRef',
      page: `
        const registry = new FinalizationRegistry((held) => { grab(held) })
        registry.register(api, {}); registry.register(api.echo, {}); const ref = new WeakRef(api.echo); grab(ref.deref())
        for (const v of [registry, ref, new WeakMap([[api, 1]]), new WeakSet([api])]) { try { grab(api.echo(v)) } catch (e) { grab(e) } }`
    },

    {
      name: 'own __proto__ properties, which must not pollute the preload',
      page: `
        const o = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "a": {"__proto__": {"polluted": 1}}}')
        grab(api.echo(o)); api.merge(o); check(api.clean(), 'the preload is not polluted')
        const p = { ['__proto__']: () => 1, x: { ['__proto__']: [] } }; grab(api.echo(p)); check(api.ownProto(p), 'an own __proto__ property arrives as an own property')`
    },

    {
      name: 'objects of a same-origin frame, with intrinsics that are not patched',
      page: `
        const make = ['({ a: { b: 1 } })', '[1, {}]', '(() => 1)', '(function () { return this })', 'new Map([[1, {}]])', 'new Error("x")', 'Promise.resolve({})', 'new Uint8Array(2)', 'new Date(1)', '/x/', 'Object(1)', 'new (class { x = {} })', 'new Proxy({}, {})', 'Symbol("x")', 'globalThis']
        const call = frame.eval('(f, x) => f(x)')
        for (const text of make) { const v = frame.eval(text); if (text === 'globalThis') continue
          try { grab(api.echo(v)) } catch (e) { grab(e) } try { grab(call(api.echo, v)) } catch (e) { grab(e) } try { grab(api.call(() => v)) } catch (e) { grab(e) } try { grab(await api.later(v)) } catch (e) { grab(e) } }
        try { frame.eval('(f) => { throw f }')(api.echo) } catch (e) { grab(e) }
        grab(frame.Reflect.apply(api.fail === 1 ? 0 : api.echo, undefined, [{}])); try { frame.Reflect.apply(api.fail, undefined, []) } catch (e) { grab(e) }
        grab(frame.Function.prototype.toString.call(api.echo)); grab(frame.Object.getOwnPropertyDescriptors(api))
        try { grab(frame.Reflect.construct(frame.Object, [], api.echo)) } catch (e) { grab(e) }`
    },

    {
      name: 're-entry: calls of the bridge from getters, callbacks and async functions',
      page: `
        let depth = 0
        const evil = () => ({ get x () { if (depth++ < 20) { grab(api.echo(evil())); grab(api.call((v) => { grab(v); return evil() })) } return evil })
        `.replace('return evil })', 'return {} } })') + `
        grab(api.echo(evil())); depth = 0; grab(api.call(evil))
        depth = 0; grab(await api.callLater(async () => evil()))
        const f = (n) => n > 30 ? n : api.call(() => f(n + 1)); grab(f(0))
        try { const g = (n) => { if (n > 30) throw new TypeError('deep'); return api.call(() => g(n + 1)) }; g(0) } catch (e) { grab(e); check(e.message === 'deep', 'the message crosses every nested call') }
        try { api.call(() => { try { api.fail() } catch (e) { grab(e); throw e } }) } catch (e) { grab(e) }`
    },

    {
      name: 'deeply nested values and cyclic values',
      page: `
        let list = []; for (let i = 0; i < 1200; i++) list = [list]; try { api.echo(list) } catch (e) { grab(e); check(e instanceof TypeError, 'too deep an array throws a TypeError') }
        let o = {}; for (let i = 0; i < 5000; i++) o = { o }; try { api.echo(o) } catch (e) { grab(e) } try { api.call(() => o) } catch (e) { grab(e) }
        let big = {}; for (let i = 0; i < 1e5; i++) big = { big }; try { api.echo(big) } catch (e) { grab(e) }
        const a = [{}]; a.push(a); a[0].a = a; const m = new Map([[a, a]]); m.set(m, m); const r = api.echo([a, m]); grab(r); check(r[0] === r[0][1] && r[0][0].a === r[0], 'a cyclic value keeps its cycles')`
    },

    {
      name: 'exposure under keys that exist, and page changes to an exposed global',
      before: `
        globalThis.taken = 1
        Object.defineProperty(globalThis, 'trap', { configurable: true, get () { grab(this); return 1 }, set (v) { hit('the setter of a global'); grab(v) } })
        Object.defineProperty(Object.prototype, 'inherited', { configurable: true, get () { grab(this) }, set (v) { hit('the setter of an inherited global'); grab(v) } })`,
      preload: `for (const key of ['taken', 'trap', 'inherited', 'api', 'toString', '__proto__', 'constructor']) {
          try { contextBridge.exposeInMainWorld(key, { secret: () => 1 }); failed.push(key) } catch (e) { if (e.message !== 'Cannot bind an API on top of an existing property on the window object') failed.push(e.message) }
        }`,
      page: 'const inNode = typeof print !== "function"; check(taken === 1, "an existing global keeps its value"); api = 1; check(typeof api === "object", "an exposed global refuses assignment"); try { delete globalThis.api } catch {} check(typeof api === "object", "an exposed global refuses delete"); if (!inNode) { try { (() => { "use strict"; api = 2 })(); check(false, "assignment in strict mode throws") } catch (e) { check(e instanceof TypeError, "assignment in strict mode throws a TypeError") } } check(Object.isFrozen(api) && Object.isFrozen(api.echo) && Object.isFrozen(api.nested.list), "exposed values are frozen")'
    },

    {
      name: 'callbacks that are called after their call has returned, and the identity of proxies',
      page: `
        const f = (x) => { grab(x); return x }
        api.on(f); check(api.emit({ a: 1 }) === 1, 'emit calls one listener')
        api.off(f); check(api.emit({}) === 0, 'off removes the listener that on added')
        check(api.echo(f) === f, 'a page function returns as itself')
        check(api.echo(api.echo) === api.echo, 'a preload function that is passed and returned is the same')
        grab(api.make()); const made = api.make(); grab(made()); grab(made.inner)
        check(api.isMade(made), 'a preload function arrives in the preload as itself')
        grab(api.thisOf()); const { thisOf } = api; grab(thisOf())
        api.call(function () { grab(this) }); api.useMethod({ m () { grab(this); return this }, tag: 1 })`
    }
  ]

  return attacks
})()
