// Two realms of one VM: the main world is a fresh vm context, the isolated world another, so that
// neither is node's own realm and both can be attacked and walked.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

const bridge = new URL('../../../Resources/bridge/', import.meta.url)
const text = (name) => readFileSync(new URL(name, bridge), 'utf8')

const tools = { setTimeout, setImmediate }

const newRealm = () => {
  const context = vm.createContext(Object.create(null))
  const run = (source) => vm.runInContext(source, context)
  run('globalThis').window = run('globalThis')
  return { run, global: run('globalThis') }
}

// The tiny CommonJS loader of the app, in the isolated realm.
const load = (realm, entry) => {
  const modules = realm.run('Object.create(null)')
  const require = (name) => {
    const file = name.replace('./', '')
    if (!(file in modules)) {
      const module = realm.run('({ exports: {} })')
      modules[file] = module
      const wrapped = `(function (require, module, exports) {${text(file)}\n})`
      realm.run(wrapped)(realmRequire, module, module.exports)
    }
    return modules[file].exports
  }
  const realmRequire = realm.run('(require) => (name) => require(name)')(require)
  return require(entry)
}

// `before(main)` runs hostile page code as if the page had run first; the bridge's own start always
// comes before it.
export const createWorlds = () => {
  const main = newRealm()
  const isolated = newRealm()
  const other = newRealm()
  const openMain = main.run(text('membrane-half.js'))
  const otherOpen = other.run(text('membrane-half.js'))
  const create = load(isolated, './context-bridge.js')
  isolated.global.openMain = openMain
  isolated.global.getWorld = (id) => id === 1004 ? otherOpen : undefined
  isolated.global.create = create
  isolated.run('globalThis.contextBridge = create({ openMain, getWorld })')
  isolated.run('delete globalThis.openMain; delete globalThis.getWorld; delete globalThis.create')
  main.global.sleep = main.run('(timer) => (ms) => new Promise((resolve) => { timer(resolve, ms) })')(tools.setTimeout)
  isolated.global.sleep = isolated.run('(timer) => (ms) => new Promise((resolve) => { timer(resolve, ms) })')(tools.setTimeout)
  return { main, isolated, other, page: main.run, preload: isolated.run }
}
