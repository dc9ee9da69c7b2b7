// Gives the hostile suite raw objects of the page's world in the preload's world, which no app has. WebKit
// loads this beside Martlet's renderer extension, from a folder that the test has made; it is not part of any
// product.
//
// Before the bridge runs, a frame's isolated world gets `probe`: `page`, the window object of the page's
// world, and two functions that evaluate a script not subject to a Content-Security-Policy: `inPage(source)`
// and `here(source)`.

#include <webkit/webkit-web-process-extension.h>

static void pass_on(JSCContext *context, JSCException *exception, void *data) {
    jsc_context_throw_exception(context, exception);
}

static JSCValue *evaluate(JSCContext *context, const char *source) {
    jsc_context_push_exception_handler(context, pass_on, NULL, NULL);
    JSCValue *value = jsc_context_evaluate(context, source, -1);
    jsc_context_pop_exception_handler(context);
    return value;
}

static JSCValue *here(const char *source, void *data) { return evaluate(jsc_context_get_current(), source); }

static JSCValue *in_page(const char *source, WebKitFrame *frame) {
    JSCContext *page = webkit_frame_get_js_context_for_script_world(frame, webkit_script_world_get_default());
    JSCValue *value = evaluate(page, source);
    JSCException *exception = jsc_context_get_exception(page);
    if (exception) {
        jsc_context_throw_with_name(jsc_context_get_current(), "ProbeError", jsc_exception_report(exception));
        jsc_context_clear_exception(page);
    }
    g_object_unref(page);
    return value;
}

static void add(JSCContext *context, JSCValue *object, const char *name, JSCValue *value) {
    jsc_value_object_set_property(object, name, value);
    g_object_unref(value);
}

static gboolean cleared(GSignalInvocationHint *hint, unsigned count, const GValue *arguments, void *data) {
    WebKitScriptWorld *world = g_value_get_object(&arguments[0]);
    WebKitFrame *frame = g_value_get_object(&arguments[2]);
    if (world == webkit_script_world_get_default() || !webkit_frame_is_main_frame(frame)) {
        return TRUE;
    }
    JSCContext *isolated = webkit_frame_get_js_context_for_script_world(frame, world);
    JSCContext *page = webkit_frame_get_js_context_for_script_world(frame, webkit_script_world_get_default());
    JSCValue *probe = jsc_value_new_object(isolated, NULL, NULL);
    add(isolated, probe, "page", jsc_context_get_global_object(page));
    add(isolated, probe, "inPage",
        jsc_value_new_function(isolated, "inPage", G_CALLBACK(in_page), g_object_ref(frame), g_object_unref,
                               JSC_TYPE_VALUE, 1, G_TYPE_STRING));
    add(isolated, probe, "here",
        jsc_value_new_function(isolated, "here", G_CALLBACK(here), NULL, NULL, JSC_TYPE_VALUE, 1,
                               G_TYPE_STRING));
    jsc_context_set_value(isolated, "probe", probe);
    g_object_unref(probe);
    g_object_unref(isolated);
    g_object_unref(page);
    return TRUE;
}

G_MODULE_EXPORT void webkit_web_process_extension_initialize(WebKitWebProcessExtension *extension) {
    g_type_ensure(WEBKIT_TYPE_SCRIPT_WORLD);
    g_object_ref(webkit_script_world_get_default());
    g_signal_add_emission_hook(g_signal_lookup("window-object-cleared", WEBKIT_TYPE_SCRIPT_WORLD), 0, cleared,
                               NULL, NULL);
}
