/* SPDX-License-Identifier: MIT */
#ifndef TEST_LABEL_DRAW_H
#define TEST_LABEL_DRAW_H

/* Labels of templates of the tests' own, as dots. */

#include "label_sample.h"

/* A label of 60 x 30 mm without a record's text. */
#define OPEN(font)                                                             \
    "{\"schema_version\": 1, \"name\": \"t\", \"title\": \"t\", "              \
    "\"title_en\": \"t\", \"contents\": \"code\", \"width_mm\": 60, "          \
    "\"height_mm\": 30, \"font\": \"" font "\", \"boxes\": ["                  \
    "{\"kind\": \"symbol\", \"x_mm\": 0, \"y_mm\": 0, \"width_mm\": 25, "      \
    "\"height_mm\": 25}"
#define CONDENSED OPEN("DejaVu Sans Condensed")
#define BOX(kind, more)                                                        \
    ",{\"kind\": \"" kind "\", \"x_mm\": 26, \"y_mm\": 1, \"width_mm\": 33, "  \
    "\"height_mm\": 28" more "}"
#define SAY(text) BOX("text", ", \"text\": [\"" text "\"], \"letters_mm\": 1.5")
#define CLOSE "]}"

static char message[TEM_MESSAGE_TEXT_MAX];

/* Lay one out; its problem is in `message`. */
static inline enum tem_status lay_out(const struct tem_template *design,
                                      const struct tem_label_settings *settings,
                                      const struct tem_label_content *content,
                                      struct tem_label **label)
{
    struct tem_error error;
    enum tem_status status =
        tem_label_new(design, settings, content, label, &error);
    message[0] = '\0';
    if (status != TEM_OK) {
        CHECK_INT(error.status, status);
        tem_message_text(&error.message, TEM_LANG_EN, message, sizeof message);
    }
    return status;
}

/* The dots of a label of this template and record; empty if it failed. */
static inline struct tem_raster drawn(const struct tem_template *design,
                                      const struct tem_label_settings *settings,
                                      const struct tem_label_content *content)
{
    struct tem_raster raster = {0};
    struct tem_label *label;
    struct tem_label_unit unit = label_unit();
    if (lay_out(design, settings, content, &label) != TEM_OK)
        return raster;
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_OK);
    tem_label_free(label);
    return raster;
}

static inline struct tem_raster drawn_of(const char *json, unsigned dpi,
                                         struct tem_record *record)
{
    struct tem_template *design = template_of(json);
    struct tem_label_settings settings = label_settings(dpi);
    struct tem_label_content content = tem_label_content_of(record);
    struct tem_raster raster = drawn(design, &settings, &content);
    tem_template_free(design);
    return raster;
}

static inline bool is_dark(const struct tem_raster *raster, uint32_t x,
                           uint32_t y)
{
    const uint8_t *row = raster->pixels + y * raster->stride;
    return raster->depth == 1 ? !(row[x / 8] & 0x80u >> x % 8)
                              : row[x * raster->depth / 8] < 128;
}

/* Dark dots from 26 mm on, right of the symbol. */
static inline size_t dark_dots(const struct tem_raster *raster)
{
    size_t count = 0;
    for (uint32_t y = 0; y < raster->height; y++)
        for (uint32_t x = 26 * raster->dpi * 10 / 254; x < raster->width; x++)
            count += is_dark(raster, x, y);
    return count;
}

static inline struct tem_record *real_lot(void)
{
    struct tem_record *record = specimen();
    record->example = 0;
    return record;
}

#endif
