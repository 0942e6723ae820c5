/* SPDX-License-Identifier: MIT */
/* See shapes.h: logos and pictures. Only this file sees librsvg and gdk-pixbuf,
 * which come together. */
#include "../error/fail.h"
#include "shapes.h"
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <librsvg/rsvg.h>
#include <stdio.h>
#include <string.h>

static const long long MILLION = 1000000;

static enum tem_status fault(GError *reason, struct tem_error *error)
{
    enum tem_status status = TEM_FAIL(error, TEM_E_FORMAT, LABEL_PICTURE, "s",
                                      reason ? reason->message : "?");
    g_clear_error(&reason);
    return status;
}

static enum tem_status too_large(const char *size, struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_LIMIT, LABEL_PICTURE_SIZE, "sd", size,
                    TEM_LABEL_PICTURE_MAX / MILLION);
}

/* ---- SVG ---------------------------------------------------------------- */

/* Nothing outside the file is loaded: it has no base address. */
static enum tem_status draw_svg(cairo_t *cairo, const struct tem_rect *room,
                                struct tem_bytes file, struct tem_error *error)
{
    GError *reason = NULL;
    RsvgRectangle place = {room->x, room->y, room->width, room->height};
    RsvgHandle *handle =
        rsvg_handle_new_from_data(file.data, file.size, &reason);
    if (!handle)
        return fault(reason, error);
    cairo_save(cairo);
    bool drawn = rsvg_handle_render_document(handle, cairo, &place, &reason);
    cairo_restore(cairo);
    g_object_unref(handle);
    return drawn ? TEM_OK : fault(reason, error);
}

/* ---- pixels ------------------------------------------------------------- */

/* A picture being read; its header may stop that. */
struct loading {
    char size[48]; /* "" while it is not too large */
};

static void check_size(GdkPixbufLoader *loader, gint width, gint height,
                       gpointer context)
{
    struct loading *loading = context;
    if ((long long)width * height <= TEM_LABEL_PICTURE_MAX)
        return;
    snprintf(loading->size, sizeof loading->size, "%d x %d pixel", width,
             height);
    gdk_pixbuf_loader_set_size(loader, 0, 0); /* that is: read no further */
}

/* NULL with *reason, or with loading->size. */
static GdkPixbuf *load(const char *kind, struct tem_bytes file,
                       struct loading *loading, GError **reason)
{
    GdkPixbuf *upright = NULL;
    GdkPixbufLoader *loader = gdk_pixbuf_loader_new_with_type(kind, reason);
    if (!loader)
        return NULL;
    g_signal_connect(loader, "size-prepared", G_CALLBACK(check_size), loading);
    bool written =
        gdk_pixbuf_loader_write(loader, file.data, file.size, reason);
    bool closed = gdk_pixbuf_loader_close(loader, written ? reason : NULL);
    GdkPixbuf *read = gdk_pixbuf_loader_get_pixbuf(loader);
    if (written && closed && read)
        upright = gdk_pixbuf_apply_embedded_orientation(read);
    g_object_unref(loader);
    return upright;
}

/* What is transparent lets the label through. */
static cairo_surface_t *surface_of(const GdkPixbuf *pixbuf)
{
    int width = gdk_pixbuf_get_width(pixbuf);
    int height = gdk_pixbuf_get_height(pixbuf);
    int channels = gdk_pixbuf_get_n_channels(pixbuf);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    uint8_t *to = cairo_image_surface_get_data(surface);
    for (int y = 0; to && y < height; y++) {
        uint32_t *dots =
            (uint32_t *)(void *)(to +
                                 (size_t)y *
                                     (size_t)cairo_image_surface_get_stride(
                                         surface));
        const uint8_t *from =
            gdk_pixbuf_read_pixels(pixbuf) +
            (size_t)y * (size_t)gdk_pixbuf_get_rowstride(pixbuf);
        for (int x = 0; x < width; x++, from += channels) {
            uint32_t alpha = channels == 4 ? from[3] : 255;
            dots[x] = alpha << 24 | (from[0] * alpha / 255) << 16 |
                      (from[1] * alpha / 255) << 8 | from[2] * alpha / 255;
        }
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

static void paint(cairo_t *cairo, const struct tem_rect *room,
                  const GdkPixbuf *pixbuf)
{
    cairo_surface_t *surface = surface_of(pixbuf);
    int width = gdk_pixbuf_get_width(pixbuf);
    int height = gdk_pixbuf_get_height(pixbuf);
    double across = (double)room->width / width;
    double down = (double)room->height / height;
    double scale = across < down ? across : down;
    cairo_save(cairo);
    cairo_translate(cairo, room->x + (room->width - width * scale) / 2,
                    room->y + (room->height - height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST);
    cairo_rectangle(cairo, 0, 0, width, height);
    cairo_fill(cairo);
    cairo_restore(cairo);
    cairo_surface_destroy(surface);
}

static enum tem_status draw_pixels(cairo_t *cairo, const struct tem_rect *room,
                                   const char *kind, struct tem_bytes file,
                                   struct tem_error *error)
{
    struct loading loading = {""};
    GError *reason = NULL;
    GdkPixbuf *pixbuf = load(kind, file, &loading, &reason);
    if (loading.size[0]) {
        g_clear_error(&reason);
        if (pixbuf)
            g_object_unref(pixbuf);
        return too_large(loading.size, error);
    }
    if (!pixbuf)
        return fault(reason, error);
    paint(cairo, room, pixbuf);
    g_object_unref(pixbuf);
    return TEM_OK;
}

static bool begins(struct tem_bytes file, const char *begin, size_t size)
{
    return file.size >= size && memcmp(file.data, begin, size) == 0;
}

enum tem_status tem_draw_picture(cairo_t *cairo, const struct tem_rect *room,
                                 struct tem_bytes file, struct tem_error *error)
{
    char size[32];
    if (file.size == 0)
        return TEM_OK;
    snprintf(size, sizeof size, "%zu byte", file.size);
    if (file.size > TEM_LABEL_PICTURE_MAX)
        return too_large(size, error);
    if (begins(file, "\x89PNG", 4))
        return draw_pixels(cairo, room, "png", file, error);
    if (begins(file, "\xFF\xD8\xFF", 3))
        return draw_pixels(cairo, room, "jpeg", file, error);
    return draw_svg(cairo, room, file, error);
}
