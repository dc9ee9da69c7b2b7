'use strict'

// Guards the reasons of aborted signals. WebKit creates default reasons in the page's realm (own-errors.js).
// A signal crosses from world to world with an event that has it, and its reason crosses with it, uncopied.

const { nativeGetter, isObject, isOwn } = require('../realm')
const { replaceMethod, replaceGetter } = require('./replace')
const { ownError } = require('./own-errors')

const { apply } = Reflect
const { abort } = AbortController.prototype
const { timeout } = AbortSignal
const reasonOf = nativeGetter(AbortSignal.prototype, 'reason')
const isAborted = nativeGetter(AbortSignal.prototype, 'aborted')

replaceMethod(AbortController.prototype, 'abort', {
  abort (reason = new DOMException('The operation was aborted.', 'AbortError')) {
    apply(abort, this, [reason])
  }
}.abort)

replaceMethod(AbortSignal, 'timeout', { timeout (milliseconds) {
  apply(timeout, AbortSignal, arguments) // throws for an invalid time
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')),
    milliseconds)
  return controller.signal
} }.timeout)

const reasons = new WeakMap()
const ownReason = signal => {
  const reason = apply(reasonOf, signal, [])
  if (!isObject(reason)) return reason
  if (!reasons.has(signal)) reasons.set(signal, isOwn(reason) ? reason : ownError(reason))
  return reasons.get(signal)
}

replaceGetter(AbortSignal.prototype, 'reason',
  nativeGetter({ get reason () { return ownReason(this) } }, 'reason'))
replaceMethod(AbortSignal.prototype, 'throwIfAborted', { throwIfAborted () {
  if (apply(isAborted, this, [])) throw ownReason(this)
} }.throwIfAborted)
