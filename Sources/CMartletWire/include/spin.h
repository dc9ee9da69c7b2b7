// Waiting for a packet with the processor in hand. To wake a process that sleeps takes longer than most
// answers do, so where packets follow each other fast the end that waits asks again and again for a moment.
// Where they do not, it never does: an app that hears a message now and then sleeps as before.
#pragma once

#include "wire.h"

#pragma clang assume_nonnull begin

/// What is known of one socket's haste. All zero at first.
typedef struct {
    /// When the last packet came, and until when this turn may last, in nanoseconds of the monotonic clock.
    int64_t last, end;
    /// What packets that came soon after each other have earned, and what waiting for one in vain costs of
    /// it. One that is late now and then, because the other end had no processor, is no reason to sleep.
    int32_t credit, price;
} martlet_spin;

/// Begins a turn of the loop, in which there is waiting for so many milliseconds at most, whatever comes.
void martlet_spin_begin(martlet_spin *spin, int milliseconds);

/// martlet_wire_receive without `wait`, for packets whose haste is to be known.
ssize_t martlet_spin_receive(martlet_spin *spin, int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count);

/// After MARTLET_WIRE_LATER: the same once more, for a moment, if that is worth it.
ssize_t martlet_spin_receive_soon(martlet_spin *spin, int socket, void *buffer, size_t capacity,
                                  int *descriptors, size_t *descriptor_count);

/// Whether packets still come so fast that the next is worth waiting for, after MARTLET_WIRE_LATER: only the
/// turn is over.
bool martlet_spin_is_worthwhile(const martlet_spin *spin);

/// martlet_wire_receive with `wait`, for an answer that is on its way.
ssize_t martlet_spin_receive_answer(int socket, void *buffer, size_t capacity, int *descriptors,
                                    size_t *descriptor_count);

#pragma clang assume_nonnull end
