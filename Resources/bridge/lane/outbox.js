'use strict'

// Envelopes that this document holds back to send them in one packet: Sources/CMartletWire/include/outbox.h,
// in JavaScript. A thread of the extension may send them at any time, so shared words and bytes are only
// changed while holding the lock.

const { compareExchange, load, store } = Atomics
const { ALIGNMENT, PACKET_LIMIT, outbox: { LOCK, USED, WATCHED, WORDS, LONGEST, BATCH } } = require('./wire')

const HEADER = WORDS * Int32Array.BYTES_PER_ELEMENT

class Outbox {
  static LONGEST = LONGEST
  static BATCH = BATCH
  memory = new Uint8Array(HEADER + PACKET_LIMIT)
  #words = new Int32Array(this.memory.buffer, 0, WORDS)

  /** Adds an envelope: false when it is full. */
  add (envelope) {
    const words = this.#words
    const memory = this.memory
    const length = envelope.length
    // The thread holds the lock for the time of one system call. No function of ours is called while we hold
    // it: on a full stack the call would throw, and the lock would never be released.
    while (compareExchange(words, LOCK, 0, 1) !== 0) {}
    const begin = (load(words, USED) + ALIGNMENT - 1) & -ALIGNMENT
    const fits = begin + length <= PACKET_LIMIT
    if (fits) {
      memory.set(envelope, HEADER + begin)
      store(words, USED, begin + length)
    }
    store(words, LOCK, 0)
    return fits
  }

  /** Whether the thread is going to send the contents in time. */
  get isWatched () { return load(this.#words, WATCHED) !== 0 }
}

module.exports = Outbox
