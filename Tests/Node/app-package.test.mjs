// An app's package.json, as Electron reads it.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'

const { readAppPackage } = createRequire(import.meta.url)('../../Resources/node/app-package.cjs')

function folder (t, files) {
  const made = mkdtempSync(path.join(tmpdir(), 'martlet-'))
  t.after(() => rmSync(made, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(made, name)), { recursive: true })
    writeFileSync(path.join(made, name), text)
  }
  return made
}

test('the main script, the name, the version and the id are read', t => {
  const app = folder(t, {
    'package.json': JSON.stringify({
      name: 'an-app',
      productName: 'An App',
      version: '2.0.1',
      main: 'src/main',
      build: { appId: 'com.example.App' }
    }),
    'src/main.js': ''
  })
  assert.deepEqual(readAppPackage(app), {
    folder: app, main: path.join(app, 'src/main.js'), isModule: false, name: 'An App', id: 'com.example.App',
    version: '2.0.1'
  })
})

test('an id is made of the name where there is none, and index.js is the main script', t => {
  const app = folder(t, { 'package.json': '{"name":"@scope/3 words"}', 'index.js': '' })
  const about = readAppPackage(app)
  assert.equal(about.id, 'dev.martlet.electron.scope3words')
  assert.equal(about.main, path.join(app, 'index.js'))
})

test('a script is a module by its ending, or by the nearest package.json', t => {
  const is = files => readAppPackage(folder(t, files)).isModule
  assert.equal(is({ 'package.json': '{"main":"a.mjs"}', 'a.mjs': '' }), true)
  assert.equal(is({ 'package.json': '{"main":"a.js","type":"module"}', 'a.js': '' }), true)
  assert.equal(is({ 'package.json': '{"main":"a.cjs","type":"module"}', 'a.cjs': '' }), false)
  assert.equal(
    is({ 'package.json': '{"main":"b/a.js","type":"module"}', 'b/a.js': '', 'b/package.json': '{}' }), false)
})

test('errors name the file and the remedy', t => {
  assert.throws(() => readAppPackage('/nowhere'), {
    code: 'ERR_MARTLET_APP',
    message: /cannot read \/nowhere\/package\.json \(ENOENT\): an app is a folder with/
  })
  assert.throws(() => readAppPackage(folder(t, { 'package.json': '{' })), {
    message: /package\.json is no JSON/
  })
  assert.throws(() => readAppPackage(folder(t, { 'package.json': '{"main":"gone.js"}' })), {
    message: /cannot find .*gone\.js: the member main of/
  })
})
