'use strict'

// Copies the entries of maps and sets, by the same rules as other values.

const { mapEach, setEach } = require('./intrinsics')
const { tooDeep } = require('./errors')
const { remember, ask } = require('./walk')
const { copyValue } = require('./copy-values')

const MAX_DEPTH = 1000

function copyMap (value, walk, depth) {
  if (depth + 2 >= MAX_DEPTH) throw tooDeep()
  const { end } = walk
  const first = { key: undefined, item: undefined, next: undefined }
  let last = first
  mapEach(value, (item, key) => { last = last.next = { key, item, next: undefined } })
  const copy = ask(end, 'map')
  remember(walk, value, copy)
  for (let cell = first.next; cell !== undefined; cell = cell.next) {
    const key = copyValue(cell.key, walk, depth + 2)
    ask(end, 'mapSet', copy, key, copyValue(cell.item, walk, depth + 2))
  }
  if (walk.frozen) ask(end, 'freeze', copy)
  return copy
}

function copySet (value, walk, depth) {
  if (depth + 2 >= MAX_DEPTH) throw tooDeep()
  const { end } = walk
  const first = { item: undefined, next: undefined }
  let last = first
  setEach(value, item => { last = last.next = { item, next: undefined } })
  const copy = ask(end, 'set')
  remember(walk, value, copy)
  for (let cell = first.next; cell !== undefined; cell = cell.next) {
    ask(end, 'setAdd', copy, copyValue(cell.item, walk, depth + 2))
  }
  if (walk.frozen) ask(end, 'freeze', copy)
  return copy
}

module.exports = { copyMap, copySet }
