'use strict'

// The common part of node's realms (realms.mjs) and jsc's (jsc/worlds.js). A script of one expression: a
// function of the bundler of the bridge's modules (bundle.js), and of a maker of realms, `{ global, run }`.
;({ bundle, requireOf }, newRealm) => {
  /**
   * The main world, the isolated world with its `contextBridge`, and a third. `more` adds options for the
   * bridge.
   */
  return (more = () => ({})) => {
    const main = newRealm()
    const isolated = newRealm()
    const other = newRealm()
    const page = bundle('membrane/page')
    const options = isolated.run('({})')
    const halves = { 0: main.run(page), 1004: other.run(page) }
    const require = isolated.run(requireOf('guards/realm-guard', 'membrane/link', 'membrane/context-bridge'))
    require('realm-guard')
    const links = Object.create(null)
    options.linkTo = (id) => (links[id] ??= require('link')(halves[id]))
    Object.assign(options, more(main, isolated))
    const create = require('context-bridge')
    Object.defineProperty(isolated.global, 'contextBridge',
      { value: create(options), configurable: true, writable: true, enumerable: true })
    return {
      realms: { main, isolated, other },
      worlds: {
        main: main.global,
        isolated: isolated.global,
        frame: other.global,
        page: main.run,
        preload: isolated.run,
        otherWorld: other.run,
        names: [...new Set(page.match(/[A-Za-z_$][\w$]*/g))]
      }
    }
  }
}
