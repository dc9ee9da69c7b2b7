#include "CMartletSignal.h"

#include <glib-object.h>

_Static_assert(martlet_type_none == G_TYPE_NONE && martlet_type_boolean == G_TYPE_BOOLEAN,
               "GLib's own numbers");
_Static_assert(martlet_type_int == G_TYPE_INT && martlet_type_string == G_TYPE_STRING, "GLib's own numbers");
_Static_assert(martlet_type_param == G_TYPE_PARAM && martlet_type_variant == G_TYPE_VARIANT,
               "GLib's own numbers");
_Static_assert(sizeof(unsigned long) == sizeof(GType), "a type is passed as a number");

typedef struct {
    GClosure base;
    martlet_signal_call *call;
    void (*destroy)(void *data);
} SignalClosure;

static void marshal(GClosure *closure, GValue *result, guint count, const GValue *values, gpointer hint,
                    gpointer data) {
    (void)count;
    (void)hint;
    (void)data;
    ((SignalClosure *)closure)->call(values + 1, result, closure->data);
}

static void finalize(gpointer data, GClosure *closure) { ((SignalClosure *)closure)->destroy(data); }

static GType without_scope(GType type) { return type & ~G_SIGNAL_TYPE_STATIC_SCOPE; }

/// The reason why a handler does not match; NULL when it does. The caller frees it.
static char *mismatch(const GSignalQuery *signal, const GType *parameters, gsize count, GType result) {
    const char *class = g_type_name(signal->itype);
    if (signal->n_params != count) {
        return g_strdup_printf("%s::%s has %u argument%s, the handler takes %zu", class, signal->signal_name,
                               signal->n_params, signal->n_params == 1 ? "" : "s", count);
    }
    for (gsize i = 0; i < count; i++) {
        GType type = without_scope(signal->param_types[i]);
        if (!g_type_is_a(type, parameters[i])) {
            return g_strdup_printf("%s::%s: argument %zu is %s, the handler takes %s", class,
                                   signal->signal_name, i + 1, g_type_name(type), g_type_name(parameters[i]));
        }
    }
    GType returned = without_scope(signal->return_type);
    if (returned != result) {
        return g_strdup_printf("%s::%s returns %s, the handler %s", class, signal->signal_name,
                               g_type_name(returned), g_type_name(result));
    }
    return NULL;
}

/// As `mismatch`, for the detail after `::`.
static char *detail_mismatch(GObject *object, const GSignalQuery *signal, GQuark detail) {
    if (detail == 0) {
        return NULL;
    }
    if ((signal->signal_flags & G_SIGNAL_DETAILED) == 0) {
        return g_strdup_printf("%s::%s has no details", g_type_name(signal->itype), signal->signal_name);
    }
    gboolean is_notify = signal->itype == G_TYPE_OBJECT && g_str_equal(signal->signal_name, "notify");
    if (is_notify &&
        g_object_class_find_property(G_OBJECT_GET_CLASS(object), g_quark_to_string(detail)) == NULL) {
        return g_strdup_printf("%s has no property '%s'", G_OBJECT_TYPE_NAME(object),
                               g_quark_to_string(detail));
    }
    return NULL;
}

static char *problem(GObject *object, const char *name, const GType *parameters, gsize count, GType result) {
    guint id;
    GQuark detail;
    if (!g_signal_parse_name(name, G_OBJECT_TYPE(object), &id, &detail, TRUE)) {
        return g_strdup_printf("%s has no signal '%s'", G_OBJECT_TYPE_NAME(object), name);
    }
    GSignalQuery signal;
    g_signal_query(id, &signal);
    char *found = mismatch(&signal, parameters, count, result);
    return found != NULL ? found : detail_mismatch(object, &signal, detail);
}

unsigned long martlet_signal_connect(void *object, const char *name, const unsigned long *parameters,
                                     size_t count, unsigned long result, martlet_signal_call *call,
                                     void *data, void (*destroy)(void *data), char **reason) {
    *reason = problem(object, name, parameters, count, result);
    if (*reason != NULL) {
        destroy(data);
        return 0;
    }
    GClosure *closure = g_closure_new_simple(sizeof(SignalClosure), data);
    ((SignalClosure *)closure)->call = call;
    ((SignalClosure *)closure)->destroy = destroy;
    g_closure_add_finalize_notifier(closure, data, finalize);
    g_closure_set_marshal(closure, marshal);
    return g_signal_connect_closure(object, name, closure, FALSE);
}
