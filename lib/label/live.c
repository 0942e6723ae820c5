/* SPDX-License-Identifier: MIT */
/* See drawn.h: text that differs from label to label. On dots its letters are
 * drawn once, and put where they belong without pango: many threads may. */
#include "../error/fail.h"
#include "drawn.h"
#include <stdlib.h>
#include <string.h>

static const char letters[TEM_CELLS + 1] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./";

static const struct tem_cell *cell_of(const struct tem_live *live, bool bold,
                                      char letter)
{
    const char *found = strchr(letters, letter);
    return found ? &live->cells[bold][found - letters] : NULL;
}

const char *tem_live_text(const struct tem_label_unit *unit,
                          const struct tem_run *run)
{
    const char *text =
        run->kind == TEM_LIVE_SERIAL ? unit->serial : unit->counter;
    return text ? text : "";
}

static void draw_run(const struct tem_live *live, size_t index,
                     const char *text, struct tem_raster *raster)
{
    const struct tem_run *run = &live->text.runs[index];
    int x = live->places[index].x, width = 0;
    const struct tem_cell *cell;
    for (size_t i = 0; text[i]; i++)
        if ((cell = cell_of(live, run->bold, text[i])))
            width += cell->advance;
    if (run->at_end)
        x = live->places[index].end - width;
    for (size_t i = 0; text[i]; i++)
        if ((cell = cell_of(live, run->bold, text[i]))) {
            tem_raster_cell(raster, x, live->places[index].y, cell);
            x += cell->advance;
        }
}

void tem_live_draw(const struct tem_live *live,
                   const struct tem_label_unit *unit, struct tem_raster *raster)
{
    for (size_t i = 0; i < live->text.run_count; i++)
        draw_run(live, i, tem_live_text(unit, &live->text.runs[i]), raster);
}

/* ---- cutting ------------------------------------------------------------ */

/* A layout of the size that the text came out at. */
static PangoLayout *layout_like(const struct tem_pen *pen,
                                const struct tem_text *text, bool bold)
{
    PangoLayout *layout = pango_layout_new(pen->context);
    PangoFontDescription *font = pango_font_description_copy(
        pango_layout_get_font_description(text->layout));
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD
                                                 : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    return layout;
}

static enum tem_status copy_ink(struct tem_cell *cell, cairo_surface_t *surface,
                                struct tem_error *error)
{
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const uint8_t *from = cairo_image_surface_get_data(surface);
    size_t width = (size_t)cell->width, height = (size_t)cell->height;
    cell->dark = malloc(width * height + 1);
    if (!cell->dark || !from)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    for (size_t y = 0; y < height; y++)
        memcpy(cell->dark + y * width, from + y * stride, width);
    return TEM_OK;
}

static enum tem_status cut_cell(struct tem_cell *cell, PangoLayout *layout,
                                char letter, struct tem_error *error)
{
    PangoRectangle ink, logical;
    pango_layout_set_text(layout, &letter, 1);
    int baseline = pango_layout_get_baseline(layout) / PANGO_SCALE;
    pango_layout_get_pixel_extents(layout, &ink, &logical);
    cell->advance = logical.width;
    cell->left = ink.x - 1; /* antialiasing may reach beyond */
    cell->top = ink.y - 1 - baseline;
    cell->width = ink.width + 2;
    cell->height = ink.height + 2;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, cell->width, cell->height);
    cairo_t *cairo = cairo_create(surface);
    cairo_move_to(cairo, 1 - ink.x, 1 - ink.y);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    enum tem_status status = copy_ink(cell, surface, error);
    cairo_surface_destroy(surface);
    return status;
}

static bool has_weight(const struct tem_text *text, bool bold)
{
    for (size_t i = 0; i < text->run_count; i++)
        if (text->runs[i].bold == bold)
            return true;
    return false;
}

/* Where each run begins and ends, on its line. */
static void find_places(struct tem_live *live)
{
    const struct tem_text *text = &live->text;
    PangoLayoutIter *iter = pango_layout_get_iter(text->layout);
    int left = live->room.x + text->left, top = live->room.y + text->top;
    do {
        size_t at = (size_t)pango_layout_iter_get_index(iter);
        PangoRectangle letter;
        pango_layout_iter_get_char_extents(iter, &letter);
        for (size_t i = 0; i < text->run_count; i++) {
            const struct tem_run *run = &text->runs[i];
            if (run->at == at)
                live->places[i].x = left + PANGO_PIXELS(letter.x);
            if (run->at + run->size == at + 1)
                live->places[i].end =
                    left + PANGO_PIXELS(letter.x + letter.width);
            if (run->at == at)
                live->places[i].y =
                    top + PANGO_PIXELS(pango_layout_iter_get_baseline(iter));
        }
    } while (pango_layout_iter_next_char(iter));
    pango_layout_iter_free(iter);
}

enum tem_status tem_live_cut(struct tem_live *live, const struct tem_pen *pen,
                             struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    for (int bold = 0; bold < 2; bold++) {
        if (!has_weight(&live->text, bold))
            continue;
        PangoLayout *layout = layout_like(pen, &live->text, bold);
        for (int i = 0; status == TEM_OK && i < TEM_CELLS; i++)
            status = cut_cell(&live->cells[bold][i], layout, letters[i], error);
        g_object_unref(layout);
    }
    find_places(live);
    return status;
}

void tem_live_free(struct tem_live *live)
{
    tem_text_free(&live->text);
    for (int i = 0; i < TEM_CELLS; i++) {
        free(live->cells[0][i].dark);
        free(live->cells[1][i].dark);
    }
    free(live);
}
