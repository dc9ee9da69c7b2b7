'use strict'

// Copies buffers and their views. The receiving world copies the bytes, from typed array to typed array: no
// property is read.

const { Bytes, bufferLength, brand } = require('./intrinsics')
const { unclonable } = require('./errors')
const { recall, remember, ask } = require('./walk')

function copyBuffer (value, walk) {
  const known = recall(walk, value)
  if (known !== undefined) return known
  const copy = ask(walk.end, 'buffer', new Bytes(value)) // throws here if detached
  remember(walk, value, copy)
  return copy
}

function copyView (value, name, bufferOf, offsetOf, lengthOf, walk) {
  const buffer = bufferOf(value)
  if (brand(bufferLength, buffer) === undefined) throw unclonable() // shared memory
  const place = { offset: offsetOf(value), length: lengthOf(value) }
  const copy = ask(walk.end, 'view', name, copyBuffer(buffer, walk), place)
  remember(walk, value, copy)
  return copy
}

module.exports = { copyBuffer, copyView }
