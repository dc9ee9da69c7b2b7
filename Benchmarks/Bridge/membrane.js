// What a bridged call costs, in JavaScriptCore's own shell: two realms of one VM, no DOM.
//   jsc Benchmarks/Bridge/membrane.js        (from the repository's root)
// Prints JSON: microseconds a call, the median of five rounds.
'use strict'

const text = (name) => read(`Resources/bridge/${name}`)
const load = (world, entry) => {
  const modules = {}
  const require = (name) => {
    const file = name.replace('./', '')
    if (!modules[file]) {
      const module = modules[file] = world.eval('({ exports: {} })')
      world.eval(`(function (require, module, exports) {${text(file)}\n})`)(require, module, module.exports)
    }
    return modules[file].exports
  }
  return require(entry)
}

const page = createGlobalObject()
const preload = createGlobalObject()
preload.contextBridge = load(preload, './context-bridge.js')({ openMain: page.eval(text('membrane-half.js')) })
preload.eval(`
  var calls = 0
  contextBridge.exposeInMainWorld('api', {
    number: (x) => x,
    object: (o) => o.n,
    back: (x) => ({ n: x, s: 'h' }),
    array: (a) => a.length,
    bytes: (b) => b.length,
    callback: (f) => f(1),
    held: (() => { let f; return { set: (g) => { f = g }, run: (n) => { for (let i = 0; i < n; i++) f(i) } } })(),
    asynchronous: async (x) => x
  })`)

const time = preciseTime
const rounds = (n, body) => {
  body(Math.min(n, 2e4))
  body(n)
  const all = []
  for (let i = 0; i < 5; i++) {
    const start = time()
    body(n)
    all.push((time() - start) * 1e6 / n)
  }
  return Number(all.sort((a, b) => a - b)[2].toFixed(4))
}
const inPage = (body) => page.eval(`(function (n) { ${body} })`)
const loop = (expression) => inPage(`let t = 0; for (let i = 0; i < n; i++) t += ${expression}; return t`)

page.eval(`
  var direct = (x) => x
  var thousand = Array.from({ length: 1000 }, (_, i) => i)
  var mixed = Array.from({ length: 1000 }, (_, i) => ({ n: i, s: 'h' }))
  var mib = new Uint8Array(1 << 20)
  var same = (x) => x
  var big = { a: 1, b: 2, c: 'x', d: { e: 1, f: [1, 2, 3] } }`)

const result = {
  number: rounds(1e6, loop('api.number(i)')),
  object: rounds(3e5, loop("api.object({ n: i, s: 'h' })")),
  objectBack: rounds(3e5, loop('api.back(i).n')),
  nested: rounds(1e5, loop('api.array(big) | 0')),
  array1000: rounds(3e3, loop('api.array(thousand)')),
  objects1000: rounds(100, loop('api.array(mixed)')),
  bytes1mib: rounds(100, loop('api.bytes(mib)')),
  callback: rounds(3e5, loop('api.callback(same)')),
  push: rounds(1e6, inPage('api.held.set(same); api.held.run(n)')),
  asynchronous: rounds(1e5, (n) => {
    page.eval(`var left = ${n}; (async () => { while (left-- > 0) await api.asynchronous(1) })()`)
    drainMicrotasks()
  }),
  direct: rounds(1e6, loop('direct(i)'))
}
print(JSON.stringify({ microseconds: result }, undefined, 2))
