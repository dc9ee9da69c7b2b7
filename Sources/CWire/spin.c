#include "spin.h"

#include <sched.h>
#include <time.h>
#include <unistd.h>

enum {
    microsecond = 1000,
    /// Packets come fast when no more lies between two of them.
    fast = 300 * microsecond,
    /// How long to ask again: twice what waking takes.
    moment = 100 * microsecond,
    /// The longest turn: a sixteenth of what a display takes for a frame.
    turn = 1000 * microsecond,
    fewest_needed = 4,
    most_needed = 256,
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 * 1000 * microsecond + time.tv_nsec;
}

/// Alone on its processor whoever waits keeps the other end from running.
static bool has_company(void) {
    static int processors;
    if (processors == 0) {
        processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    }
    return processors > 1;
}

/// Asks until `end`.
static ssize_t receive_until(int64_t end, int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count) {
    for (;;) {
        ssize_t length = martlet_wire_receive(socket, buffer, capacity, descriptors, descriptor_count, false);
        if (length != MARTLET_WIRE_LATER || now() >= end) {
            return length;
        }
        sched_yield();
    }
}

void martlet_spin_begin(martlet_spin *spin) { spin->end = now() + turn; }

ssize_t martlet_spin_receive(martlet_spin *spin, int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count) {
    ssize_t length = martlet_wire_receive(socket, buffer, capacity, descriptors, descriptor_count, false);
    if (length >= 0) {
        int64_t time = now();
        spin->streak = time - spin->last < fast ? spin->streak + 1 : 0;
        spin->last = time;
    }
    return length;
}

bool martlet_spin_is_hasty(const martlet_spin *spin) {
    return spin->needed > 0 && spin->streak >= spin->needed && has_company();
}

ssize_t martlet_spin_receive_soon(martlet_spin *spin, int socket, void *buffer, size_t capacity, int *descriptors,
                                  size_t *descriptor_count) {
    if (spin->needed < fewest_needed) {
        spin->needed = fewest_needed;
    }
    int64_t begin = now();
    if (!martlet_spin_is_hasty(spin) || begin >= spin->end) {
        return MARTLET_WIRE_LATER;
    }
    ssize_t length = receive_until(begin + moment, socket, buffer, capacity, descriptors, descriptor_count);
    if (length == MARTLET_WIRE_LATER) {
        spin->streak = 0;
        spin->needed = spin->needed * 2 < most_needed ? spin->needed * 2 : most_needed;
    } else {
        spin->last = now();
        spin->needed = fewest_needed;
    }
    return length;
}

ssize_t martlet_spin_receive_answer(int socket, void *buffer, size_t capacity, int *descriptors,
                                    size_t *descriptor_count) {
    ssize_t length = MARTLET_WIRE_LATER;
    if (has_company()) {
        length = receive_until(now() + moment, socket, buffer, capacity, descriptors, descriptor_count);
    }
    return length != MARTLET_WIRE_LATER
               ? length
               : martlet_wire_receive(socket, buffer, capacity, descriptors, descriptor_count, true);
}
