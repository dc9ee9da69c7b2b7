// The little C there must be: what Swift cannot import (variadics, macros, GSource vtables, construct-only
// properties) and calls whose spelling depends on the GTK version.
#pragma once

#include "../../CMartletWebKit/shim.h"

G_BEGIN_DECLS

/// Drains libdispatch's main queue, which is Swift's main actor, from GLib's default main context.
/// Call once, on the main thread, before the loop runs. Returns FALSE when already installed.
gboolean martlet_main_queue_attach(void);

/// The number of the default main context's turn; it stands still until martlet_turn_end_wanted was called
/// once.
guint martlet_turn(void);

/// Has `run`, always the same function, called once, as soon as what is being dispatched now is done. Main
/// thread only.
void martlet_turn_end_wanted(void (*_Nonnull run)(void));

/// The path of the executable or the library that this function is linked into; free with g_free.
char *_Nonnull martlet_module_path(void);

/// Gives the memory that was freed back to the system, where the C library keeps it.
void martlet_return_freed_memory(void);

/// Makes standard output reach its reader line by line, a pipe or a file too, as Node's console does.
void martlet_line_buffer_output(void);

/// One line of the structured log (domain "Martlet"): never interprets `message` as a format.
void martlet_log(GLogLevelFlags level, const char *_Nonnull domain, const char *_Nonnull message);

/// `type` must be a GObject type whose properties `names` take the objects or strings in `values`.
WebKitWebView *_Nonnull martlet_web_view_new(WebKitWebContext *_Nonnull context,
                                             WebKitNetworkSession *_Nonnull session,
                                             WebKitUserContentManager *_Nonnull manager,
                                             const char *_Nullable content_security_policy);

/// `{ name: value }` as a{sv} with string values, floating.
GVariant *_Nonnull martlet_variant_strings(const char *_Nonnull const *_Nonnull names,
                                           const char *_Nonnull const *_Nonnull values, gsize count);

/// Holds on to the regular file at `path`, without opening it for reading: that may wait for a pipe's other
/// end, or move a tape. Gives a descriptor of it, where the kernel has it with every symlink resolved (free
/// `real` with g_free), and its size; -1 when there is no such file.
int martlet_file_open(const char *_Nonnull path, char *_Nullable *_Nonnull real, goffset *_Nonnull size);

/// Whether `path` leads to the file that is held.
gboolean martlet_file_is_at(int descriptor, const char *_Nonnull path);

/// Where the kernel shows what is open; free with g_free.
char *_Nonnull martlet_file_link(int descriptor);

/// The `length` bytes of a file that is held from `start` on, or as many as there are (transfer full); NULL
/// when it may not be read. Needs the descriptor no longer. Where it is read for the page in `view`, without
/// waiting, it comes no faster than that page takes it.
GInputStream *_Nullable martlet_file_part_new(int descriptor, goffset start, goffset length,
                                              WebKitWebView *_Nullable view);

/// The native file chooser: the portal's where there is one, GTK's elsewhere.
GtkFileChooserNative *_Nonnull martlet_file_chooser_native_new(const char *_Nullable title,
                                                               GtkWindow *_Nullable parent,
                                                               GtkFileChooserAction action,
                                                               const char *_Nullable accept_label);
/// The folder in which the chooser opens.
gboolean martlet_file_chooser_set_folder(GtkFileChooserNative *_Nonnull chooser, const char *_Nonnull path,
                                         GError *_Nullable *_Nullable error);
/// The paths chosen, NULL-terminated; free with g_strfreev.
char *_Nullable *_Nonnull martlet_file_chooser_paths(GtkFileChooserNative *_Nonnull chooser);
void martlet_file_chooser_set_multiple(GtkFileChooserNative *_Nonnull chooser, gboolean multiple);
/// Takes the filter.
void martlet_file_chooser_add_filter(GtkFileChooserNative *_Nonnull chooser, GtkFileFilter *_Nonnull filter);

/// The process that made the other end of a connected Unix socket; -1 when `descriptor` is none.
int martlet_socket_peer(int descriptor);

/// The number, on an X server, of the window or popover that `widget` is in, or is; 0 when there is none.
gulong martlet_native_x11_id(GtkNative *_Nonnull native);

/// The popover that is open below `widget`, if any (transfer none).
GtkWidget *_Nullable martlet_open_popover(GtkWidget *_Nonnull widget);

/// Gives the items of the menu bar `widget` their names for assistive technology, before that first looks at
/// them. GTK 4.18 says that an item is named by its label, and that this label is mere decoration, which
/// names nothing.
void martlet_name_menu_items(GtkWidget *_Nonnull widget);

/// Whether `widget` puts anything on the screen: a web view does not before its first frame has come.
gboolean martlet_widget_is_drawn(GtkWidget *_Nonnull widget);

/// Whether all that `widget` has on the screen has one colour.
gboolean martlet_widget_has_one_colour(GtkWidget *_Nonnull widget);

typedef void martlet_answer(gboolean answer, void *_Nonnull data);

/// Whether the page in `view`, drawn anew in its own process, has one colour, or cannot be drawn. `answer` is
/// called once, on this thread.
void martlet_page_has_one_colour(WebKitWebView *_Nonnull view, martlet_answer *_Nonnull answer,
                                 void *_Nonnull data);

/// The window's contents as GTK drew them last, as a PNG (transfer full); NULL when nothing has been drawn
/// yet.
GBytes *_Nullable martlet_window_png(GtkWindow *_Nonnull window);

G_END_DECLS
