// page [--world NAME] FILE...: runs the files, joined, as the body of a function in an isolated world of a
// WebKitGTK page, and prints the string that they return. For features that no engine shell has: DOM,
// structuredClone.
// cc page.c -o page $(pkg-config --cflags --libs webkitgtk-6.0)
#include <webkit/webkit.h>
#include <stdio.h>
#include <string.h>
static GMainLoop *loop;
static char *script;
static const char *world = "preload";
static int code;
static void done(GObject *o, GAsyncResult *r, gpointer d) {
    GError *e = NULL;
    JSCValue *v = webkit_web_view_call_async_javascript_function_finish(WEBKIT_WEB_VIEW(o), r, &e);
    if (e) {
        fprintf(stderr, "error: %s\n", e->message);
        code = 1;
    } else {
        char *s = jsc_value_to_string(v);
        puts(s);
        g_free(s);
    }
    g_main_loop_quit(loop);
}
static void changed(WebKitWebView *w, WebKitLoadEvent ev, gpointer d) {
    if (ev == WEBKIT_LOAD_FINISHED) {
        webkit_web_view_call_async_javascript_function(w, script, -1, NULL, world[0] ? world : NULL, NULL,
                                                       NULL, done, NULL);
    }
}
int main(int argc, char **argv) {
    gtk_init();
    GString *s = g_string_new("");
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--world")) {
            world = argv[++i];
            continue;
        }
        char *t;
        if (!g_file_get_contents(argv[i], &t, NULL, NULL)) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return 2;
        }
        g_string_append(s, t);
        g_string_append(s, "\n");
    }
    script = s->str;
    loop = g_main_loop_new(NULL, FALSE);
    WebKitWebView *w = WEBKIT_WEB_VIEW(webkit_web_view_new());
    webkit_settings_set_enable_write_console_messages_to_stdout(webkit_web_view_get_settings(w), TRUE);
    GtkWindow *win = GTK_WINDOW(gtk_window_new());
    gtk_window_set_child(win, GTK_WIDGET(w));
    gtk_window_present(win);
    g_signal_connect(w, "load-changed", G_CALLBACK(changed), NULL);
    webkit_web_view_load_html(w, "<body><canvas id=c></canvas><iframe srcdoc='<p>x'></iframe></body>",
                              "http://localhost/");
    g_main_loop_run(loop);
    return code;
}
