'use strict'

// Determines the kind of an object, whatever its prototype or Symbol.toStringTag says. It is only called for
// objects whose prototype is not Object.prototype or null, so it may take microseconds if necessary.
//
// Three methods, cheapest first:
// 1. The prototype chain gives a guess. A captured accessor or method that throws without the right internal
//    slot proves it.
// 2. A chain of ordinary prototypes only, up to this realm's Object.prototype, means a class instance: its
//    fields are cloned.
// 3. For any other object the engine's `structuredClone` decides: the copy's prototype tells the kind. This
//    applies to objects of another realm, and to chains with a Symbol.toStringTag, which every DOM interface
//    has. An ordinary object becomes an Object. Blob, ImageData, DOMMatrix and similar objects copy as
//    themselves and are refused, because the main process cannot rebuild them. DOM nodes, promises, weak
//    collections and Proxies cannot be copied at all.
//
// Proxies are recorded when they are created (proxies.js). One difference from V8 remains, because a check
// would cost more than the write: a Map, a Date or a similar object whose prototype was replaced by
// Object.prototype is cloned as a plain object.

const p = require('../primordials')
const { getPrototypeOf, hasOwn, isView, isError } = p
const { ObjectPrototype } = p

const ORDINARY = 0
const TYPED_ARRAY = 1
const DATA_VIEW = 2
const DATE = 3
const REGEXP = 4
const BOOLEAN = 5
const NUMBER = 6
const STRING = 7
const BIGINT = 8
const MAP = 9
const SET = 10
const ARRAY_BUFFER = 11
const ERROR = 12
const REFUSED = 13

const MAX_PROTOTYPES = 1000
const DATA_CLONE_ERR = 25

const structuredCloneOf = p.structuredClone
const toStringTag = Symbol.toStringTag
const ErrorPrototype = Error.prototype
const errorPrototypes = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
  Type => Type.prototype)
const regExpGlobal = p.uncurryGetter(RegExp.prototype, 'global')
const exceptionCode = typeof DOMException === 'function'
  ? p.uncurryGetter(DOMException.prototype, 'code')
  : undefined

// Without Error.isError (V8 11) the built-in tag decides, unless an own property hides it; then the engine's
// clone decides.
const errorProbe = isError || (v =>
  hasOwn(v, toStringTag)
    ? structuredCloneOf !== undefined && copyKind(v) === ERROR
    : p.objectToString(v) === '[object Error]')

// Each throws, or returns false, for an object of another kind.
const probes = []
probes[DATE] = v => { p.dateValue(v); return true }
// RegExp.prototype is not a RegExp, but its getters return undefined for it instead of throwing.
probes[REGEXP] = v => regExpGlobal(v) !== undefined
probes[BOOLEAN] = v => { p.booleanValue(v); return true }
probes[NUMBER] = v => { p.numberValue(v); return true }
probes[STRING] = v => { p.stringValue(v); return true }
probes[BIGINT] = v => { p.bigIntValue(v); return true }
probes[MAP] = v => { p.mapSize(v); return true }
probes[SET] = v => { p.setSize(v); return true }
probes[ARRAY_BUFFER] = v => { p.bufferByteLength(v); return true }
probes[ERROR] = errorProbe

const guesses = p.pinner(Map.prototype, ['get', 'set'])(new Map())
guesses.set(Date.prototype, DATE)
guesses.set(RegExp.prototype, REGEXP)
guesses.set(Boolean.prototype, BOOLEAN)
guesses.set(Number.prototype, NUMBER)
guesses.set(String.prototype, STRING)
guesses.set(BigInt.prototype, BIGINT)
guesses.set(Map.prototype, MAP)
guesses.set(Set.prototype, SET)
guesses.set(ArrayBuffer.prototype, ARRAY_BUFFER)
guesses.set(ErrorPrototype, ERROR)

function is (kind, v) {
  try {
    return probes[kind](v)
  } catch (_) {
    return false
  }
}

function classify (v) {
  if (isView(v)) return p.typedArrayTag(v) === undefined ? DATA_VIEW : TYPED_ARRAY

  let guess
  let tagged = false
  let prototype = getPrototypeOf(v)
  for (let n = 0; prototype !== null && prototype !== ObjectPrototype; n++) {
    if (n === MAX_PROTOTYPES) return REFUSED
    if (guess === undefined) guess = guesses.get(prototype)
    if (hasOwn(prototype, toStringTag)) tagged = true
    prototype = getPrototypeOf(prototype)
  }
  if (guess !== undefined && is(guess, v)) return guess
  if (guess === undefined && !tagged && prototype === ObjectPrototype) return ORDINARY

  for (let kind = DATE; kind <= ERROR; kind++) {
    if (kind !== guess && is(kind, v)) return kind
  }
  return copyKind(v)
}

/** The kind of the copy that the engine's own structured clone makes of `v`. */
function copyKind (v) {
  // A bare engine shell, in which our tests also run, has no structuredClone, and no host objects.
  if (structuredCloneOf === undefined) return shellKind(v)
  let copy
  try {
    copy = structuredCloneOf(v)
  } catch (error) {
    // A MessagePort throws a TypeError instead. Without fields, no getter can have thrown it.
    if (isDataCloneError(error) || p.keys(v).length === 0) return REFUSED
    throw error
  }
  const prototype = getPrototypeOf(copy)
  if (prototype === ObjectPrototype) return ORDINARY
  // A DOMException inherits from Error too, and is refused.
  for (let i = 0; i < errorPrototypes.length; i++) if (prototype === errorPrototypes[i]) return ERROR
  return REFUSED
}

function isDataCloneError (error) {
  try {
    return exceptionCode !== undefined && exceptionCode(error) === DATA_CLONE_ERR
  } catch (_) {
    return false
  }
}

const shellRefused = ['Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Symbol', 'SharedArrayBuffer',
  'FinalizationRegistry', 'Generator', 'Array Iterator', 'WebAssembly.Module', 'WebAssembly.Memory']

function shellKind (v) {
  const tag = v[toStringTag]
  for (let i = 0; i < shellRefused.length; i++) if (tag === shellRefused[i]) return REFUSED
  return ORDINARY
}

module.exports = {
  classify,
  copyKind,
  is,
  ORDINARY,
  TYPED_ARRAY,
  DATA_VIEW,
  DATE,
  REGEXP,
  BOOLEAN,
  NUMBER,
  STRING,
  BIGINT,
  MAP,
  SET,
  ARRAY_BUFFER,
  ERROR,
  REFUSED
}
