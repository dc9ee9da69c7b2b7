'use strict'

// The numbers that the bridge shares with the main process and the extension. wire.h and outbox.h define
// them, and the extension's lane its status; Tests/Bridge/envelope.test.mjs holds these to those.

const HEADER = 16
const INLINE_LIMIT = 64 * 1024

module.exports = {
  /** Bytes of an envelope's header. */
  HEADER,
  /** Packets: where an envelope begins in one, and the longest. */
  ALIGNMENT: 8,
  PACKET_LIMIT: INLINE_LIMIT + HEADER,
  /** Buffers of at least so many bytes travel apart from their envelope, at most BULK_LIMIT of them. */
  INLINE_LIMIT,
  BULK_LIMIT: 64,
  /** Bytes of an envelope, and without the buffers that are apart. */
  LENGTH_LIMIT: 2 ** 30,
  BYTES_LIMIT: 2 ** 28,
  PORT_LIMIT: 64,
  /** Bytes that a full socket may have in its queue. */
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
    leaving: 12,
    opened: 13,
    message: 16,
    reply: 17,
    evaluate: 18,
    portMessage: 32
  },

  /** Results of the extension's functions that send. */
  status: { sent: 0, queued: 1, closed: -1, queueFull: -2, exhausted: -3 },

  /**
   * Words of an outbox's memory; the longest envelope that is held in one, and the number of them that is
   * sent at once.
   */
  outbox: { LOCK: 0, USED: 1, WATCHED: 2, WORDS: 4, LONGEST: 8 * 1024, BATCH: 32 }
}
