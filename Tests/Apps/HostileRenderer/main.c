// A renderer that means harm: one attack on the lane that it was given as descriptor 3. Ends when it was dropped, or
// after two seconds.
#define _GNU_SOURCE
#include "wire.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { lane = 3, attack_seconds = 2 };

/// [channel] in V8's format: ["hostile"].
static const unsigned char payload[] = {0xFF, 15, 'A', 1, '"', 7, 'h', 'o', 's', 't', 'i', 'l', 'e', '$', 0, 1};

static bool send_packet(const void *bytes, size_t length, const int *descriptors, size_t count) {
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    return martlet_wire_send(lane, &part, 1, descriptors, count, true) == 0;
}

static bool send_header(martlet_frame_header header, const int *descriptors, size_t count) {
    return send_packet(&header, sizeof header, descriptors, count);
}

static bool send_frame(uint8_t kind) {
    unsigned char packet[sizeof(martlet_frame_header) + sizeof payload];
    martlet_frame_header header = {.kind = kind, .length = sizeof payload};
    memcpy(packet, &header, sizeof header);
    memcpy(packet + sizeof header, payload, sizeof payload);
    return send_packet(packet, sizeof packet, NULL, 0);
}

static bool send_sync(int answers) {
    unsigned char packet[sizeof(martlet_frame_header) + sizeof payload];
    martlet_frame_header header = {.kind = MARTLET_FRAME_SEND_SYNC, .ports = 1, .length = sizeof payload};
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
        send_header((martlet_frame_header){.kind = MARTLET_FRAME_SEND, .flags = MARTLET_FLAG_MEMORY, .length = 1 << 20},
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
    while (send_header((martlet_frame_header){.kind = MARTLET_FRAME_SEND}, all, MARTLET_DESCRIPTOR_LIMIT)) {
    }
}

int main(int count, char **arguments) {
    const char *attack = count > 1 ? arguments[1] : "";
    time_t end = time(NULL) + attack_seconds;
    if (strcmp(attack, "garbage") == 0) {
        garbage();
    } else if (strcmp(attack, "half") == 0) {
        send_packet("half", 4, NULL, 0);
    } else if (strcmp(attack, "length") == 0) {
        send_header((martlet_frame_header){.kind = MARTLET_FRAME_SEND, .length = 0xFFFFFFF0}, NULL, 0);
    } else if (strcmp(attack, "unsealed") == 0) {
        unsealed(false);
    } else if (strcmp(attack, "shrinking") == 0) {
        unsealed(true);
    } else if (strcmp(attack, "descriptors") == 0) {
        descriptors();
    } else if (strcmp(attack, "flood") == 0) {
        while (time(NULL) < end && send_frame(MARTLET_FRAME_SEND)) {
        }
    } else if (strcmp(attack, "answers") == 0) {
        // Asks for megabytes on a socket of its own that it does not read either.
        int ends[2] = {-1, -1};
        if (!martlet_wire_pair(ends) || !send_sync(ends[1])) {
            return 1;
        }
        while (send_frame(MARTLET_FRAME_SEND_SYNC)) {
        }
    } else if (strcmp(attack, "deaf") == 0) {
        // Each is answered with a megabyte that nobody reads.
        while (send_frame(MARTLET_FRAME_INVOKE)) {
        }
    } else {
        fprintf(stderr, "no attack is called '%s'\n", attack);
        return 1;
    }
    // Stays until it is dropped, so that the end is not its own.
    struct pollfd dropped = {.fd = lane};
    if (strcmp(attack, "flood") != 0) {
        poll(&dropped, 1, 60 * 1000);
    }
    return 0;
}
