#include "CMartletShim.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

// GtkFileChooserNative is deprecated since 4.10 and present in every 4.x; its successor does not exist in
// 4.8.
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

GtkFileChooserNative *martlet_file_chooser_native_new(const char *title, GtkWindow *parent,
                                                      GtkFileChooserAction action, const char *accept_label) {
    return gtk_file_chooser_native_new(title, parent, action, accept_label, NULL);
}

gboolean martlet_file_chooser_set_folder(GtkFileChooserNative *chooser, const char *path, GError **error) {
    GFile *folder = g_file_new_for_path(path);
    gboolean done = gtk_file_chooser_set_current_folder(GTK_FILE_CHOOSER(chooser), folder, error);
    g_object_unref(folder);
    return done;
}

char **martlet_file_chooser_paths(GtkFileChooserNative *chooser) {
    GListModel *files = gtk_file_chooser_get_files(GTK_FILE_CHOOSER(chooser));
    GStrvBuilder *builder = g_strv_builder_new();
    for (guint i = 0; i < g_list_model_get_n_items(files); i++) {
        GFile *file = G_FILE(g_list_model_get_item(files, i));
        char *path = g_file_get_path(file);
        if (path != NULL) {
            g_strv_builder_add(builder, path);
        }
        g_free(path);
        g_object_unref(file);
    }
    g_object_unref(files);
    char **paths = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return paths;
}

void martlet_file_chooser_set_multiple(GtkFileChooserNative *chooser, gboolean multiple) {
    gtk_file_chooser_set_select_multiple(GTK_FILE_CHOOSER(chooser), multiple);
}

void martlet_file_chooser_add_filter(GtkFileChooserNative *chooser, GtkFileFilter *filter) {
    gtk_file_chooser_add_filter(GTK_FILE_CHOOSER(chooser), filter);
    g_object_unref(filter);
}

// So is GtkMessageDialog, whose successor is of 4.10.
GtkWindow *martlet_error_box_new(GtkWindow *parent, const char *title, const char *content) {
    GtkWidget *box =
        gtk_message_dialog_new(parent, GTK_DIALOG_MODAL, GTK_MESSAGE_ERROR, GTK_BUTTONS_OK, "%s", title);
    gtk_message_dialog_format_secondary_text(GTK_MESSAGE_DIALOG(box), "%s", content);
    gtk_window_set_title(GTK_WINDOW(box), title);
    return GTK_WINDOW(box);
}

G_GNUC_END_IGNORE_DEPRECATIONS

gulong martlet_native_x11_id(GtkNative *native) {
    GdkSurface *surface = gtk_native_get_surface(native);
#ifdef GDK_WINDOWING_X11
    if (surface != NULL && GDK_IS_X11_SURFACE(surface)) {
        return gdk_x11_surface_get_xid(surface);
    }
#endif
    return 0;
}

GtkWidget *martlet_open_popover(GtkWidget *widget) {
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child)) {
        if (GTK_IS_POPOVER(child) && gtk_widget_get_mapped(child)) {
            return child;
        }
        GtkWidget *found = martlet_open_popover(child);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

// GTK names a menu item by its label, but a label with the role "presentation" names nothing, and ignores a
// name set on it. Its role is therefore set to "label" first.
static void make_label(GtkWidget *widget) {
    if (gtk_accessible_get_accessible_role(GTK_ACCESSIBLE(widget)) != GTK_ACCESSIBLE_ROLE_PRESENTATION) {
        return;
    }
    g_object_set(widget, "accessible-role", GTK_ACCESSIBLE_ROLE_LABEL, NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   gtk_label_get_text(GTK_LABEL(widget)), -1);
}

void martlet_name_menu_items(GtkWidget *widget) {
    for (GtkWidget *child = gtk_widget_get_first_child(widget); child != NULL;
         child = gtk_widget_get_next_sibling(child)) {
        if (GTK_IS_LABEL(child) && g_strcmp0(gtk_widget_get_css_name(child), "accelerator") != 0) {
            make_label(child);
        }
        martlet_name_menu_items(child);
    }
}
