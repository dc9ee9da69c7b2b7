// Floor A of the IPC benchmark: the minimum that a WebKitGTK program needs to talk with its page. It uses
// script messages with a reply, whose values are echoed unchanged; evaluate_javascript to the page; and a
// custom scheme for synchronous requests.
//
// usage: ipc FOLDER    serves FOLDER's files; its floor.html runs the measures and reports the end

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <webkit/webkit.h>

static const char *folder;
static WebKitWebView *view;
static gboolean done;

// Arrival times of echoed calls: the page's own clock has a resolution of one millisecond.
static double stamps[1 << 16];
static unsigned stamp_count;
static double push_began;

static double microseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void stamp(void) {
    if (stamp_count < G_N_ELEMENTS(stamps)) {
        stamps[stamp_count++] = microseconds();
    }
}

static int compare(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static gboolean echo(WebKitUserContentManager *content, JSCValue *value, WebKitScriptMessageReply *reply,
                     void *data) {
    stamp();
    webkit_script_message_reply_return_value(reply, value);
    return TRUE;
}

static void begin(WebKitUserContentManager *content, JSCValue *value, void *data) { stamp_count = 0; }

// Prints the page's figures, `"name":…,"count":…,"milliseconds":…`, and those from the stamps.
static void end(WebKitUserContentManager *content, JSCValue *value, void *data) {
    char *text = jsc_value_to_string(value);
    printf("{%s", text);
    g_free(text);
    if (stamp_count > 1) {
        unsigned count = stamp_count - 1;
        for (unsigned index = 0; index < count; index++) {
            stamps[index] = stamps[index + 1] - stamps[index];
        }
        qsort(stamps, count, sizeof *stamps, compare);
        printf(",\"p50\":%.2f,\"p99\":%.2f", stamps[count / 2], stamps[count * 99 / 100]);
    }
    printf("}\n");
}

static void push(WebKitUserContentManager *content, JSCValue *value, void *data) {
    int count = jsc_value_to_int32(value);
    push_began = microseconds();
    for (int index = 0; index < count; index++) {
        webkit_web_view_evaluate_javascript(view, "pushed({\"id\":1,\"text\":\"hello\"})", -1, NULL, NULL,
                                            NULL, NULL, NULL);
    }
}

static void pushed(WebKitUserContentManager *content, JSCValue *value, void *data) {
    int count = jsc_value_to_int32(value);
    printf("{\"name\":\"push\",\"count\":%d,\"milliseconds\":%.3f}\n", count,
           (microseconds() - push_began) / 1e3);
}

static void finish(WebKitUserContentManager *content, JSCValue *value, void *data) { done = TRUE; }

static void answer(WebKitURISchemeRequest *request, void *data) {
    const char *path = webkit_uri_scheme_request_get_path(request);
    GInputStream *body;
    const char *type = "text/plain";
    if (strcmp(path, "/sync") == 0) {
        stamp();
        body = webkit_uri_scheme_request_get_http_body(request);
        GBytes *bytes = g_input_stream_read_bytes(body, 1 << 20, NULL, NULL);
        g_object_unref(body);
        body = g_memory_input_stream_new_from_bytes(bytes);
        g_bytes_unref(bytes);
    } else {
        char *file = g_build_filename(folder, path, NULL);
        char *text = NULL;
        gsize length = 0;
        g_file_get_contents(file, &text, &length, NULL);
        g_free(file);
        type = g_str_has_suffix(path, ".js") ? "text/javascript" : "text/html";
        body = g_memory_input_stream_new_from_data(text, length, g_free);
    }
    webkit_uri_scheme_request_finish(request, body, -1, type);
    g_object_unref(body);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    setvbuf(stdout, NULL, _IOLBF, 0);
    gtk_init();

    webkit_web_context_register_uri_scheme(webkit_web_context_get_default(), "floor", answer, NULL, NULL);
    WebKitUserContentManager *content = webkit_user_content_manager_new();
    g_signal_connect(content, "script-message-with-reply-received::echo", G_CALLBACK(echo), NULL);
    webkit_user_content_manager_register_script_message_handler_with_reply(content, "echo", NULL);
    const struct {
        const char *signal;
        void (*handler)(WebKitUserContentManager *, JSCValue *, void *);
    } handlers[] = {{"begin", begin}, {"end", end}, {"push", push}, {"pushed", pushed}, {"finish", finish}};
    for (unsigned index = 0; index < G_N_ELEMENTS(handlers); index++) {
        char *signal = g_strconcat("script-message-received::", handlers[index].signal, NULL);
        g_signal_connect(content, signal, G_CALLBACK(handlers[index].handler), NULL);
        webkit_user_content_manager_register_script_message_handler(content, handlers[index].signal, NULL);
        g_free(signal);
    }

    GtkWidget *window = gtk_window_new();
    view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "user-content-manager", content, NULL);
    gtk_window_set_default_size(GTK_WINDOW(window), 800, 600);
    gtk_window_set_child(GTK_WINDOW(window), GTK_WIDGET(view));
    gtk_window_present(GTK_WINDOW(window));
    webkit_web_view_load_uri(view, "floor://app/floor.html");
    while (!done) {
        g_main_context_iteration(NULL, TRUE);
    }
    return 0;
}
