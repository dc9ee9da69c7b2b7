'use strict'

// Loads the bridge's modules from their files, each wrapped in a function of `require`, `module` and
// `exports`, as the app's bundles do. `read(path)` returns the text of a file, so that the same loader serves
// the jsc shell, node and a page. `makeRequire` returns the `require` of a module in the bridge's top folder.

function makeRequire (read, directory) {
  const modules = Object.create(null)
  const requireFrom = folder => name => {
    const path = []
    for (const part of [...folder, ...name.split('/')]) {
      if (part === '..') path.pop()
      else if (part !== '.') path.push(part)
    }
    const file = path.join('/').replace(/\.js$/, '') + '.js'
    if (file in modules) return modules[file].exports
    const module = (modules[file] = { exports: {} })
    const text = read(directory + '/' + file)
    const wrapper = new Function('require', 'module', 'exports', text + '\n//# sourceURL=' + file)
    wrapper(requireFrom(path.slice(0, -1)), module, module.exports)
    return module.exports
  }
  return requireFrom([])
}

if (typeof module === 'object') module.exports = { makeRequire }
