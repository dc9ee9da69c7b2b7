// The limits that both processes keep to, once for both. Sizes are in bytes.
#pragma once

enum {
    /// An envelope's header.
    MARTLET_HEADER_SIZE = 16,
    /// Envelopes with more bytes than this travel in sealed memory, and so do their buffers that have as many.
    MARTLET_INLINE_LIMIT = 64 * 1024,
    /// The longest packet.
    MARTLET_PACKET_LIMIT = MARTLET_INLINE_LIMIT + MARTLET_HEADER_SIZE,
    /// Where in its packet an envelope begins.
    MARTLET_ALIGNMENT = 8,
    /// The envelopes of one packet.
    MARTLET_BATCH_LIMIT = 256,
    /// The bytes of the longest envelope, all together.
    MARTLET_LENGTH_LIMIT = 1 << 30,
    /// Those that are in no buffer apart.
    MARTLET_BYTES_LIMIT = 256 << 20,
    /// The ports of one envelope.
    MARTLET_PORT_LIMIT = 64,
    /// The buffers of one envelope that are apart; more are no different from short ones.
    MARTLET_BULK_LIMIT = 64,
    /// The descriptors of one packet.
    MARTLET_DESCRIPTOR_LIMIT = 1 + MARTLET_BULK_LIMIT + MARTLET_PORT_LIMIT,
    /// What may wait on one end of a socket that is full; what is longer may, if it is alone.
    MARTLET_QUEUE_LIMIT = 256 << 20,
    /// What may be on its way in sealed memory, likewise: it takes room that the system counts for no socket.
    MARTLET_FLIGHT_LIMIT = 64 << 20,
};

/// How an end of a lane shares its loop with everything else.
enum {
    /// How many envelopes, or packets, are received before the loop gets its turn, and for how long at most.
    MARTLET_BURST_LIMIT = 64,
    MARTLET_BURST_MILLISECONDS = 8,
    /// How often to ask whether the other end has taken some of what is on its way.
    MARTLET_CONGESTION_MILLISECONDS = 4,
};

/// What a web process says of its pages. The main process does not rely on it: it cuts what is longer.
enum {
    /// The longest address of a document, and the longest origin. Chromium's limit of an address.
    MARTLET_ADDRESS_LIMIT = 2 << 20,
    /// The longest `window.name` that is told.
    MARTLET_FRAME_NAME_LIMIT = 1 << 10,
    /// The text of one console message, and the address of its script.
    MARTLET_CONSOLE_TEXT_LIMIT = 16 << 10,
    MARTLET_CONSOLE_SOURCE_LIMIT = 1 << 10,
};
