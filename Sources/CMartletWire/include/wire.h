// The envelope that crosses between the main process and a renderer, and the socket that carries it, defined once for
// both. An envelope is this header followed by `length` bytes of V8-serialized values. Little-endian, like every
// machine this runs on; the fields are naturally aligned, so the struct IS the wire layout.
//
// A packet holds one envelope, or several, one after the other, each begun at a multiple of MARTLET_ALIGNMENT. A
// envelope with descriptors and what a message port carries are alone in their packets.
//
// SEND_SYNC is answered on another socket, alone in its packet, so that whoever waits for that need not read what else
// comes. The first SEND_SYNC of a document brings the main process's end along, as a port, and so does each one after
// that socket has ended.
//
// An envelope that is too long for a packet has its long buffers apart from its bytes, each in sealed memory of its own, so
// that whoever hands one on need not copy it; the rest is in the packet, or in one more piece of memory. The packet's
// descriptors are that memory, those of the buffers, and the ports. The buffers' table, a martlet_bulk for each, follows
// what else is in the packet, at a multiple of MARTLET_ALIGNMENT.
#pragma once

#include "limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#pragma clang assume_nonnull begin

typedef struct {
    /// One of MARTLET_ENVELOPE_*.
    uint8_t kind;
    /// MARTLET_FLAG_* together.
    uint8_t flags;
    /// How many ports come with the envelope, each a socket: the packet's last descriptors.
    uint16_t ports;
    /// Pairs a reply with its call (invoke, evaluate, sendSync); 0 elsewhere.
    uint32_t call;
    /// Counts the envelopes of one document from 1 in call order where carriers can overtake each other; 0 on a socket.
    uint32_t sequence;
    /// Bytes after this header, without those of buffers that are apart.
    uint32_t length;
} martlet_envelope_header;

/// A buffer that is apart from its envelope: the memory of `length` bytes is its contents, which belong in front of the
/// byte at `place` of those after the header. In ascending order.
typedef struct {
    uint32_t place;
    uint32_t length;
} martlet_bulk;

_Static_assert(sizeof(martlet_envelope_header) == MARTLET_HEADER_SIZE, "the header is the wire layout");

/// The header as a document's script gets it: the extension hands an envelope on in the memory in which it received it,
/// and writes what only it knows over fields that are of no use to the script. A number in memory costs nothing; an
/// argument of the call would be an object.
typedef struct {
    /// As on the wire; 0 when this is no envelope, but the end of the lane.
    uint8_t kind;
    /// As on the wire.
    uint8_t flags;
    uint16_t ports;
    /// The number of the first port's lane, and those of the others follow it. Without ports: the call, as on the wire.
    uint32_t call_or_first_port;
    /// The number of the lane that the envelope came on, in the place of the sequence.
    uint32_t lane;
    /// As on the wire.
    uint32_t length;
} martlet_delivered_header;

_Static_assert(sizeof(martlet_delivered_header) == MARTLET_HEADER_SIZE, "it takes the header's place");

enum {
    // Renderer to main. The payload is an array: [channel, ...arguments].
    MARTLET_ENVELOPE_SEND = 1,
    MARTLET_ENVELOPE_INVOKE = 2,
    MARTLET_ENVELOPE_SEND_SYNC = 3,
    // As SEND, with ports: [channel, message].
    MARTLET_ENVELOPE_POST_MESSAGE = 4,
    // { message, file, line, stack }: the preload threw.
    MARTLET_ENVELOPE_PRELOAD_ERROR = 5,
    // The document is parsed, and then: it has been painted (or its window is hidden).
    MARTLET_ENVELOPE_DOM_READY = 6,
    MARTLET_ENVELOPE_PAINTED = 7,
    // [ok, value] for EVALUATE.
    MARTLET_ENVELOPE_EVALUATED = 8,
    // "visible" or "hidden": what the document is now.
    MARTLET_ENVELOPE_VISIBILITY = 9,
    // The document and what it asked for are loaded.
    MARTLET_ENVELOPE_LOADED = 10,
    // The last of a document whose envelope is no part of the page any more. No bytes.
    MARTLET_ENVELOPE_GONE = 11,
    // The document is being left: what follows is what its own handlers of that say. No bytes.
    MARTLET_ENVELOPE_LEAVING = 12,
    // The page has opened the document anew: nothing that it says after this is to be heard. No bytes.
    MARTLET_ENVELOPE_OPENED = 13,

    // Main to renderer.
    MARTLET_ENVELOPE_MESSAGE = 16,
    // [ok, value] for INVOKE and SEND_SYNC.
    MARTLET_ENVELOPE_REPLY = 17,
    // { inPage, source, file }: run it in the page's world or the preload's.
    MARTLET_ENVELOPE_EVALUATE = 18,

    // Between the two ends of a message port, whoever holds them: any value.
    MARTLET_ENVELOPE_PORT_MESSAGE = 32,
};

enum {
    /// The bytes are not in the packet but in the sealed memory whose descriptor comes first with it.
    MARTLET_FLAG_MEMORY = 1,
    /// Buffers are apart.
    MARTLET_FLAG_BULK = 2,
};

/// The first place at or after `offset` for an envelope, or a table, to begin at.
static inline size_t martlet_envelope_align(size_t offset) {
    return (offset + MARTLET_ALIGNMENT - 1) & ~(size_t)(MARTLET_ALIGNMENT - 1);
}

/// What a socket call came to, where it is no count of bytes.
enum {
    /// The socket is full, or has nothing.
    MARTLET_WIRE_LATER = -1,
    /// The other end is gone.
    MARTLET_WIRE_ENDED = -2,
    /// The packet was no packet of ours, or the system refused; what came with it is closed.
    MARTLET_WIRE_BROKEN = -3,
    /// The other end has to take some of what is on its way first; no descriptor tells when it has.
    MARTLET_WIRE_CONGESTED = -4,
};

/// The memory that was sent on one socket since there was last nothing on its way. All zero at first.
typedef struct {
    size_t bytes;
} martlet_flight;

/// Whether nobody has the other end of a socket any more: as long as somebody has, it can be sent to.
bool martlet_wire_is_gone(int socket);

/// Makes two connected SOCK_SEQPACKET sockets, closed on exec. False when the system has no more.
bool martlet_wire_pair(int sockets[_Nonnull 2]);

/// Sends one packet made of `parts`, with `descriptors`, which stay the caller's. Without `wait` it never blocks.
///
/// Returns 0, or one of MARTLET_WIRE_*.
int martlet_wire_send(int socket, const struct iovec *parts, size_t part_count, const int *_Nullable descriptors,
                      size_t descriptor_count, bool wait);

/// martlet_wire_send without `wait`, of a packet that has `memory` bytes beside it: congested when that is too much at
/// once.
int martlet_flight_send(martlet_flight *flight, size_t memory, int socket, const struct iovec *parts, size_t part_count,
                        const int *_Nullable descriptors, size_t descriptor_count);

/// Blocks until there may be room, after one of the two outcomes that say that there is none, but not longer than so
/// many milliseconds; -1 for any time.
void martlet_wire_wait_for_room(int socket, int outcome, int milliseconds);

/// Receives one packet into `buffer` and its descriptors, closed on exec, into `descriptors`: room for
/// MARTLET_DESCRIPTOR_LIMIT. A packet that does not fit, or has more descriptors, is broken.
///
/// Returns the packet's length, MARTLET_WIRE_LATER, MARTLET_WIRE_ENDED or MARTLET_WIRE_BROKEN.
ssize_t martlet_wire_receive(int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count, bool wait);

// A received packet, checked and cut into its envelopes: the same code in both processes, for the other end of a socket may
// have sent anything. Nothing of an envelope is used before this has passed it.

/// A packet that is being read.
typedef struct {
    const void *_Nullable bytes;
    size_t length;
    /// Those that came with it. They stay the caller's.
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

/// The next envelope of a packet: 1, 0 when there is none left, or -1 when the packet is not as wire.h says. An envelope
/// that was read before is then not to be used either.
int martlet_packet_next(martlet_packet *packet, martlet_envelope *envelope);

/// What was wrong, after -1 on this thread.
const char *martlet_packet_fault(void);

/// Sealed memory that holds `parts` one after the other; the descriptor is the caller's. -1 when there is no memory.
int martlet_wire_memory(const struct iovec *parts, size_t part_count);

/// As martlet_wire_memory, with other F_SEAL_* than it should have: what a hostile renderer would send.
int martlet_wire_memory_with_seals(const struct iovec *parts, size_t part_count, int seals);

/// Whether `descriptor` is memory of exactly `length` bytes that can be read, sealed so that nobody can change it any
/// more, and all there: what has holes costs its sender less than its receiver.
bool martlet_wire_memory_is_sealed(int descriptor, size_t length);

/// Copies `length` bytes of sealed memory from `offset` on. False when it has fewer.
bool martlet_wire_memory_read(int descriptor, size_t offset, void *buffer, size_t length);

/// Lends the bytes of sealed memory, read-only, until martlet_wire_memory_unmap. NULL when the system refuses.
const void *_Nullable martlet_wire_memory_map(int descriptor, size_t length);
void martlet_wire_memory_unmap(const void *bytes, size_t length);

/// Whether `descriptor` is a SOCK_SEQPACKET socket of the AF_UNIX family.
bool martlet_wire_is_socket(int descriptor);

/// The other end receives the end; it can still send.
void martlet_wire_end_sending(int socket);

void martlet_wire_close(int descriptor);

/// Closes memory of `length` bytes that may be nobody else's: to free 50 MiB takes some 5 ms, which are a thread's own.
void martlet_wire_close_memory(int descriptor, size_t length);

#pragma clang assume_nonnull end
