// C helpers for what Swift cannot import (variadics, macros, GSource vtables, construct-only properties), and
// for calls whose spelling depends on the GTK version.
#pragma once

#include "../../CMartletWebKit/shim.h"

G_BEGIN_DECLS

/// Drains libdispatch's main queue, which is Swift's main actor, from GLib's default main context. Call once,
/// on the main thread, before the loop runs. Returns FALSE when already installed.
gboolean martlet_main_queue_attach(void);

/// Number of the current turn of the default main context. It does not count before the first
/// martlet_turn_end_wanted.
guint martlet_turn(void);

/// Calls `run` once, as soon as the current dispatch is done. `run` must be the same function each time. Main
/// thread only.
void martlet_turn_end_wanted(void (*_Nonnull run)(void));

/// Path of the executable or the library that this function is linked into; free with g_free.
char *_Nonnull martlet_module_path(void);

/// Returns freed memory to the system, where the C library would keep it (glibc).
void martlet_return_freed_memory(void);

/// Makes standard output line-buffered, also for a pipe or a file, as Node's console is.
void martlet_line_buffer_output(void);

/// Writes one entry to the structured log (domain "Martlet"). `message` is never interpreted as a format.
void martlet_log(GLogLevelFlags level, const char *_Nonnull domain, const char *_Nonnull message);

/// Makes a web view with these construct-only properties. `content_security_policy` is the default policy, or
/// NULL.
WebKitWebView *_Nonnull martlet_web_view_new(WebKitWebContext *_Nonnull context,
                                             WebKitNetworkSession *_Nonnull session,
                                             WebKitUserContentManager *_Nonnull manager,
                                             const char *_Nullable content_security_policy);

/// Disposes a web view, and the socket of its accessible tree before it.
void martlet_web_view_dispose(WebKitWebView *_Nonnull view);

/// Makes a floating a{sv} variant of `count` names and string values.
GVariant *_Nonnull martlet_variant_strings(const char *_Nonnull const *_Nonnull names,
                                           const char *_Nonnull const *_Nonnull values, gsize count);

/// Opens the regular file at `path` with O_PATH and not for reading, which could block on a pipe or move a
/// tape. Returns the descriptor, the file's path with every symlink resolved (free `real` with g_free) and
/// its size in bytes; -1 when there is no such file.
int martlet_file_open(const char *_Nonnull path, char *_Nullable *_Nonnull real, goffset *_Nonnull size);

/// Whether `path` still leads to the file that `descriptor` holds.
gboolean martlet_file_is_at(int descriptor, const char *_Nonnull path);

/// Path of a descriptor in /proc/self/fd; free with g_free.
char *_Nonnull martlet_file_link(int descriptor);

/// Stream of `length` bytes of a held file from `start` on, or fewer if the file ends before (transfer full).
/// Returns NULL when it cannot be read. The descriptor may be closed afterwards. If `view` is given,
/// asynchronous reads are limited to the speed at which its page takes them.
GInputStream *_Nullable martlet_file_part_new(int descriptor, goffset start, goffset length,
                                              WebKitWebView *_Nullable view);

/// Makes the native file chooser: the portal's if available, else GTK's.
GtkFileChooserNative *_Nonnull martlet_file_chooser_native_new(const char *_Nullable title,
                                                               GtkWindow *_Nullable parent,
                                                               GtkFileChooserAction action,
                                                               const char *_Nullable accept_label);
/// Sets the folder in which the chooser opens.
gboolean martlet_file_chooser_set_folder(GtkFileChooserNative *_Nonnull chooser, const char *_Nonnull path,
                                         GError *_Nullable *_Nullable error);
/// The chosen paths, NULL-terminated; free with g_strfreev.
char *_Nullable *_Nonnull martlet_file_chooser_paths(GtkFileChooserNative *_Nonnull chooser);
void martlet_file_chooser_set_multiple(GtkFileChooserNative *_Nonnull chooser, gboolean multiple);
/// Adds the filter and takes ownership of it.
void martlet_file_chooser_add_filter(GtkFileChooserNative *_Nonnull chooser, GtkFileFilter *_Nonnull filter);

/// Process id of the process that made the other end of a connected Unix socket; -1 when `descriptor` is not
/// one.
int martlet_socket_peer(int descriptor);

/// Makes a box that shows an error, with a button OK. It is modal to `parent`, which may be NULL.
GtkWindow *_Nonnull martlet_error_box_new(GtkWindow *_Nullable parent, const char *_Nonnull title,
                                          const char *_Nonnull content);

/// X11 window id of `native`, a window or popover; 0 when there is no X server.
gulong martlet_native_x11_id(GtkNative *_Nonnull native);

/// The open popover below `widget`, or NULL (transfer none).
GtkWidget *_Nullable martlet_open_popover(GtkWidget *_Nonnull widget);

/// Gives the items of the menu bar `widget` their accessible names. Call it before assistive technology first
/// reads them. GTK 4.18 says that an item is named by its label, but gives that label the role
/// "presentation", which names nothing.
void martlet_name_menu_items(GtkWidget *_Nonnull widget);

/// Whether `widget` draws anything. A web view draws nothing before its first frame has arrived.
gboolean martlet_widget_is_drawn(GtkWidget *_Nonnull widget);

/// Whether all pixels of `widget` on the screen have one colour.
gboolean martlet_widget_has_one_colour(GtkWidget *_Nonnull widget);

typedef void martlet_answer(gboolean answer, void *_Nonnull data);

/// Redraws the page in `view` in its own process, and reports whether it has one colour or cannot be drawn.
/// `answer` is called once, on this thread.
void martlet_page_has_one_colour(WebKitWebView *_Nonnull view, martlet_answer *_Nonnull answer,
                                 void *_Nonnull data);

/// The window's contents as GTK last drew them, as a PNG (transfer full); NULL when nothing has been drawn
/// yet.
GBytes *_Nullable martlet_window_png(GtkWindow *_Nonnull window);

G_END_DECLS
