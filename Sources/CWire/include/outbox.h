// Frames that wait to leave together in one packet: a system call for each would cost more than the frame. Whoever
// fills an outbox sends it at the end of its turn. Should that turn last, a thread sends it within a few milliseconds:
// a script that reports its progress from a loop is heard while it runs.
#pragma once

#include "wire.h"

#pragma clang assume_nonnull begin

/// The memory of an outbox: four 32-bit words, then the frames. Its words are only read and written atomically, for a
/// script fills its outbox itself (Resources/bridge/lane/outbox.js).
enum {
    /// 1 while somebody uses the frames and the word after it.
    MARTLET_OUTBOX_LOCK = 0,
    /// Bytes of frames, each begun at a multiple of MARTLET_ALIGNMENT.
    MARTLET_OUTBOX_USED = 1,
    /// 1 while the thread looks after it.
    MARTLET_OUTBOX_WATCHED = 2,
    MARTLET_OUTBOX_WORDS = 4,
    MARTLET_OUTBOX_SIZE = MARTLET_OUTBOX_WORDS * sizeof(int32_t) + MARTLET_PACKET_LIMIT,
    /// The bytes of the longest frame that is put into one: what is longer gains nothing by company.
    MARTLET_OUTBOX_LONGEST = 8 * 1024,
    /// As many frames are sent before the turn ends, so that the other end has something to do meanwhile.
    MARTLET_OUTBOX_RIPE = 32,
};

typedef struct martlet_outbox martlet_outbox;

/// An outbox for `socket`, which must stay open as long as the outbox is there.
///
/// `memory` has MARTLET_OUTBOX_SIZE bytes, is zero and stays the caller's; without it the outbox has its own. NULL when
/// there is none.
martlet_outbox *_Nullable martlet_outbox_new(int socket, void *_Nullable memory);

void martlet_outbox_free(martlet_outbox *outbox);

/// Adds a frame. False when there is no room for it.
bool martlet_outbox_add(martlet_outbox *outbox, const void *frame, size_t length);

/// Has the thread look after it: to be called when something was added while MARTLET_OUTBOX_WATCHED is 0.
void martlet_outbox_watch(martlet_outbox *outbox);
bool martlet_outbox_is_watched(martlet_outbox *outbox);

/// Sends what is there in one packet, without blocking.
///
/// Returns 0 when nothing is left, or what martlet_wire_send came to; when there was no room it is all still there.
int martlet_outbox_send(martlet_outbox *outbox);

/// Lends what is there as one packet and keeps everybody else from it until martlet_outbox_empty.
struct iovec martlet_outbox_borrow(martlet_outbox *outbox);
void martlet_outbox_empty(martlet_outbox *outbox);

#pragma clang assume_nonnull end
