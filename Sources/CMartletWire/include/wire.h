// The wire protocol between the main process and a renderer: the envelope and the socket that carries it,
// defined once for both sides.
//
// An envelope is one message: this header, followed by `length` bytes of V8-serialized values. All fields are
// little-endian, like every machine this runs on, and naturally aligned, so the struct IS the wire layout.
//
// A packet is what one sendmsg carries on a lane, which is a SOCK_SEQPACKET socket. It holds one envelope, or
// a batch of several, each at an offset that is a multiple of MARTLET_ALIGNMENT. An envelope with descriptors
// is alone in its packet, and so is a message of a message port.
//
// The reply to SEND_SYNC comes on a second socket, alone in its packet. The blocked document therefore need
// not read other envelopes while it waits. The first SEND_SYNC of a document carries the main process's end
// of that socket as a port; so does the next SEND_SYNC after that socket has ended.
//
// An envelope that is too long for a packet sends its long buffers out of line. Each is in sealed memory of
// its own, which a receiver can forward without a copy. The rest of the bytes is in the packet, or in one
// more piece of sealed memory. The packet's descriptors are, in this order: that memory (if any), the memory
// of each out-of-line buffer, and the ports. The table of out-of-line buffers, one martlet_bulk each, follows
// the packet's other bytes at a multiple of MARTLET_ALIGNMENT.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#pragma clang assume_nonnull begin

typedef struct {
    /// The kind: one of MARTLET_ENVELOPE_*.
    uint8_t kind;
    /// A combination of MARTLET_FLAG_*.
    uint8_t flags;
    /// Number of ports. Each is a socket; they are the last descriptors of the packet.
    uint16_t ports;
    /// Number that pairs a reply with its call (invoke, evaluate, sendSync); 0 for all other kinds.
    uint32_t call;
    /// Position among the document's envelopes, from 1 in call order, where one transport can overtake
    /// another; 0 on a lane.
    uint32_t sequence;
    /// Number of bytes after this header, without those of out-of-line buffers.
    uint32_t length;
} martlet_envelope_header;

/// Entry of the table of out-of-line buffers. The buffer's `length` bytes belong in front of the byte at
/// `place`, counted from the end of the header. Entries are in ascending order of `place`.
typedef struct {
    uint32_t place;
    uint32_t length;
} martlet_bulk;

_Static_assert(sizeof(martlet_envelope_header) == 16, "the header is the wire layout");

enum {
    // Renderer to main process. The payload is an array: [channel, ...arguments].
    MARTLET_ENVELOPE_SEND = 1,
    MARTLET_ENVELOPE_INVOKE = 2,
    MARTLET_ENVELOPE_SEND_SYNC = 3,
    // Like SEND, with ports: [channel, message].
    MARTLET_ENVELOPE_POST_MESSAGE = 4,
    // The preload script threw: { message, file, line, stack }.
    MARTLET_ENVELOPE_PRELOAD_ERROR = 5,
    // The document is parsed (DOM_READY); then it has been painted, or its window is hidden (PAINTED).
    MARTLET_ENVELOPE_DOM_READY = 6,
    MARTLET_ENVELOPE_PAINTED = 7,
    // Reply to EVALUATE: [ok, value].
    MARTLET_ENVELOPE_EVALUATED = 8,
    // The document's new visibility: "visible" or "hidden".
    MARTLET_ENVELOPE_VISIBILITY = 9,
    // The document and its resources are loaded.
    MARTLET_ENVELOPE_LOADED = 10,
    // Last envelope of a document whose frame has been removed from the page. No payload.
    MARTLET_ENVELOPE_GONE = 11,
    // The document is unloading: later envelopes come from its own unload handlers. No payload.
    MARTLET_ENVELOPE_LEAVING = 12,
    // The page has called document.open: ignore everything the document sends after this. No payload.
    MARTLET_ENVELOPE_OPENED = 13,

    // Main process to renderer.
    MARTLET_ENVELOPE_MESSAGE = 16,
    // Reply to INVOKE and SEND_SYNC: [ok, value].
    MARTLET_ENVELOPE_REPLY = 17,
    // Run a script in the page's world or the preload's: { inPage, source, file }.
    MARTLET_ENVELOPE_EVALUATE = 18,

    // Between the two ends of a message port, in any process. The payload is any one value.
    MARTLET_ENVELOPE_PORT_MESSAGE = 32,
};

enum {
    /// The envelope's bytes are in sealed memory, the first descriptor of the packet, and not in the packet
    /// itself.
    MARTLET_FLAG_MEMORY = 1,
    /// The envelope has out-of-line buffers.
    MARTLET_FLAG_BULK = 2,
};

enum {
    /// Most bytes that an envelope has in its packet; a longer one travels in sealed memory. In such an
    /// envelope each buffer of at least this many bytes is sent out of line.
    MARTLET_INLINE_LIMIT = 64 * 1024,
    /// Packet limit, in bytes.
    MARTLET_PACKET_LIMIT = MARTLET_INLINE_LIMIT + sizeof(martlet_envelope_header),
    /// Alignment of an envelope in its packet, in bytes.
    MARTLET_ALIGNMENT = 8,
    /// Limit of envelopes in one packet.
    MARTLET_BATCH_LIMIT = 256,
    /// Payload limit of one envelope in bytes, including out-of-line buffers.
    MARTLET_LENGTH_LIMIT = 1 << 30,
    /// Payload limit in bytes, excluding out-of-line buffers.
    MARTLET_BYTES_LIMIT = 256 << 20,
    /// Limit of ports on one envelope.
    MARTLET_PORT_LIMIT = 64,
    /// Limit of out-of-line buffers of one envelope. Further long buffers stay in its bytes, as short ones
    /// do.
    MARTLET_BULK_LIMIT = 64,
    /// Limit of descriptors on one packet.
    MARTLET_DESCRIPTOR_LIMIT = 1 + MARTLET_BULK_LIMIT + MARTLET_PORT_LIMIT,
    /// Send-queue limit of one end of a socket, in bytes. A single larger message is still accepted if the
    /// queue is empty.
    MARTLET_QUEUE_LIMIT = 256 << 20,
    /// Limit of sealed memory in flight on one socket, in bytes, because the system counts that memory for no
    /// socket. A single larger message is still accepted if none is in flight.
    MARTLET_FLIGHT_LIMIT = 64 << 20,
};

/// Rounds `offset` up to MARTLET_ALIGNMENT: the offset where the next envelope, or the table of buffers,
/// begins.
static inline size_t martlet_envelope_align(size_t offset) {
    return (offset + MARTLET_ALIGNMENT - 1) & ~(size_t)(MARTLET_ALIGNMENT - 1);
}

/// Outcomes of a socket call, in place of a count of bytes.
enum {
    /// Would block: the socket is full (sending) or empty (receiving).
    MARTLET_WIRE_LATER = -1,
    /// The other end is closed.
    MARTLET_WIRE_ENDED = -2,
    /// The packet violates the protocol, or the system refused. Descriptors that came with it are closed.
    MARTLET_WIRE_BROKEN = -3,
    /// Too much sealed memory or too many descriptors are in flight. The other end has to receive some first;
    /// poll() does not report when it has.
    MARTLET_WIRE_CONGESTED = -4,
};

/// Bytes of sealed memory sent on one socket since nothing was last in flight. Initialize to zero.
typedef struct {
    size_t bytes;
} martlet_flight;

/// Whether the other end is closed in every process. Until then, packets can be sent to it.
bool martlet_wire_is_gone(int socket);

/// Makes two connected SOCK_SEQPACKET sockets, close-on-exec. Returns false when the system has no more
/// sockets.
bool martlet_wire_pair(int sockets[_Nonnull 2]);

/// Sends one packet made of `parts`, with `descriptors`, which the caller keeps. Never blocks unless `wait`
/// is true.
///
/// Returns 0, or one of MARTLET_WIRE_*.
int martlet_wire_send(int socket, const struct iovec *parts, size_t part_count,
                      const int *_Nullable descriptors, size_t descriptor_count, bool wait);

/// Like martlet_wire_send without `wait`, for a packet whose descriptors are `memory` bytes of sealed memory.
/// Returns MARTLET_WIRE_CONGESTED when that would exceed MARTLET_FLIGHT_LIMIT.
int martlet_flight_send(martlet_flight *flight, size_t memory, int socket, const struct iovec *parts,
                        size_t part_count, const int *_Nullable descriptors, size_t descriptor_count);

/// Blocks until there may be room, for at most `milliseconds`; -1 waits without limit. `outcome` is the
/// MARTLET_WIRE_LATER or MARTLET_WIRE_CONGESTED that the send returned.
void martlet_wire_wait_for_room(int socket, int outcome, int milliseconds);

/// Receives one packet into `buffer`, and its descriptors, close-on-exec, into `descriptors`, which has room
/// for MARTLET_DESCRIPTOR_LIMIT. A packet that does not fit, or has more descriptors, is MARTLET_WIRE_BROKEN.
///
/// Returns the packet's length, MARTLET_WIRE_LATER, MARTLET_WIRE_ENDED or MARTLET_WIRE_BROKEN.
ssize_t martlet_wire_receive(int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count, bool wait);

/// Makes sealed memory that holds `parts` one after the other. The caller owns the descriptor; -1 when out of
/// memory.
int martlet_wire_memory(const struct iovec *parts, size_t part_count);

/// Whether `descriptor` is readable memory of exactly `length` bytes, sealed against any change and without
/// holes. A hole costs its sender less memory than its receiver.
bool martlet_wire_memory_is_sealed(int descriptor, size_t length);

/// Copies `length` bytes of sealed memory, from `offset` on, to `buffer`. Returns false when there are fewer.
bool martlet_wire_memory_read(int descriptor, size_t offset, void *buffer, size_t length);

/// Maps sealed memory read-only until martlet_wire_memory_unmap. Returns NULL when the system refuses.
const void *_Nullable martlet_wire_memory_map(int descriptor, size_t length);
void martlet_wire_memory_unmap(const void *bytes, size_t length);

/// Whether `descriptor` is a SOCK_SEQPACKET socket of the AF_UNIX family.
bool martlet_wire_is_socket(int descriptor);

/// Closes the sending direction: the other end receives end-of-stream, and can still send.
void martlet_wire_end_sending(int socket);

void martlet_wire_close(int descriptor);

/// Closes memory of `length` bytes whose last reference this may be. Freeing 50 MiB takes about 5 ms, so long
/// memory is closed on a thread of its own.
void martlet_wire_close_memory(int descriptor, size_t length);

#pragma clang assume_nonnull end
