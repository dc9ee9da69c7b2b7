#define _GNU_SOURCE
#include "spare.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const size_t is_large = 4 << 20;
/// In nanoseconds: how long unused memory is kept, and how soon a long message must follow the last one.
static const int64_t soon = 250 * 1000 * 1000;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int spare = -1;
static size_t spare_length;
/// Length that the thread is to allocate next, and the length it is allocating now; 0 for none.
static size_t wanted, in_the_making;
static bool is_running;
static size_t last_length;
static int64_t last_time;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 * 1000 * 1000 + time.tv_nsec;
}

static int make(size_t length) {
    int descriptor = memfd_create("martlet", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor >= 0 && fallocate(descriptor, 0, 0, (off_t)length) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/// Waits for a request. Returns false after a while without one.
static bool wait_for_work(void) {
    int64_t end = now() + soon;
    const struct timespec time = {.tv_sec = end / (1000 * 1000 * 1000), .tv_nsec = end % (1000 * 1000 * 1000)};
    int outcome = 0;
    while (wanted == 0 && outcome != ETIMEDOUT) {
        outcome = pthread_cond_clockwait(&changed, &lock, CLOCK_MONOTONIC, &time);
    }
    return wanted > 0;
}

static void *work(void *unused) {
    pthread_mutex_lock(&lock);
    while (wait_for_work()) {
        size_t length = in_the_making = wanted;
        wanted = 0;
        int left = spare;
        spare = -1;
        pthread_mutex_unlock(&lock);
        if (left >= 0) {
            close(left);
        }
        int made = make(length);
        pthread_mutex_lock(&lock);
        spare = made;
        spare_length = length;
        in_the_making = 0;
        pthread_cond_broadcast(&changed);
    }
    int left = spare;
    spare = -1;
    is_running = false;
    pthread_mutex_unlock(&lock);
    if (left >= 0) {
        close(left);
    }
    return unused;
}

/// Whether spare memory of `other` bytes fits `length` without wasting more than half. The excess is given
/// back.
static bool is_like(size_t length, size_t other) { return length <= other && length >= other / 2; }

int martlet_spare_take(size_t length) {
    if (length < is_large) {
        return -1;
    }
    pthread_mutex_lock(&lock);
    while (is_like(length, in_the_making)) {
        pthread_cond_wait(&changed, &lock);
    }
    int taken = -1;
    if (spare >= 0 && is_like(length, spare_length)) {
        taken = spare;
        spare = -1;
    }
    pthread_mutex_unlock(&lock);
    return taken;
}

void martlet_spare_expect(size_t length) {
    if (length < is_large) {
        return;
    }
    pthread_mutex_lock(&lock);
    int64_t time = now();
    bool follows = time - last_time < soon && (is_like(length, last_length) || is_like(last_length, length));
    last_length = length;
    last_time = time;
    if (follows && (spare < 0 || !is_like(length, spare_length))) {
        wanted = length;
        pthread_t thread;
        if (is_running) {
            pthread_cond_broadcast(&changed);
        } else if (pthread_create(&thread, NULL, work, NULL) == 0) {
            pthread_detach(thread);
            is_running = true;
        }
    }
    pthread_mutex_unlock(&lock);
}
