// A hostile renderer: runs one attack on the lane at descriptor 3. It ends when the lane is closed, or when
// it is killed.
#define _GNU_SOURCE
#include "hostile-memory.h"
#include "wire.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { lane = 3 };

/// [channel] in V8's format: ["hostile"].
static const unsigned char payload[] = {0xFF, 15,  'A', 1,   '"', 7,   'h', 'o',
                                        's',  't', 'i', 'l', 'e', '$', 0,   1};

static bool send_packet(const void *bytes, size_t length, const int *descriptors, size_t count) {
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    return martlet_wire_send(lane, &part, 1, descriptors, count, true) == 0;
}

static bool send_header(martlet_envelope_header header, const int *descriptors, size_t count) {
    return send_packet(&header, sizeof header, descriptors, count);
}

static bool send_envelope(uint8_t kind) {
    unsigned char packet[sizeof(martlet_envelope_header) + sizeof payload];
    martlet_envelope_header header = {.kind = kind, .length = sizeof payload};
    memcpy(packet, &header, sizeof header);
    memcpy(packet + sizeof header, payload, sizeof payload);
    return send_packet(packet, sizeof packet, NULL, 0);
}

static bool send_sync(int answers) {
    unsigned char packet[sizeof(martlet_envelope_header) + sizeof payload];
    martlet_envelope_header header = {
        .kind = MARTLET_ENVELOPE_SEND_SYNC, .ports = 1, .length = sizeof payload};
    memcpy(packet, &header, sizeof header);
    memcpy(packet + sizeof header, payload, sizeof payload);
    return send_packet(packet, sizeof packet, &answers, 1);
}

static void garbage(void) {
    unsigned char packet[300];
    for (int i = 0; i < (int)sizeof packet; i++) {
        packet[i] = (unsigned char)(i * 7 + 1);
    }
    send_packet(packet, sizeof packet, NULL, 0);
}

static void unsealed(bool shrinks) {
    int memory = memfd_create("hostile", MFD_ALLOW_SEALING);
    if (ftruncate(memory, 1 << 20) == 0) {
        send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND,
                                              .flags = MARTLET_FLAG_MEMORY,
                                              .length = 1 << 20},
                    &memory, 1);
    }
    if (shrinks && ftruncate(memory, 0) != 0) {
        perror("ftruncate");
    }
}

static void descriptors(void) {
    int all[MARTLET_DESCRIPTOR_LIMIT];
    for (int i = 0; i < MARTLET_DESCRIPTOR_LIMIT; i++) {
        all[i] = open("/dev/null", O_RDONLY);
    }
    while (send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND}, all,
                       MARTLET_DESCRIPTOR_LIMIT)) {
    }
}

/// Sends full packets faster than the receiver decodes them.
static void flood(void) {
    enum { envelope_size = sizeof(martlet_envelope_header) + sizeof payload };
    _Static_assert(envelope_size % MARTLET_ALIGNMENT == 0, "one envelope begins where another ends");
    unsigned char packet[MARTLET_BATCH_LIMIT * envelope_size];
    for (size_t i = 0; i < MARTLET_BATCH_LIMIT; i++) {
        martlet_envelope_header header = {.kind = MARTLET_ENVELOPE_SEND, .length = sizeof payload};
        memcpy(packet + i * envelope_size, &header, sizeof header);
        memcpy(packet + i * envelope_size + sizeof header, payload, sizeof payload);
    }
    while (send_packet(packet, sizeof packet, NULL, 0)) {
    }
}

/// Sends a valid message with the maximal number of sockets, repeatedly.
static void ports(void) {
    int all[MARTLET_PORT_LIMIT];
    for (int i = 0; i < MARTLET_PORT_LIMIT; i += 2) {
        martlet_wire_pair(all + i);
    }
    unsigned char packet[sizeof(martlet_envelope_header) + sizeof payload];
    martlet_envelope_header header = {
        .kind = MARTLET_ENVELOPE_POST_MESSAGE, .ports = MARTLET_PORT_LIMIT, .length = sizeof payload};
    memcpy(packet, &header, sizeof header);
    memcpy(packet + sizeof header, payload, sizeof payload);
    while (send_packet(packet, sizeof packet, all, MARTLET_PORT_LIMIT)) {
    }
}

static size_t put_varint(unsigned char *at, size_t number) {
    size_t count = 0;
    for (; number > 127; number >>= 7) {
        at[count++] = (unsigned char)(number & 127) | 128;
    }
    at[count++] = (unsigned char)number;
    return count;
}

/// Sends a list of `count` undefined values in sealed memory: ["x", [undefined, ...]].
static bool send_values(size_t count) {
    unsigned char *bytes = malloc(count + 64);
    const unsigned char begin[] = {0xFF, 15, 'A', 2, '"', 1, 'x', 'A'};
    memcpy(bytes, begin, sizeof begin);
    size_t length = sizeof begin + put_varint(bytes + sizeof begin, count);
    memset(bytes + length, '_', count);
    length += count;
    bytes[length++] = '$';
    bytes[length++] = 0;
    length += put_varint(bytes + length, count);
    bytes[length++] = '$';
    bytes[length++] = 0;
    bytes[length++] = 2;
    struct iovec part = {.iov_base = bytes, .iov_len = length};
    int memory = martlet_wire_memory(&part, 1);
    bool sent = send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND,
                                                      .flags = MARTLET_FLAG_MEMORY,
                                                      .length = (uint32_t)length},
                            &memory, 1);
    close(memory);
    free(bytes);
    return sent;
}

/// Sends a string of 200 MiB that uses no memory here: all but its first bytes are a hole.
static void sparse(void) {
    const size_t size = 200 << 20;
    unsigned char begin[16] = {0xFF, 15, '"'};
    put_varint(begin + 3, size - 7);
    int memory = hostile_memory(begin, 7, 0);
    if (ftruncate(memory, (off_t)size) != 0 ||
        fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
        perror("sparse");
    }
    send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND,
                                          .flags = MARTLET_FLAG_MEMORY,
                                          .length = size},
                &memory, 1);
}

/// Sends sealed memory by a write-only descriptor: as the bytes of an envelope, or as an out-of-line buffer.
static void unreadable(bool is_apart) {
    enum { size = 1 << 20 };
    struct iovec part = {.iov_base = calloc(size, 1), .iov_len = size};
    memcpy(part.iov_base, payload, sizeof payload);
    int sealed = martlet_wire_memory(&part, 1);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", sealed);
    int memory = open(path, O_WRONLY);
    if (memory < 0) {
        perror(path);
    }
    if (!is_apart) {
        send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND,
                                              .flags = MARTLET_FLAG_MEMORY,
                                              .length = size},
                    &memory, 1);
        return;
    }
    // ["x", ArrayBuffer], and where the contents of that belong.
    struct {
        martlet_envelope_header header;
        unsigned char bytes[16];
        martlet_bulk table;
    } packet = {{.kind = MARTLET_ENVELOPE_SEND, .flags = MARTLET_FLAG_BULK, .length = 14},
                {0xFF, 15, 'A', 2, '"', 1, 'x', 'B', 0x80, 0x80, 0x40, '$', 0, 2},
                {.place = 11, .length = size}};
    send_packet(&packet, sizeof packet, &memory, 1);
}

int main(int count, char **arguments) {
    const char *attack = count > 1 ? arguments[1] : "";
    if (strcmp(attack, "garbage") == 0) {
        garbage();
    } else if (strcmp(attack, "half") == 0) {
        send_packet("half", 4, NULL, 0);
    } else if (strcmp(attack, "length") == 0) {
        send_header((martlet_envelope_header){.kind = MARTLET_ENVELOPE_SEND, .length = 0xFFFFFFF0}, NULL, 0);
    } else if (strcmp(attack, "unsealed") == 0) {
        unsealed(false);
    } else if (strcmp(attack, "shrinking") == 0) {
        unsealed(true);
    } else if (strcmp(attack, "descriptors") == 0) {
        descriptors();
    } else if (strcmp(attack, "ports") == 0) {
        ports();
    } else if (strcmp(attack, "unreadable") == 0) {
        unreadable(false);
    } else if (strcmp(attack, "unreadable-buffer") == 0) {
        unreadable(true);
    } else if (strcmp(attack, "sparse") == 0) {
        sparse();
    } else if (strcmp(attack, "bomb") == 0) {
        send_values(32 << 20);
    } else if (strcmp(attack, "values") == 0) {
        while (send_values(100 * 1000)) {
        }
    } else if (strcmp(attack, "flood") == 0) {
        flood();
    } else if (strcmp(attack, "answers") == 0) {
        // Asks for megabytes on a socket of its own that it does not read either.
        int ends[2] = {-1, -1};
        if (!martlet_wire_pair(ends) || !send_sync(ends[1])) {
            return 1;
        }
        while (send_envelope(MARTLET_ENVELOPE_SEND_SYNC)) {
        }
    } else if (strcmp(attack, "deaf") == 0) {
        // Each is answered with a megabyte that is never read.
        while (send_envelope(MARTLET_ENVELOPE_INVOKE)) {
        }
    } else {
        fprintf(stderr, "no attack is called '%s'\n", attack);
        return 1;
    }
    // Stays until it is dropped, so that the end is not its own.
    struct pollfd dropped = {.fd = lane};
    poll(&dropped, 1, 60 * 1000);
    return 0;
}
