'use strict'

// Keeps event targets in this world. Any target can be attached to an event that is related to it, a request
// or a signal. Another world that reads it gets it uncopied, or WebKit crashes. So only nodes and windows may
// be attached, and no signal of a navigation.

const { ownValue, nativeGetter } = require('../realm')
const { replaceMethod, replaceGetter } = require('./replace')

const { apply } = Reflect
const { dispatchEvent } = EventTarget.prototype

const answers = (get, value) => {
  try {
    apply(get, value, [])
    return true
  } catch {
    return false
  }
}
const nodeType = nativeGetter(Node.prototype, 'nodeType')
const windowOf = nativeGetter(globalThis, 'window')
const mayGo = target => target === null || answers(nodeType, target) || answers(windowOf, target)

const carriers = [MouseEvent, FocusEvent].map(Kind => {
  const get = nativeGetter(Kind.prototype, 'relatedTarget')
  const guarded = { get relatedTarget () {
    const target = apply(get, this, [])
    return mayGo(target) ? target : null
  } }
  replaceGetter(Kind.prototype, 'relatedTarget', nativeGetter(guarded, 'relatedTarget'))
  return [Kind, get]
})

const Navigate = ownValue('NavigateEvent')

replaceMethod(EventTarget.prototype, 'dispatchEvent', { dispatchEvent (event) {
  if ((Navigate !== undefined && event instanceof Navigate) ||
    carriers.some(([Kind, get]) => event instanceof Kind && !mayGo(apply(get, event, [])))) {
    throw new TypeError('A preload cannot dispatch an event that carries a target ' +
      'which is neither a node nor a window')
  }
  return apply(dispatchEvent, this, arguments)
} }.dispatchEvent)
