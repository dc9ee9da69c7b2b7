// Adaptive busy wait (spin) for a packet. Waking a sleeping process takes longer than most replies do. Where
// packets follow each other fast, the receiver therefore polls the socket for a moment before it sleeps.
// Where they do not, it never spins: an app that hears a message now and then sleeps as before.
#pragma once

#include "wire.h"

#pragma clang assume_nonnull begin

/// Spin state of one socket. Initialize to zero.
typedef struct {
    /// Arrival of the last packet, and the end of this turn's spinning, in nanoseconds of CLOCK_MONOTONIC.
    int64_t last, end;
    /// Spin budget: earned by fast packets, spent by failed spins. `price` is the cost of the next failed
    /// spin. A single late packet, of a peer that had no processor, does not use up the budget.
    int32_t credit, price;
} martlet_spin;

/// Begins a turn of the main loop, in which the socket spins for at most `milliseconds`.
void martlet_spin_begin(martlet_spin *spin, int milliseconds);

/// Like martlet_wire_receive without `wait`, and records the arrival for the spin budget.
ssize_t martlet_spin_receive(martlet_spin *spin, int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count);

/// After MARTLET_WIRE_LATER: spins for a moment, if the budget allows. Parameters and result as
/// martlet_wire_receive.
ssize_t martlet_spin_receive_soon(martlet_spin *spin, int socket, void *buffer, size_t capacity,
                                  int *descriptors, size_t *descriptor_count);

/// After MARTLET_WIRE_LATER: whether the budget still allows a spin, so that only this turn's time is used
/// up.
bool martlet_spin_is_worthwhile(const martlet_spin *spin);

/// Like martlet_wire_receive with `wait`, for a reply that is due: spins for a moment, then blocks.
ssize_t martlet_spin_receive_answer(int socket, void *buffer, size_t capacity, int *descriptors,
                                    size_t *descriptor_count);

#pragma clang assume_nonnull end
