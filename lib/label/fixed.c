/* SPDX-License-Identifier: MIT */
/* See drawn.h: what all labels of a lot share. */
#include "../error/fail.h"
#include "drawn.h"
#include <stdlib.h>

/* Everything that drawing needs. */
struct easel {
    struct tem_label *label;
    const struct tem_label_content *content;
    struct tem_pen pen;
    cairo_t *cairo;
};

static struct tem_rect place_of(const struct easel *easel,
                                const struct tem_box *box)
{
    unsigned dpi = easel->label->settings.dpi;
    int x = tem_dots(box->x, dpi), y = tem_dots(box->y, dpi);
    return (struct tem_rect){x, y, tem_dots(box->x + box->width, dpi) - x,
                             tem_dots(box->y + box->height, dpi) - y};
}

static void whiten(cairo_t *cairo, const struct tem_rect *room)
{
    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_rectangle(cairo, room->x, room->y, room->width, room->height);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

/* ---- text --------------------------------------------------------------- */

/* Live fields leave their places free. */
static void hide_runs(struct tem_text *text)
{
    PangoAttrList *list =
        pango_attr_list_copy(pango_layout_get_attributes(text->layout));
    for (size_t i = 0; i < text->run_count; i++) {
        PangoAttribute *clear = pango_attr_foreground_alpha_new(1);
        clear->start_index = (guint)text->runs[i].at;
        clear->end_index = (guint)(text->runs[i].at + text->runs[i].size);
        pango_attr_list_insert(list, clear);
    }
    pango_layout_set_attributes(text->layout, list);
    pango_attr_list_unref(list);
}

static enum tem_status keep_live(struct easel *easel, struct tem_live *live,
                                 struct tem_error *error)
{
    struct tem_label *label = easel->label;
    if (label->live_count == TEM_LIVES_MAX) {
        tem_live_free(live);
        return TEM_FAIL(error, TEM_E_LIMIT, TEMPLATE_BOXES, "d",
                        (long long)TEM_LIVES_MAX);
    }
    label->lives[label->live_count++] = live;
    if (label->settings.vector)
        return TEM_OK;
    hide_runs(&live->text);
    return tem_live_cut(live, &easel->pen, error);
}

static void note_letters(struct tem_label *label, const struct tem_text *text)
{
    unsigned um = (unsigned)(text->letters * 25400 / label->settings.dpi + 0.5);
    if (label->letters_um == 0 || um < label->letters_um)
        label->letters_um = um;
}

static enum tem_status draw_text(struct easel *easel, const struct tem_box *box,
                                 struct tem_error *error)
{
    const struct tem_label *label = easel->label;
    struct tem_saying saying = {easel->content, label->settings.language,
                                label->serial, label->counter};
    struct tem_live *live = calloc(1, sizeof *live);
    if (!live)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    live->room = place_of(easel, box);
    struct tem_text *text = &live->text;
    enum tem_status status =
        tem_text_fit(&easel->pen, box, &live->room, &saying, text, error);
    if (status != TEM_OK || !text->layout) {
        tem_live_free(live);
        return status;
    }
    note_letters(easel->label, text);
    if (text->run_count > 0)
        status = keep_live(easel, live, error);
    if (status == TEM_OK && !(text->run_count > 0 && label->settings.vector)) {
        cairo_move_to(easel->cairo, live->room.x + text->left,
                      live->room.y + text->top);
        pango_cairo_show_layout(easel->cairo, text->layout);
    }
    if (status == TEM_OK && text->run_count == 0)
        tem_live_free(live);
    return status;
}

/* ---- all boxes ---------------------------------------------------------- */

static enum tem_status draw_box(struct easel *easel, const struct tem_box *box,
                                struct tem_error *error)
{
    const struct tem_label_content *content = easel->content;
    struct tem_rect room = place_of(easel, box);
    cairo_set_source_rgb(easel->cairo, 0, 0, 0);
    switch ((enum tem_box_kind)box->kind) {
    case TEM_BOX_TEXT:
        return draw_text(easel, box, error);
    case TEM_BOX_STARS:
        tem_draw_stars(easel->cairo, box, &room, content->stars);
        return TEM_OK;
    case TEM_BOX_LOGO:
        return tem_draw_picture(easel->cairo, &room, content->logo, error);
    case TEM_BOX_PICTURE:
        return tem_draw_picture(easel->cairo, &room, content->picture, error);
    case TEM_BOX_EAN13:
        if (!content->record->gtin[0])
            return TEM_OK;
        whiten(easel->cairo, &room);
        return tem_draw_ean13(easel->cairo, &easel->pen, &room,
                              content->record->gtin, error);
    case TEM_BOX_LINE:
        cairo_rectangle(easel->cairo, room.x, room.y,
                        room.width > 0 ? room.width : 1,
                        room.height > 0 ? room.height : 1);
        cairo_fill(easel->cairo);
        return TEM_OK;
    case TEM_BOX_SYMBOL:
        whiten(easel->cairo, &easel->label->symbol);
        return TEM_OK;
    }
    return TEM_OK;
}

/* What nobody may take for goods that are for sale. */
static void draw_watermark(struct easel *easel)
{
    const struct tem_label *label = easel->label;
    bool english = label->settings.language == TEM_LABEL_EN;
    struct tem_rect all = {0, 0, label->width, label->height};
    const char *word = NULL;
    if (easel->content->test)
        word = english ? "TEST" : "THỬ";
    else if (easel->content->record->example == 1)
        word = english ? "EXAMPLE" : "VÍ DỤ";
    if (word)
        tem_draw_watermark(easel->cairo, &easel->pen, &all, word,
                           easel->content->test ? 0.72 : 0.86);
}

static enum tem_status draw_all(struct easel *easel, struct tem_error *error)
{
    const struct tem_template *template = easel->label->template;
    enum tem_status status = TEM_OK;
    if (!easel->label->settings.vector &&
        easel->label->settings.ink == TEM_INK_BLACK)
        cairo_set_antialias(easel->cairo, CAIRO_ANTIALIAS_NONE);
    draw_watermark(easel);
    for (size_t i = 0; status == TEM_OK && i < template->box_count; i++)
        status = draw_box(easel, &template->boxes[i], error);
    if (status == TEM_OK && cairo_status(easel->cairo) != CAIRO_STATUS_SUCCESS)
        status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return status;
}

/* ---- where it is drawn -------------------------------------------------- */

static cairo_surface_t *new_surface(const struct tem_label *label)
{
    cairo_rectangle_t all = {0, 0, label->width, label->height};
    return label->settings.vector
               ? cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &all)
               : cairo_image_surface_create(CAIRO_FORMAT_RGB24, label->width,
                                            label->height);
}

static enum tem_status keep(struct tem_label *label, cairo_surface_t *surface,
                            struct tem_error *error)
{
    static const unsigned depths[] = {
        [TEM_INK_BLACK] = 1, [TEM_INK_GREY] = 8, [TEM_INK_COLOUR] = 24};
    if (label->settings.vector) {
        label->drawing = cairo_surface_reference(surface);
        return TEM_OK;
    }
    enum tem_status status =
        tem_raster_set(&label->fixed, label->width, label->height,
                       depths[label->settings.ink], label->settings.dpi, error);
    if (status == TEM_OK)
        tem_raster_take(&label->fixed, surface);
    return status;
}

enum tem_status tem_label_draw_fixed(struct tem_label *label,
                                     const struct tem_label_content *content,
                                     struct tem_error *error)
{
    struct easel easel = {.label = label, .content = content};
    enum tem_status status = tem_pen_open(
        &easel.pen, label->template->head.font, &label->settings, error);
    if (status != TEM_OK)
        return status;
    cairo_surface_t *surface = new_surface(label);
    easel.cairo = cairo_create(surface);
    if (!label->settings.vector) {
        cairo_set_source_rgb(easel.cairo, 1, 1, 1);
        cairo_paint(easel.cairo);
    }
    status = draw_all(&easel, error);
    cairo_destroy(easel.cairo);
    if (status == TEM_OK)
        status = keep(label, surface, error);
    cairo_surface_destroy(surface);
    tem_pen_close(&easel.pen);
    return status;
}
