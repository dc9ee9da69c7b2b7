'use strict'

// Makes a class of a native table:
// `{ name, methods, statics, properties, construct, listen, stopListening }`.

const { NativeEmitter } = require('./emitter.cjs')

/** Classes of one table: instances made by native code are of the class that `extend` returns. */
function defineClass (table, extend = Base => Base) {
  const Native = table.listen === undefined ? plain(table) : emitting(table)
  Object.defineProperty(Native, 'name', { value: table.name })
  for (const [name, method] of Object.entries(table.methods)) define(Native.prototype, name, method)
  for (const [name, method] of Object.entries(table.statics)) define(Native, name, method)
  for (const [name, accessor] of Object.entries(table.properties)) {
    Object.defineProperty(Native.prototype, name, { ...accessor, enumerable: true, configurable: true })
  }
  const Class = extend(Native)
  Object.defineProperty(Class, 'name', { value: table.name })
  return Class
}

function define (object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, configurable: true })
}

/** Native code makes instances without arguments, and says so by this. */
const BY_NATIVE = Symbol('made by native code')

function construct (table, instance, values) {
  if (values[0] === BY_NATIVE) return
  if (table.construct === undefined) throw new TypeError(`${table.name} has no constructor`)
  table.construct.apply(instance, values)
}

function plain (table) {
  return class { constructor (...values) { construct(table, this, values) } }
}

function emitting (table) {
  return class extends NativeEmitter {
    static listen = table.listen
    static stopListening = table.stopListening
    constructor (...values) {
      super()
      construct(table, this, values)
    }
  }
}

module.exports = { defineClass, BY_NATIVE }
