// Swift's main actor runs on libdispatch's main queue, which GTK's loop does not know. This source watches
// the queue's eventfd and drains the queue. The eventfd is read BEFORE the drain: the other order loses
// wake-ups, and not reading at all spins (both measured on Swift 6.3.1).
#include "CMartletShim.h"

#include <unistd.h>

extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *message);

typedef struct {
    GSource base;
    gpointer tag;
    int fd;
} MainQueueSource;

static gboolean check(GSource *source) {
    MainQueueSource *self = (MainQueueSource *)source;
    return (g_source_query_unix_fd(source, self->tag) & G_IO_IN) != 0;
}

static gboolean dispatch(GSource *source, GSourceFunc callback, gpointer data) {
    (void)callback;
    (void)data;
    guint64 pending;
    ssize_t count = read(((MainQueueSource *)source)->fd, &pending, sizeof pending);
    (void)count; // EAGAIN: another reader has already emptied it.
    _dispatch_main_queue_callback_4CF(NULL);
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = {NULL, check, dispatch, NULL, NULL, NULL};

gboolean martlet_main_queue_attach(void) {
    static gboolean attached = FALSE;
    if (attached) {
        return FALSE;
    }
    attached = TRUE;
    GSource *source = g_source_new(&functions, sizeof(MainQueueSource));
    MainQueueSource *self = (MainQueueSource *)source;
    self->fd = _dispatch_get_main_queue_handle_4CF();
    self->tag = g_source_add_unix_fd(source, self->fd, G_IO_IN);
    g_source_set_static_name(source, "Swift main actor");
    g_source_attach(source, NULL);
    g_source_unref(source);
    return TRUE;
}
