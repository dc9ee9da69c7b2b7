// GLib's default main context, iterated inside of libuv's loop, as GLib documents for foreign loops: prepare
// and query before libuv polls, check and dispatch after it. GLib's descriptors are in one epoll set, which
// libuv polls; GLib's timeout is a timer of libuv's. So neither loop polls the other, and an idle app sleeps.

#define _GNU_SOURCE // gettid

#include "loop.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "uv.h"

static struct {
    uv_loop_t *loop;
    GMainContext *context;
    uv_handle_t *prepare, *check, *idle, *timer, *poll;
    /// The epoll set with the descriptors of `watched`.
    int set;
    /// The descriptors of this turn's query, of which `count` are in use.
    GPollFD *queried;
    gint count, capacity;
    /// The descriptors in the epoll set.
    int *watched;
    gint watched_count, watched_capacity;
    gint priority;
    bool is_dispatching;
} glib = {.set = -1};

// MARK: The epoll set

static guint events_of(const GPollFD *descriptor) {
    return (descriptor->events & G_IO_IN ? EPOLLIN : 0) | (descriptor->events & G_IO_OUT ? EPOLLOUT : 0) |
           (descriptor->events & G_IO_PRI ? EPOLLPRI : 0);
}

static bool is_queried(int descriptor) {
    for (gint i = 0; i < glib.count; i++) {
        if (glib.queried[i].fd == descriptor) {
            return true;
        }
    }
    return false;
}

/// Makes the epoll set that of this turn's query. Every descriptor is set each turn: the kernel forgets one
/// that is closed, and another file may have its number by now.
static void watch(void) {
    for (gint i = 0; i < glib.watched_count; i++) {
        if (!is_queried(glib.watched[i])) {
            epoll_ctl(glib.set, EPOLL_CTL_DEL, glib.watched[i], NULL);
        }
    }
    if (glib.watched_capacity < glib.count) {
        glib.watched_capacity = glib.capacity;
        glib.watched = g_renew(int, glib.watched, glib.watched_capacity);
    }
    for (gint i = 0; i < glib.count; i++) {
        struct epoll_event event = {.events = events_of(&glib.queried[i]), .data.fd = glib.queried[i].fd};
        // Two sources may watch one descriptor, which can be in the set once.
        for (gint other = 0; other < i; other++) {
            if (glib.queried[other].fd == event.data.fd) {
                event.events |= events_of(&glib.queried[other]);
            }
        }
        glib.watched[i] = event.data.fd;
        if (epoll_ctl(glib.set, EPOLL_CTL_MOD, event.data.fd, &event) != 0) {
            epoll_ctl(glib.set, EPOLL_CTL_ADD, event.data.fd, &event);
        }
    }
    glib.watched_count = glib.count;
}

// MARK: A turn

static void nothing(uv_handle_t *handle) { (void)handle; }

static void nothing_polled(uv_handle_t *handle, int status, int events) {
    (void)handle;
    (void)status;
    (void)events;
}

static void before_poll(uv_handle_t *handle) {
    (void)handle;
    gint timeout;
    bool is_ready = g_main_context_prepare(glib.context, &glib.priority);
    while (true) {
        glib.count = g_main_context_query(glib.context, glib.priority, &timeout, glib.queried, glib.capacity);
        if (glib.count <= glib.capacity) {
            break;
        }
        glib.capacity = 2 * glib.count;
        glib.queried = g_renew(GPollFD, glib.queried, glib.capacity);
    }
    watch();
    if (is_ready || timeout == 0) {
        uv_idle_start(glib.idle, nothing); // libuv does not block while there is one
    } else if (timeout > 0) {
        uv_update_time(glib.loop);
        uv_timer_start(glib.timer, nothing, (uint64_t)timeout, 0);
    }
}

static void after_poll(uv_handle_t *handle) {
    (void)handle;
    if (glib.is_dispatching) {
        return;
    }
    uv_idle_stop(glib.idle);
    uv_timer_stop(glib.timer);
    if (glib.count > 0) {
        g_poll(glib.queried, (guint)glib.count, 0);
    }
    glib.is_dispatching = true;
    if (g_main_context_check(glib.context, glib.priority, glib.queried, glib.count)) {
        g_main_context_dispatch(glib.context);
    }
    glib.is_dispatching = false;
}

bool martlet_is_main_thread(void) { return gettid() == getpid(); }

void martlet_silently(void (*body)(void)) {
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0) {
        dup2(nowhere, STDERR_FILENO);
    }
    body();
    if (kept >= 0) {
        dup2(kept, STDERR_FILENO);
        close(kept);
    }
    if (nowhere >= 0) {
        close(nowhere);
    }
}

// MARK: The handles

/// A handle of libuv's. None is ever closed: they last as long as the process.
static uv_handle_t *new_handle(int type) { return g_malloc0(uv_handle_size(type)); }

bool martlet_loop_attach(uv_loop_t *loop) {
    int set = epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) {
        return false;
    }
    glib.poll = new_handle(UV_POLL);
    if (uv_poll_init(loop, glib.poll, set) != 0) {
        close(set);
        return false;
    }
    glib.set = set;
    glib.loop = loop;
    glib.context = g_main_context_default();
    // This thread owns the context, so what other threads add wakes libuv's poll.
    g_main_context_acquire(glib.context);
    uv_prepare_init(loop, glib.prepare = new_handle(UV_PREPARE));
    uv_check_init(loop, glib.check = new_handle(UV_CHECK));
    uv_idle_init(loop, glib.idle = new_handle(UV_IDLE));
    uv_timer_init(loop, glib.timer = new_handle(UV_TIMER));
    uv_prepare_start(glib.prepare, before_poll);
    uv_check_start(glib.check, after_poll);
    uv_poll_start(glib.poll, UV_READABLE, nothing_polled);
    uv_unref(glib.prepare);
    uv_unref(glib.check);
    uv_unref(glib.timer);
    uv_unref(glib.idle);
    uv_unref(glib.poll);
    return true;
}

void martlet_loop_hold(void) { uv_ref(glib.poll); }
