// Two realms of one VM in JavaScriptCore's shell, as WebKit's two worlds are; the counterpart of
// support/realms.mjs. `load` this from the repository's root.
'use strict'

const text = read
const bridge = (name) => read(`Resources/bridge/${name}`)

const loadModule = (world, entry) => {
  const modules = Object.create(null)
  const require = (name) => {
    const file = `${name.replace('./', '')}.js`
    if (!modules[file]) {
      const module = modules[file] = world.eval('({ exports: {} })')
      world.eval(`(function (require, module, exports) {${bridge(file)}\n})`)(require, module, module.exports)
    }
    return modules[file].exports
  }
  return require(entry)
}

// A jsc global is born with functions of the shell that make and evaluate in other realms.
const newRealm = () => {
  const global = createGlobalObject()
  const { eval: evaluate } = global
  for (const key of ['createGlobalObject', 'loadModule', 'load', 'read', 'runString', 'loadString', '$262', '$', 'agent', 'evalScript', 'quit']) {
    delete global[key]
  }
  global.window = global
  return { global, run: (source) => evaluate(source) }
}

const createWorlds = () => {
  const main = newRealm()
  const isolated = newRealm()
  const other = newRealm()
  const half = bridge('membrane-half.js')
  const options = isolated.run('({})')
  options.openMain = main.run(half)
  const openOther = other.run(half)
  options.getWorld = (id) => id === 1004 ? openOther : undefined
  const create = loadModule(isolated.global, './context-bridge')
  isolated.global.contextBridge = create(options)
  return {
    main: main.global,
    isolated: isolated.global,
    frame: other.global,
    page: main.run,
    preload: isolated.run,
    names: [...new Set(half.match(/[A-Za-z_$][\w$]*/g))]
  }
}
