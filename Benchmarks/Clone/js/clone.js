'use strict'

// The JS codec beside JSON and a plain copy, one JSON object a line, in nanoseconds for one operation.
//
//   node Benchmarks/Clone/js/page.mjs [--only=NAME] [--rounds=N]   in a real page: what ships
//   jsc Benchmarks/Clone/js/clone.js -- [--only=NAME]              in the engine's shell, without TextDecoder
//   node Benchmarks/Clone/js/clone.js [--only=NAME]                in V8
//
// All from the top of the repository.

/* global pageBridge, pageArguments, makePayloads, preciseTime, readFile, print */
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
    : new Function('module', read(top + '/Benchmarks/Clone/js/load.js') + '\nreturn module.exports')(
      { exports: {} })
  return makeRequire(read, top + '/Resources/bridge')
}

function loadPayloads () {
  if (inPage) return makePayloads()
  if (inNode) return require('./payloads.js').makePayloads()
  return new Function(readFile('Benchmarks/Clone/js/payloads.js') + '\nreturn makePayloads()')()
}

const bridge = inPage ? pageBridge : shellBridge()
const { serialize, serializeSegments } = bridge('./codec/encode/encode')
const { deserialize } = bridge('./codec/decode/decode')
const only = (args.find(a => a.startsWith('--only=')) || '').slice(7)

let sink // what a benchmark makes, so that it is not optimised away
const rounds = Number((args.find(a => a.startsWith('--rounds=')) || '').slice(9)) || 15

/**
 * Nanoseconds per call of each of `runs`: the best of `rounds` rounds of about 20 ms each (50 in a page,
 * whose clock ticks by the millisecond). They take turns, so that a busy moment of the machine is not one
 * contestant's alone.
 */
function race (runs) {
  const names = Object.keys(runs)
  const calls = {}
  const best = {}
  for (const name of names) {
    const run = runs[name]
    for (calls[name] = 1; ; calls[name] *= 2) {
      const begin = now()
      for (let i = 0; i < calls[name]; i++) sink = run()
      if (now() - begin > (inPage ? 50000 : 20000)) break
    }
    best[name] = Infinity
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const run = runs[name]
      const begin = now()
      for (let i = 0; i < calls[name]; i++) sink = run()
      best[name] = Math.min(best[name], (now() - begin) / calls[name] * 1000)
    }
  }
  return best
}

const cases = loadPayloads()
for (const name of Object.keys(cases)) {
  if (only && only !== name) continue
  const value = cases[name]
  const wire = new Uint8Array(serialize(value))
  const runs = { encode: () => serialize(value, 16), decode: () => deserialize(wire) }
  if (name === 'bytes') {
    runs.copy = () => value.slice()
    runs.segments = () => serializeSegments(value, 16)
  } else if (name !== 'map') {
    const text = JSON.stringify(value)
    runs.stringify = () => JSON.stringify(value)
    runs.parse = () => JSON.parse(text)
  }
  say(JSON.stringify({ payload: name, [inPage ? 'page' : inNode ? 'node' : 'jsc']: race(runs) }))
}
