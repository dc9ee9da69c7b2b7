'use strict'

// Intrinsics of the membrane's realm as they were before any page or preload script ran.

const { ownValue, ownPrototype, getter, isOwn } = require('../realm')

const world = globalThis
const { apply, defineProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyDescriptor } = Reflect
const { freeze, keys, getOwnPropertySymbols, prototype: ObjectPrototype } = Object
const { toSpliced } = Array.prototype
const evaluate = eval
const uncurry = f => (self, ...args) => apply(f, self, args)

// A collection with own methods: no lookup in prototypes that the page can patch.
const safe = (Base, names) => {
  const Safe = class extends Base { constructor () { super() } }
  for (let i = 0; i < names.length; i++) {
    defineProperty(Safe.prototype, names[i], { __proto__: null, value: Base.prototype[names[i]] })
  }
  setPrototypeOf(Safe.prototype, null)
  freeze(Safe.prototype)
  return freeze(Safe)
}

// Not `flags`: that getter reads the others by name, from prototypes that the page can patch.
const flagGetters = [['hasIndices', 'd'], ['global', 'g'], ['ignoreCase', 'i'], ['multiline', 'm'],
  ['dotAll', 's'], ['unicode', 'u'], ['unicodeSets', 'v'], ['sticky', 'y']]
for (let i = 0; i < flagGetters.length; i++) flagGetters[i][0] = getter(RegExp.prototype, flagGetters[i][0])
const flagsOf = value => {
  let flags = ''
  for (let i = 0; i < flagGetters.length; i++) {
    const get = flagGetters[i][0]
    if (get && get(value)) flags += flagGetters[i][1]
  }
  return flags
}

const TypedArrayPrototype = getPrototypeOf(Uint8Array.prototype)
const views = { __proto__: null, DataView }
const viewNames = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array',
  'Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']
for (let i = 0; i < viewNames.length; i++) views[viewNames[i]] = ownValue(viewNames[i])

// `=== undefined` and not `typeof`: the typeof of document.all is 'undefined', and it is an object.
const isPrimitive = value => {
  switch (typeof value) {
    case 'object': return value === null
    case 'function': return false
    case 'undefined': return value === undefined
    default: return true
  }
}

// A dense copy with own elements: each index is read once and defined, not assigned. (`toSpliced` uses
// neither species nor iterator; node 18 lacks it.)
const dense = toSpliced
  ? list => apply(toSpliced, list, [])
  : list => {
    const copy = []
    const length = list.length >>> 0
    for (let i = 0; i < length; i++) {
      defineProperty(copy, i, {
        __proto__: null, value: list[i], writable: true, enumerable: true, configurable: true
      })
    }
    return copy
  }

/** The result of `read(value)`, or undefined when `value` does not have that brand. */
const brand = (read, value) => {
  try { return read(value) } catch { return undefined }
}

// The DOM, if there is one.
const ofDocument = ownPrototype('Document')
const ofWalker = ownPrototype('TreeWalker')

module.exports = {
  world,
  apply,
  defineProperty,
  getPrototypeOf,
  getOwnPropertyDescriptor,
  freeze,
  keys,
  getOwnPropertySymbols,
  isArray: Array.isArray,
  evaluate,
  isPrimitive,
  isOwn,
  dense,
  brand,

  ObjectPrototype,
  Box: Object,
  Error,
  TypeError,
  RangeError,
  Promise,
  Date,
  RegExp,
  Map,
  Set,
  Bytes: Uint8Array,
  SafeMap: safe(Map, ['get', 'set']),
  SafeWeakMap: safe(WeakMap, ['get', 'set']),
  views,

  bind: uncurry(Function.prototype.bind),
  toText: uncurry(ObjectPrototype.toString),
  functionText: uncurry(Function.prototype.toString),
  then: uncurry(Promise.prototype.then),
  timeOf: uncurry(Date.prototype.getTime),
  sourceOf: getter(RegExp.prototype, 'source'),
  flagsOf,
  mapEach: uncurry(Map.prototype.forEach),
  mapSet: uncurry(Map.prototype.set),
  setEach: uncurry(Set.prototype.forEach),
  setAdd: uncurry(Set.prototype.add),
  unboxers: {
    __proto__: null,
    '[object Number]': uncurry(Number.prototype.valueOf),
    '[object String]': uncurry(String.prototype.valueOf),
    '[object Boolean]': uncurry(Boolean.prototype.valueOf),
    '[object BigInt]': uncurry(BigInt.prototype.valueOf)
  },
  bufferLength: getter(ArrayBuffer.prototype, 'byteLength'),
  viewName: getter(TypedArrayPrototype, Symbol.toStringTag),
  viewBuffer: getter(TypedArrayPrototype, 'buffer'),
  viewOffset: getter(TypedArrayPrototype, 'byteOffset'),
  viewLength: getter(TypedArrayPrototype, 'length'),
  dataViewBuffer: getter(DataView.prototype, 'buffer'),
  dataViewOffset: getter(DataView.prototype, 'byteOffset'),
  dataViewLength: getter(DataView.prototype, 'byteLength'),

  nodeType: getter(ownPrototype('Node'), 'nodeType'),
  createTreeWalker: ofDocument && uncurry(ofDocument.createTreeWalker),
  walkerNode: getter(ofWalker, 'currentNode'),
  setWalkerNode: ofWalker && uncurry(getOwnPropertyDescriptor(ofWalker, 'currentNode').set),
  blobSize: getter(ownPrototype('Blob'), 'size'),
  cloneBlob: ownValue('structuredClone'),
  ownWindow: getter(world, 'window'),
  documentOf: getter(world, 'document'),
  exceptionMessage: getter(ownPrototype('DOMException'), 'message'),
  exceptionName: getter(ownPrototype('DOMException'), 'name'),
  VideoFrame: ownValue('VideoFrame'),
  frameTime: getter(ownPrototype('VideoFrame'), 'timestamp')
}
