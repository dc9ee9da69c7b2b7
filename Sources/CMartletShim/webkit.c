#include "CMartletShim.h"

WebKitWebView *martlet_web_view_new(WebKitWebContext *context, WebKitNetworkSession *session,
                                    WebKitUserContentManager *manager, const char *content_security_policy) {
    return WEBKIT_WEB_VIEW(g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session",
                                        session, "user-content-manager", manager,
                                        "default-content-security-policy", content_security_policy, NULL));
}
