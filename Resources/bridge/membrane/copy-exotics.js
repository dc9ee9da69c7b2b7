'use strict'

// Copies objects that are neither plain nor arrays, by their brands, which scripts cannot forge.

// Exported first, because copy-values.js requires this module in a cycle.
module.exports = { copyExotic, copyForeign }

const {
  getOwnPropertyDescriptor, toText, then, timeOf, sourceOf, flagsOf, mapEach, setEach, unboxers, bufferLength,
    viewName,
  viewBuffer, viewOffset, viewLength, dataViewBuffer, dataViewOffset, dataViewLength, nodeType, blobSize,
    frameTime,
  ownWindow, exceptionMessage, brand
} = require('./intrinsics')
const { RESULT_NOT_AN_ERROR, REJECTION_NOT_AN_ERROR, unclonable, describe, report } = require('./errors')
const { begin, remember, ask, keep } = require('./walk')
const { copyMap, copySet } = require('./copy-collections')
const { copyBuffer, copyView } = require('./copy-buffers')
const { copyValue, copyObject } = require('./copy-values')

// Brands that structured clone refuses.
const refused = { __proto__: null }
for (const name of [
  'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Generator', 'AsyncGenerator', 'Module', 'Symbol',
  'SharedArrayBuffer', 'Array Iterator', 'Map Iterator', 'Set Iterator', 'String Iterator',
    'RegExp String Iterator',
  'Iterator Helper', 'WebAssembly.Memory', 'WebAssembly.Module'
]) refused[`[object ${name}]`] = true

const sizeOfMap = value => { mapEach(value, () => {}); return true }
const sizeOfSet = value => { setEach(value, () => {}); return true }

function copyExotic (value, walk, depth) {
  const name = viewName(value)
  if (name !== undefined) return copyView(value, name, viewBuffer, viewOffset, viewLength, walk)
  const tag = toText(value)
  if (refused[tag]) throw unclonable()
  const copy = copyBranded(value, tag, walk, depth)
  if (copy !== undefined) return copy
  // A window would expose all its functions, and some of them evaluate text.
  if (ownWindow && getOwnPropertyDescriptor(value, 'window') && brand(ownWindow, value) !== undefined) {
    throw unclonable()
  }
  return copyObject(value, walk, depth)
}

/** The copy of an object of the kind that its tag names, verified by each case; else undefined. */
function copyBranded (value, tag, walk, depth) {
  const { end } = walk
  let read
  switch (tag) {
    case '[object Object]':
      return undefined
    case '[object Promise]':
      return copyPromise(value, walk)
    case '[object Error]':
    case '[object DOMException]':
      return copyError(value, walk)
    case '[object Date]':
      read = brand(timeOf, value)
      return read === undefined ? undefined : keep(value, walk, ask(end, 'date', read))
    case '[object RegExp]':
      read = brand(sourceOf, value)
      return read === undefined ? undefined : keep(value, walk, ask(end, 'regexp', read, flagsOf(value)))
    case '[object Map]':
      return brand(sizeOfMap, value) ? copyMap(value, walk, depth) : undefined
    case '[object Set]':
      return brand(sizeOfSet, value) ? copySet(value, walk, depth) : undefined
    case '[object ArrayBuffer]':
      return brand(bufferLength, value) === undefined ? undefined : copyBuffer(value, walk)
    case '[object DataView]':
      if (brand(dataViewBuffer, value) === undefined) return undefined
      return copyView(value, 'DataView', dataViewBuffer, dataViewOffset, dataViewLength, walk)
    default:
      read = unboxers[tag] === undefined ? undefined : brand(unboxers[tag], value)
      if (read !== undefined) return keep(value, walk, ask(end, 'box', read))
      return copyHostObject(value, walk)
  }
}

/** For foreign objects, copies only what can be had without a property lookup on them. */
function copyForeign (value, walk) {
  const name = viewName(value)
  if (name !== undefined) return copyView(value, name, viewBuffer, viewOffset, viewLength, walk)
  if (brand(bufferLength, value) !== undefined) return copyBuffer(value, walk)
  if (exceptionMessage && brand(exceptionMessage, value) !== undefined) return copyError(value, walk)
  const copy = copyHostObject(value, walk)
  if (copy === undefined) throw unclonable()
  return copy
}

function copyError (value, walk) {
  const { end } = walk
  const told = describe(value, end.isIsolated)
  if (told !== undefined) return keep(value, walk, ask(end, 'error', told.message, told.name, told.code))
  return keep(value, walk, ask(end, 'error', 'Uncaught Error'))
}

/** The underlying object is shared, not copied: the other half gets its own wrapper from the DOM. */
function copyHostObject (value, walk) {
  const { end } = walk
  let copy
  if (nodeType && brand(nodeType, value) !== undefined) copy = ask(end, 'node', value)
  else if (blobSize && brand(blobSize, value) !== undefined) copy = ask(end, 'blob', value)
  else if (frameTime && brand(frameTime, value) !== undefined) copy = ask(end, 'frame', value)
  else return undefined
  if (copy === undefined) throw unclonable()
  remember(walk, value, copy)
  return copy
}

function copyPromise (value, walk) {
  const { end } = walk
  const deferred = ask(end, 'defer')
  const settle = (item, method, otherwise) => {
    let copy
    try {
      copy = copyValue(item, begin(end, false), 0)
    } catch (thrown) {
      ask(end, 'reject', deferred, ask(end, 'error', report(describe(thrown, end.isIsolated), otherwise)))
      return
    }
    ask(end, method, deferred, copy)
  }
  try {
    then(value,
      item => { settle(item, 'resolve', RESULT_NOT_AN_ERROR) },
      item => { settle(item, 'reject', REJECTION_NOT_AN_ERROR) })
  } catch {
    return undefined // not a promise, whatever its tag says
  }
  return keep(value, walk, deferred.promise)
}
