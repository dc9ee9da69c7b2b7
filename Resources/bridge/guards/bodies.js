'use strict'

// Guards the bodies of blobs, requests and responses. A stream that WebKit makes for a blob, or for the body
// of a clone, belongs to the page's realm (own-errors.js).

const { nativeGetter } = require('../realm')
const { replaceMethod, replaceGetter } = require('./replace')

const { apply } = Reflect
const ResponseHere = Response
const bodyOf = nativeGetter(Response.prototype, 'body')
const sizeOf = nativeGetter(Blob.prototype, 'size')

replaceMethod(Blob.prototype, 'stream', { stream () {
  apply(sizeOf, this, []) // throws when this is not a Blob
  return apply(bodyOf, new ResponseHere(this), [])
} }.stream)

/** A stream of this realm for the body that `read` returns as a whole. */
const streamOf = read => new ReadableStream({
  async pull (controller) {
    const bytes = new Uint8Array(await read())
    if (bytes.length > 0) controller.enqueue(bytes)
    controller.close()
  }
})

for (const { prototype } of [Response, Request]) {
  const { clone, arrayBuffer } = prototype
  const body = nativeGetter(prototype, 'body')
  // By the original or the clone; undefined until its stream is read.
  const streams = new WeakMap()
  replaceMethod(prototype, 'clone', { clone () {
    const copy = apply(clone, this, [])
    streams.set(this, undefined).set(copy, undefined)
    return copy
  } }.clone)
  replaceGetter(prototype, 'body', nativeGetter({ get body () {
    if (!streams.has(this)) return apply(body, this, [])
    if (streams.get(this) === undefined) {
      const isThere = apply(body, this, []) !== null
      streams.set(this, isThere ? streamOf(() => apply(arrayBuffer, this, [])) : null)
    }
    return streams.get(this)
  } }, 'body'))
}
