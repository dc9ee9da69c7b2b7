'use strict'

// One walk: everything that one call copies into the other realm. An object that is met twice becomes one
// copy there.

const { SafeMap } = require('./intrinsics')
const { exhausted } = require('./errors')

/** `end` is this half's end of the link; the copies are frozen if `frozen`. */
const begin = (end, frozen) => ({ end, frozen, source: undefined, copy: undefined, more: undefined })

// Most walks meet at most one object, so the Map is created for the second.
const recall = (walk, value) => {
  if (walk.source === value) return walk.copy
  return walk.more === undefined ? undefined : walk.more.get(value)
}

const remember = (walk, value, copy) => {
  if (walk.source === undefined) {
    walk.source = value
    walk.copy = copy
  } else {
    if (walk.more === undefined) walk.more = new SafeMap()
    walk.more.set(value, copy)
  }
}

/** Calls a method of the other half's port. */
const ask = (end, what, a, b, c) => {
  try { return end.there[what](a, b, c) } catch { throw exhausted() }
}

/** Records a finished copy. A copy is filled first, then frozen. */
const keep = (value, walk, copy) => {
  remember(walk, value, copy)
  if (walk.frozen) ask(walk.end, 'freeze', copy)
  return copy
}

module.exports = { begin, recall, remember, ask, keep }
