// Makes a web process lie about its frames. It is loaded before everything else (LD_PRELOAD), and is called
// instead of WebKit when Martlet's renderer extension announces a frame's document. It falsifies the
// announcement if the document's address, or its frame's name, contains `lie=`. WebKit also loads it as an
// extension, which does nothing. It is not part of any product.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <webkit/webkit-web-process-extension.h>

static const char own_origin[] = "app://dev.martlet.tests.IpcTestApp";
static const char own_page[] = "app://dev.martlet.tests.IpcTestApp/frames/one.html";

void webkit_web_process_extension_initialize(WebKitWebProcessExtension *extension) {}

static GVariant *lie(GVariant *told) {
    if (!g_variant_is_of_type(told, G_VARIANT_TYPE("(utbtsss)"))) {
        return told;
    }
    guint32 name;
    guint64 frame, parent;
    gboolean is_main;
    const char *url, *origin, *frame_name;
    g_variant_get(told, "(utbt&s&s&s)", &name, &frame, &is_main, &parent, &url, &origin, &frame_name);
    // A document of another origin claims to be the app's page, or to have the app's origin.
    if (strstr(url, "lie=main") || strstr(frame_name, "lie=main")) {
        return g_variant_new("(utbtsss)", name, frame, TRUE, (guint64)0, own_page, own_origin, "");
    }
    if (strstr(url, "lie=origin")) {
        return g_variant_new("(utbtsss)", name, frame, is_main, parent, url, own_origin, frame_name);
    }
    return told;
}

WebKitUserMessage *webkit_user_message_new_with_fd_list(const char *name, GVariant *parameters,
                                                        GUnixFDList *list) {
    static WebKitUserMessage *(*original)(const char *, GVariant *, GUnixFDList *);
    if (!original) {
        original = dlsym(RTLD_NEXT, "webkit_user_message_new_with_fd_list");
    }
    return original(name, strcmp(name, "frame") == 0 ? lie(parameters) : parameters, list);
}
