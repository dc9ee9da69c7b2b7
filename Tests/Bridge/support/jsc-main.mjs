// jsc -m Tests/Bridge/support/jsc-main.mjs -- REPOSITORY SEED COUNT
import { runInEngine } from './in-engine.mjs'

const [top, seed, count] = globalThis.arguments
const { makeRequire } = new Function(
  'module', readFile(top + '/Benchmarks/Clone/js/load.js') + '\nreturn module.exports')({ exports: {} })
print(JSON.stringify(runInEngine(
  makeRequire(path => readFile(path), top + '/Resources/bridge'), Number(seed), Number(count))))
