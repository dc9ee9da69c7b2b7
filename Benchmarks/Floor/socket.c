// Floor B of the IPC benchmark: a packet that bounces between two processes over a socketpair, each with a
// GLib main loop, and nothing else.
//
// usage: socket COUNT

#include <gio/gio.h>
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// As large as an envelope with {id: 1, text: 'hello'}.
static char ball[64];
static double *stamps;
static int count, played;
static GMainLoop *loop;

static double microseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static int compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static gboolean hit_back(int socket, GIOCondition condition, void *data) {
    if (recv(socket, ball, sizeof ball, 0) <= 0) {
        g_main_loop_quit(loop);
        return G_SOURCE_REMOVE;
    }
    if (data) {
        stamps[played++] = microseconds();
        if (played == count) {
            g_main_loop_quit(loop);
            return G_SOURCE_REMOVE;
        }
    }
    send(socket, ball, sizeof ball, MSG_NOSIGNAL);
    return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv) {
    count = argc == 2 ? atoi(argv[1]) : 0;
    if (count < 3) {
        fprintf(stderr, "usage: %s COUNT\n", argv[0]);
        return 2;
    }
    stamps = g_new(double, count);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) {
        return 1;
    }
    gboolean serves = fork() != 0;
    int socket = ends[serves ? 0 : 1];
    close(ends[serves ? 1 : 0]);
    loop = g_main_loop_new(NULL, FALSE);
    g_unix_fd_add(socket, G_IO_IN | G_IO_HUP, hit_back, serves ? loop : NULL);
    if (serves) {
        send(socket, ball, sizeof ball, 0);
    }
    g_main_loop_run(loop);
    if (!serves) {
        return 0;
    }
    double total = stamps[count - 1] - stamps[0];
    for (int index = 0; index + 1 < count; index++) {
        stamps[index] = stamps[index + 1] - stamps[index];
    }
    qsort(stamps, count - 1, sizeof *stamps, compare);
    printf("{\"name\":\"ping\",\"count\":%d,\"milliseconds\":%.3f,\"p50\":%.2f,\"p99\":%.2f}\n", count - 1,
           total / 1e3, stamps[count / 2], stamps[count * 99 / 100]);
    return 0;
}
