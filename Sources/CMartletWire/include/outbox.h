// An outbox holds envelopes and sends them together in one packet (batching), because a system call for each
// would cost more than the envelope. The sender flushes its outbox at the end of the loop's turn. If that
// turn takes long, a thread flushes the outbox within a few milliseconds: progress reports from a busy script
// arrive while it runs.
#pragma once

#include "wire.h"

#pragma clang assume_nonnull begin

/// Layout of an outbox's memory: four 32-bit words, then the envelopes. The words are accessed only
/// atomically, because a script fills its outbox itself (Resources/bridge/outbox.js).
enum {
    /// Spin lock: 1 while a thread uses the envelopes and MARTLET_OUTBOX_USED.
    MARTLET_OUTBOX_LOCK = 0,
    /// Number of bytes of envelopes. Each envelope begins at a multiple of MARTLET_ALIGNMENT.
    MARTLET_OUTBOX_USED = 1,
    /// 1 while the flushing thread watches this outbox.
    MARTLET_OUTBOX_WATCHED = 2,
    MARTLET_OUTBOX_WORDS = 4,
    MARTLET_OUTBOX_SIZE = MARTLET_OUTBOX_WORDS * sizeof(int32_t) + MARTLET_PACKET_LIMIT,
    /// Most bytes of an envelope that is batched. A longer one gains nothing from sharing a packet.
    MARTLET_OUTBOX_LONGEST = 8 * 1024,
    /// Number of envelopes that are sent before the turn ends, so that the other end can start on them.
    MARTLET_OUTBOX_BATCH = 32,
};

typedef struct martlet_outbox martlet_outbox;

/// Makes an outbox for `socket`, which must stay open as long as the outbox exists.
///
/// `memory` has MARTLET_OUTBOX_SIZE zero bytes and stays the caller's; NULL makes the outbox allocate its
/// own. Returns NULL when out of memory.
martlet_outbox *_Nullable martlet_outbox_new(int socket, void *_Nullable memory);

void martlet_outbox_free(martlet_outbox *outbox);

/// Adds an envelope. Returns false when it does not fit.
bool martlet_outbox_add(martlet_outbox *outbox, const void *envelope, size_t length);

/// Has the thread watch the outbox. Call it after adding an envelope while MARTLET_OUTBOX_WATCHED is 0.
void martlet_outbox_watch(martlet_outbox *outbox);
bool martlet_outbox_is_watched(martlet_outbox *outbox);

/// Sends all held envelopes in one packet, without blocking.
///
/// Returns 0 when nothing is left, or the result of martlet_wire_send. After MARTLET_WIRE_LATER or
/// MARTLET_WIRE_CONGESTED the envelopes are still held.
int martlet_outbox_send(martlet_outbox *outbox);

/// Locks the outbox and lends its envelopes as one packet, until martlet_outbox_empty discards them and
/// unlocks it.
struct iovec martlet_outbox_borrow(martlet_outbox *outbox);
void martlet_outbox_empty(martlet_outbox *outbox);

#pragma clang assume_nonnull end
