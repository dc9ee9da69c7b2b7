// The bridge's modules as in a preload's world, with stand-ins for features of a WebKit page. Modules have
// state, so every call of `loadBridge` creates new ones.
import './base64.mjs'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'

const top = new URL('../../../', import.meta.url)

/** The text of a file of the repository. */
export const read = path => readFileSync(new URL(path, top), 'utf8')

/**
 * A `require` that returns new copies of the bridge's modules. They see `globals` instead of node's own, and
 * `window` as theirs.
 */
export function loadBridge ({ window, ...globals } = {}) {
  const visible = { MessageChannel: IdleMessageChannel, ...globals }
  const loaded = new Map([['dom-primordials', { exports: domStandIn(window) }]])
  const requireFrom = folder => name => {
    const path = join(folder, name)
    if (!loaded.has(path)) {
      const file = `Resources/bridge/${path}.js`
      const module = { exports: {} }
      loaded.set(path, module)
      const body = compileFunction(read(file), ['require', 'module', 'exports', ...Object.keys(visible)],
        { filename: fileURLToPath(new URL(file, top)) })
      body(requireFrom(dirname(path)), module, module.exports, ...Object.values(visible))
    }
    return loaded.get(path).exports
  }
  return requireFrom('')
}

/** The properties of a page that dom-primordials.js reads, for a stand-in of its window. */
const domStandIn = (window = {}) => ({
  window,
  isClosed: () => window.closed === true,
  listen () {},
  messageHandlers: () => window.webkit.messageHandlers
})

const channels = []
after(() => channels.forEach(({ port1 }) => port1.close()))

/** A listening port keeps node running; these are closed after the tests. */
class IdleMessageChannel extends MessageChannel {
  constructor () {
    super()
    channels.push(this)
  }
}

/** A console that records its messages. */
export function quietConsole () {
  const lines = []
  const keep = level => (...values) => { lines.push([level, ...values]) }
  return { lines, error: keep('error'), warn: keep('warn'), log: keep('log') }
}

/**
 * A stand-in for XMLHttpRequest's synchronous requests: `answer({ method, url, isAsync, body })` returns the
 * response.
 */
export function requestStandIn (answer) {
  return class {
    open (method, url, isAsync) { this.opened = { method, url, isAsync } }

    send (body) {
      const { status = 200, text = '' } = answer({ ...this.opened, body: body.slice() })
      this.status = status
      this.responseText = text
    }
  }
}
