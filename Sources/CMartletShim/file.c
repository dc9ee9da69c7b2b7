#define _GNU_SOURCE
#include "CMartletShim.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

char *martlet_file_link(int descriptor) { return g_strdup_printf("/proc/self/fd/%d", descriptor); }

int martlet_file_open(const char *path, char **real, goffset *size) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) {
        return -1;
    }
    g_autofree char *link = martlet_file_link(descriptor);
    struct stat info;
    if (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) &&
        (*real = g_file_read_link(link, NULL)) != NULL) {
        *size = info.st_size;
        return descriptor;
    }
    close(descriptor);
    return -1;
}

gboolean martlet_file_is_at(int descriptor, const char *path) {
    struct stat file, other;
    return fstat(descriptor, &file) == 0 && stat(path, &other) == 0 && file.st_dev == other.st_dev &&
           file.st_ino == other.st_ino;
}
