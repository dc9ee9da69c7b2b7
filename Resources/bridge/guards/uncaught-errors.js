'use strict'

// Keeps an uncaught error in this world: the page hears its text, as ever, and of the error itself nothing.
//
// WebKit 2.54 keeps the copy that the first look of another world makes, and gives it to the page as well. So
// an error of the page's own is not looked at: its script has an address. A preload has a path, a numbered
// world's script a name. A wrong guess is harmless. A page's script without an address loses its error object
// on 2.54. The error of a preload's script with an address (a `sourceURL`, an app's `url`) reaches the page
// as WebKit's copy, never raw: realm-guard.js.

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
  // Of another world's error each look makes a new copy, before 2.54.
  if (!isObject(error) || apply(errorOf, event, []) !== error) return
  event.stopImmediatePropagation()
  const { message, filename, lineno, colno } = event
  const instead = new Made('error', { message, filename, lineno, colno, error: null, cancelable: true })
  keepData(instead, error)
  if (!apply(dispatchEvent, window, [instead])) event.preventDefault()
}, { capture: true })
