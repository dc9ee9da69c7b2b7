'use strict'

// Detects a window or a document that a page has changed behind the bridge's back, and ends the bridge then:
// the first window of a frame, and document.open(). (Seen in WebKitGTK 2.50.6.)

const { window, document, currentDocument, parentWindow, topWindow, windowsIn, elementOf, isOfOtherOrigin } =
  require('../dom-primordials')

// By this the isolated halves of a page's frames find each other. (No element or frame has a symbol for its
// name.)
const KEY = Symbol.for('martlet:integrity')

/** Frames that scripts were forbidden in at some time. */
const sandboxed = new WeakSet()
const note = records => { for (const { target } of records) sandboxed.add(target) }
const sandboxes = new MutationObserver(note)

const half = {
  /**
   * Whether the window of a frame of this document, whose first document begins, can be as WebKit made it.
   */
  isAsMade (child) {
    note(sandboxes.takeRecords())
    // Asked for here: who asks first decides whose element WebKit makes of it, the frame's or ours.
    const frame = elementOf(child)
    return frame !== undefined && !sandboxed.has(frame)
  },
  /** Ends this document's bridge, if it has one that a page must not have. */
  end () {}
}

/** The halves in a window and in all of its frames that are of this origin. */
function * halvesIn (target) {
  let found
  try { found = target[KEY] } catch { return }
  if (found !== undefined) yield found
  for (const inner of windowsIn(target)) yield * halvesIn(inner)
}

/** To be called once, before any script of the page runs. */
function watchFrames () {
  sandboxes.observe(document, { subtree: true, attributes: true, attributeFilter: ['sandbox'] })
  Object.defineProperty(window, KEY, { value: half })
}

/**
 * Whether the window of this document, the first one of a frame, is as WebKit made it. A page can change the
 * window of the empty document that a frame begins with, and the first document gets that. Where scripts may
 * run, the page half was there before the page; where they may not, WebKit calls nobody, and the frame's
 * element has an attribute that says so, or had it. (For a frame in a shadow tree nobody can tell.)
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

// A sentinel listener: one that only WebKit takes away, so that its absence says what WebKit has done. Here
// it says that the document was opened anew. Each world has its own of an event's. (An event would be heard
// by the page, and not by us where the page has filled the stack; and costs twenty times as much.)
const mark = Object.getOwnPropertyDescriptor(Document.prototype, 'oncuechange')
// A property of our own is read in a fifth of the time that a call of the getter takes.
const MARK = Symbol('martlet:mark')
Object.defineProperty(document, MARK, mark)
let isWatched = false

/**
 * Calls `end()` when the page opens a document anew. `document.open()` takes every listener away, the one
 * that keeps rejections to this world among them: what the page hears then may be an object of this world,
 * and must be of no use. Every document of the page ends, for one window of this world leads to the others.
 */
function watchOpen (end) {
  half.end = end
  document[MARK] = () => {}
  isWatched = true
  new MutationObserver(isWhole).observe(document, { childList: true })
}

/**
 * Whether the document has not been opened anew. To be asked before anything leaves or comes: a document that
 * was empty does not change when it is opened.
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
