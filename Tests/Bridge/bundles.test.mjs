// Compares the list of the bridge's scripts, Resources/bridge/BridgeScripts.swift, with the files and their
// `require` calls.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { read } from './support/bridge.mjs'
import { newRealm, script, text } from './support/realms.mjs'

const { modulesOf, bundle } =
  script('Tests/Bridge/support/bundle.js')(path => text(`Resources/bridge/${path}`))
const entries = { page: 'membrane/page', guards: 'guards/isolated-world', isolated: 'boot' }

/** The bundles of each module, by its base name. */
const listed = new Map(
  [...read('Resources/bridge/BridgeScripts.swift').matchAll(
    /\("([\w-]+)", (\[.*\]|\.\w+), PackageResources\.(\w+)\)/g)]
    .map(([, name, bundles, resource]) => {
      assert.equal(resource, name.replaceAll('-', '_') + '_js')
      return [name, [...bundles.matchAll(/\.(\w+)/g)].map(([, bundle]) => bundle)]
    }))

test('every script of the bridge is listed once, and no two have the same base name', () => {
  const files = readdirSync(new URL('../../Resources/bridge/', import.meta.url), { recursive: true })
    .filter(file => file.endsWith('.js')).map(file => basename(file, '.js'))
  assert.equal(new Set(files).size, files.length)
  assert.deepEqual([...listed.keys()].sort(), files.filter(name => name !== 'loader').sort())
})

test('a bundle has the modules that its entry requires, directly or not, and no others', () => {
  for (const [name, entry] of Object.entries(entries)) {
    const required = modulesOf(entry).map(path => basename(path))
    assert.ok(required.length > 1)
    assert.deepEqual([...listed].filter(([, bundles]) => bundles.includes(name)).map(
      ([module]) => module).sort(),
      required.sort(), name)
  }
})

test('the entries are the ones that BridgeBundle.swift names', () => {
  const swift = read('Sources/MartletWebHost/Engine/BridgeBundle.swift')
  const named = [...swift.matchAll(/text\(of: \.(\w+), entry: "([\w-]+)"\)/g)].map(
    ([, name, entry]) => [name, entry])
  assert.deepEqual(Object.fromEntries(named),
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, basename(entry)])))
})

test("the page's bundle returns the membrane's half of the page, and adds no global", () => {
  const { global, run } = newRealm()
  const before = Reflect.ownKeys(global)
  assert.equal(typeof run(bundle('membrane/page')), 'function')
  assert.deepEqual(Reflect.ownKeys(global), before)
})
