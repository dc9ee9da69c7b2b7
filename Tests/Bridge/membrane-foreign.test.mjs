// Tests contextBridge with objects that WebKit makes for a preload in the page's realm: their prototypes are
// the page's, so contextBridge must not read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorlds } from './support/realms.mjs'

const UNCLONABLE = /An object could not be cloned\.$/

/**
 * For each way out of the preload: the message, the hits of the page's traps and getters, and the page's
 * value.
 */
async function giveAway (foreign) {
  const { page, preload, main, isolated } = createWorlds()
  page(`var hits = [], given = []
    const hit = name => function (...all) { hits.push(name); given.push(...all); return name === 'tag' ? 'Object' : undefined }
    const spy = (holder, key) => { Object.defineProperty(holder, key, { configurable: true, get () { hits.push(String(key)); this.own = hit('own'); return key === Symbol.toStringTag ? 'Object' : undefined } }) }`)
  isolated.foreign = page(foreign)
  preload(`var give = { returned: () => foreign, nested: () => ({ list: [foreign] }), thrown: () => { throw foreign },
    promised: async () => { throw foreign }, passed: f => f(foreign) }
    contextBridge.exposeInMainWorld('api', give)`)
  main.told = {}
  await page(`(async () => {
    for (const name of ['returned', 'nested', 'thrown', 'promised']) {
      try { told[name] = typeof await api[name]() } catch (error) { told[name] = error.message }
    }
    try { api.passed(value => { told.passed = typeof value }) } catch (error) { told.passed = error.message }
  })()`)
  return { told: { ...main.told }, hits: [...main.hits], given: [...main.given] }
}

for (const [what, foreign] of Object.entries({
  'an object': '({ f: hit("f") })',
  'an error': '{ const error = new Error("x"); for (const key of ["message", "name", "code", Symbol.toStringTag]) spy(Object.getPrototypeOf(error), key); error }',
  'a promise': 'Object.defineProperty(Promise.resolve(), "constructor", { get () { hits.push("constructor"); return { [Symbol.species]: hit("species") } } })',
  'a function': '(() => { const f = () => 1; return f })()',
  'a function without a prototype': 'Object.setPrototypeOf(hit("f"), null)',
  'a function that says it has no prototype': 'new Proxy(hit("f"), { getPrototypeOf: () => null })',
  'a list': '{ const list = []; list.length = 1; Object.defineProperty(Array.prototype, 0, { get: hit("element") }); list }',
  'a map': 'new Map([[1, hit("f")]])',
  'an object with a Proxy among its prototypes': 'Object.create(new Proxy({}, { getPrototypeOf () { throw hit("thrown") }, get: hit("get") }))',
  'a Proxy': 'new Proxy({}, { getPrototypeOf () { throw hit("thrown") }, get: hit("get"), ownKeys: hit("ownKeys") })'
})) {
  test(`${what} of the page does not cross, and nothing of it is read`, async () => {
    const { told, hits, given } = await giveAway(foreign)
    assert.deepEqual(hits, [])
    assert.deepEqual(given, [])
    const { thrown, ...others } = told
    for (const [way, message] of Object.entries(others)) {
      assert.match(message, way === 'promised' ? /could not be cloned|not made in the isolated context/ : UNCLONABLE, way)
    }
    assert.equal(thrown, 'An error that was not made in the isolated context was thrown.')
  })
}

test("the constructor of a page's promise without a prototype is not read", async () => {
  const { hits, given } = await giveAway(
    'Object.setPrototypeOf(Object.defineProperty(Promise.resolve(), "constructor", { get () { hits.push("constructor"); return { [Symbol.species]: hit("species") } } }), null)')
  assert.deepEqual(hits, [])
  assert.deepEqual(given, [])
})

test("the preload's own objects cross without a prototype, and as instances of subclasses", async () => {
  const { page, preload } = createWorlds()
  preload(`contextBridge.exposeInMainWorld('api', {
    bare: () => Object.assign(Object.create(null), { a: [1] }),
    instance: () => new (class A extends class B {} { a = [1] })(),
    error: () => { throw new (class Failed extends TypeError { name = 'Failed' })('m') },
    list: () => new (class List extends Array {})(1, 2).length,
    f: () => async () => 1
  })`)
  assert.equal(page('JSON.stringify([api.bare(), api.instance(), api.list(), typeof api.f()])'),
    '[{"a":[1]},{"a":[1]},2,"function"]')
  assert.equal(page('try { api.error() } catch (error) { error.name + error.message }'), 'Failedm')
})
