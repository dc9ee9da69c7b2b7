'use strict'

// Frames that this document holds back to leave in one packet: Sources/CWire/include/outbox.h, in JavaScript. A thread
// of the extension may send them at any time, so that what it reads is only changed under the lock.

const { compareExchange, load, store } = Atomics
const { ALIGNMENT, PACKET_LIMIT } = require('./envelope')

const LOCK = 0
const USED = 1
const WATCHED = 2
const HEADER = 4 * Int32Array.BYTES_PER_ELEMENT

class Outbox {
  /** The bytes of the longest frame that is put into one, and the frames after which it is sent. */
  static LONGEST = 8 * 1024
  static RIPE = 32
  memory = new Uint8Array(HEADER + PACKET_LIMIT)
  #words = new Int32Array(this.memory.buffer, 0, HEADER / Int32Array.BYTES_PER_ELEMENT)

  /** Adds a frame: false when there is no room for it. */
  add (frame) {
    const words = this.#words
    const memory = this.memory
    const length = frame.length
    // The other side holds it for the time of one system call. Nothing of ours is called under it: where a page has left
    // no more stack that would throw, and nobody would let go of it.
    while (compareExchange(words, LOCK, 0, 1) !== 0);
    const begin = (load(words, USED) + ALIGNMENT - 1) & -ALIGNMENT
    const fits = begin + length <= PACKET_LIMIT
    if (fits) {
      memory.set(frame, HEADER + begin)
      store(words, USED, begin + length)
    }
    store(words, LOCK, 0)
    return fits
  }

  /** Whether what is in it leaves in time whatever happens here. */
  get isWatched () { return load(this.#words, WATCHED) !== 0 }
}

module.exports = Outbox
