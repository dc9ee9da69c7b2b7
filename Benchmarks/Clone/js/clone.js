'use strict'

// The JS codec beside JSON and a plain copy.
//
//   jsc Benchmarks/Clone/js/clone.js -- [--json] [--only=NAME] (WebKit's engine)
//   node Benchmarks/Clone/js/clone.js [--json] [--only=NAME]   (V8, with v8.Serializer beside it)
//
//   node Benchmarks/Clone/js/page.mjs [--json] [--only=NAME]    (a real page: what ships; the
//                                             shell lacks TextDecoder, so strings are slower there)
//
// All from the top of the repository. Every figure is the best of several
// rounds, in microseconds per operation; the machine is shared and noisy.

/* global pageBridge, pageArguments, preciseTime, readFile, print */
const inNode = typeof process === 'object'
const inPage = typeof pageBridge === 'function'
const args = inNode ? process.argv.slice(2) : inPage ? pageArguments : Array.from(globalThis.arguments || [])
const lines = []
const say = inNode ? console.log : inPage ? line => lines.push(line) : print
const now = inNode
  ? () => Number(process.hrtime.bigint()) / 1000
  : inPage ? () => performance.now() * 1000 : () => preciseTime() * 1e6

function shellBridge () {
  const top = inNode ? require('path').resolve(__dirname, '../../..') : '.'
  const read = inNode ? path => require('fs').readFileSync(path, 'utf8') : path => readFile(path)
  const { makeRequire } = inNode
    ? require('./load.js')
    : new Function('module', read(top + '/Benchmarks/Clone/js/load.js') + '\nreturn module.exports')({ exports: {} })
  return makeRequire(read, top + '/Resources/bridge')
}

const bridge = inPage ? pageBridge : shellBridge()
const { serialize, serializeSegments } = bridge('./codec-encode')
const { deserialize } = bridge('./codec-decode')
const v8 = inNode ? require('v8') : undefined
const only = (args.find(a => a.startsWith('--only=')) || '').slice(7)

let sink // what a benchmark makes, so that it is not optimised away
const rounds = Number((args.find(a => a.startsWith('--rounds=')) || '').slice(9)) || 15

/** Microseconds per call: the best of `rounds` rounds of about 20 ms each (50 in a page, whose
 * clock ticks by the millisecond). */
function time (run) {
  let calls = 1
  for (;;) {
    const begin = now()
    for (let i = 0; i < calls; i++) sink = run(i)
    if (now() - begin > (inPage ? 50000 : 20000)) break
    calls *= 2
  }
  let best = Infinity
  for (let round = 0; round < rounds; round++) {
    const begin = now()
    for (let i = 0; i < calls; i++) sink = run(i)
    best = Math.min(best, (now() - begin) / calls)
  }
  return best
}

const latin1 = 'Grüße aus dem Gehäuse, 12345! '.repeat(35000).slice(0, 1 << 20)
const utf16 = 'κόσμος und Welt; '.repeat(40000).slice(0, 1 << 19)
const items = Array.from({ length: 1000 }, (_, i) => ({ id: i, name: 'item ' + i, done: i % 2 === 0, price: i * 1.25 }))
const cases = {
  small: { id: 1, text: 'hello' },
  items,
  latin1,
  utf16,
  bytes: new Uint8Array(10 << 20).fill(42),
  map: new Map(Array.from({ length: 100000 }, (_, i) => ['key' + i, i])),
  numbers: Array.from({ length: 10000 }, (_, i) => i * 3),
  nested: { user: { name: 'Ada', tags: ['a', 'b', 'c'], at: { x: 1.5, y: 2.5 } }, list: [1, 2, 3], ok: true, text: 'x'.repeat(60) }
}
const json = { small: 1, items: 1, latin1: 1, utf16: 1, numbers: 1, nested: 1 }

const results = {}
const ratios = {}
for (const name of Object.keys(cases)) {
  if (only && only !== name) continue
  const value = cases[name]
  const wire = new Uint8Array(serialize(value))
  const r = (results[name] = {
    bytes: wire.length,
    serialize: time(() => serialize(value, 16)),
    deserialize: time(() => deserialize(wire))
  })
  if (json[name]) {
    const text = JSON.stringify(value)
    r.stringify = time(() => JSON.stringify(value))
    r.parse = time(() => JSON.parse(text))
    ratios[name + '.serialize/stringify'] = r.serialize / r.stringify
    ratios[name + '.deserialize/parse'] = r.deserialize / r.parse
  }
  if (name === 'bytes') {
    const target = new Uint8Array(value.length)
    r.copyFresh = time(() => value.slice())
    r.copyInto = time(() => target.set(value))
    r.segments = time(() => serializeSegments(value, 16))
    ratios['bytes.serialize/copy'] = r.serialize / r.copyFresh
    ratios['bytes.deserialize/copy'] = r.deserialize / r.copyFresh
  }
  if (v8) {
    const native = () => {
      const s = new v8.Serializer()
      s.writeHeader()
      s.writeValue(value)
      return s.releaseBuffer()
    }
    const bytes = native()
    r.v8Serialize = time(native)
    r.v8Deserialize = time(() => {
      const d = new v8.Deserializer(bytes)
      d.readHeader()
      return d.readValue()
    })
  }
  if (!args.includes('--json')) {
    say(name.padEnd(9) + Object.keys(r).map(k => k + ' ' + (k === 'bytes' ? r[k] : r[k].toFixed(3))).join('  '))
  }
}
if (args.includes('--json')) say(JSON.stringify({ engine: inNode ? 'V8 ' + process.versions.v8 : inPage ? 'WebKitGTK page' : 'JavaScriptCore shell', unit: 'µs', results, ratios }, null, 2))
else for (const name of Object.keys(ratios)) say((name + ':').padEnd(32) + ratios[name].toFixed(2) + '×')
