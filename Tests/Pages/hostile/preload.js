// A preload as people write them: sloppy functions that set what the page shows, an error reporter, a
// rejection that nobody catches. The page beside it is hostile.
const { contextBridge, ipcRenderer } = require('electron')

// For the test's own driver; no part of what the page is up against.
globalThis.electron = require('electron')
globalThis.heard = []

function find (id) { return document.getElementById(id) }

// The same as Electron's quick start.
window.addEventListener('DOMContentLoaded', function loaded () {
  const replaceText = function replaceText (id, text) { find(id).innerText = text }
  replaceText('at-start', 'shown at start')
  ipcRenderer.send('echo-send', 'an answer')
})
ipcRenderer.on('echoed', function echoed (event, text) { find('on-message').textContent = text })

const setters = {
  textContent: element => { element.textContent = 'x' },
  innerText: element => { element.innerText = 'x' },
  innerHTML: element => { element.innerHTML = 'x' },
  outerHTML: element => { element.firstChild.outerHTML = 'x' },
  title: element => { element.firstChild.title = 'x' },
  hidden: element => { element.firstChild.hidden = true },
  slot: element => { element.firstChild.slot = 'x' },
  className: element => { element.firstChild.className = 'x' },
  classList: element => { element.firstChild.classList.value = 'y' },
  style: element => { element.firstChild.style.color = 'red' },
  cssText: element => { element.firstChild.style.cssText = 'color: blue' },
  dataset: element => { element.firstChild.dataset.key = 'x' },
  undoneDataset: element => {
    element.firstChild.dataset.other = 'x'; delete element.firstChild.dataset.other },
  attribute: element => { element.firstChild.getAttributeNode('title').value = 'y' },
  options: () => { find('select').length = 0 }
}

const reported = function reported (event) {
  heard.push(event.reason === undefined && event.promise === undefined ? 'nothing' : 'a reason')
  try { event.promise.catch(function caught () {}) } catch {}
  try { heard.push(event.reason.message) } catch {}
}
window.addEventListener('unhandledrejection', reported)
window.addEventListener('rejectionhandled', reported)

const { port1, port2 } = new MessageChannel()
ipcRenderer.postMessage('echo-port', null, [port2])

contextBridge.exposeInMainWorld('narrow', {
  post: text => port1.postMessage(String(text)),
  say: text => ipcRenderer.send('say', String(text)),
  set: function set (name) { setters[name](find(name)) },
  setters: Object.keys(setters),
  // Nobody catches this.
  reject: () => { setTimeout(
    function later () { (async () => {
      throw Object.assign(new Error('of the preload'), { secret: { deep: () => 1 } }) })() }) },
  self: function self () { return this },
  call: callback => callback(),
  give: value => value
})

// Web APIs as preloads use them. WebKit makes some of their objects in the page's realm.
async function length (stream) {
  const reader = stream.getReader()
  for (let length = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return length
    length += value.length
  }
}
class Failed extends Error { get name () { return missing.name } }
const unreadable = () => ({ get text () { return missing.text }, f: () => 1 })

contextBridge.exposeInMainWorld('web', {
  size: blob => length(blob.stream()),
  clones: async () => {
    const one = new Response(new Blob(['abc']))
    const other = one.clone()
    return [await length(one.body), await length(other.body), new Response(null).clone().body]
  },
  fade: async () => { await document.startViewTransition(() => {}).finished },
  skip: async () => { const transition = document.startViewTransition(() => {}); transition.skipTransition()
  await transition.ready },
  transition: () => document.startViewTransition(() => {}).finished,
  permission: async name => (await navigator.permissions.query({ name })).state,
  aborted: async () => { const controller = new AbortController(); controller.abort()
  throw controller.signal.reason },
  late: () => new Promise(
    (resolve, reject) => { const signal = AbortSignal.timeout(1); signal.onabort = () =>
      reject(signal.reason) }),
  writer: async () => { let signal
  await new WritableStream({ start (controller) { ({ signal } = controller) } }).abort()
  throw signal.reason },
  tell: () => {
    const heard = []
    for (const [Kind, key] of [
      [CustomEvent, 'detail'], [MessageEvent, 'data'], [ErrorEvent, 'error'], [PopStateEvent, 'state']]) {
      const value = unreadable()
      document.addEventListener(
        'told', event => heard.push(event instanceof Kind && event[key] === value), { once: true })
      document.dispatchEvent(new Kind('told', { [key]: value }))
    }
    const event = new CustomEvent('told', { detail: { plain: [1] } })
    document.dispatchEvent(event)
    event.initCustomEvent('told', false, false, unreadable())
    document.dispatchEvent(event)
    document.dispatchEvent(new (class Told extends CustomEvent {})('told', { detail: 'text' }))
    return heard
  },
  answers: () => new Promise(resolve => {
    const read = []
    addEventListener('answer', event => {
      try { read.push(event.detail ?? event.data ?? event.error ?? event.state) } catch (error) {
        read.push('thrown') }
      if (read.length === 5) resolve(read)
    })
  }),
  fail: () => { setTimeout(() => { throw new Failed('of the preload') }) },
  failures: () => failures
})
const failures = []
addEventListener('error', event =>
  failures.push(event.error instanceof Failed
    ? 'own'
    : event.error instanceof Error ? event.error.message : String(event.error)))
