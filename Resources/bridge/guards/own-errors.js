'use strict'

// Replaces errors and promises that WebKit creates in the page's realm by ones of this realm. Their
// prototypes are the page's: `await` would call the page's `then` with functions of this world.

const { nativeGetter, isObject, isOwn } = require('../realm')

const { apply, defineProperty, deleteProperty } = Reflect
const PromiseHere = Promise
const { then } = Promise.prototype
const messageOf = nativeGetter(DOMException.prototype, 'message')
const nameOf = nativeGetter(DOMException.prototype, 'name')

const ownError = error => {
  if (!isObject(error) || isOwn(error)) return error
  try {
    return new DOMException(apply(messageOf, error, []), apply(nameOf, error, []))
  } catch {
    return new TypeError('Not possible')
  }
}

/**
 * A promise of this realm for one of the page's realm, which resolves only to undefined, or rejects: with
 * `failure.error` if it is set.
 */
const adopt = (promise, failure) => new PromiseHere((resolve, reject) => {
  const fail = error => {
    reject(!isObject(error) && failure && 'error' in failure ? failure.error : ownError(error))
  }
  // `then` reads the promise's class from a property that the page may have replaced.
  defineProperty(promise, 'constructor', { value: PromiseHere, configurable: true })
  try {
    apply(then, promise, [() => resolve(), fail])
  } finally {
    deleteProperty(promise, 'constructor')
  }
})

module.exports = { ownError, adopt }
