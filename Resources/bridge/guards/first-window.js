'use strict'

// Detects the first window of a frame that the page has changed without the bridge's knowledge. (Seen in
// WebKitGTK 2.50.6.)

const { window, document, parentWindow, elementOf, isOfOtherOrigin } = require('../dom-primordials')

// The key by which a document's isolated half finds the one of its parent. (Elements and frames cannot have a
// symbol as their name.)
const KEY = Symbol.for('martlet:first-window')

/** Frames in which scripts were forbidden at some time. */
const sandboxed = new WeakSet()
const note = records => { for (const { target } of records) sandboxed.add(target) }
const sandboxes = new MutationObserver(note)

/** Whether the window of a frame of this document can be unmodified when its first document begins. */
function isChildAsMade (child) {
  note(sandboxes.takeRecords())
  // Read here first: the first world to ask determines whether WebKit's wrapper of the element is the frame's
  // or ours.
  const frame = elementOf(child)
  return frame !== undefined && !sandboxed.has(frame)
}

/** Must be called once, before any script of the page runs. */
function watchFrames () {
  sandboxes.observe(document, { subtree: true, attributes: true, attributeFilter: ['sandbox'] })
  Object.defineProperty(window, KEY, { value: isChildAsMade })
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
  let isAsMadeThere
  try {
    isAsMadeThere = parent[KEY]
  } catch (error) {
    return isOfOtherOrigin(error) // than the page's: such a window is new
  }
  try {
    return isAsMadeThere?.(window) === true
  } catch {
    return false
  }
}

module.exports = { watchFrames, isAsMade }
