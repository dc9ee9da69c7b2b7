'use strict'

// Frames over WebKit's script messages; synchronous calls over the private scheme. WebKit's own value passing
// loses most types, so a frame travels as base64 text. The main process lets frames pass in the order of their
// numbers: a number is taken by a frame that has been sent, and by no other.

const frames = require('./envelope')
const { kinds } = frames
const scheme = require('./private-scheme')
const { window, messageHandlers } = require('../dom-primordials')

class ScriptMessageTransport {
  #document
  #sequence = 0
  #isEnded = false
  #handler
  #isWhole

  /** `document` is the token that the main process gave this page; `isWhole()` as in lane-transport.js. */
  constructor (document, isWhole = () => true) {
    this.#document = document
    this.#isWhole = isWhole
    this.#handler = messageHandlers().martlet
  }

  /** Sends one frame. Throws what the codec throws; then nothing has been sent. */
  post (kind, call, value, ports = []) {
    this.#check()
    this.#post(kind, call, value, ports)
  }

  #post (kind, call, value, ports = []) {
    if (ports.length > 0) throw new Error('A MessagePort cannot be sent by script messages (MARTLET_TRANSPORT).')
    const frame = frames.encode(kind, call, value)
    frames.number(frame, this.#sequence + 1)
    this.#handler.postMessage(this.#document + frame.toBase64())
    this.#sequence += 1
  }

  /**
   * Sends one frame and blocks until its reply is there: `{ kind, call, value }`.
   *
   * Its number is used up when the main process has answered. WebKit refuses synchronous requests while a page is
   * being left, and a page may stay after all (`beforeunload`): a number that never arrived would hold up every
   * frame behind it for ever.
   */
  callSync (kind, value) {
    this.#check()
    const frame = frames.encode(kind, 0, value)
    frames.number(frame, this.#sequence + 1)
    const reply = scheme.request('sync', this.#document, frame)
    this.#sequence += 1
    return frames.decode(reply)
  }

  /** The document is being left: WebKit ends its messages by itself. */
  leave () {}

  /** Nothing is sent any more, and nothing comes. */
  end () {
    if (this.#isEnded) return
    this.#post(kinds.opened, 0, undefined)
    this.#isEnded = true
  }

  #check () {
    if (this.#isEnded || !this.#isWhole()) throw new Error('IPC method called after context was released')
  }

  /** Calls `receive` with every frame the main process sends to this page from now on. */
  listen (receive) {
    Object.defineProperty(window, 'martletReceive', {
      value: (document, text) => {
        // A frame for the page that was here before, or for one that has gone since.
        if (document === this.#document && this.#isWhole()) receive(frames.decode(Uint8Array.fromBase64(text)), [])
      }
    })
  }
}

module.exports = ScriptMessageTransport
