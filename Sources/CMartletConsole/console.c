// WebKit writes what pages print with `stderr`, and no page knows an end of that. The C library lets a
// program say what that stream is, so what is written goes through here, in whichever thread writes it, under
// the stream's own lock.
#define _GNU_SOURCE
#include "console.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/// How many bytes may be written now, and when that was so.
static size_t granted = MARTLET_CONSOLE_BURST;
static time_t granted_at;
/// How many bytes of the line that is being written were written, and whether others of it were left out.
static size_t column;
static bool is_cut;
/// How many bytes were left out that nobody has been told of.
static uint64_t left_out;

static void put(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, count);
        // There is nobody to tell of it.
        if (written <= 0) {
            return;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

static void grant(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    if (granted_at == 0) {
        granted_at = now.tv_sec;
    }
    if (now.tv_sec <= granted_at) {
        return;
    }
    size_t more = (size_t)(now.tv_sec - granted_at);
    granted_at = now.tv_sec;
    if (more > MARTLET_CONSOLE_BURST / MARTLET_CONSOLE_RATE) {
        more = MARTLET_CONSOLE_BURST / MARTLET_CONSOLE_RATE;
    }
    granted += more * MARTLET_CONSOLE_RATE;
    if (granted > MARTLET_CONSOLE_BURST) {
        granted = MARTLET_CONSOLE_BURST;
    }
}

/// Tells what was left out, where a line begins.
static void tell(void) {
    char line[80];
    int length = snprintf(line, sizeof line, "(%llu bytes of output of this page were dropped)\n",
                          (unsigned long long)left_out);
    left_out = 0;
    put(line, (size_t)length);
}

/// A part of a line, with its end or without.
static void put_part(const char *bytes, size_t count) {
    bool ends = bytes[count - 1] == '\n';
    if (column == 0 && !is_cut && left_out > 0 && granted > 0) {
        tell();
    }
    size_t room = MARTLET_CONSOLE_LINE - column;
    if (room > granted) {
        room = granted;
    }
    size_t taken = is_cut ? 0 : count < room ? count : room;
    put(bytes, taken);
    granted -= taken;
    column += taken;
    left_out += count - taken;
    if (taken < count) {
        is_cut = true;
    }
    if (!ends) {
        return;
    }
    if (is_cut && column > 0) {
        put("…\n", strlen("…\n"));
    }
    column = 0;
    is_cut = false;
}

static ssize_t write_bounded(void *cookie, const char *bytes, size_t count) {
    grant();
    for (size_t done = 0; done < count;) {
        const char *end = memchr(bytes + done, '\n', count - done);
        size_t part = end ? (size_t)(end - bytes) + 1 - done : count - done;
        put_part(bytes + done, part);
        done += part;
    }
    return (ssize_t)count;
}

void martlet_bound_standard_error(void) {
    FILE *bounded = fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_bounded});
    if (!bounded) {
        return;
    }
    // Unbuffered: the last line is often the reason why a process ends.
    setvbuf(bounded, NULL, _IONBF, 0);
    // GLib asks for the number, and says nothing on a stream that has none.
    bounded->_fileno = STDERR_FILENO;
    stderr = bounded;
}
