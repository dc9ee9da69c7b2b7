// Two realms of one VM in JavaScriptCore's shell, like WebKit's two worlds; the counterpart of
// support/realms.mjs. `load` this from the repository's root.
'use strict'

const text = read
const bundles = (0, eval)(read('Tests/Bridge/support/bundle.js'))((path) => read(`Resources/bridge/${path}`))

// A jsc global has shell functions that create other realms and evaluate in them.
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
