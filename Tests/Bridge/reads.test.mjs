// Tests that only dom-primordials.js reads properties of a window or a document: an element could shadow them
// by its name.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { read } from './support/bridge.mjs'

/** A source without comments, and without the contents of its strings and patterns. */
function codeOf (source) {
  return source.replace(
    /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=[(,=:]\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\//g,
    found => found.startsWith('/') ? ' ' : "''")
}

const HOLDERS = ['document', 'window', 'self', 'top', 'parent', 'frames', 'opener', 'globalThis']

/**
 * The reads in a source: members of anything named like a window or a document, and destructuring of those.
 */
function readsIn (source) {
  const code = codeOf(source)
  const isModule = name => code.includes(`const ${name} = require(`)
  const aliases = [...code.matchAll(
    /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:globalThis|window|self|document)\s*(?=[;\n,])/g)]
  const holders = [...new Set([...HOLDERS, ...aliases.map(([, name]) => name)])].filter(
    name => !isModule(name)).join('|')
  const named = new RegExp(
    String.raw`(?<![\w$#])(?<!(?<!\.\.)\.)(?:${holders})\s*(?:\?\.|\.|\[(?!KEY\]|MARK\]))\s*[\w$]*(?![\w$]|\s*=[^=])`, 'g')
  const apart = new RegExp(String.raw`\{[^{}]*\}\s*=\s*(?:${holders})\b(?!\s*[.\w(])`, 'g')
  // (Properties that every world has may be read by name. Elements cannot shadow them: NamedElementTests.)
  const known = /= globalThis$/
  return [...code.matchAll(named), ...code.matchAll(apart)].map(([text]) => text).filter(
    text => !known.test(text))
}

test('no other script reads a property of a window or a document by its name', () => {
  const files = readdirSync(new URL('../../Resources/bridge/', import.meta.url), { recursive: true })
    .filter(name => name.endsWith('.js') && name !== 'dom-primordials.js')
  assert.ok(files.length > 20)
  for (const file of files) assert.deepEqual(readsIn(read(`Resources/bridge/${file}`)), [], file)
})

test('a read is found in each way to write it, and nothing else is', () => {
  for (const source of [
    'document.querySelectorAll(1)', 'x(document?.body)', 'const { body } = document\n', 'window[0]',
      'window.closed', 'parent\n.length',
    'const w = globalThis\nw.name', 'globalThis.Event && 1', 'if (top.x) y', '`${document.title}`',
      'const { length, top } = window;',
    'return frames.length', 'const all = { ...document.all }'
  ]) assert.equal(readsIn(source).length, 1, source)
  for (const source of [
    '// document.body', '/* window.name */', "const text = 'document.open()'", 'hello.document, x',
      'this.#document + 1', 'f(document, window)',
    'parent[KEY]', 'document[MARK] = f', "const frames = require('./lane/envelope')\nframes.encode(1)",
      'const { queueMicrotask } = globalThis\n',
    'const { document } = require(1)', 'globalThis.Proxy = 1', 'const mark = /document.x/'
  ]) assert.deepEqual(readsIn(source), [], source)
})
