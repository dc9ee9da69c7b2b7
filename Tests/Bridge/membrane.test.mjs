// Tests the rules of contextBridge (Tests/Hostile/rules.js) between two vm contexts, and others that need no
// window.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorlds, text } from './support/realms.mjs'

const table = text('Tests/Hostile/rules.js')
const expression = table.slice(table.indexOf('(() =>')) // without the comment
const surroundings = "({ contextBridge, key: 'api', state: {}, sleep })"

const check = async (index) => {
  const { preload, page, otherWorld } = createWorlds()
  preload(`var { rules, show } = ${expression}; var rule = rules[${index}], surroundings = ${surroundings}`)
  const { world, gives } = preload('rule')
  if (preload('rule.api')) {
    const expose = world ? `exposeInIsolatedWorld(${world}, ` : 'exposeInMainWorld('
    preload(`contextBridge.${expose}'api', rule.api(surroundings))`)
  }
  const prepared = preload('rule.preload && rule.preload(surroundings)')
  const there = preload('rule.page') && (world ? otherWorld : page)
  const given = there ? there(
    `var rule = ${expression}.rules[${index}]; rule.page(api, { key: 'api' })`) : prepared
  // A promise is awaited in its own realm: some rules replace its methods.
  const show = preload('show')
  assert.equal(show(await given), show(gives))
  if (preload('rule.after')) assert.equal(preload('rule.after(surroundings)'), true)
}

for (const [index, { name, window: needsWindow }] of createWorlds().page(table).rules.entries()) {
  if (!needsWindow) test(name, () => check(index))
}

// ---- every prototype is the page's
for (const [id, expose] of [
  ['CB-60', `contextBridge.exposeInMainWorld('api', ${expression}.many())`],
  ['CB-61', `{ const all = ${expression}.many(); for (const key of Object.keys(all)) contextBridge.exposeInMainWorld('api_' + key, all[key]) }`]
]) {
  test(`${id}: every prototype that the page reaches is its own`, async () => {
    const { preload, page, isolated, main } = createWorlds()
    const { readFileSync } = await import('node:fs')
    const createWalker = page(readFileSync(new URL('../Hostile/walk.js', import.meta.url), 'utf8'))
    const foreign = createWalker.intrinsics(isolated)
    preload(expose)
    page(`var seen = []; const cb = (...all) => { seen.push(...all); return all }
      var use = () => { if (globalThis.api) { api.callback(cb) } else { api_callback(cb) } }; use()`)
    const walker = createWalker(
      { homes: [main], foreign, call: (f, path) => /^global\.api/.test(path),
        samples: [page('() => [() => ({})]')] })
    const walk = walker.walk({ __proto__: null, global: main })
    await new Promise((resolve) => { setTimeout(resolve, 30) })
    assert.equal(walk.leaks.length, 0, JSON.stringify(walk.leaks.length && walk.leaks[0].path))
    assert.ok(walk.visited() > 500)
  })
}

// ---- other worlds and the native compiler
test('CB-04: an API that is exposed in world 1004 is in no other world', () => {
  const { preload, otherWorld, page } = createWorlds()
  preload("contextBridge.exposeInIsolatedWorld(1004, 'api', 123)")
  assert.equal(otherWorld('api'), 123)
  assert.equal(page('typeof api'), 'undefined')
  assert.equal(preload('typeof api'), 'undefined')
})
test("executeInMainWorld uses the native compiler, not the page's eval, and reports a syntax error", () => {
  const { preload, page } = createWorlds({ native: true })
  page('globalThis.eval = 1')
  assert.equal(preload('contextBridge.executeInMainWorld({ func: (n) => globalThis.eval + n, args: [1] })'),
    2)
  assert.equal(preload('(() => { try { contextBridge.executeInMainWorld({ func: Math.max }) } catch (e) { return Object.getPrototypeOf(e) === Error.prototype && e.name } })()'), 'SyntaxError')
})
