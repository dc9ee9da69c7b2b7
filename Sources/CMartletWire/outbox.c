#include "outbox.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct martlet_outbox {
    int socket;
    bool owns_memory;
    /// Number of passes in a row in which the thread has found the outbox empty.
    int idle;
    _Atomic(int32_t) *words;
    unsigned char *envelopes;
    /// Next outbox in the list of watched ones.
    martlet_outbox *next;
};

/// Pause of the thread between two passes, and the number of idle passes after which an outbox is not watched
/// any more.
static const struct timespec pause_between = {.tv_nsec = 2 * 1000 * 1000};
static const int idle_limit = 50;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wanted = PTHREAD_COND_INITIALIZER;
/// List of watched outboxes, guarded by `mutex`.
static martlet_outbox *watched;
static bool has_thread;

static bool try_lock(martlet_outbox *outbox) {
    int32_t expected = 0;
    return __c11_atomic_compare_exchange_strong(&outbox->words[MARTLET_OUTBOX_LOCK], &expected, 1,
                                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

static void lock(martlet_outbox *outbox) {
    while (!try_lock(outbox)) {
        sched_yield();
    }
}

static void unlock(martlet_outbox *outbox) {
    __c11_atomic_store(&outbox->words[MARTLET_OUTBOX_LOCK], 0, __ATOMIC_SEQ_CST);
}

static size_t used(martlet_outbox *outbox) {
    int32_t bytes = __c11_atomic_load(&outbox->words[MARTLET_OUTBOX_USED], __ATOMIC_SEQ_CST);
    return bytes < 0 ? 0 : bytes > MARTLET_PACKET_LIMIT ? MARTLET_PACKET_LIMIT : (size_t)bytes;
}

static void set_used(martlet_outbox *outbox, size_t bytes) {
    __c11_atomic_store(&outbox->words[MARTLET_OUTBOX_USED], (int32_t)bytes, __ATOMIC_SEQ_CST);
}

bool martlet_outbox_is_watched(martlet_outbox *outbox) {
    return __c11_atomic_load(&outbox->words[MARTLET_OUTBOX_WATCHED], __ATOMIC_SEQ_CST) != 0;
}

static void set_watched(martlet_outbox *outbox, bool is_watched) {
    __c11_atomic_store(&outbox->words[MARTLET_OUTBOX_WATCHED], is_watched, __ATOMIC_SEQ_CST);
}

martlet_outbox *martlet_outbox_new(int socket, void *memory) {
    martlet_outbox *outbox = calloc(1, sizeof *outbox);
    if (outbox == NULL) {
        return NULL;
    }
    outbox->socket = socket;
    outbox->owns_memory = memory == NULL;
    if (memory == NULL) {
        memory = calloc(1, MARTLET_OUTBOX_SIZE);
    }
    if (memory == NULL) {
        free(outbox);
        return NULL;
    }
    outbox->words = memory;
    outbox->envelopes = (unsigned char *)memory + MARTLET_OUTBOX_WORDS * sizeof(int32_t);
    return outbox;
}

void martlet_outbox_free(martlet_outbox *outbox) {
    pthread_mutex_lock(&mutex);
    for (martlet_outbox **link = &watched; *link != NULL; link = &(*link)->next) {
        if (*link == outbox) {
            *link = outbox->next;
            break;
        }
    }
    pthread_mutex_unlock(&mutex);
    if (outbox->owns_memory) {
        free((void *)outbox->words);
    }
    free(outbox);
}

bool martlet_outbox_add(martlet_outbox *outbox, const void *envelope, size_t length) {
    lock(outbox);
    size_t begin = martlet_envelope_align(used(outbox));
    bool fits = length <= MARTLET_PACKET_LIMIT && begin <= MARTLET_PACKET_LIMIT - length;
    if (fits) {
        memcpy(outbox->envelopes + begin, envelope, length);
        set_used(outbox, begin + length);
    }
    unlock(outbox);
    if (fits && !martlet_outbox_is_watched(outbox)) {
        martlet_outbox_watch(outbox);
    }
    return fits;
}

/// Sends the held envelopes. The caller holds the lock.
static int send_locked(martlet_outbox *outbox) {
    size_t length = used(outbox);
    if (length == 0) {
        return 0;
    }
    struct iovec part = {.iov_base = outbox->envelopes, .iov_len = length};
    int outcome = martlet_wire_send(outbox->socket, &part, 1, NULL, 0, false);
    if (outcome != MARTLET_WIRE_LATER && outcome != MARTLET_WIRE_CONGESTED) {
        set_used(outbox, 0);
    }
    return outcome;
}

int martlet_outbox_send(martlet_outbox *outbox) {
    if (used(outbox) == 0) {
        return 0;
    }
    lock(outbox);
    int outcome = send_locked(outbox);
    unlock(outbox);
    return outcome;
}

struct iovec martlet_outbox_borrow(martlet_outbox *outbox) {
    lock(outbox);
    return (struct iovec){.iov_base = outbox->envelopes, .iov_len = used(outbox)};
}

void martlet_outbox_empty(martlet_outbox *outbox) {
    set_used(outbox, 0);
    unlock(outbox);
}

// MARK: The thread

/// Sends the envelopes of a watched outbox. Returns false when it need not be watched any more.
static bool look_after(martlet_outbox *outbox) {
    // Locked: the owner will send it.
    if (!try_lock(outbox)) {
        return true;
    }
    outbox->idle = used(outbox) == 0 ? outbox->idle + 1 : 0;
    send_locked(outbox);
    bool goes_on = outbox->idle < idle_limit;
    if (!goes_on) {
        set_watched(outbox, false);
    }
    unlock(outbox);
    return goes_on;
}

static void *watch_all(void *nothing) {
    (void)nothing;
    pthread_mutex_lock(&mutex);
    for (;;) {
        while (watched == NULL) {
            pthread_cond_wait(&wanted, &mutex);
        }
        pthread_mutex_unlock(&mutex);
        nanosleep(&pause_between, NULL);
        pthread_mutex_lock(&mutex);
        martlet_outbox **link = &watched;
        while (*link != NULL) {
            if (look_after(*link)) {
                link = &(*link)->next;
            } else {
                *link = (*link)->next;
            }
        }
    }
}

void martlet_outbox_watch(martlet_outbox *outbox) {
    pthread_mutex_lock(&mutex);
    if (!has_thread) {
        pthread_attr_t attributes;
        pthread_t thread;
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        pthread_attr_setstacksize(&attributes, 64 * 1024);
        // If there is no thread, the envelopes leave at the end of the turn.
        has_thread = pthread_create(&thread, &attributes, watch_all, NULL) == 0;
        pthread_attr_destroy(&attributes);
    }
    if (has_thread && !martlet_outbox_is_watched(outbox)) {
        set_watched(outbox, true);
        outbox->idle = 0;
        outbox->next = watched;
        watched = outbox;
        pthread_cond_signal(&wanted);
    }
    pthread_mutex_unlock(&mutex);
}
