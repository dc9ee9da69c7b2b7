'use strict'

// What node's realms (realms.mjs) and jsc's (jsc/worlds.js) have in common. A script of one expression: a function of
// how to read a file of the bridge, and of what makes a realm, `{ global, run }`.
;(bridge, newRealm) => {
  // The app's tiny CommonJS loader: a `require`.
  const loader = (realm) => {
    const modules = Object.create(null)
    const require = (name) => {
      const file = `${name.replace('./', '')}.js`
      if (!modules[file]) {
        const module = modules[file] = realm.run('({ exports: {} })')
        realm.run(`(function (require, module, exports) {${bridge(file)}\n})`)(require, module, module.exports)
      }
      return modules[file].exports
    }
    return require
  }

  /** The main world, the isolated one with its `contextBridge`, and a third. `more` adds options for the bridge. */
  return (more = () => ({})) => {
    const main = newRealm()
    const isolated = newRealm()
    const other = newRealm()
    const guard = bridge('realm-guard.js')
    const half = bridge('membrane-half.js')
    const options = isolated.run('({})')
    const halves = { 0: main.run(guard + half), 1004: other.run(guard + half) }
    const require = loader(isolated)
    require('./realm-guard')
    const links = Object.create(null)
    options.linkTo = (id) => (links[id] ??= require('./membrane-isolated')(halves[id]))
    Object.assign(options, more(main, isolated))
    const create = require('./context-bridge')
    Object.defineProperty(isolated.global, 'contextBridge', { value: create(options), configurable: true, writable: true, enumerable: true })
    return {
      realms: { main, isolated, other },
      worlds: {
        main: main.global,
        isolated: isolated.global,
        frame: other.global,
        page: main.run,
        preload: isolated.run,
        otherWorld: other.run,
        names: [...new Set(half.match(/[A-Za-z_$][\w$]*/g))]
      }
    }
  }
}
