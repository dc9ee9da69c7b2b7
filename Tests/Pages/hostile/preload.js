// A preload as people write them: sloppy functions that set what the page shows, an error reporter, a rejection that
// nobody catches. The page beside it is hostile.
const { contextBridge, ipcRenderer } = require('electron')

// For the test's own driver; no part of what the page is up against.
globalThis.electron = require('electron')
globalThis.heard = []

function find (id) { return document.getElementById(id) }

// What Electron's quick start does.
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
  undoneDataset: element => { element.firstChild.dataset.other = 'x'; delete element.firstChild.dataset.other },
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
  reject: () => { setTimeout(function later () { (async () => { throw Object.assign(new Error('of the preload'), { secret: { deep: () => 1 } }) })() }) },
  self: function self () { return this },
  call: callback => callback(),
  give: value => value
})
