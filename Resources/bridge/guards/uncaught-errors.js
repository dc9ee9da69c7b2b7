'use strict'

// Keeps uncaught errors in this world: the page gets an error's text as usual, but not the error object.
//
// WebKit 2.54 keeps the copy that another world's first read creates, and gives it to the page as well. So
// errors of the page's own scripts must not be read: such a script has a URL. A preload has a path, a
// numbered world's script a name. A wrong guess is harmless. A page's script without a URL loses its error
// object on 2.54. The error of a preload's script with a URL (a `sourceURL`, an app's `url`) reaches the page
// as WebKit's copy, never uncopied: realm-guard.js.

const { ownValue, nativeGetter, isObject } = require('../realm')
const { keepData } = require('./event-data')

const { apply } = Reflect
const { dispatchEvent } = EventTarget.prototype
const address = /^(?!martlet:)[a-z][a-z0-9+.-]*:/i
const errorOf = nativeGetter(ErrorEvent.prototype, 'error')
const Made = ownValue('ErrorEvent')

addEventListener('error', event => {
  if (!event.isTrusted || !(event instanceof Made) || address.test(event.filename)) return
  const error = apply(errorOf, event, [])
  // Before 2.54, each read of another world's error makes a new copy.
  if (!isObject(error) || apply(errorOf, event, []) !== error) return
  event.stopImmediatePropagation()
  const { message, filename, lineno, colno } = event
  const instead = new Made('error', { message, filename, lineno, colno, error: null, cancelable: true })
  keepData(instead, error)
  if (!apply(dispatchEvent, window, [instead])) event.preventDefault()
}, { capture: true })
