#define _GNU_SOURCE
#include "CMartletShim.h"

#include <dlfcn.h>

WebKitWebView *martlet_web_view_new(WebKitWebContext *context, WebKitNetworkSession *session,
                                    WebKitUserContentManager *manager, const char *content_security_policy) {
    return WEBKIT_WEB_VIEW(g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session",
                                        session, "user-content-manager", manager,
                                        "default-content-security-policy", content_security_policy, NULL));
}

void martlet_web_view_dispose(WebKitWebView *view) {
    // The page's accessible tree is a GtkAtSpiSocket, which asks the web process to embed it. If the view is
    // disposed while the answer is pending, the answer makes GTK 4.18 call a null pointer: the socket has no
    // parent then. Disposed itself, it does not wait for the answer. GTK has the function since 4.10.
    GtkAccessible *(*first_child)(GtkAccessible *) = (GtkAccessible * (*)(GtkAccessible *))
        dlsym(RTLD_DEFAULT, "gtk_accessible_get_first_accessible_child");
    GtkAccessible *child = first_child != NULL ? first_child(GTK_ACCESSIBLE(view)) : NULL;
    if (child != NULL) {
        if (!GTK_IS_WIDGET(child)) {
            g_object_run_dispose(G_OBJECT(child));
        }
        g_object_unref(child);
    }
    g_object_run_dispose(G_OBJECT(view));
}
