'use strict'

// Reads of the window, the document and the frames around them, for use after a script of the page may have
// run. An element hides a document's own properties by its name, in every world, and an element or a frame
// stands for what a window does not have. So nothing is read by its name: these are WebKit's own getters and
// methods, taken from where they are made. (No other module reads a property of a window or a document:
// Tests/Bridge/reads.test.mjs.)

const { apply, getOwnPropertyDescriptor } = Reflect

const getter = (holder, key) => {
  const { get } = getOwnPropertyDescriptor(holder, key)
  return object => apply(get, object, [])
}
const method = (holder, name) => {
  const { value } = getOwnPropertyDescriptor(holder, name)
  return (object, ...args) => apply(value, object, args)
}

const own = getter(globalThis, 'window')(globalThis)
const documentOf = getter(own, 'document')
const document = documentOf(own)

const visibilityState = getter(Document.prototype, 'visibilityState')
const baseURI = getter(Node.prototype, 'baseURI')
const querySelectorAll = method(Document.prototype, 'querySelectorAll')
const addEventListener = method(EventTarget.prototype, 'addEventListener')
const parent = getter(own, 'parent')
const top = getter(own, 'top')
const closed = getter(own, 'closed')
const length = getter(own, 'length')
const nameOf = getter(DOMException.prototype, 'name')

/** The kinds of elements that have a window in them. */
const holders = [['iframe', HTMLIFrameElement], ['frame', HTMLFrameElement], ['object', HTMLObjectElement]]
  .map(([selector, { prototype }]) => [selector, getter(prototype, 'contentWindow')])

module.exports = {
  window: own,
  document,
  visibilityState: () => visibilityState(document),
  baseURI: () => baseURI(document),
  /** The window's document, which after a navigation is another one than `document`. */
  currentDocument: () => documentOf(own),
  /** Whether the window's frame is no part of the page any more. */
  isClosed: () => closed(own),
  /** WebKit's ends of script messages, where there are any. */
  messageHandlers () {
    // An accessor in some versions of WebKit, a value in others.
    const { get, value } = getOwnPropertyDescriptor(own, 'webkit')
    return (get ? apply(get, own, []) : value).messageHandlers
  },
  parentWindow: () => parent(own),
  topWindow: () => top(own),

  /** The windows of a window's frames, of whatever origin it is. */
  windowsIn (window) {
    const windows = []
    for (let i = 0; i < length(window); i++) windows.push(window[i])
    return windows
  },

  /**
   * The element of the document that the window of a frame is in; undefined for one that is in a shadow tree.
   */
  elementOf (window) {
    for (const [selector, contentWindow] of holders) {
      for (const element of querySelectorAll(document, selector)) {
        if (contentWindow(element) === window) return element
      }
    }
  },

  /**
   * Calls `listener` for every event of `type` at a window or a document, before any of the page's listeners.
   */
  listen: (target, type, listener) => addEventListener(target, type, listener, { capture: true }),

  /**
   * Whether WebKit has thrown this because a window is of another origin. (An error of its own says so to
   * nobody else.)
   */
  isOfOtherOrigin (error) {
    try { return nameOf(error) === 'SecurityError' } catch { return false }
  }
}
