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

#include "limits.h"

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

_Static_assert(sizeof(martlet_envelope_header) == MARTLET_HEADER_SIZE, "the header is the wire layout");

/// The header as a document's script gets it: the extension hands an envelope on in the memory in which it
/// received it, and writes what only it knows over fields that are of no use to the script. A number in
/// memory costs nothing; an argument of the call would be an object.
typedef struct {
    /// As on the wire; 0 when this is no envelope, but the end of the lane.
    uint8_t kind;
    /// As on the wire.
    uint8_t flags;
    uint16_t ports;
    /// The number of the first port's lane, and those of the others follow it. Without ports: the call, as on
    /// the wire.
    uint32_t call_or_first_port;
    /// The number of the lane that the envelope came on, in the place of the sequence.
    uint32_t lane;
    /// As on the wire.
    uint32_t length;
} martlet_delivered_header;

_Static_assert(sizeof(martlet_delivered_header) == MARTLET_HEADER_SIZE, "it takes the header's place");

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
    MARTLET_ENVELOPE_UNLOADING = 12,
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

/// The first place at or after `offset` for an envelope, or a table, to begin at.
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

/// Blocks until there may be room, and until `end` at most, in microseconds of CLOCK_MONOTONIC. `outcome` is
/// the MARTLET_WIRE_LATER or MARTLET_WIRE_CONGESTED that the send returned. Returns false, at once, after
/// `end`.
bool martlet_wire_wait_for_room(int socket, int outcome, int64_t end);

/// Receives one packet into `buffer`, and its descriptors, close-on-exec, into `descriptors`, which has room
/// for MARTLET_DESCRIPTOR_LIMIT. A packet that does not fit, or has more descriptors, is MARTLET_WIRE_BROKEN.
///
/// Returns the packet's length, MARTLET_WIRE_LATER, MARTLET_WIRE_ENDED or MARTLET_WIRE_BROKEN.
ssize_t martlet_wire_receive(int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count, bool wait);

// A received packet, checked and cut into its envelopes: the same code in both processes, for the other end
// of a socket may have sent anything. Nothing of an envelope is used before this has passed it.

/// A packet that is being read.
typedef struct {
    const void *_Nullable bytes;
    size_t length;
    /// The descriptors that came with the packet. The caller owns them.
    const int *_Nullable descriptors;
    size_t descriptor_count;
    /// Whether it is one envelope and nothing else: it came by another way than a socket.
    bool is_alone;
    /// The end of the envelope that was read last, and how many were. 0 at first.
    size_t end, count;
} martlet_packet;

/// An envelope that is as wire.h says.
typedef struct {
    martlet_envelope_header header;
    /// Where in the packet the envelope begins.
    size_t begin;
    /// The bytes after the header; NULL when they are in memory, that of the first descriptor.
    const void *_Nullable bytes;
    /// The buffers that are apart. The memory of the first is the descriptor at `first_buffer`.
    const martlet_bulk *_Nullable buffers;
    size_t buffer_count;
    size_t first_buffer;
    /// Where the descriptors begin that are ports: `header.ports` of them.
    size_t first_port;
} martlet_envelope;

/// The next envelope of a packet: 1, 0 when there is none left, or -1 when the packet is not as wire.h says.
/// An envelope that was read before is then not to be used either.
int martlet_packet_next(martlet_packet *packet, martlet_envelope *envelope);

/// The fault of the packet, after martlet_packet_next has returned -1 on this thread.
const char *martlet_packet_fault(void);

/// Sealed memory that holds `parts` one after the other; the descriptor is the caller's. -1 when there is no
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
