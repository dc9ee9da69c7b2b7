'use strict'

// Joins modules of the bridge as Sources/MartletWebHost/Engine/BridgeBundle.swift does. A script of one
// expression, for node and the jsc shell: a function of `read(path)`, which returns the text of a file of the
// bridge.
;(read) => {
  const resolve = (from, name) => {
    const parts = from.split('/').slice(0, -1)
    for (const part of name.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.') parts.push(part)
    }
    return parts.join('/')
  }

  /**
   * The paths, without an extension, of a module and of all modules that it requires, directly or indirectly.
   */
  const modulesOf = (...entries) => {
    const found = new Set()
    const add = (path) => {
      if (found.has(path)) return
      found.add(path)
      for (const [, name] of read(`${path}.js`).matchAll(/\brequire\('(\.[^']+)'\)/g)) add(
        resolve(path, name))
    }
    entries.forEach(add)
    return [...found]
  }

  const join = (paths, entry, more = '') => {
    const sources = paths.map((path) =>
      `${JSON.stringify(path.split('/').pop())}: function (require, module, exports) {${read(
        `${path}.js`)}\n}`)
    return `'use strict';(\n${read('loader.js')}\n)({ __proto__: null, ${sources.join(
      ',\n')}${more} }, '${entry}')`
  }
  return {
    modulesOf,
    /** A script whose value is the exports of the entry module. */
    bundle: (entry) => join(modulesOf(entry), entry),
    /** A script whose value is the `require` of these modules. */
    requireOf: (...entries) =>
      join(modulesOf(...entries), 'entry', ',\nentry: (require, module) => { module.exports = require }')
  }
}
