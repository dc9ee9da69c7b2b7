'use strict'

// Reads the window, the document and the surrounding frames safely after page scripts may have run. An
// element shadows a document's own properties by its name, in every world. Elements and frames also appear as
// properties that a window does not have. So no property is read by name: these are WebKit's own getters and
// methods, captured where they are defined. (No other module reads a property of a window or a document:
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

/** The kinds of elements that contain a window. */
const holders = [['iframe', HTMLIFrameElement], ['frame', HTMLFrameElement], ['object', HTMLObjectElement]]
  .map(([selector, { prototype }]) => [selector, getter(prototype, 'contentWindow')])

module.exports = {
  window: own,
  document,
  visibilityState: () => visibilityState(document),
  baseURI: () => baseURI(document),
  /** The window's document, which after a navigation differs from `document`. */
  currentDocument: () => documentOf(own),
  /** Whether the window's frame has been removed from the page. */
  isClosed: () => closed(own),
  /** WebKit's script message handlers, if there are any. */
  messageHandlers () {
    // An accessor in some versions of WebKit, a value in others.
    const { get, value } = getOwnPropertyDescriptor(own, 'webkit')
    return (get ? apply(get, own, []) : value).messageHandlers
  },
  parentWindow: () => parent(own),
  topWindow: () => top(own),

  /** The windows of a window's frames, whatever its origin. */
  windowsIn (window) {
    const windows = []
    for (let i = 0; i < length(window); i++) windows.push(window[i])
    return windows
  },

  /**
   * The element of this document that contains a frame's window; undefined for an element in a shadow tree.
   */
  elementOf (window) {
    for (const [selector, contentWindow] of holders) {
      for (const element of querySelectorAll(document, selector)) {
        if (contentWindow(element) === window) return element
      }
    }
  },

  /** Calls `listener` for every event of `type` at a window or a document, before the page's listeners. */
  listen: (target, type, listener) => addEventListener(target, type, listener, { capture: true }),

  /**
   * Whether WebKit threw this because a window has another origin. (Only WebKit's own error carries that.)
   */
  isOfOtherOrigin (error) {
    try { return nameOf(error) === 'SecurityError' } catch { return false }
  }
}
