'use strict'

// Synchronous requests to the main process by the private scheme. A page can name the scheme but not use it:
// every request begins with the key that only this world has. (It is in the body: a header would cost a
// preflight.)

const NO_DOCUMENT = '0'.repeat(32)
const PREFIX = 64

const encoder = new TextEncoder()
let key = ''

/** Must be called once, with the extension's key, before the first request. */
function unlock (secret) { key = secret }

/**
 * Requests `name` for the document with this token, and blocks until the main process answers. The body and
 * the answer are bytes. Throws when the main process refuses.
 */
function request (name, document, payload) {
  const body = new Uint8Array(PREFIX + payload.length)
  encoder.encodeInto(key + (document ?? NO_DOCUMENT), body)
  body.set(payload, PREFIX)
  const request = new XMLHttpRequest()
  request.open('POST', `martlet-ipc://bridge/${name}`, false)
  request.send(body)
  if (request.status !== 200) throw new Error(`martlet-ipc ${name}: status ${request.status}`)
  return Uint8Array.fromBase64(request.responseText)
}

module.exports = { unlock, request }
