// Baseline of the bridge benchmark: the cost of a bridged call if it were native. This web-process extension
// gives the page the smallest function that jsc_value_new_function makes. It is loaded beside Martlet's in
// the benchmark's own folder.

#include <webkit/webkit-web-process-extension.h>

static double same(double value, void *data) { return value; }

static void cleared(WebKitScriptWorld *world, WebKitWebPage *page, WebKitFrame *frame, void *data) {
    JSCContext *context = webkit_frame_get_js_context_for_script_world(frame, world);
    JSCValue *function = jsc_value_new_function(context, "native", G_CALLBACK(same), NULL, NULL,
                                                G_TYPE_DOUBLE, 1, G_TYPE_DOUBLE);
    jsc_context_set_value(context, "native", function);
    g_object_unref(function);
    g_object_unref(context);
}

G_MODULE_EXPORT void webkit_web_process_extension_initialize(WebKitWebProcessExtension *extension) {
    g_signal_connect(webkit_script_world_get_default(), "window-object-cleared", G_CALLBACK(cleared), NULL);
}
