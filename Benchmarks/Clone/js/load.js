'use strict'

// Loads the bridge's modules as the app does: each file wrapped in a function(require, module, exports).
// `read(path)` returns a file's text, so the same loader serves the jsc shell, node and a page.

function makeRequire (read, directory) {
  const modules = Object.create(null)
  return function require (name) {
    const file = name.replace(/^\.\//, '').replace(/\.js$/, '') + '.js'
    if (file in modules) return modules[file].exports
    const module = (modules[file] = { exports: {} })
    const wrapper = new Function('require', 'module', 'exports', read(directory + '/' + file) + '\n//# sourceURL=' + file)
    wrapper(require, module, module.exports)
    return module.exports
  }
}

if (typeof module === 'object') module.exports = { makeRequire }
