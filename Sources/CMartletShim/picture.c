#include "CMartletShim.h"

// The pixels of drawn widgets and pages.

static GskRenderNode *draw(GtkWidget *widget) {
    GdkPaintable *paintable = gtk_widget_paintable_new(widget);
    GtkSnapshot *snapshot = gtk_snapshot_new();
    gdk_paintable_snapshot(paintable, GDK_SNAPSHOT(snapshot), gtk_widget_get_width(widget),
                           gtk_widget_get_height(widget));
    g_object_unref(paintable);
    return gtk_snapshot_free_to_node(snapshot);
}

/// The drawing of `node` in a rectangle at x, y.
static cairo_surface_t *pixels(GskRenderNode *node, int x, int y, int width, int height) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *context = cairo_create(surface);
    cairo_translate(context, -x, -y);
    gsk_render_node_draw(node, context);
    cairo_destroy(context);
    cairo_surface_flush(surface);
    return surface;
}

static gboolean have_one_colour(const unsigned char *pixels, size_t stride, int width, int height) {
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            if (memcmp(pixels + y * stride + x * sizeof(uint32_t), pixels, sizeof(uint32_t)) != 0) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

gboolean martlet_widget_is_drawn(GtkWidget *widget) {
    GskRenderNode *node = draw(widget);
    if (node == NULL) {
        return FALSE;
    }
    // Without a GPU WebKit draws a transparent picture until the page's first one arrives: one pixel shows
    // which it is.
    cairo_surface_t *middle =
        pixels(node, gtk_widget_get_width(widget) / 2, gtk_widget_get_height(widget) / 2, 1, 1);
    uint32_t colour;
    memcpy(&colour, cairo_image_surface_get_data(middle), sizeof colour);
    cairo_surface_destroy(middle);
    gsk_render_node_unref(node);
    return colour >> 24 != 0;
}

gboolean martlet_widget_has_one_colour(GtkWidget *widget) {
    GskRenderNode *node = draw(widget);
    if (node == NULL) {
        return TRUE;
    }
    cairo_surface_t *all = pixels(node, 0, 0, gtk_widget_get_width(widget), gtk_widget_get_height(widget));
    gboolean answer =
        have_one_colour(cairo_image_surface_get_data(all), (size_t)cairo_image_surface_get_stride(all),
                        cairo_image_surface_get_width(all), cairo_image_surface_get_height(all));
    cairo_surface_destroy(all);
    gsk_render_node_unref(node);
    return answer;
}

typedef struct {
    martlet_answer *answer;
    void *data;
} question;

static void snapshot_taken(GObject *view, GAsyncResult *result, gpointer data) {
    question *asked = data;
    GdkTexture *texture = webkit_web_view_get_snapshot_finish(WEBKIT_WEB_VIEW(view), result, NULL);
    gboolean answer = TRUE;
    if (texture != NULL) {
        int width = gdk_texture_get_width(texture), height = gdk_texture_get_height(texture);
        size_t stride = (size_t)width * sizeof(uint32_t);
        unsigned char *bytes = g_malloc(stride * (size_t)height);
        gdk_texture_download(texture, bytes, stride);
        answer = have_one_colour(bytes, stride, width, height);
        g_free(bytes);
        g_object_unref(texture);
    }
    asked->answer(answer, asked->data);
    g_free(asked);
}

void martlet_page_has_one_colour(WebKitWebView *view, martlet_answer *answer, void *data) {
    question *asked = g_new(question, 1);
    *asked = (question){answer, data};
    webkit_web_view_get_snapshot(view, WEBKIT_SNAPSHOT_REGION_VISIBLE, WEBKIT_SNAPSHOT_OPTIONS_NONE, NULL,
                                 snapshot_taken, asked);
}

GBytes *martlet_window_png(GtkWindow *window) {
    GskRenderer *renderer = gtk_native_get_renderer(GTK_NATIVE(window));
    GskRenderNode *node = renderer == NULL ? NULL : draw(GTK_WIDGET(window));
    if (node == NULL) {
        return NULL;
    }
    GdkTexture *texture = gsk_renderer_render_texture(renderer, node, NULL);
    GBytes *png = gdk_texture_save_to_png_bytes(texture);
    g_object_unref(texture);
    gsk_render_node_unref(node);
    return png;
}
