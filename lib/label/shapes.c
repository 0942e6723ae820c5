/* SPDX-License-Identifier: MIT */
/* See shapes.h. */
#include "shapes.h"
#include <math.h>

static const double PI = 3.14159265358979323846;

/* ---- stars -------------------------------------------------------------- */

/* Radius of the inner corners: the points' edges are straight lines. */
static const double INNER = 0.381966;

static void star(cairo_t *cairo, double x, double y, double radius)
{
    cairo_new_sub_path(cairo);
    for (int i = 0; i < 10; i++) {
        double r = i % 2 ? radius * INNER : radius;
        double angle = PI * i / 5 - PI / 2;
        cairo_line_to(cairo, x + r * cos(angle), y + r * sin(angle));
    }
    cairo_close_path(cairo);
}

void tem_draw_stars(cairo_t *cairo, const struct tem_box *box,
                    const struct tem_rect *room, unsigned stars)
{
    const double gap = 0.12; /* of a star's width */
    double all = stars + (stars - 1) * gap;
    double side = room->height;
    if (stars == 0)
        return;
    if (all * side > room->width)
        side = room->width / all;
    double spare = room->width - all * side;
    double x = room->x + (box->align == TEM_ALIGN_MIDDLE ? spare / 2
                          : box->align == TEM_ALIGN_END  ? spare
                                                         : 0);
    double y = room->y + room->height / 2.0;
    for (unsigned i = 0; i < stars; i++)
        star(cairo, x + side * (0.5 + i * (1 + gap)), y + side * 0.025,
             side / 2 * 1.05);
    cairo_fill(cairo);
}

/* ---- what is not for sale ----------------------------------------------- */

void tem_draw_watermark(cairo_t *cairo, const struct tem_pen *pen,
                        const struct tem_rect *room, const char *word,
                        double grey)
{
    const double slant = -0.38; /* radians */
    int wide, high;
    double millimetre = pen->dpi / 25.4;
    double side = room->width < room->height ? room->width : room->height;
    double letters = side / 7 > 2 * millimetre ? side / 7 : 2 * millimetre;
    PangoLayout *layout = tem_pen_layout(pen, true, letters);
    pango_layout_set_text(layout, word, -1);
    pango_layout_get_pixel_size(layout, &wide, &high);
    double reach = hypot(room->width, room->height);
    double step_x = wide * 1.8, step_y = high * 1.6;
    cairo_save(cairo);
    cairo_rectangle(cairo, room->x, room->y, room->width, room->height);
    cairo_clip(cairo);
    cairo_set_source_rgb(cairo, grey, grey, grey);
    cairo_translate(cairo, room->x + room->width / 2.0,
                    room->y + room->height / 2.0);
    cairo_rotate(cairo, slant);
    int row = 0;
    for (double y = -reach / 2; y < reach / 2; y += step_y, row++)
        for (double x = -reach / 2 - (row % 2) * step_x / 2; x < reach / 2;
             x += step_x) {
            cairo_move_to(cairo, x, y);
            pango_cairo_layout_path(cairo, layout);
        }
    cairo_fill(cairo);
    cairo_restore(cairo);
    g_object_unref(layout);
}
