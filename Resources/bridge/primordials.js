'use strict'

// The realm's intrinsics as they were before any page or preload script ran. Only the internal steps of a
// captured function are safe from later patches, so:
//
// - Static functions (`keys`, `isArray`, ...) are plain captured references.
// - A prototype method becomes a function that takes its receiver first. `call.bind(method)` looks nothing up
//   at call time. In JavaScriptCore it costs about 30 ns a call (`Reflect.apply` 50 ns, a direct call 2 ns),
//   so it is used at most once per object.
// - Code that runs per character or per element uses `pinner`: an object of our own has the captured methods
//   as own properties. So `object.method()` finds no prototype that could have been patched, and the JIT
//   still inlines it.

const { apply, getPrototypeOf, ownKeys, defineProperty, setPrototypeOf } = Reflect
const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor
const call = Function.prototype.call
const bind = Function.prototype.bind

/** A prototype method as a function whose first argument is the receiver. */
const uncurry = method => apply(bind, call, [method])

/** The getter of an accessor property, receiver first; undefined if it does not exist. */
function uncurryGetter (prototype, key) {
  const descriptor = prototype && getOwnPropertyDescriptor(prototype, key)
  return descriptor && descriptor.get ? uncurry(descriptor.get) : undefined
}

/**
 * A function that gives an object the named methods of `prototype`, in their current state, as own
 * properties.
 */
function pinner (prototype, names) {
  const descriptors = []
  for (let i = 0; i < names.length; i++) {
    // Without a prototype: an inherited `get` would change the descriptor.
    descriptors[i] = { __proto__: null, value: prototype[names[i]], configurable: true }
  }
  return object => {
    for (let i = 0; i < descriptors.length; i++) defineProperty(object, names[i], descriptors[i])
    return object
  }
}

const TypedArray = getPrototypeOf(Uint8Array)
const MapPrototype = Map.prototype
const SetPrototype = Set.prototype

module.exports = {
  apply,
  call,
  getPrototypeOf,
  setPrototypeOf,
  ownKeys,
  defineProperty,
  getOwnPropertyDescriptor,
  uncurry,
  uncurryGetter,
  pinner,

  ObjectPrototype: Object.prototype,
  ArrayPrototype: Array.prototype,
  StringPrototype: String.prototype,
  MapPrototype,
  SetPrototype,
  TypedArrayPrototype: TypedArray.prototype,

  keys: Object.keys,
  hasOwn: Object.hasOwn,
  isArray: Array.isArray,
  isView: ArrayBuffer.isView,
  isError: Error.isError,
  fromCharCode: String.fromCharCode,
  asUintN: BigInt.asUintN,

  Array,
  ArrayBuffer,
  BigInt,
  Boolean,
  DataView,
  Date,
  Error,
  EvalError,
  Map,
  Number,
  Object,
  RangeError,
  ReferenceError,
  RegExp,
  Set,
  String,
  SyntaxError,
  TypeError,
  URIError,
  Uint8Array,
  Uint16Array,
  WeakRef,

  deref: uncurry(WeakRef.prototype.deref),
  objectToString: uncurry(Object.prototype.toString),
  stringIndexOf: uncurry(String.prototype.indexOf),
  charCodeAt: String.prototype.charCodeAt,
  charCodeOf: uncurry(String.prototype.charCodeAt),
  bigIntToString: uncurry(BigInt.prototype.toString),
  mapForEach: uncurry(MapPrototype.forEach),
  setForEach: uncurry(SetPrototype.forEach),
  bufferSlice: uncurry(ArrayBuffer.prototype.slice),
  bufferByteLength: uncurryGetter(ArrayBuffer.prototype, 'byteLength'),
  bufferResizable: uncurryGetter(ArrayBuffer.prototype, 'resizable'),
  bufferMaxByteLength: uncurryGetter(ArrayBuffer.prototype, 'maxByteLength'),
  bufferDetached: uncurryGetter(ArrayBuffer.prototype, 'detached'),
  typedArraySet: uncurry(TypedArray.prototype.set),
  typedArraySubarray: uncurry(TypedArray.prototype.subarray),
  typedArrayTag: uncurryGetter(TypedArray.prototype, Symbol.toStringTag),
  typedArrayBuffer: uncurryGetter(TypedArray.prototype, 'buffer'),
  typedArrayByteOffset: uncurryGetter(TypedArray.prototype, 'byteOffset'),
  typedArrayByteLength: uncurryGetter(TypedArray.prototype, 'byteLength'),
  typedArrayLength: uncurryGetter(TypedArray.prototype, 'length'),
  typedArrayValues: uncurry(TypedArray.prototype.values),
  dataViewBuffer: uncurryGetter(DataView.prototype, 'buffer'),
  dataViewByteOffset: uncurryGetter(DataView.prototype, 'byteOffset'),
  dataViewByteLength: uncurryGetter(DataView.prototype, 'byteLength'),
  dateValue: uncurry(Date.prototype.getTime),
  booleanValue: uncurry(Boolean.prototype.valueOf),
  numberValue: uncurry(Number.prototype.valueOf),
  stringValue: uncurry(String.prototype.valueOf),
  bigIntValue: uncurry(BigInt.prototype.valueOf),
  mapSet: uncurry(MapPrototype.set),
  setAdd: uncurry(SetPrototype.add),
  numberToString: uncurry(Number.prototype.toString),
  mapSize: uncurryGetter(MapPrototype, 'size'),
  setSize: uncurryGetter(SetPrototype, 'size'),
  regExpSource: uncurryGetter(RegExp.prototype, 'source'),

  viewConstructors: {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float16Array: typeof Float16Array === 'function' ? Float16Array : undefined,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array
  },

  // Missing in some engines (V8 has no setFromBase64 yet) or in a bare engine shell.
  setFromBase64: Uint8Array.prototype.setFromBase64 && uncurry(Uint8Array.prototype.setFromBase64),
  btoa: typeof btoa === 'function' ? btoa : undefined,
  TextDecoder: typeof TextDecoder === 'function' ? TextDecoder : undefined,
  decodeText: typeof TextDecoder === 'function' ? uncurry(TextDecoder.prototype.decode) : undefined,
  structuredClone: typeof structuredClone === 'function' ? structuredClone : undefined
}
