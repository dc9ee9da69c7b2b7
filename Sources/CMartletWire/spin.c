#include "spin.h"

#include <sched.h>
#include <time.h>
#include <unistd.h>

enum {
    microsecond = 1000,
    /// Packets are fast when they arrive at most this long after each other.
    fast = 300 * microsecond,
    /// Length of a spin: twice the time that a wake-up takes on a busy machine.
    moment = 150 * microsecond,
    /// Credit needed to spin, and the maximum of credit and price.
    enough = 4,
    most = 64,
    /// Price of the first failed spin. It doubles with each further failure in a row.
    least_price = 8,
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 * 1000 * microsecond + time.tv_nsec;
}

/// On a single processor, spinning keeps the other end from running.
static bool has_two_processors(void) {
    static int processors;
    if (processors == 0) {
        processors = (int)sysconf(_SC_NPROCESSORS_ONLN);
    }
    return processors > 1;
}

/// Polls the socket until `end`.
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

void martlet_spin_begin(martlet_spin *spin, int milliseconds) {
    spin->end = now() + milliseconds * 1000 * microsecond;
}

static void came(martlet_spin *spin, int64_t time) {
    if (time - spin->last < fast && spin->credit < most) {
        spin->credit++;
    }
    spin->last = time;
}

ssize_t martlet_spin_receive(martlet_spin *spin, int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count) {
    ssize_t length = martlet_wire_receive(socket, buffer, capacity, descriptors, descriptor_count, false);
    if (length >= 0) {
        came(spin, now());
    }
    return length;
}

bool martlet_spin_is_worthwhile(const martlet_spin *spin) {
    return spin->credit >= enough && has_two_processors();
}

ssize_t martlet_spin_receive_soon(martlet_spin *spin, int socket, void *buffer, size_t capacity,
                                  int *descriptors, size_t *descriptor_count) {
    int64_t begin = now();
    if (!martlet_spin_is_worthwhile(spin) || begin >= spin->end) {
        return MARTLET_WIRE_LATER;
    }
    ssize_t length = receive_until(begin + moment, socket, buffer, capacity, descriptors, descriptor_count);
    if (length == MARTLET_WIRE_LATER) {
        int32_t price = spin->price < least_price ? least_price : spin->price;
        spin->credit = spin->credit > price ? spin->credit - price : 0;
        spin->price = price < most ? 2 * price : most;
    } else {
        came(spin, now());
        spin->price = least_price;
    }
    return length;
}

ssize_t martlet_spin_receive_answer(int socket, void *buffer, size_t capacity, int *descriptors,
                                    size_t *descriptor_count) {
    ssize_t length = MARTLET_WIRE_LATER;
    if (has_two_processors()) {
        length = receive_until(now() + moment, socket, buffer, capacity, descriptors, descriptor_count);
    }
    return length != MARTLET_WIRE_LATER
               ? length
               : martlet_wire_receive(socket, buffer, capacity, descriptors, descriptor_count, true);
}
