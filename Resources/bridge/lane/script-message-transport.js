'use strict'

// Envelopes over WebKit's script messages; synchronous calls over the private scheme. WebKit's own value
// passing loses most types, so an envelope travels as base64 text. The main process delivers envelopes in
// sequence, so only an envelope that has been sent uses up a number.

const { encode, number, decode } = require('./envelope')
const { kinds } = require('./wire')
const scheme = require('./private-scheme')
const { window, messageHandlers } = require('../dom-primordials')

class ScriptMessageTransport {
  #document
  #sequence = 0
  #isEnded = false
  #handler
  #isWhole

  /** `document` is this page's token from the main process; `isWhole()` as in lane-transport.js. */
  constructor (document, isWhole = () => true) {
    this.#document = document
    this.#isWhole = isWhole
    this.#handler = messageHandlers().martlet
  }

  /** Sends one envelope. Throws the codec's errors before anything has been sent. */
  post (kind, call, value, ports = []) {
    this.#check()
    this.#post(kind, call, value, ports)
  }

  #post (kind, call, value, ports = []) {
    if (ports.length > 0) throw new Error(
      'A MessagePort cannot be sent by script messages (MARTLET_TRANSPORT).')
    const envelope = encode(kind, call, value)
    number(envelope, this.#sequence + 1)
    this.#handler.postMessage(this.#document + envelope.toBase64())
    this.#sequence += 1
  }

  /**
   * Sends one envelope and blocks until its reply arrives: `{ kind, call, value }`.
   *
   * Its number is used up once the main process has answered. WebKit refuses synchronous requests while a
   * page unloads, but the page may stay after all (`beforeunload`). A number that never arrived would block
   * every later envelope for ever.
   */
  callSync (kind, value) {
    this.#check()
    const envelope = encode(kind, 0, value)
    number(envelope, this.#sequence + 1)
    const reply = scheme.request('sync', this.#document, envelope)
    this.#sequence += 1
    return decode(reply)
  }

  /** The document is unloading: WebKit delivers its messages without help. */
  leave () {}

  /** Stops sending and receiving. */
  end () {
    if (this.#isEnded) return
    this.#post(kinds.opened, 0, undefined)
    this.#isEnded = true
  }

  #check () {
    if (this.#isEnded || !this.#isWhole()) throw new Error('IPC method called after context was released')
  }

  /** From now on calls `receive` with every envelope that the main process sends to this page. */
  listen (receive) {
    Object.defineProperty(window, 'martletReceive', {
      value: (document, text) => {
        // It may be for the previous page.
        if (document === this.#document && this.#isWhole()) receive(decode(Uint8Array.fromBase64(text)), [])
      }
    })
  }
}

module.exports = ScriptMessageTransport
