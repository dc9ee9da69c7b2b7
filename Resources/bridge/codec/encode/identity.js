'use strict'

// Ids of a message's objects, in the order in which they are met, so that object identity is preserved.

const p = require('../../primordials')
const t = require('../tags')
const { w, FEW_OBJECTS, tooMany } = require('./writer')

const pinSet = p.pinner(p.SetPrototype, ['has', 'add'])
const pinMap = p.pinner(p.MapPrototype, ['get', 'set'])
const { Map, Set } = p

/** The id of an object that was already written, or -1 after assigning the next id to `v`. */
function known (v) {
  const { count, few } = w
  if (count < FEW_OBJECTS) {
    for (let i = 0; i < count; i++) if (few[i] === v) return i
    few[count] = v
    w.count = count + 1
    return -1
  }
  return knownAmongMany(v)
}

function knownAmongMany (v) {
  const id = w.ids === undefined ? idAmongMany(v) : w.ids.get(v)
  if (id !== undefined) return id
  if (w.count === t.MAX_OBJECTS) throw tooMany(t.MAX_OBJECTS, 'objects')
  if (w.ids === undefined) w.seen.add(v)
  else w.ids.set(v, w.count)
  w.count++
  return -1
}

/** The id of an object that is met for the second time; undefined for a new one. */
function idAmongMany (v) {
  if (w.seen === undefined) {
    w.seen = pinSet(new Set())
    for (let i = 0; i < FEW_OBJECTS; i++) w.seen.add(w.few[i])
  }
  if (!w.seen.has(v)) return undefined
  // Most messages repeat no object, so ids are only stored from here on.
  const ids = w.ids = pinMap(new Map())
  let id = 0
  p.setForEach(w.seen, object => {
    ids.set(object, id++)
  })
  return ids.get(v)
}

/** The id of `v` if it has one; assigns none. */
function findKnown (v) {
  const { count, few, seen, ids } = w
  if (count <= FEW_OBJECTS) {
    for (let i = 0; i < count; i++) if (few[i] === v) return i
    if (seen === undefined && ids === undefined) return -1
  }
  if (ids !== undefined) {
    const id = ids.get(v)
    return id === undefined ? -1 : id
  }
  return seen.has(v) ? known(v) : -1
}

module.exports = { known, findKnown }
