/* SPDX-License-Identifier: MIT */
/* See text.h: fonts. On dots letters are hinted, so that all strokes are of the
 * same width, and sized by the dots that a small x really takes. */
#include "../error/fail.h"
#include "text.h"
#include <string.h>

enum { TRIAL_EM = 1000 };

static void set_options(PangoContext *context,
                        const struct tem_label_settings *settings)
{
    cairo_font_options_t *options = cairo_font_options_create();
    bool black = !settings->vector && settings->ink == TEM_INK_BLACK;
    cairo_font_options_set_antialias(options, black ? CAIRO_ANTIALIAS_NONE
                                                    : CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options,
                                      settings->vector ? CAIRO_HINT_STYLE_NONE
                                      : black          ? CAIRO_HINT_STYLE_FULL
                                              : CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_hint_metrics(options, settings->vector
                                                     ? CAIRO_HINT_METRICS_OFF
                                                     : CAIRO_HINT_METRICS_ON);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, !settings->vector);
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
}

static PangoFontDescription *describe(const struct tem_pen *pen, bool bold,
                                      double em)
{
    PangoFontDescription *description = pango_font_description_copy(pen->face);
    pango_font_description_set_weight(description, bold ? PANGO_WEIGHT_BOLD
                                                        : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(description, em * PANGO_SCALE);
    return description;
}

static PangoLayout *layout_of_em(const struct tem_pen *pen, bool bold,
                                 double em)
{
    PangoLayout *layout = pango_layout_new(pen->context);
    PangoFontDescription *description = describe(pen, bold, em);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_font_description_free(description);
    return layout;
}

/* Height of a small x as it is drawn. */
static double height_of_x(const struct tem_pen *pen, bool bold, double em)
{
    PangoRectangle ink;
    PangoLayout *layout = layout_of_em(pen, bold, em);
    pango_layout_set_text(layout, "x", 1);
    pango_layout_get_extents(layout, &ink, NULL);
    g_object_unref(layout);
    return (double)ink.height / PANGO_SCALE;
}

/* -1, 0, 1: how narrow it is differs from maker to maker. */
static int narrowness(const PangoFontDescription *description)
{
    int stretch = (int)pango_font_description_get_stretch(description);
    return (stretch > PANGO_STRETCH_NORMAL) - (stretch < PANGO_STRETCH_NORMAL);
}

/* fontconfig gives another font where there is none of this name. */
static bool is_there(const struct tem_pen *pen)
{
    bool same = false;
    PangoFontDescription *wanted = describe(pen, false, TRIAL_EM);
    PangoFont *font = pango_font_map_load_font(pen->map, pen->context, wanted);
    if (font) {
        PangoFontDescription *found = pango_font_describe(font);
        const char *family = pango_font_description_get_family(found);
        same = family &&
               g_ascii_strcasecmp(
                   family, pango_font_description_get_family(wanted)) == 0 &&
               narrowness(found) == narrowness(wanted);
        pango_font_description_free(found);
        g_object_unref(font);
    }
    pango_font_description_free(wanted);
    return same;
}

/* A width at the end of a name is a family's member ("DejaVu Sans Condensed"),
 * or part of its name ("Roboto Condensed"). */
static bool find_face(struct tem_pen *pen)
{
    pen->face = pango_font_description_from_string(pen->font);
    if (pango_font_description_get_family(pen->face) && is_there(pen))
        return true;
    pango_font_description_free(pen->face);
    pen->face = pango_font_description_new();
    pango_font_description_set_family(pen->face, pen->font);
    return is_there(pen);
}

enum tem_status tem_pen_open(struct tem_pen *pen, const char *font,
                             const struct tem_label_settings *settings,
                             struct tem_error *error)
{
    *pen = (struct tem_pen){
        .font = font, .vector = settings->vector, .dpi = settings->dpi};
    pen->map = pango_cairo_font_map_new();
    pen->context = pango_font_map_create_context(pen->map);
    set_options(pen->context, settings);
    if (!find_face(pen)) {
        tem_pen_close(pen);
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, LABEL_FONT, "s", font);
    }
    for (int bold = 0; bold < 2; bold++)
        pen->ratio[bold] = height_of_x(pen, bold, TRIAL_EM) / TRIAL_EM;
    return TEM_OK;
}

void tem_pen_close(struct tem_pen *pen)
{
    pango_font_description_free(pen->face);
    g_object_unref(pen->context);
    g_object_unref(pen->map);
}

PangoLayout *tem_pen_layout(const struct tem_pen *pen, bool bold,
                            double letters)
{
    const double step = 0.25, most = 1.15;
    double em = letters / pen->ratio[bold], limit = em * most;
    while (!pen->vector && em < limit &&
           height_of_x(pen, bold, em) < letters - 0.01)
        em += step;
    return layout_of_em(pen, bold, em);
}
