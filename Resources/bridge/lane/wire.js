'use strict'

// The numbers that the bridge shares with the main process and the extension. They are defined in wire.h,
// outbox.h and the extension's lane (its status); Tests/Bridge/envelope.test.mjs compares them.

const HEADER = 16
const INLINE_LIMIT = 64 * 1024

module.exports = {
  /** Size of an envelope's header in bytes. */
  HEADER,
  /** The alignment of envelopes in a packet, and the size limit of a packet. */
  ALIGNMENT: 8,
  PACKET_LIMIT: INLINE_LIMIT + HEADER,
  /** Buffers of at least this many bytes travel out of line, at most BULK_LIMIT of them per envelope. */
  INLINE_LIMIT,
  BULK_LIMIT: 64,
  /** Size limit of an envelope in bytes, and of its payload without out-of-line buffers. */
  LENGTH_LIMIT: 2 ** 30,
  BYTES_LIMIT: 2 ** 28,
  PORT_LIMIT: 64,
  /** Send-queue limit of a full socket, in bytes. */
  QUEUE_LIMIT: 2 ** 28,

  kinds: {
    send: 1,
    invoke: 2,
    sendSync: 3,
    postMessage: 4,
    preloadError: 5,
    domReady: 6,
    painted: 7,
    evaluated: 8,
    visibility: 9,
    loaded: 10,
    gone: 11,
    unloading: 12,
    opened: 13,
    message: 16,
    reply: 17,
    evaluate: 18,
    portMessage: 32
  },

  /** Results of the extension's functions that send. */
  status: { sent: 0, queued: 1, closed: -1, queueFull: -2, exhausted: -3 },

  /**
   * Word indices of an outbox's memory; the size limit of a held envelope, and the number of envelopes in a
   * full batch.
   */
  outbox: { LOCK: 0, USED: 1, WATCHED: 2, WORDS: 4, LONGEST: 8 * 1024, BATCH: 32 }
}
