#define _GNU_SOURCE
#include "CShim.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// Where the kernel shows what is open.
static char *link_of(int descriptor) { return g_strdup_printf("/proc/self/fd/%d", descriptor); }

int martlet_file_open(const char *path, char **real, goffset *size) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0)
        return -1;
    g_autofree char *link = link_of(descriptor);
    struct stat info;
    if (fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && (*real = g_file_read_link(link, NULL)) != NULL) {
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

// MARK: A part of a stream

#define MARTLET_TYPE_FIRST_BYTES (martlet_first_bytes_get_type())
G_DECLARE_FINAL_TYPE(MartletFirstBytes, martlet_first_bytes, MARTLET, FIRST_BYTES, GFilterInputStream)

struct _MartletFirstBytes {
    GFilterInputStream parent;
    goffset left;
};

G_DEFINE_FINAL_TYPE(MartletFirstBytes, martlet_first_bytes, G_TYPE_FILTER_INPUT_STREAM)

// GIO calls it on a thread of its own for a reader that does not wait.
static gssize martlet_first_bytes_read(GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                                       GError **error) {
    MartletFirstBytes *self = MARTLET_FIRST_BYTES(stream);
    gsize most = (gsize)MIN((goffset)count, self->left);
    gssize got = most == 0 ? 0 : g_input_stream_read(self->parent.base_stream, buffer, most, cancellable, error);
    self->left -= MAX(got, 0);
    return got;
}

static gssize martlet_first_bytes_skip(GInputStream *stream, gsize count, GCancellable *cancellable, GError **error) {
    MartletFirstBytes *self = MARTLET_FIRST_BYTES(stream);
    gsize most = (gsize)MIN((goffset)count, self->left);
    gssize got = most == 0 ? 0 : g_input_stream_skip(self->parent.base_stream, most, cancellable, error);
    self->left -= MAX(got, 0);
    return got;
}

static void martlet_first_bytes_class_init(MartletFirstBytesClass *class) {
    G_INPUT_STREAM_CLASS(class)->read_fn = martlet_first_bytes_read;
    G_INPUT_STREAM_CLASS(class)->skip = martlet_first_bytes_skip;
}

static void martlet_first_bytes_init(MartletFirstBytes *self) { (void)self; }

GInputStream *martlet_file_part(int descriptor, goffset start, goffset length) {
    g_autofree char *link = link_of(descriptor);
    g_autoptr(GFile) path = g_file_new_for_path(link);
    g_autoptr(GFileInputStream) file = g_file_read(path, NULL, NULL);
    if (file == NULL || !g_seekable_seek(G_SEEKABLE(file), start, G_SEEK_SET, NULL, NULL))
        return NULL;
    MartletFirstBytes *part = g_object_new(MARTLET_TYPE_FIRST_BYTES, "base-stream", file, NULL);
    part->left = length;
    return G_INPUT_STREAM(part);
}
