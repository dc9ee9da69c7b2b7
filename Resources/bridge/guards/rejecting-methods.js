'use strict'

// Methods whose promises belong to this realm, but their errors to the page's (own-errors.js).

const { ownPrototype } = require('../realm')
const { replaceMethod } = require('./replace')
const { ownError } = require('./own-errors')

const { apply } = Reflect

for (const [holder, name] of [['Permissions', 'query'], ['LockManager', 'request']]) {
  const prototype = ownPrototype(holder)
  const native = prototype?.[name]
  if (native === undefined) continue
  replaceMethod(prototype, name, { async [name] (...args) {
    try {
      return await apply(native, this, args)
    } catch (error) {
      throw ownError(error)
    }
  } }[name])
}
