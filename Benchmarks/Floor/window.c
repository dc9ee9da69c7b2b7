// Floor A: the minimum of a GTK window with a WebKitGTK page. It loads one local page, whose script sends one
// message and gets one reply, and prints the time of the reply. Martlet's cost is measured against it.
//
// usage: window PAGE [WINDOWS]

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <webkit/webkit.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static double began;

static gboolean answer(WebKitUserContentManager *content, JSCValue *value, WebKitScriptMessageReply *reply,
                       void *data) {
    JSCValue *same = jsc_value_new_number(jsc_value_get_context(value), jsc_value_to_double(value));
    webkit_script_message_reply_return_value(reply, same);
    g_object_unref(same);
    return TRUE;
}

// The page reports the time of its reply, in milliseconds since 1970.
static void report(WebKitUserContentManager *content, JSCValue *value, void *data) {
    double replied = jsc_value_to_double(value);
    printf("first reply %.0f (%.0f ms after main)\n", replied, replied - began);
    fflush(stdout);
}

static void open_window(const char *page) {
    WebKitUserContentManager *content = webkit_user_content_manager_new();
    g_signal_connect(content, "script-message-with-reply-received::echo", G_CALLBACK(answer), NULL);
    g_signal_connect(content, "script-message-received::replied", G_CALLBACK(report), NULL);
    webkit_user_content_manager_register_script_message_handler_with_reply(content, "echo", NULL);
    webkit_user_content_manager_register_script_message_handler(content, "replied", NULL);

    GtkWidget *window = gtk_window_new();
    GtkWidget *view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", content, NULL);
    gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
    gtk_window_set_child(GTK_WINDOW(window), view);
    gtk_window_present(GTK_WINDOW(window));

    GFile *file = g_file_new_for_commandline_arg(page);
    char *uri = g_file_get_uri(file);
    webkit_web_view_load_uri(WEBKIT_WEB_VIEW(view), uri);
    g_free(uri);
    g_object_unref(file);
}

int main(int argc, char **argv) {
    began = now();
    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: %s PAGE [WINDOWS]\n", argv[0]);
        return 2;
    }
    gtk_init();
    for (int windows = argc == 3 ? atoi(argv[2]) : 1; windows > 0; windows--) {
        open_window(argv[1]);
    }

    while (g_list_model_get_n_items(gtk_window_get_toplevels()) > 0) {
        g_main_context_iteration(NULL, TRUE);
    }
    return 0;
}
