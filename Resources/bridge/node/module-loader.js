'use strict'

// The modules that `require` finds in a preload: Electron's renderer modules and three of Node's. In addition
// to Electron's sandboxed preload, it finds files in the app's own folder.

const { Buffer } = require('./buffer')
const EventEmitter = require('./emitter')
const { setImmediate, clearImmediate } = require('./immediates')
const { apply } = require('../primordials')

const timers = {
  setTimeout: (...args) => setTimeout(...args),
  clearTimeout: id => clearTimeout(id),
  setInterval: (...args) => setInterval(...args),
  clearInterval: id => clearInterval(id),
  setImmediate,
  clearImmediate
}

function fileURLToPath (value) {
  const { protocol, pathname } = new URL(value)
  if (protocol !== 'file:') throw new TypeError('The URL must be of scheme file')
  return decodeURIComponent(pathname)
}

function parseJSON (source, file) {
  try {
    return JSON.parse(source.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new SyntaxError(`${file}: ${error.message}`)
  }
}

const url = {
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL: path => new URL('file://' + encodeURI(path).replace(/[?#]/g, encodeURIComponent))
}

class ModuleLoader {
  #builtin
  #cache = new Map()
  #evaluate
  #process
  #read

  /**
   * `electron` is the module of that name; `evaluate(source, file)` compiles in this world. `read(from,
   * specifier)` returns `{ file, source }`, or undefined when the app's folder has no such file.
   */
  constructor ({ electron, process, evaluate, read }) {
    this.#evaluate = evaluate
    this.#read = read
    this.#process = process
    this.#builtin = new Map([
      ['electron', electron], ['electron/renderer', electron], ['electron/common', electron],
      ['events', EventEmitter], ['timers', timers], ['url', url]
    ])
  }

  /** Runs one CommonJS file and returns its exports. */
  run (file, source) {
    const module = { exports: {}, filename: file, loaded: false }
    this.#cache.set(file, module)
    try {
      if (file.endsWith('.json')) module.exports = parseJSON(source, file)
      else {
        const body = this.#compile(source, file)
        apply(body, module.exports, [
          module.exports, specifier => this.require(file, specifier), module, this.#process, Buffer,
            globalThis,
          setImmediate, clearImmediate])
      }
    } catch (error) {
      this.#cache.delete(file)
      throw error
    }
    module.loaded = true
    return module.exports
  }

  /**
   * The script as a function, in strict mode: page code that runs during a sloppy function's DOM call could
   * read its `caller`. A script that is invalid in strict mode runs as it is.
   */
  #compile (source, file) {
    // The wrapper stays on the script's first line, so that every line keeps its number.
    const wrap = directive =>
      '(function (exports, require, module, process, Buffer, global, setImmediate, clearImmediate) {' +
      `${directive}${source}\n})`
    try {
      return this.#evaluate(wrap("'use strict';"), file)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const body = this.#evaluate(wrap(''), file)
      console.warn(`${file} is not in strict mode, as preloads should be: ${error.message}`)
      return body
    }
  }

  require (from, specifier) {
    const name = String(specifier)
    const builtin = this.#builtin.get(name.startsWith('node:') ? name.slice(5) : name)
    if (builtin && !name.startsWith('node:electron')) return builtin
    if (!/^\.\.?\//.test(name)) throw new Error(`module not found: ${name}`)
    const found = this.#read(from, name)
    if (!found) throw new Error(`module not found: ${name}`)
    const cached = this.#cache.get(found.file)
    return cached ? cached.exports : this.run(found.file, found.source)
  }
}

module.exports = ModuleLoader
