// Sealed memory. It can neither change nor shrink, so its receiver reads it in place.
#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const int all_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

static bool append(int descriptor, const void *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = (const char *)bytes + written;
        length -= (size_t)written;
    }
    return true;
}

int martlet_wire_memory(const struct iovec *parts, size_t part_count) {
    int descriptor = memfd_create("martlet", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0) {
        return -1;
    }
    bool complete = true;
    for (size_t i = 0; complete && i < part_count; i++) {
        complete = append(descriptor, parts[i].iov_base, parts[i].iov_len);
    }
    if (!complete || fcntl(descriptor, F_ADD_SEALS, all_seals) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/// Whether the memory can be read. Seals do not say so: a memfd can be reopened for writing only, or with
/// O_PATH.
static bool is_readable(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    int access = flags & O_ACCMODE;
    return flags >= 0 && (flags & O_PATH) == 0 && (access == O_RDONLY || access == O_RDWR);
}

bool martlet_wire_memory_is_sealed(int descriptor, size_t length) {
    int needed = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    int seals = fcntl(descriptor, F_GET_SEALS);
    struct stat status;
    return seals >= 0 && (seals & needed) == needed && is_readable(descriptor) &&
           fstat(descriptor, &status) == 0 && status.st_size >= 0 && (size_t)status.st_size == length &&
           (size_t)status.st_blocks * 512 >= length;
}

/// Asks for huge pages before a buffer is filled: each small page costs a page fault.
static void prefer_large_pages(void *buffer, size_t length) {
    const uintptr_t size = 2 << 20;
    uintptr_t begin = ((uintptr_t)buffer + size - 1) & ~(size - 1);
    uintptr_t end = ((uintptr_t)buffer + length) & ~(size - 1);
    if (begin < end) {
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
    }
}

bool martlet_wire_memory_read(int descriptor, size_t offset, void *buffer, size_t length) {
    size_t done = 0;
    prefer_large_pages(buffer, length);
    while (done < length) {
        ssize_t count = pread(descriptor, (char *)buffer + done, length - done, (off_t)(offset + done));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

const void *martlet_wire_memory_map(int descriptor, size_t length) {
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
    return bytes == MAP_FAILED ? NULL : bytes;
}

void martlet_wire_memory_unmap(const void *bytes, size_t length) { munmap((void *)bytes, length); }

static void *close_in_thread(void *descriptor) {
    close((int)(intptr_t)descriptor);
    return NULL;
}

void martlet_wire_close_memory(int descriptor, size_t length) {
    const size_t is_large = 1 << 20;
    pthread_t thread;
    if (length >= is_large &&
        pthread_create(&thread, NULL, close_in_thread, (void *)(intptr_t)descriptor) == 0) {
        pthread_detach(thread);
    } else {
        close(descriptor);
    }
}
