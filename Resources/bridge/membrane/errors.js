'use strict'

// Errors of this realm, and the description of a thrown value for the other half: primitives only.

const { Error, TypeError, RangeError, defineProperty, exceptionMessage, exceptionName, brand, isPrimitive,
  isOwn } =
  require('./intrinsics')

const TOO_DEEP = 'Electron contextBridge recursion depth exceeded.  Nested objects ' +
  'deeper than 1000 are not supported.'
const UNCLONABLE = 'An object could not be cloned.'
const NOT_AN_ERROR = 'An unknown exception occurred in the isolated context, an error occurred ' +
  'but a valid exception was not thrown.'
const RETURN_NOT_AN_ERROR = 'An unknown exception occurred while sending a function return value ' +
  'over the context bridge, an error occurred but a valid exception was not thrown.'
const settledBadly = (noun, verb) => `An error was thrown while sending a promise ${noun} over the ` +
  'context bridge but it was not actually an Error object. This normally means that a promise was ' +
  `${verb} with a value that is not supported by the Context Bridge.`
const RESULT_NOT_AN_ERROR = settledBadly('result', 'resolved')
const REJECTION_NOT_AN_ERROR = settledBadly('rejection', 'rejected')
const FOREIGN = 'An error that was not made in the isolated context was thrown.'
const EXHAUSTED = 'Maximum call stack size exceeded.'

const exhausted = () => new RangeError(EXHAUSTED)
const tooDeep = () => new TypeError(TOO_DEEP)
const unclonable = () => new Error(UNCLONABLE)

const makeError = (message, name, code) => {
  const error = new Error(message)
  if (typeof name === 'string' && name !== 'Error') {
    defineProperty(error, 'name', { __proto__: null, value: name, writable: true, configurable: true })
  }
  if (typeof code === 'string' || typeof code === 'number') {
    defineProperty(error, 'code', {
      __proto__: null, value: code, writable: true, enumerable: true, configurable: true
    })
  }
  return error
}

/** `{ message, name, code }` of a thrown value of this realm; undefined if it has no message. */
const tell = thrown => {
  try {
    if (isPrimitive(thrown)) return undefined
    const { message } = thrown
    if (typeof message !== 'string') return undefined
    let { name, code } = thrown
    if (typeof name !== 'string') name = 'Error'
    if (typeof code !== 'string' && typeof code !== 'number') code = undefined
    return { message, name, code }
  } catch {
    return undefined
  }
}

/** The same for a foreign object, of which only a DOMException's internal message and name are read. */
const tellForeign = thrown => {
  const message = exceptionMessage && brand(exceptionMessage, thrown)
  if (message === undefined) return { message: FOREIGN, name: 'Error', code: undefined }
  return { message, name: brand(exceptionName, thrown), code: undefined }
}

/** `isIsolated`: whether the half must not read foreign objects. */
const describe = (thrown, isIsolated) =>
  isIsolated && !isPrimitive(thrown) && !isOwn(thrown) ? tellForeign(thrown) : tell(thrown)

const report = (told, otherwise) => told === undefined ? otherwise : `Uncaught ${told.name}: ${told.message}`

module.exports = {
  NOT_AN_ERROR, RETURN_NOT_AN_ERROR, RESULT_NOT_AN_ERROR, REJECTION_NOT_AN_ERROR,
  exhausted, tooDeep, unclonable, makeError, tell, describe, report
}
