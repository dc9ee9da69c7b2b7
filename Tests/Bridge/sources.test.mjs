// Tests the form of the project's scripts: width, spaces, semicolons, sizes, unused names. Each rule has
// planted offenders.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { read } from './support/bridge.mjs'

const FOLDERS = [
  'Resources/bridge', 'Resources/node', 'Tests/Bridge', 'Tests/Node', 'Tests/Hostile', 'Tests/Pages', 'Benchmarks'
]
const WIDTH = 110
const FILE_LINES = 400
const FUNCTION_LINES = 60

// Scripts whose names others use after loading them, and the name of a result that keeps a benchmark from
// being optimised away.
const LOADED = ['Tests/Bridge/jsc/worlds.js', 'Tests/Pages/hostile/spy.js']
const SINK = 'sink'
// A preload with a syntax error, for that test; and two tables.
const BROKEN = 'Tests/Pages/broken-preload.js'
const TABLES = ['Tests/Hostile/attacks.js', 'Tests/Hostile/rules.js']

const isOfBridge = name => name.startsWith('Resources/bridge/')
const linesWhere = (source, isWrong) =>
  source.split('\n').flatMap((line, index) => isWrong(line) ? [index + 1] : [])

/** A parser's facts about each script; a script without facts cannot be parsed. */
function factsOf (scripts) {
  const facts = fileURLToPath(new URL('./support/facts.cjs', import.meta.url))
  return JSON.parse(execFileSync(process.execPath, ['--expose-internals', facts], {
    input: JSON.stringify(scripts.map(script => ({ ...script, isModule: script.name.endsWith('.mjs') }))),
    encoding: 'utf8', maxBuffer: 1 << 28
  }))
}

/** Each rule returns the places that violate it, from a script and its facts. */
const rules = {
  'a script has no syntax error': ({ name }, { error }) =>
    error === undefined || name === BROKEN ? [] : [error],
  // In a test, a script within a template or a long text is left as it is.
  [`a line has at most ${WIDTH} characters`]: ({ name, source }, { unbreakable = [] }) =>
    linesWhere(source, line => line.length > WIDTH)
      .filter(line => isOfBridge(name) || !unbreakable.includes(line)),
  'a line has no tab, and no space at its end': ({ source }) =>
    linesWhere(source, line => /\t|\s$/.test(line)),
  'a file ends with one line feed': ({ source }) => /[^\n]\n$/.test(source) ? [] : ['end'],
  'a line ends without a semicolon': (_, { semicolons = [] }) => semicolons,
  'every name of the top level is used': ({ name }, { unused = [] }) =>
    LOADED.includes(name) ? [] : unused.filter(name => name !== SINK),
  [`a file has at most ${FILE_LINES} lines`]: ({ name, source }) =>
    !TABLES.includes(name) && source.split('\n').length - 1 > FILE_LINES ? ['all'] : [],
  [`a function of the bridge has at most ${FUNCTION_LINES} lines`]: ({ name }, { functions = [] }) =>
    isOfBridge(name) ? functions.filter(([, , lines]) => lines > FUNCTION_LINES) : [],
  // WebKit stores an ASCII source with one byte per character, in every page.
  'the bridge is ASCII': ({ name, source }) =>
    isOfBridge(name) ? linesWhere(source, line => /[^\x00-\x7f]/.test(line)) : [],
  'a module of the bridge begins with a comment on its purpose': ({ name, source }) =>
    !isOfBridge(name) || /^('use strict'\n\n)?\/\/ [A-Z]/.test(source) ? [] : ['header'],
  'a module of the bridge is in strict mode': ({ name, source }) =>
    !isOfBridge(name) || name.endsWith('/loader.js') ||
      source.startsWith("'use strict'\n") ? [] : ['directive']
}

const scripts = FOLDERS.flatMap(folder =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url), { recursive: true })
    .filter(name => /\.[cm]?js$/.test(name))
    .map(name => ({ name: `${folder}/${name}`, source: read(`${folder}/${name}`) })))
const facts = factsOf(scripts)

for (const [rule, find] of Object.entries(rules)) {
  test(rule, () => {
    assert.ok(scripts.length > 80)
    const found = scripts.map((script, index) => [script.name, find(script, facts[index])])
    assert.deepEqual(found.filter(([, places]) => places.length > 0), [])
  })
}

const header = "'use strict'\n\n// A module.\n\n"
const offenders = {
  'a script has no syntax error': ['const = 1\n', 'import.meta\n'],
  [`a line has at most ${WIDTH} characters`]: [`// ${'x'.repeat(WIDTH)}\n`],
  'a line has no tab, and no space at its end': ['\tf()\n', 'f() \n'],
  'a file ends with one line feed': ['f()', 'f()\n\n'],
  'a line ends without a semicolon': ['f();\n', 'const f = () => {\n  g();\n}\nf()\n', 'f(); // why\n'],
  'every name of the top level is used': [
    'const a = 1\n', "const { a, b } = require('./x')\na()\n", 'function f () {}\n', 'const [, a] = x\n',
      'class A {}\n'
  ],
  [`a file has at most ${FILE_LINES} lines`]: ['f()\n'.repeat(FILE_LINES + 1)],
  [`a function of the bridge has at most ${FUNCTION_LINES} lines`]: [
    `f(() => {${'\n'.repeat(FUNCTION_LINES)}})\n`, `f({ g () {${'\n'.repeat(FUNCTION_LINES)}} })\n`
  ],
  'the bridge is ASCII': ["f('\u00e4')\n", '// \u2026\n'],
  'a module of the bridge begins with a comment on its purpose': ["'use strict'\n\nf()\n"],
  'a module of the bridge is in strict mode': ['// A module.\n\nf()\n']
}

test('each rule finds its planted offenders, and nothing in a correct script', () => {
  assert.deepEqual(Object.keys(offenders), Object.keys(rules))
  const innocent = header +
    "const { a } = require('./a')\nfor (let i = 0; i < 1; i++) a({ text: 'x;' })\nf('\\x00;', a)\n"
  const planted = [innocent, ...Object.values(offenders).flat()]
    .map(source => ({ name: 'Resources/bridge/planted.js', source }))
  const facts = new Map(factsOf(planted).map((facts, index) => [planted[index].source, facts]))
  const places = (rule, source) => rules[rule]({ name: planted[0].name, source }, facts.get(source))
  for (const rule of Object.keys(rules)) {
    for (const source of offenders[rule]) assert.notDeepEqual(places(rule, source), [], `${rule}: ${source}`)
    assert.deepEqual(places(rule, innocent), [], rule)
  }
})
