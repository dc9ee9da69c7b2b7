// SOCK_SEQPACKET preserves packet boundaries and order, and passes descriptors: everything that a lane needs.
#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

typedef union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * MARTLET_DESCRIPTOR_LIMIT)];
} control_buffer;

static const int all_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

bool martlet_wire_pair(int sockets[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0;
}

int martlet_wire_send(int socket, const struct iovec *parts, size_t part_count, const int *descriptors,
                      size_t descriptor_count, bool wait) {
    control_buffer control;
    struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = part_count};
    if (descriptor_count > MARTLET_DESCRIPTOR_LIMIT) {
        return MARTLET_WIRE_BROKEN;
    }
    if (descriptor_count > 0) {
        size_t size = sizeof(int) * descriptor_count;
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(header), descriptors, size);
    }
    for (;;) {
        if (sendmsg(socket, &message, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT)) >= 0) {
            return 0;
        }
        switch (errno) {
        case EINTR:
            continue;
        case EAGAIN:
            return MARTLET_WIRE_LATER;
        case ENOBUFS:
        // Too many descriptors in flight: the count falls as the receiver takes some.
        case ETOOMANYREFS:
            return MARTLET_WIRE_CONGESTED;
        case EPIPE:
        case ECONNRESET:
        case ENOTCONN:
        case EBADF:
            return MARTLET_WIRE_ENDED;
        default:
            return MARTLET_WIRE_BROKEN;
        }
    }
}

int martlet_flight_send(martlet_flight *flight, size_t memory, int socket, const struct iovec *parts,
                        size_t part_count, const int *descriptors, size_t descriptor_count) {
    if (flight->bytes > 0 && memory > 0 && flight->bytes + memory > MARTLET_FLIGHT_LIMIT) {
        int bytes = 0;
        if (ioctl(socket, SIOCOUTQ, &bytes) == 0 && bytes > 0) {
            return MARTLET_WIRE_CONGESTED;
        }
        flight->bytes = 0;
    }
    int outcome = martlet_wire_send(socket, parts, part_count, descriptors, descriptor_count, false);
    if (outcome == 0) {
        flight->bytes += memory;
    }
    return outcome;
}

/// poll() that continues after a signal.
static void wait_for(struct pollfd *waiting, int milliseconds) {
    while (poll(waiting, 1, milliseconds) < 0 && errno == EINTR) {
    }
}

bool martlet_wire_is_gone(int socket) {
    struct pollfd end = {.fd = socket};
    return poll(&end, 1, 0) != 0;
}

void martlet_wire_wait_for_room(int socket, int outcome, int milliseconds) {
    const int moment = 4;
    if (outcome == MARTLET_WIRE_CONGESTED) {
        poll(NULL, 0, milliseconds >= 0 && milliseconds < moment ? milliseconds : moment);
    } else {
        wait_for(&(struct pollfd){.fd = socket, .events = POLLOUT}, milliseconds);
    }
}

/// The process that made a socket can request a pidfd of the sender with each packet (SO_PASSPIDFD), and then
/// pass the socket on. Such a descriptor is closed here.
static void close_pidfd(struct cmsghdr *header) {
    const int scm_pidfd = 4; // SCM_PIDFD, since Linux 6.5
    if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == scm_pidfd &&
        header->cmsg_len >= CMSG_LEN(sizeof(int))) {
        int descriptor;
        memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
        close(descriptor);
    }
}

/// Takes the descriptors out of `message`. Returns -1 when some were cut off or the control data is of
/// another type.
static ssize_t take_descriptors(struct msghdr *message, int *descriptors) {
    size_t count = 0;
    bool is_ours = (message->msg_flags & (MSG_CTRUNC | MSG_TRUNC)) == 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL;
         header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
            is_ours = false;
            close_pidfd(header);
            continue;
        }
        size_t more = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < more; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof descriptor);
            if (count < MARTLET_DESCRIPTOR_LIMIT) {
                descriptors[count++] = descriptor;
            } else {
                close(descriptor);
                is_ours = false;
            }
        }
    }
    if (is_ours) {
        return (ssize_t)count;
    }
    while (count > 0) {
        close(descriptors[--count]);
    }
    return -1;
}

ssize_t martlet_wire_receive(int socket, void *buffer, size_t capacity, int *descriptors,
                             size_t *descriptor_count, bool wait) {
    control_buffer control;
    struct iovec part = {.iov_base = buffer, .iov_len = capacity};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    *descriptor_count = 0;
    ssize_t length;
    // When the other end was closed with unread data, the kernel reports ECONNRESET once, before the packets
    // it had sent.
    int resets = 0;
    do {
        length = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    } while (length < 0 && (errno == EINTR || (errno == ECONNRESET && resets++ == 0)));
    if (length < 0) {
        return errno == EAGAIN ? MARTLET_WIRE_LATER : MARTLET_WIRE_ENDED;
    }
    ssize_t count = take_descriptors(&message, descriptors);
    if (count < 0) {
        return MARTLET_WIRE_BROKEN;
    }
    // Protocol packets are never empty; an empty one cannot be told from end-of-stream.
    if (length == 0) {
        while (count > 0) {
            close(descriptors[--count]);
        }
        return MARTLET_WIRE_ENDED;
    }
    *descriptor_count = (size_t)count;
    return length;
}

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

bool martlet_wire_is_socket(int descriptor) {
    int type = 0, domain = 0;
    socklen_t size = sizeof type;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET &&
           getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX;
}

void martlet_wire_end_sending(int socket) { shutdown(socket, SHUT_WR); }

void martlet_wire_close(int descriptor) { close(descriptor); }

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
