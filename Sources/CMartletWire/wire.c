// SOCK_SEQPACKET preserves packet boundaries and order, and passes descriptors: everything that a lane needs.
#define _GNU_SOURCE
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * MARTLET_DESCRIPTOR_LIMIT)];
} control_buffer;

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

bool martlet_wire_wait_for_room(int socket, int outcome, int64_t end) {
    const int64_t pause = MARTLET_CONGESTION_MILLISECONDS, longest = INT32_MAX;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t left = end - ((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
    if (left <= 0) {
        return false;
    }
    // Rounded up: 0 would not wait.
    int64_t milliseconds = (left - 1) / 1000 + 1;
    if (outcome == MARTLET_WIRE_CONGESTED) {
        poll(NULL, 0, (int)(milliseconds < pause ? milliseconds : pause));
    } else {
        wait_for(&(struct pollfd){.fd = socket, .events = POLLOUT},
                 (int)(milliseconds < longest ? milliseconds : longest));
    }
    return true;
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

bool martlet_wire_is_socket(int descriptor) {
    int type = 0, domain = 0;
    socklen_t size = sizeof type;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET &&
           getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX;
}

void martlet_wire_end_sending(int socket) { shutdown(socket, SHUT_WR); }

void martlet_wire_close(int descriptor) { close(descriptor); }

// MARK: Packets that were received

static _Thread_local char fault_text[128];

const char *martlet_packet_fault(void) { return fault_text; }

__attribute__((format(printf, 1, 2))) static bool fault(const char *format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(fault_text, sizeof fault_text, format, values);
    va_end(values);
    return false;
}

static const char *unfit_memory =
    "memory is not sealed, not readable, or not of the announced size: %u bytes";

/// The envelope is alone in `length` bytes, and in its packet if there are descriptors: whether the header
/// tells of those that came, and the ports are some.
static bool check_descriptors(const martlet_packet *packet, martlet_envelope *envelope) {
    const martlet_envelope_header *header = &envelope->header;
    if (header->flags & ~(MARTLET_FLAG_MEMORY | MARTLET_FLAG_BULK)) {
        return fault("unknown header flags");
    }
    bool has_buffers = header->flags & MARTLET_FLAG_BULK;
    envelope->first_buffer = header->flags & MARTLET_FLAG_MEMORY ? 1 : 0;
    size_t others = envelope->first_buffer + header->ports;
    size_t most = has_buffers ? MARTLET_BULK_LIMIT : 0, least = has_buffers ? 1 : 0;
    size_t count = packet->descriptor_count;
    if (count < others + least || count > others + most) {
        return fault("header announces %u ports, packet has %zu descriptors", header->ports, count);
    }
    envelope->buffer_count = count - others;
    envelope->first_port = count - header->ports;
    for (size_t i = envelope->first_port; i < count; i++) {
        if (!martlet_wire_is_socket(packet->descriptors[i])) {
            return fault("port descriptor is not a socket");
        }
    }
    return true;
}

static bool check_memory(const martlet_packet *packet, const martlet_envelope *envelope) {
    uint32_t length = envelope->header.length;
    if (length == 0 || length > MARTLET_BYTES_LIMIT) {
        return fault("sealed memory is empty or too long: %u bytes", length);
    }
    if (!martlet_wire_memory_is_sealed(packet->descriptors[0], length)) {
        return fault(unfit_memory, length);
    }
    return true;
}

static bool check_buffers(const martlet_packet *packet, const martlet_envelope *envelope) {
    size_t total = envelope->header.length;
    uint32_t place = 0;
    for (size_t i = 0; i < envelope->buffer_count; i++) {
        martlet_bulk buffer = envelope->buffers[i];
        total += buffer.length;
        if (buffer.length == 0 || total > MARTLET_LENGTH_LIMIT) {
            return fault("long buffer is empty or too long: %u bytes in an envelope of %zu", buffer.length,
                         total);
        }
        if (buffer.place < place || buffer.place > envelope->header.length) {
            return fault("long buffer is out of order or out of range: at byte %u of %u", buffer.place,
                         envelope->header.length);
        }
        if (!martlet_wire_memory_is_sealed(packet->descriptors[envelope->first_buffer + i], buffer.length)) {
            return fault(unfit_memory, buffer.length);
        }
        place = buffer.place;
    }
    return true;
}

/// Whether the bytes from `begin` to `end` are one envelope.
static bool check(const martlet_packet *packet, martlet_envelope *envelope, size_t begin, size_t end) {
    *envelope = (martlet_envelope){.begin = begin};
    if (end - begin < MARTLET_HEADER_SIZE) {
        return fault("packet is shorter than a header: %zu bytes", end - begin);
    }
    memcpy(&envelope->header, (const char *)packet->bytes + begin, MARTLET_HEADER_SIZE);
    const martlet_envelope_header *header = &envelope->header;
    if (!check_descriptors(packet, envelope)) {
        return false;
    }
    size_t room = end - begin - MARTLET_HEADER_SIZE;
    bool is_in_memory = header->flags & MARTLET_FLAG_MEMORY, has_buffers = header->flags & MARTLET_FLAG_BULK;
    size_t used = is_in_memory ? 0 : header->length;
    if (has_buffers) {
        used = martlet_envelope_align(used);
    }
    if (used > room || (header->flags == 0 && used < room)) {
        return fault("header announces %u bytes, packet has %zu", header->length, room);
    }
    const char *bytes = (const char *)packet->bytes + begin + MARTLET_HEADER_SIZE;
    if (!is_in_memory) {
        envelope->bytes = bytes;
    } else if (!check_memory(packet, envelope)) {
        return false;
    }
    if (room - used != envelope->buffer_count * sizeof(martlet_bulk)) {
        return fault("buffer table of %zu bytes for %zu long buffers", room - used, envelope->buffer_count);
    }
    envelope->buffers = has_buffers ? (const martlet_bulk *)(const void *)(bytes + used) : NULL;
    return check_buffers(packet, envelope);
}

/// The end of the envelope that begins at `begin`, where others may follow it; else the end of the packet.
static size_t find_end(const martlet_packet *packet, size_t begin) {
    martlet_envelope_header header;
    // An envelope with descriptors is alone in its packet.
    if (packet->is_alone || packet->descriptor_count > 0 || packet->length - begin < MARTLET_HEADER_SIZE) {
        return packet->length;
    }
    memcpy(&header, (const char *)packet->bytes + begin, sizeof header);
    size_t end = begin + MARTLET_HEADER_SIZE + header.length;
    return header.flags == 0 && header.ports == 0 && end < packet->length ? end : packet->length;
}

int martlet_packet_next(martlet_packet *packet, martlet_envelope *envelope) {
    size_t begin = 0;
    if (packet->count > 0) {
        if (packet->end == packet->length) {
            return 0;
        }
        begin = martlet_envelope_align(packet->end);
        if (begin >= packet->length || packet->count == MARTLET_BATCH_LIMIT) {
            fault("%zu bytes follow the last envelope of the packet", packet->length - packet->end);
            return -1;
        }
    }
    size_t end = find_end(packet, begin);
    if (!check(packet, envelope, begin, end)) {
        return -1;
    }
    packet->end = end;
    packet->count++;
    return 1;
}
