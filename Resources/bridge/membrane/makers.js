'use strict'

// Makers of this realm's objects, for the other half's copies. `snapshot` and similar arguments are private
// to the halves.

const {
  world, apply, defineProperty, freeze, dense, Box, Promise, Date, RegExp, Map, Set, Bytes, views, mapSet,
    setAdd,
  viewBuffer, createTreeWalker, walkerNode, setWalkerNode, cloneBlob, documentOf, VideoFrame
} = require('./intrinsics')
const { makeError } = require('./errors')

const document = documentOf && documentOf(world) // undefined outside a window

// In a window, `world` is the frame's proxy: after a navigation it is another page. A preload that outlived
// its page must not access that one.
const isHere = () => documentOf === undefined || documentOf(world) === document

const defer = () => {
  const deferred = { promise: undefined, resolve: undefined, reject: undefined }
  deferred.promise = new Promise((resolve, reject) => {
    deferred.resolve = resolve
    deferred.reject = reject
  })
  return deferred
}

let walker

// A TreeWalker of ours accepts any world's wrapper of a node and returns our own. The page cannot observe it.
const node = theirs => {
  if (walker === undefined) walker = createTreeWalker(document, document)
  setWalkerNode(walker, theirs)
  const ours = walkerNode(walker)
  setWalkerNode(walker, document) // otherwise the walker would keep the node alive
  return ours
}

module.exports = {
  makers: {
    clone: snapshot => ({ ...snapshot }),
    list: snapshot => dense(snapshot),
    freeze: value => freeze(value),
    error: makeError,
    date: time => new Date(time),
    regexp: (source, flags) => new RegExp(source, flags),
    box: value => Box(value),
    map: () => new Map(),
    mapSet: (map, key, value) => { mapSet(map, key, value) },
    set: () => new Set(),
    setAdd: (set, value) => { setAdd(set, value) },
    buffer: bytes => viewBuffer(new Bytes(bytes)),
    view: (name, buffer, { offset, length }) => new views[name](buffer, offset, length),
    defer,
    resolve: (deferred, value) => { const { resolve } = deferred; resolve(value) },
    reject: (deferred, reason) => { const { reject } = deferred; reject(reason) },
    node,
    blob: theirs => apply(cloneBlob, world, [theirs]),
    frame: theirs => { try { return new VideoFrame(theirs) } catch { return undefined } }, // closed

    // Whether a global of this world exists.
    has: key => { try { return !isHere() || key in world } catch { return true } },
    define: (key, value) => {
      try {
        return isHere() && !(key in world) && defineProperty(world, key, {
          __proto__: null, value, writable: false, enumerable: true, configurable: false
        })
      } catch { return false }
    }
  }
}
