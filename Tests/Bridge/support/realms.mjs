// Realms of one VM, as vm contexts: the main world, the isolated world, and a third that acts as another
// isolated world or a same-origin frame. None of them is node's own realm, so all can be attacked and walked.
import { readFileSync } from 'node:fs'
import vm from 'node:vm'

const root = new URL('../../../', import.meta.url)
export const text = (path) => readFileSync(new URL(path, root), 'utf8')
export const script = (path) => vm.runInThisContext(text(path), { filename: path })
const bundles = script('Tests/Bridge/support/bundle.js')((path) => text(`Resources/bridge/${path}`))

export const newRealm = () => {
  const context = vm.createContext(Object.create(null))
  const run = (source) => vm.runInContext(source, context)
  const global = run('globalThis')
  run('globalThis.window = globalThis')
  return { run, global }
}

const createTwo = script('Tests/Bridge/support/two-worlds.js')(bundles, newRealm)

// `native`: executeInMainWorld compiles through the hook, as in the app, instead of the page's eval.
export const createWorlds = ({ native = false } = {}) => {
  const { realms, worlds } = createTwo((main, isolated) =>
    native ? { compile: isolated.run('(run) => (text) => run(text)')(main.run) } : {})
  // The page and the preload each get a timer of their own realm.
  for (const realm of [realms.main, realms.isolated]) {
    const wait = (done, ms) => { setTimeout(done, ms) }
    Object.defineProperty(realm.global, 'sleep', {
      configurable: true,
      value: realm.run('(wait) => (ms) => new Promise((resolve) => { wait(resolve, ms) })')(wait)
    })
  }
  // Without the words of descriptors: node's vm aborts when Object.prototype has them. jsc gets all words.
  worlds.names = worlds.names.filter(
    (name) => !['get', 'set', 'value', 'writable', 'enumerable', 'configurable'].includes(name))
  return worlds
}
