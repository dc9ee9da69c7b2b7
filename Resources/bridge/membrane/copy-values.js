'use strict'

// Copies a value into the other realm: primitives, functions, plain objects and arrays. copy-exotics.js
// copies all other objects.

// Exported first, because the modules below require this one in a cycle.
module.exports = { copyValue, copyObject }

const { world, getPrototypeOf, keys, getOwnPropertySymbols, isArray, ObjectPrototype, bind, isPrimitive,
  isOwn, dense } =
  require('./intrinsics')
const { exhausted, tooDeep, unclonable } = require('./errors')
const { recall, remember, ask } = require('./walk')
const { copyExotic, copyForeign } = require('./copy-exotics')

const MAX_DEPTH = 1000

function copyValue (value, walk, depth, holder) {
  switch (typeof value) {
    case 'function': return copyFunction(value, walk, holder)
    case 'object': if (value === null) return null; break
    case 'undefined': if (value === undefined) return undefined; break
    default: return value
  }
  if (depth >= MAX_DEPTH) throw tooDeep()
  const known = recall(walk, value)
  if (known !== undefined) return known
  const { isRefused, isIsolated } = walk.end
  if (isRefused !== undefined && isRefused(value)) throw unclonable()
  if (isIsolated) {
    let prototype
    try { prototype = getPrototypeOf(value) } catch { throw unclonable() }
    // An object without a prototype consists of its members only, and each of them is checked.
    if (prototype === ObjectPrototype || prototype === null) return copyObject(value, walk, depth)
    if (!isOwn(value)) return copyForeign(value, walk)
  } else if (getPrototypeOf(value) === ObjectPrototype) return copyObject(value, walk, depth)
  if (isArray(value)) return copyArray(value, walk, depth)
  return copyExotic(value, walk, depth)
}

function copyFunction (f, walk, holder) {
  const { end } = walk
  const home = end.originals.get(f)
  if (home !== undefined) return home
  let proxy = end.proxies.get(f)
  if (proxy === undefined) {
    if (end.isIsolated && !isOwn(f)) throw unclonable()
    // Calling a bound function costs the engine nothing extra; Reflect.apply costs 50 ns.
    const bound = bind(f, holder === undefined ? world : holder)
    proxy = ask(end, 'proxy', f, bound)
    end.proxies.set(f, proxy)
  }
  if (walk.frozen) ask(end, 'freeze', proxy)
  return proxy
}

// Containers are copied in three steps. First a snapshot here, with undefined for every member that is not a
// primitive. Then its clone there, which is recorded for cycles. Then those members, one by one, into
// existing own properties, so that no setter is looked up.
function copyObject (value, walk, depth) {
  const snapshot = { ...value }
  const names = keys(snapshot)
  const symbols = getOwnPropertySymbols(snapshot)
  if (depth + 2 >= MAX_DEPTH && names.length + symbols.length > 0) throw tooDeep()
  const rest = { key: undefined, item: undefined, next: undefined }
  let last = takeAside(snapshot, names, rest)
  if (symbols.length > 0) last = takeAside(snapshot, symbols, last)
  let copy // not `ask`, because this is the hot path
  try { copy = walk.end.there.clone(snapshot) } catch { throw exhausted() }
  remember(walk, value, copy)
  fill(copy, rest.next, value, walk, depth + 2)
  return copy
}

function takeAside (snapshot, names, last) {
  for (let i = 0; i < names.length; i++) {
    const key = names[i]
    const item = snapshot[key]
    if (isPrimitive(item)) continue
    snapshot[key] = undefined
    last = last.next = { key, item, next: undefined }
  }
  return last
}

function copyArray (value, walk, depth) {
  const snapshot = dense(value)
  const { length } = snapshot
  if (depth + 1 >= MAX_DEPTH && length > 0) throw tooDeep()
  const rest = { key: undefined, item: undefined, next: undefined }
  let last = rest
  for (let i = 0; i < length; i++) {
    const item = snapshot[i]
    if (isPrimitive(item)) continue
    snapshot[i] = undefined
    last = last.next = { key: i, item, next: undefined }
  }
  const copy = ask(walk.end, 'list', snapshot)
  remember(walk, value, copy)
  fill(copy, rest.next, value, walk, depth + 1)
  return copy
}

function fill (copy, cell, holder, walk, depth) {
  for (; cell !== undefined; cell = cell.next) {
    copy[cell.key] = copyValue(cell.item, walk, depth, holder)
  }
  if (walk.frozen) ask(walk.end, 'freeze', copy)
}
