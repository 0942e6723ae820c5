/* SPDX-License-Identifier: MIT */
/* See <tem/label.h>: a lot's labels are laid out, and one of them drawn. */
#include "../error/fail.h"
#include "drawn.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int tem_dots(int64_t um, unsigned dpi)
{
    return (int)((um * dpi + 12700) / 25400);
}

/* ---- the symbol's size -------------------------------------------------- */

static const struct tem_box *symbol_box(const struct tem_template *template)
{
    const struct tem_box *box = template->boxes;
    while (box->kind != TEM_BOX_SYMBOL)
        box++;
    return box;
}

static enum tem_status refuse_symbol(const struct tem_label *label, int side,
                                     unsigned dots, struct tem_error *error)
{
    const struct tem_label_settings *s = &label->settings;
    char needed[16], module[16], has[16];
    double all = (s->symbol_side + 2.0 * s->quiet) * dots;
    snprintf(needed, sizeof needed, "%.1f", all * 25.4 / s->dpi);
    snprintf(module, sizeof module, "%.3f", dots * 25.4 / s->dpi);
    snprintf(has, sizeof has, "%.1f", side * 25.4 / s->dpi);
    return TEM_FAIL(error, TEM_E_LIMIT, LABEL_SYMBOL_ROOM, "dnnn",
                    (long long)s->symbol_side, needed, module, has);
}

/* As large as is wanted; where nothing is said in the settings, smaller if the
 * box is. */
static enum tem_status fit_symbol(struct tem_label *label,
                                  struct tem_error *error)
{
    const struct tem_label_settings *s = &label->settings;
    const struct tem_box *box = symbol_box(label->template);
    struct tem_rect room = {
        tem_dots(box->x, s->dpi), tem_dots(box->y, s->dpi),
        tem_dots(box->x + box->width, s->dpi) - tem_dots(box->x, s->dpi),
        tem_dots(box->y + box->height, s->dpi) - tem_dots(box->y, s->dpi)};
    int side = room.width < room.height ? room.width : room.height;
    unsigned modules = s->symbol_side + 2 * s->quiet;
    unsigned most = (unsigned)side / modules;
    enum tem_status status =
        tem_label_fit(s->dpi, s->module_um, s->quiet, &label->layout, error);
    if (status != TEM_OK)
        return status;
    if (s->module_um == 0) {
        unsigned least = (TEM_LABEL_MODULE_MIN_UM * s->dpi + 25399) / 25400;
        unsigned wanted = box->module ? (unsigned)tem_dots(box->module, s->dpi)
                                      : label->layout.dots;
        unsigned dots = wanted < most ? wanted : most;
        if (dots < least)
            return refuse_symbol(label, side, least, error);
        unsigned um = (dots * 25400 + s->dpi / 2) / s->dpi;
        status = tem_label_fit(s->dpi, um, s->quiet, &label->layout, error);
    } else if (label->layout.dots > most) {
        return refuse_symbol(label, side, label->layout.dots, error);
    }
    int all = (int)(modules * label->layout.dots);
    label->symbol =
        (struct tem_rect){room.x + (room.width - all) / 2,
                          room.y + (room.height - all) / 2, all, all};
    return status;
}

/* ---- settings ----------------------------------------------------------- */

static enum tem_status keep_text(char *to, size_t size, const char *text,
                                 struct tem_error *error)
{
    if (!text)
        text = "";
    if (strlen(text) >= size)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", text);
    memcpy(to, text, strlen(text) + 1);
    return TEM_OK;
}

static enum tem_status check_settings(struct tem_label *label,
                                      const struct tem_label_settings *s,
                                      struct tem_error *error)
{
    label->settings = *s;
    if (s->symbol_side < 21 || s->symbol_side > TEM_SYMBOL_SIDE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "symbol_side");
    if (s->language > TEM_LABEL_BOTH || s->ink > TEM_INK_COLOUR)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s",
                        s->ink > TEM_INK_COLOUR ? "ink" : "language");
    enum tem_status status =
        keep_text(label->serial, sizeof label->serial, s->serial, error);
    if (status == TEM_OK)
        status =
            keep_text(label->counter, sizeof label->counter, s->counter, error);
    label->settings.serial = label->serial;
    label->settings.counter = label->counter;
    return status;
}

/* What is given must have its place. */
static enum tem_status check_content(const struct tem_label *label,
                                     const struct tem_label_content *content,
                                     struct tem_error *error)
{
    struct tem_template_info info = tem_template_describe(label->template);
    if (content->logo.size > 0 && !info.logo)
        return TEM_FAIL(error, TEM_E_ARGUMENT, TEMPLATE_ROOM, "s", "logo");
    if (content->picture.size > 0 && !info.picture)
        return TEM_FAIL(error, TEM_E_ARGUMENT, TEMPLATE_ROOM, "s", "picture");
    return TEM_OK;
}

static enum tem_status set_size(struct tem_label *label,
                                struct tem_error *error)
{
    const struct tem_template_head *head = &label->template->head;
    const struct tem_label_settings *s = &label->settings;
    label->width = tem_dots(head->width, s->dpi);
    label->height = tem_dots(head->height, s->dpi);
    if (!s->vector &&
        (long long)label->width * label->height > TEM_LABEL_PIXELS_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, LABEL_PIXELS, "dd",
                        (long long)label->width, (long long)label->height);
    return TEM_OK;
}

enum tem_status tem_label_new(const struct tem_template *template,
                              const struct tem_label_settings *settings,
                              const struct tem_label_content *content,
                              struct tem_label **label, struct tem_error *error)
{
    struct tem_label *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    made->template = template;
    enum tem_status status = check_settings(made, settings, error);
    if (status == TEM_OK)
        status = check_content(made, content, error);
    if (status == TEM_OK)
        status = fit_symbol(made, error);
    if (status == TEM_OK)
        status = set_size(made, error);
    if (status == TEM_OK)
        status = tem_label_draw_fixed(made, content, error);
    if (status == TEM_OK)
        *label = made;
    else
        tem_label_free(made);
    return status;
}

void tem_label_free(struct tem_label *label)
{
    if (!label)
        return;
    for (size_t i = 0; i < label->live_count; i++)
        tem_live_free(label->lives[i]);
    if (label->drawing)
        cairo_surface_destroy(label->drawing);
    tem_raster_free(&label->fixed);
    free(label);
}

struct tem_layout tem_label_layout(const struct tem_label *label)
{
    return label->layout;
}

unsigned tem_label_letters(const struct tem_label *label)
{
    return label->letters_um;
}

/* ---- one label ---------------------------------------------------------- */

static bool is_longer(const char *text, const char *most)
{
    return text && strlen(text) > strlen(most);
}

enum tem_status tem_label_check_unit(const struct tem_label *label,
                                     const struct tem_label_unit *unit,
                                     struct tem_error *error)
{
    if (unit->symbol->side != label->settings.symbol_side)
        return TEM_FAIL(error, TEM_E_ARGUMENT, LABEL_SIDE, "dd",
                        (long long)unit->symbol->side,
                        (long long)label->settings.symbol_side);
    if (is_longer(unit->serial, label->serial))
        return TEM_FAIL(error, TEM_E_ARGUMENT, LABEL_SERIAL, "ss", unit->serial,
                        label->serial);
    if (is_longer(unit->counter, label->counter))
        return TEM_FAIL(error, TEM_E_ARGUMENT, LABEL_SERIAL, "ss",
                        unit->counter, label->counter);
    return TEM_OK;
}

enum tem_status tem_label_draw(const struct tem_label *label,
                               const struct tem_label_unit *unit,
                               struct tem_raster *raster,
                               struct tem_error *error)
{
    const struct tem_raster *fixed = &label->fixed;
    if (label->settings.vector)
        return TEM_FAIL(error, TEM_E_ARGUMENT, JOB_LABEL, "");
    enum tem_status status = tem_label_check_unit(label, unit, error);
    if (status == TEM_OK)
        status = tem_raster_set(raster, label->width, label->height,
                                fixed->depth, fixed->dpi, error);
    if (status != TEM_OK)
        return status;
    memcpy(raster->pixels, fixed->pixels, fixed->stride * fixed->height);
    tem_raster_symbol(raster, label->symbol.x, label->symbol.y, unit->symbol,
                      &label->layout);
    for (size_t i = 0; i < label->live_count; i++)
        tem_live_draw(label->lives[i], unit, raster);
    return TEM_OK;
}
