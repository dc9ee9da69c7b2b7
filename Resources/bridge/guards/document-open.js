'use strict'

// Detects a window or a document that a page has changed without the bridge's knowledge, and then ends the
// bridge: the first window of a frame, and document.open(). (Seen in WebKitGTK 2.50.6.)

const { window, document, currentDocument, parentWindow, topWindow, windowsIn, elementOf, isOfOtherOrigin } =
  require('../dom-primordials')

// The key by which the isolated halves of a page's frames find each other. (Elements and frames cannot have a
// symbol as their name.)
const KEY = Symbol.for('martlet:integrity')

/** Frames in which scripts were forbidden at some time. */
const sandboxed = new WeakSet()
const note = records => { for (const { target } of records) sandboxed.add(target) }
const sandboxes = new MutationObserver(note)

const half = {
  /**
   * Whether the window of a frame of this document can be unmodified when the frame's first document begins.
   */
  isAsMade (child) {
    note(sandboxes.takeRecords())
    // Read here first: the first world to ask determines whether WebKit's wrapper of the element is the
    // frame's or ours.
    const frame = elementOf(child)
    return frame !== undefined && !sandboxed.has(frame)
  },
  /** Ends this document's bridge, if it has one that a page must not have. */
  end () {}
}

/** The halves in a window and in all its frames of this origin. */
function * halvesIn (target) {
  let found
  try { found = target[KEY] } catch { return }
  if (found !== undefined) yield found
  for (const inner of windowsIn(target)) yield * halvesIn(inner)
}

/** Must be called once, before any script of the page runs. */
function watchFrames () {
  sandboxes.observe(document, { subtree: true, attributes: true, attributeFilter: ['sandbox'] })
  Object.defineProperty(window, KEY, { value: half })
}

/**
 * Whether the window of this document, the first one of a frame, is unmodified. A page can change the window
 * of a frame's initial empty document, and the first document reuses it. If scripts may run there, the page
 * half ran before the page. If not, WebKit runs none of our code, and the frame's element has, or had, an
 * attribute that shows it. (For a frame in a shadow tree this cannot be determined.)
 */
function isAsMade () {
  const parent = parentWindow()
  if (parent === window) return true
  let theirs
  try {
    theirs = parent[KEY]
  } catch (error) {
    return isOfOtherOrigin(error) // than the page's: such a window is new
  }
  try {
    return theirs?.isAsMade(window) === true
  } catch {
    return false
  }
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
  half.end = end
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
  for (const each of halvesIn(topWindow())) each.end()
  return false
}

module.exports = { watchFrames, isAsMade, watchOpen, isWhole }
