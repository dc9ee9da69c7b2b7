'use strict'

// `require('electron')` and `import 'electron'`.

const Module = require('node:module')
const { refusePackage } = require('./missing.cjs')

const NAMES = /^electron(\/(main|common))?$/
const KEY = 'martlet.electron'

function installModule (electron) {
  const load = Module._load
  Module._load = function (request, parent, isMain) {
    refusePackage(request)
    return NAMES.test(request) ? electron : load.call(this, request, parent, isMain)
  }
  globalThis[Symbol.for(KEY)] = electron
  const source = `const electron = globalThis[Symbol.for('${KEY}')]; export default electron
    export const { ${Object.keys(electron).join(', ')} } = electron`
  if (Module.registerHooks !== undefined) return Module.registerHooks(hooks(NAMES, source))
  // Before Node 22.15 hooks run on a thread of their own, from a module's source.
  if (Module.register !== undefined) {
    const code = `const { resolve, load } = (${hooks})(${NAMES}, ${JSON.stringify(source)})
      export { resolve, load }`
    Module.register(`data:text/javascript,${encodeURIComponent(code)}`)
  }
}

/** The two hooks. A function of its arguments alone: its text is a module's. */
function hooks (names, source) {
  return {
    resolve: (name, context, next) => names.test(name)
      ? { url: 'martlet:electron', format: 'module', shortCircuit: true }
      : next(name, context),
    load: (url, context, next) => url === 'martlet:electron'
      ? { format: 'module', source, shortCircuit: true }
      : next(url, context)
  }
}

module.exports = { installModule }
