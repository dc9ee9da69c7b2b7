#define _GNU_SOURCE
#include "hostile-memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int hostile_memory(const void *bytes, size_t length, int seals) {
    int descriptor = memfd_create("martlet", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (write(descriptor, bytes, length) != (ssize_t)length || fcntl(descriptor, F_ADD_SEALS, seals) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}
