// Two realms of one VM, as vm contexts: the main world, the isolated world, and a third that plays
// another isolated world or a same-origin frame. None of them is node's own realm, so all can be
// attacked and walked.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

const root = new URL('../../../', import.meta.url)
export const text = (path) => readFileSync(new URL(path, root), 'utf8')
export const script = (path) => vm.runInThisContext(text(path), { filename: path })
const bridge = (name) => text(`Resources/bridge/${name}`)

export const newRealm = () => {
  const context = vm.createContext(Object.create(null))
  const run = (source) => vm.runInContext(source, context)
  const global = run('globalThis')
  run('globalThis.window = globalThis')
  return { run, global }
}

// The app's tiny CommonJS loader.
const load = (realm, entry) => {
  const modules = Object.create(null)
  const require = (name) => {
    const file = `${name.replace('./', '')}.js`
    if (!modules[file]) {
      const module = modules[file] = realm.run('({ exports: {} })')
      realm.run(`(function (require, module, exports) {${bridge(file)}\n})`)(require, module, module.exports)
    }
    return modules[file].exports
  }
  return require(entry)
}

// `native`: executeInMainWorld compiles through the hook, as in the app, and not through the page's eval.
export const createWorlds = ({ native = false } = {}) => {
  const main = newRealm()
  const isolated = newRealm()
  const other = newRealm()
  const half = bridge('membrane-half.js')
  const options = isolated.run('({})')
  options.openMain = main.run(half)
  const openOther = other.run(half)
  options.getWorld = (id) => id === 1004 ? openOther : undefined
  if (native) options.compile = isolated.run('(run) => (text) => run(text)')(main.run)
  const create = load(isolated, './context-bridge')
  Object.defineProperty(isolated.global, 'contextBridge', { value: create(options) })
  // The page and the preload each get a timer of their own realm.
  for (const realm of [main, isolated]) {
    const wait = (done, ms) => { setTimeout(done, ms) }
    Object.defineProperty(realm.global, 'sleep', {
      configurable: true,
      value: realm.run('(wait) => (ms) => new Promise((resolve) => { wait(resolve, ms) })')(wait)
    })
  }
  return {
    main: main.global,
    isolated: isolated.global,
    frame: other.global,
    page: main.run,
    preload: isolated.run,
    otherWorld: other.run,
    // Without the words of descriptors: node's vm aborts when Object.prototype has them. jsc gets all.
    names: [...new Set(half.match(/[A-Za-z_$][\w$]*/g))]
      .filter((name) => !['get', 'set', 'value', 'writable', 'enumerable', 'configurable'].includes(name))
  }
}
