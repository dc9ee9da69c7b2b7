// Tests `require` in a preload, over an app folder that is a table of files.
import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import vm from 'node:vm'
import { loadBridge } from './support/bridge.mjs'

const electron = { ipcRenderer: 'the ipcRenderer', contextBridge: 'the contextBridge' }
const process = { type: 'renderer' }

/**
 * A loader of `files`, by absolute path; like the main process it completes `.js`, `.json` and `/index.js`.
 */
function app (files) {
  const reads = []
  const require = loadBridge()
  const loader = new (require('./node/module-loader'))({
    electron,
    process,
    evaluate: (source, file) => vm.runInThisContext(source, { filename: file }),
    read (from, specifier) {
      reads.push(specifier)
      const base = path.resolve(path.dirname(from), specifier)
      const file = [base, base + '.js', base + '.json', base + '/index.js'].find(
        name => files[name] !== undefined)
      return file && { file, source: files[file] }
    }
  })
  return { loader, reads, require, run: (file = '/app/preload.js') => loader.run(file, files[file]) }
}

/** The exports of a preload with this `source`. */
const run = (source, files = {}) => app({ '/app/preload.js': source, ...files }).run()

const notFound = name => ({ name: 'Error', message: `module not found: ${name}` })

// ---- the table

test("Electron's renderer modules are one object under three names", () => {
  for (const name of ['electron', 'electron/renderer', 'electron/common']) {
    assert.equal(run(`module.exports = require('${name}')`), electron)
  }
})

test('events, timers and url can be required, under their node: names too', () => {
  const { loader, require } = app({})
  for (const name of ['events', 'timers', 'url']) {
    const module = loader.require('/app/preload.js', name)
    assert.equal(loader.require('/app/preload.js', `node:${name}`), module)
  }
  assert.equal(loader.require('/app/preload.js', 'events'), require('./node/emitter'))
})

test('any other module is an error that names the module', () => {
  for (const name of ['fs', 'node:fs', 'electron/main', 'node:electron', 'node:electron/renderer', 'node:',
    '', 'EVENTS',
    'events/', 'lodash', '/app/other.js', 'app://x/other.js', '.', '..', '.hidden', '__proto__',
      'constructor', 'node:node:events']) {
    assert.throws(() => run(`require(${JSON.stringify(name)})`, { '/app/other.js': '' }), notFound(name),
      name)
  }
  assert.throws(() => run('require()'), notFound('undefined'))
})

// ---- files

test('a file can require files beside it, below it and above it', () => {
  const files = { '/app/a.js': 'exports.name = "a"', '/app/lib/index.js': 'exports.up = require("../a").name',
    '/app/d.json': '{"n": [1]}' }
  assert.equal(run('module.exports = require("./a.js").name', files), 'a')
  assert.equal(run('module.exports = require("./a").name', files), 'a')
  assert.equal(run('module.exports = require("./lib").up', files), 'a')
  assert.deepEqual(run('module.exports = require("./d")', files), { n: [1] })
})

test('a missing file is an error that names the file as it was required', () => {
  assert.throws(() => run('require("./gone")'), notFound('./gone'))
  assert.throws(() => run('require("../../etc/passwd")'), notFound('../../etc/passwd'))
  assert.equal(run('try { require("./gone") } catch { module.exports = "went on" }'), 'went on')
})

test('a file runs once, whatever path it is required by', () => {
  globalThis.runs = 0
  const files = { '/app/a.js': 'runs += 1; module.exports = {}',
    '/app/b/c.js': 'module.exports = require("../a.js")' }
  assert.equal(run('module.exports = require("./a") === require("./a.js") && require("./b/c") === require("./b/../a")', files), true)
  assert.equal(globalThis.runs, 1)
  delete globalThis.runs
})

test('files that require each other get the exports that are made so far', () => {
  assert.deepEqual(run('exports.early = 1; exports.a = require("./a"); exports.late = 2', {
    '/app/a.js': 'const b = require("./b"); exports.b = b; exports.done = true',
    '/app/b.js': 'const a = require("./a"); exports.aDone = a.done; const p = require("./preload"); exports.p = { ...p }'
  }), { early: 1, a: { b: { aDone: undefined, p: { early: 1 } }, done: true }, late: 2 })
})

test('a file can replace its exports with any value', () => {
  for (const [source, value] of [
    ['module.exports = 7', 7], ['module.exports = undefined', undefined], ['exports = 7', {}], ['', {}]]) {
    assert.deepEqual(run('module.exports = [require("./a"), require("./a")]', { '/app/a.js': source }),
      [value, value])
  }
  assert.deepEqual(run('module.exports = [require("./n"), require("./n")]', { '/app/n.json': 'null' }),
    [null, null])
})

// ---- what a file sees

test('a file sees the names that Electron gives a preload', () => {
  const seen = run(`module.exports = {
    own: [this === exports, module.exports === exports, module.filename, module.loaded],
    same: [process.type, global === globalThis, Buffer.from('hi').toString('hex')],
    types: [typeof require, typeof setImmediate, typeof clearImmediate]
  }`)
  assert.deepEqual(seen, {
    own: [true, true, '/app/preload.js', false],
    same: ['renderer', true, '6869'],
    types: ['function', 'function', 'function']
  })
})

test("a file's declarations are local to it", () => {
  run('var leaked = 1; function leak () {}; let x; const require2 = require')
  assert.equal(typeof leaked + typeof leak, 'undefinedundefined')
})

test('a file may begin with a byte order mark and end in a comment', () => {
  assert.equal(run('\ufeffmodule.exports = 1 // the end'), 1)
  assert.deepEqual(run('module.exports = require("./d")', { '/app/d.json': '\ufeff{"a": 1}' }), { a: 1 })
})

// ---- errors

test('an error names the file and the line', () => {
  try {
    run('\n  require("./lib/a")', { '/app/lib/a.js': '\n\n   missing()' })
    assert.fail('it ran')
  } catch (error) {
    assert.equal(error.name, 'ReferenceError')
    assert.match(error.stack, /\/app\/lib\/a\.js:3:4/)
    assert.match(error.stack, /\/app\/preload\.js:2:3/)
  }
})

test('a syntax error names the file and the line', () => {
  try {
    run('require("./a")', { '/app/a.js': '\nlet = = 1' })
    assert.fail('it ran')
  } catch (error) {
    assert.equal(error.name, 'SyntaxError')
    assert.match(error.stack, /^\/app\/a\.js:2/)
  }
})

test('malformed JSON is a SyntaxError that names the file', () => {
  assert.throws(() => run('require("./d")', { '/app/d.json': '{a: 1}' }),
    { name: 'SyntaxError', message: /^\/app\/d\.json: ./ })
})

test('a file that threw runs again when it is required again', () => {
  globalThis.attempts = 0
  const files = { '/app/a.js': 'if (++attempts === 1) throw new Error("first"); exports.attempts = attempts' }
  assert.deepEqual(run('try { require("./a") } catch (e) { exports.text = e.message } exports.a = require("./a")', files),
    { text: 'first', a: { attempts: 2 } })
  delete globalThis.attempts
})

// ---- url and timers

test('url converts paths to URLs and back', () => {
  const { loader } = app({})
  const { URL: TheURL, URLSearchParams: TheParams, fileURLToPath, pathToFileURL } = loader.require('', 'url')
  assert.deepEqual([TheURL, TheParams], [URL, URLSearchParams])
  for (const name of ['/', '/a', '/a b', '/ü/ключ', '/50%/x', '/%41', '/a?b#c', '/a\\b', '/new\nline']) {
    const url = pathToFileURL(name)
    assert.equal(url.protocol + url.search + url.hash, 'file:')
    assert.equal(fileURLToPath(url), name)
    assert.equal(fileURLToPath(url.href), name)
  }
  assert.throws(() => fileURLToPath('app://x/a'),
    { name: 'TypeError', message: 'The URL must be of scheme file' })
})

test('a timer runs with its arguments, unless it is cleared', async () => {
  const timers = app({}).loader.require('', 'timers')
  timers.clearTimeout(timers.setTimeout(() => assert.fail('it was cleared'), 0))
  timers.clearInterval(timers.setInterval(() => assert.fail('it was cleared'), 0))
  assert.equal(await new Promise(resolve => timers.setTimeout(resolve, 1, 'timeout')), 'timeout')
  assert.equal(await new Promise(resolve => {
    const interval = timers.setInterval(text => {
      timers.clearInterval(interval)
      resolve(text)
    }, 1, 'interval')
  }), 'interval')
})

test('immediates run after this turn, in order and with their arguments, unless cleared', async () => {
  const { setImmediate, clearImmediate } = app({}).loader.require('', 'timers')
  const run = []
  await new Promise(resolve => {
    clearImmediate(setImmediate(() => assert.fail('it was cleared')))
    clearImmediate(undefined)
    setImmediate((...args) => run.push(args), 1, undefined)
    setImmediate(() => run.push('second'))
    setImmediate(resolve)
    Promise.resolve().then(() => run.push('microtask'))
    run.push('now')
  })
  assert.deepEqual(run, ['now', 'microtask', [1, undefined], 'second'])
})

// ---- strict mode

test('a preload runs in strict mode, in which no function has a caller', () => {
  assert.deepEqual(run('module.exports = [this === module.exports, (function () { return this })()]'),
    [true, undefined])
  assert.throws(() => run('undeclared = 1'), ReferenceError)
})

test('a preload that strict mode refuses runs in sloppy mode, with a warning', () => {
  const warned = []
  const { warn } = console
  console.warn = text => { warned.push(text) }
  try {
    assert.equal(run('with ({ a: 1 }) module.exports = a'), 1)
    assert.equal(run('module.exports = 010'), 8)
  } finally {
    console.warn = warn
  }
  assert.equal(warned.length, 2)
  assert.match(warned[0], /^\/app\/preload\.js is not in strict mode/)
  assert.throws(() => run('with ({'), SyntaxError)
})
