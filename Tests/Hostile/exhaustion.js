// Stack exhaustion at every depth, in both directions: no error and no value of the wrong realm may appear.
// This is a plain script. Its value, `(worlds, walkText, pause, report)`, runs every action in a pair of
// worlds, which suite.js describes. `report` gets { name, calls, failed, kept, leaks } for each action.
//
// The stack is filled completely. As the calls return, each of the last stack frames performs the action
// once. The action thus runs with room for 0, 1, 2 and more stack frames. The stack is filled again with
// stack frames of other sizes, because the room at its end depends on the size.
'use strict'

;async (worlds, walkText, pause, report) => {
  const { page, preload, main, isolated } = worlds
  preload(`
    var caught = []
    const note = (x) => { caught = { x, next: caught } }
    contextBridge.exposeInMainWorld('api', {
      echo: (x) => x,
      many: (...all) => all,
      nested: () => ({ a: 1, b: { c: [1, 2, { d: () => 1 }] } }),
      values: () => [new Uint8Array(3), new Map([[{}, [1]]]), new Set([{}]), new Date(1), /x/g, Object(1), new DataView(new ArrayBuffer(1))],
      error: () => new TypeError('e'),
      fail: () => { throw new TypeError('failed') },
      failText: () => { throw 'text' },
      unclonable: () => new WeakMap(),
      unreadable: () => ({ get x () { throw new Error('boom') } }),
      overflow: () => { const f = () => f(); const r = f(); return r },
      overflowInGetter: () => ({ get x () { const f = () => { const r = f(); return r }; const r = f(); return r } }),
      promise: () => Promise.resolve({ v: 1 }),
      rejected: async () => { throw new RangeError('r') },
      fresh: () => () => ({ a: 1 }),
      call: (f) => { try { const r = f({ a: { b: 1 } }, [1], () => 1); note(r); return r } catch (e) { note(e); throw e } },
      down: (f) => { const g = () => { try { note(f({ a: 1 })); g() } catch (e) { note(e) } }; g(); return {} },
      later: async (f) => { try { note(await f({ a: 1 })) } catch (e) { note(e); throw e } }
    })`)
  page(`
    var phase = 0
    const fillers = [
      (act) => { const f = () => { try { f() } catch {} act() }; f() },
      (act) => { const f = (a, b, c) => { let d = a + b + c; try { f(d, a, b) } catch {} act(d) }; f(1, 2, 3) },
      (act) => { const f = (...all) => { try { f(...all) } catch {} act() }; f(1, 2, 3, 4, 5, 6, 7) },
      (act) => { const f = (o) => { try { [1].forEach(() => f(o)) } catch {} act() }; f() },
      (act) => { const f = (o) => { try { Reflect.apply(f, 1, [o]) } catch {} act() }; f() },
      (act) => { const f = () => { try { api.call(f) } catch {} act() }; f() },
      (act) => { const o = { get x () { try { o.x } catch {} act() } }; o.x }
    ]
    // Results are linked cells and not arrays, because push needs room on the stack.
    globalThis.attack = (deed, deeds) => {
      let got, calls = 0, failed = 0
      for (const fill of fillers) {
        let left = deeds
        fill(() => {
          if (left-- <= 0) return
          calls++
          try { got = { value: deed(), next: got } } catch (e) { failed++; got = { value: e, next: got } }
        })
      }
      return { got, calls, failed }
    }`)


  const createWalker = page(walkText)
  const createMirror = preload(walkText)
  const pageWalker = createWalker({ homes: [main], foreign: createWalker.intrinsics(isolated, [main]) })
  const mirror = createMirror({ homes: [isolated], foreign: createMirror.intrinsics(main, [isolated]) })

  const deeds = {
    number: 'api.echo(1)',
    object: 'api.echo({ a: 1, b: { c: [1, 2, { d: 3 }] } })',
    array: 'api.echo([1, {}, [() => 1]])',
    function: 'api.echo(() => 1)',
    many: 'api.many(1, 2, 3, 4, {}, [])',
    map: 'api.echo(new Map([[{}, [1]]]))',
    bytes: 'api.echo(new Uint8Array(4))',
    anError: "api.echo(new TypeError('q'))",
    aPromise: 'api.echo(Promise.resolve({}))',
    date: 'api.echo(new Date(1))',
    regexp: 'api.echo(/x/g)',
    instance: 'api.echo(new (class { x = {} })())',
    deep: '(() => { let a = []; for (let i = 0; i < 900; i++) a = [a]; return api.echo(a) })()',
    getter: 'api.echo({ get x () { const f = () => f(); const r = f(); return r } })',
    callbackThrows: "api.call(() => { throw new Error('x') })",
    callbackOverflows: 'api.call(() => { const f = () => { const r = f(); return r }; const r = f(); return r })',
    callbackThrowsGetter: 'api.call(() => { throw { get message () { const f = () => { const r = f(); return r }; const r = f(); return r } } })',
    callback: 'api.call((x) => x)',
    callbackLater: 'api.later(async (x) => x)',
    pingPong: '(() => { const f = () => api.call(f); const r = f(); return r })()',
    down: 'api.down((x) => x)',
    construct: 'new api.echo(1)'
  }
  for (const name of ['nested', 'values', 'error', 'fail', 'failText', 'unclonable', 'unreadable', 'overflow',
    'overflowInGetter', 'promise', 'rejected', 'fresh']) {
    deeds[name] = `api.${name}()`
  }

  const slow = { down: 6, pingPong: 10, deep: 40, callbackOverflows: 60, overflow: 60, overflowInGetter: 60,
    getter: 60, callbackThrowsGetter: 60 }
  const finish = async (walk) => {
    for (let i = 0; i < 3; i++) await pause()
    return walk.leaks.map(({ path, why }) => `${path} ${why}`)
  }

  for (const name of Object.keys(deeds)) {
    isolated.caught = undefined
    const outcome = page(`attack(() => ${deeds[name]}, ${slow[name] || 120})`)
    const values = []
    for (let cell = outcome.got; cell; cell = cell.next) values.push(cell.value)
    const roots = { __proto__: null }
    values.forEach((value, i) => { roots[`got${i}`] = value })
    const kept = { __proto__: null }
    let n = 0
    for (let cell = isolated.caught; cell && n < 2000; cell = cell.next) kept[`kept${n++}`] = cell.x
    const leaks = [...await finish(pageWalker.walk(roots)), ...await finish(mirror.walk(kept))]
    report({ name, calls: outcome.calls, failed: outcome.failed, kept: n, leaks: leaks.slice(0, 5) })
  }
}
