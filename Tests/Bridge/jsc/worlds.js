// Two realms of one VM in JavaScriptCore's shell, as WebKit's two worlds are; the counterpart of
// support/realms.mjs. `load` this from the repository's root.
'use strict'

const text = read
const bundles = (0, eval)(read('Tests/Bridge/support/bundle.js'))((path) => read(`Resources/bridge/${path}`))

// A jsc global is born with functions of the shell that make and evaluate in other realms.
const newRealm = () => {
  const global = createGlobalObject()
  const { eval: evaluate } = global
  for (const key of ['createGlobalObject', 'loadModule', 'load', 'read', 'runString', 'loadString', '$262',
    '$', 'agent', 'evalScript', 'quit']) {
    delete global[key]
  }
  global.window = global
  return { global, run: (source) => evaluate(source) }
}

const createTwo = (0, eval)(read('Tests/Bridge/support/two-worlds.js'))(bundles, newRealm)
const createWorlds = () => createTwo().worlds
