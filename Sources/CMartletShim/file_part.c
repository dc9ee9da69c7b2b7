#include "CMartletShim.h"

#define MARTLET_TYPE_FILE_PART (martlet_file_part_get_type())
G_DECLARE_FINAL_TYPE(MartletFilePart, martlet_file_part, MARTLET, FILE_PART, GFilterInputStream)

/// Part of a file as a stream, with back-pressure. WebKit reads a stream to its end as fast as it can, and
/// keeps in this process what the page has not taken yet. The stream therefore ends after its part, and
/// pauses now and then until the page has answered.
struct _MartletFilePart {
    GFilterInputStream parent;
    goffset left;
    GWeakRef view;
    /// Bytes read since the page last answered.
    gsize unheard;
    /// Ends the wait for a page that does not answer: it may be blocked on this very request.
    guint timer;
    /// The read in progress, and its buffer.
    GTask *task;
    void *buffer;
    gsize count;
};

static const gsize unheard_limit = 4 << 20;
static const guint longest_wait = 200;

G_DEFINE_FINAL_TYPE(MartletFilePart, martlet_file_part, G_TYPE_FILTER_INPUT_STREAM)

static gssize martlet_file_part_read(GInputStream *stream, void *buffer, gsize count,
                                     GCancellable *cancellable, GError **error) {
    MartletFilePart *self = MARTLET_FILE_PART(stream);
    gsize most = (gsize)MIN((goffset)count, self->left);
    gssize got =
        most == 0 ? 0 : g_input_stream_read(self->parent.base_stream, buffer, most, cancellable, error);
    self->left -= MAX(got, 0);
    return got;
}

static gssize martlet_file_part_skip(GInputStream *stream, gsize count, GCancellable *cancellable,
                                     GError **error) {
    MartletFilePart *self = MARTLET_FILE_PART(stream);
    gsize most = (gsize)MIN((goffset)count, self->left);
    gssize got = most == 0 ? 0 : g_input_stream_skip(self->parent.base_stream, most, cancellable, error);
    self->left -= MAX(got, 0);
    return got;
}

static void was_read(GObject *file, GAsyncResult *result, gpointer data) {
    g_autoptr(GTask) task = data;
    MartletFilePart *self = g_task_get_source_object(task);
    GError *error = NULL;
    gssize got = g_input_stream_read_finish(G_INPUT_STREAM(file), result, &error);
    self->left -= MAX(got, 0);
    if (got < 0) {
        g_task_return_error(task, error);
    } else {
        g_task_return_int(task, got);
    }
}

// Uses the file's own asynchronous read, which runs on one of GIO's threads.
static void go_on(MartletFilePart *self) {
    GTask *task = g_steal_pointer(&self->task);
    gsize most = (gsize)MIN((goffset)self->count, self->left);
    g_input_stream_read_async(self->parent.base_stream, self->buffer, most, g_task_get_priority(task),
                              g_task_get_cancellable(task), was_read, task);
}

static gboolean waited_in_vain(gpointer data) {
    MartletFilePart *self = data;
    self->timer = 0;
    go_on(self);
    return G_SOURCE_REMOVE;
}

static void heard(GObject *view, GAsyncResult *result, gpointer data) {
    g_autoptr(MartletFilePart) self = data;
    g_autoptr(WebKitUserMessage) answer =
        webkit_web_view_send_message_to_page_finish(WEBKIT_WEB_VIEW(view), result, NULL);
    if (self->timer == 0) {
        return;
    }
    g_source_remove(self->timer);
    self->timer = 0;
    go_on(self);
}

static void martlet_file_part_read_async(GInputStream *stream, void *buffer, gsize count, int priority,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer data) {
    MartletFilePart *self = MARTLET_FILE_PART(stream);
    self->task = g_task_new(stream, cancellable, callback, data);
    g_task_set_priority(self->task, priority);
    self->buffer = buffer;
    self->count = count;
    self->unheard += count;
    g_autoptr(WebKitWebView) view = g_weak_ref_get(&self->view);
    if (self->unheard <= unheard_limit || view == NULL) {
        go_on(self);
        return;
    }
    self->unheard = 0;
    self->timer = g_timeout_add_full(G_PRIORITY_DEFAULT, longest_wait, waited_in_vain, g_object_ref(self),
                                     g_object_unref);
    // The message has no handler, so WebKit answers it itself in the page's process, after everything sent
    // before.
    webkit_web_view_send_message_to_page(view, webkit_user_message_new("heard", NULL), NULL, heard,
                                         g_object_ref(self));
}

static gssize martlet_file_part_read_finish(GInputStream *stream, GAsyncResult *result, GError **error) {
    return g_task_propagate_int(G_TASK(result), error);
}

static void martlet_file_part_finalize(GObject *object) {
    MartletFilePart *self = MARTLET_FILE_PART(object);
    g_weak_ref_clear(&self->view);
    G_OBJECT_CLASS(martlet_file_part_parent_class)->finalize(object);
}

static void martlet_file_part_class_init(MartletFilePartClass *class) {
    G_OBJECT_CLASS(class)->finalize = martlet_file_part_finalize;
    G_INPUT_STREAM_CLASS(class)->read_fn = martlet_file_part_read;
    G_INPUT_STREAM_CLASS(class)->skip = martlet_file_part_skip;
    G_INPUT_STREAM_CLASS(class)->read_async = martlet_file_part_read_async;
    G_INPUT_STREAM_CLASS(class)->read_finish = martlet_file_part_read_finish;
}

static void martlet_file_part_init(MartletFilePart *self) { g_weak_ref_init(&self->view, NULL); }

GInputStream *martlet_file_part_new(int descriptor, goffset start, goffset length, WebKitWebView *view) {
    g_autofree char *link = martlet_file_link(descriptor);
    g_autoptr(GFile) path = g_file_new_for_path(link);
    g_autoptr(GFileInputStream) file = g_file_read(path, NULL, NULL);
    if (file == NULL || !g_seekable_seek(G_SEEKABLE(file), start, G_SEEK_SET, NULL, NULL)) {
        return NULL;
    }
    MartletFilePart *part = g_object_new(MARTLET_TYPE_FILE_PART, "base-stream", file, NULL);
    part->left = length;
    g_weak_ref_set(&part->view, view);
    return G_INPUT_STREAM(part);
}
