// Counts turns of GLib's loop; a turn is one iteration with its dispatches. `prepare` runs at the start of
// each anyway, so counting costs nothing. A source added for the end of each turn would cost every turn.
#include "CMartletShim.h"

static guint turn;
static gboolean is_wanted;
static void (*run_wanted)(void);

static gboolean prepare(GSource *source, int *timeout) {
    (void)source;
    turn++;
    *timeout = -1;
    return is_wanted;
}

static gboolean check(GSource *source) {
    (void)source;
    return is_wanted;
}

static gboolean dispatch(GSource *source, GSourceFunc callback, gpointer data) {
    (void)source;
    (void)callback;
    (void)data;
    is_wanted = FALSE;
    run_wanted();
    return G_SOURCE_CONTINUE;
}

static GSourceFuncs functions = {prepare, check, dispatch, NULL, NULL, NULL};

guint martlet_turn(void) { return turn; }

void martlet_turn_end_wanted(void (*run)(void)) {
    is_wanted = TRUE;
    if (run_wanted != NULL) {
        return;
    }
    run_wanted = run;
    GSource *source = g_source_new(&functions, sizeof(GSource));
    g_source_set_static_name(source, "The end of a turn");
    g_source_set_priority(source, G_PRIORITY_HIGH);
    // A dialog's nested loop, begun inside a dispatch of this one, has turns as well.
    g_source_set_can_recurse(source, TRUE);
    g_source_attach(source, NULL);
    g_source_unref(source);
}
