'use strict'

// Node's setImmediate, as a message to the same window: it runs after the current turn and before any timer.

const channel = new MessageChannel()
const waiting = new Map()
let last = 0

channel.port1.onmessage = ({ data }) => {
  const task = waiting.get(data)
  waiting.delete(data)
  if (task) task()
}

function setImmediate (callback, ...args) {
  last += 1
  waiting.set(last, () => callback(...args))
  channel.port2.postMessage(last)
  return last
}

function clearImmediate (id) { waiting.delete(id) }

module.exports = { setImmediate, clearImmediate }
