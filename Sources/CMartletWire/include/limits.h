// The limits of the wire, which both processes import. docs/limits.md lists them. Sizes are in bytes.
#pragma once

enum {
    /// Size of an envelope's header.
    MARTLET_HEADER_SIZE = 16,
    /// Most bytes that an envelope has in its packet; a longer one travels in sealed memory. In such an
    /// envelope
    /// each buffer of at least this many bytes is sent out of line.
    MARTLET_INLINE_LIMIT = 64 * 1024,
    /// Packet limit.
    MARTLET_PACKET_LIMIT = MARTLET_INLINE_LIMIT + MARTLET_HEADER_SIZE,
    /// Alignment of an envelope in its packet.
    MARTLET_ALIGNMENT = 8,
    /// Limit of envelopes in one packet.
    MARTLET_BATCH_LIMIT = 256,
    /// Payload limit of one envelope, including out-of-line buffers.
    MARTLET_LENGTH_LIMIT = 1 << 30,
    /// Payload limit, excluding out-of-line buffers.
    MARTLET_BYTES_LIMIT = 256 << 20,
    /// Limit of ports on one envelope.
    MARTLET_PORT_LIMIT = 64,
    /// Limit of out-of-line buffers of one envelope. Further long buffers stay in its bytes, as short ones
    /// do.
    MARTLET_BULK_LIMIT = 64,
    /// Limit of descriptors on one packet.
    MARTLET_DESCRIPTOR_LIMIT = 1 + MARTLET_BULK_LIMIT + MARTLET_PORT_LIMIT,
    /// Send-queue limit of one end of a socket. A single larger message is still accepted if the queue is
    /// empty.
    MARTLET_QUEUE_LIMIT = 256 << 20,
    /// Limit of sealed memory in flight on one socket, because the system counts that memory for no socket. A
    /// single larger message is still accepted if none is in flight.
    MARTLET_FLIGHT_LIMIT = 64 << 20,
};

/// Fairness: an end of a lane shares its loop with everything else.
enum {
    /// Envelopes, or packets, that are received before the loop gets its turn, and the time limit of that.
    MARTLET_BURST_LIMIT = 64,
    MARTLET_BURST_MILLISECONDS = 8,
    /// Interval of the checks whether the peer has read memory that is in flight.
    MARTLET_CONGESTION_MILLISECONDS = 4,
};

/// Limits of the texts that a web process reports about its pages. The main process checks them again.
enum {
    /// Limit of a document's address, and of its origin. It is Chromium's limit of an address.
    MARTLET_ADDRESS_LIMIT = 2 << 20,
    /// Limit of `window.name`.
    MARTLET_FRAME_NAME_LIMIT = 1 << 10,
    /// Limits of a console message's text, and of the address of its script.
    MARTLET_CONSOLE_TEXT_LIMIT = 16 << 10,
    MARTLET_CONSOLE_SOURCE_LIMIT = 1 << 10,
};
