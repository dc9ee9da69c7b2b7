'use strict'

// Detects document.open(), and then ends the bridge. (Seen in WebKitGTK 2.50.6.)

const { window, document, currentDocument, topWindow, windowsIn } = require('../dom-primordials')

// The key of the function that ends a document's bridge, in its window. (Elements and frames cannot have a
// symbol as their name.)
const KEY = Symbol.for('martlet:end-bridge')

/** The functions that end the bridges in a window and in all its frames of this origin. */
function * endsIn (target) {
  let found
  try { found = target[KEY] } catch { return }
  if (found !== undefined) yield found
  for (const inner of windowsIn(target)) yield * endsIn(inner)
}

// A sentinel listener: only WebKit removes it, so its absence shows what WebKit has done. Here it shows that
// the document was reopened. Each world has its own listener for an event. (An event instead would reach the
// page, would not reach us when the page has filled the stack, and costs twenty times as much.)
const mark = Object.getOwnPropertyDescriptor(Document.prototype, 'oncuechange')
// Reading an own property takes a fifth of the time of calling the getter.
const MARK = Symbol('martlet:mark')
Object.defineProperty(document, MARK, mark)
let isWatched = false

/**
 * Calls `end()` when the page reopens a document. `document.open()` removes all listeners, including the one
 * that keeps rejections in this world. The page may then receive an object of this world, which must be
 * useless. Every document of the page is ended, because one window of this world leads to the others.
 */
function watchOpen (end) {
  Object.defineProperty(window, KEY, { value: end })
  document[MARK] = () => {}
  isWatched = true
  new MutationObserver(isWhole).observe(document, { childList: true })
}

/**
 * Whether the document has not been reopened. Must be checked before anything is sent or delivered: a
 * document that was empty does not change when it is opened.
 */
function isWhole () {
  if (!isWatched || document[MARK] !== null) return true
  if (currentDocument() !== document) return true // left for another document, which has a bridge of its own
  isWatched = false
  console.error('document.open() was called in a document with a preload: the bridge to the app has ended.')
  for (const end of endsIn(topWindow())) end()
  return false
}

module.exports = { watchOpen, isWhole }
