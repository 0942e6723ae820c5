/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_DRAWN_H
#define TEM_LABEL_DRAWN_H

/* A lot's labels, laid out: what they share is drawn, what differs has its
 * place. Lengths are dots. */

#include "shapes.h"

enum {
    TEM_CELLS = 39, /* 0-9 A-Z - . / : what serials and counters are made of */
    TEM_LIVES_MAX = 8
};

/* One letter as it is drawn: how dark each dot is. */
struct tem_cell {
    int left, top; /* of the ink, from the letter's origin on the line */
    int width, height;
    int advance;   /* to the next letter */
    uint8_t *dark; /* width * height, 255 = black */
};

/* A box whose text differs from label to label. */
struct tem_live {
    struct tem_rect room;
    struct tem_text text;                /* its layout: vectors only */
    struct tem_cell cells[2][TEM_CELLS]; /* plain and bold: dots only */
    struct {
        int x, end, y; /* on its line */
    } places[TEM_RUNS_MAX];
};

struct tem_label {
    const struct tem_template *template;
    struct tem_label_settings settings; /* texts in the members below */
    char serial[TEM_LOT_SIZE], counter[TEM_LABEL_COUNTER_MAX + 1];
    struct tem_layout layout;
    int width, height;
    struct tem_rect symbol; /* with its quiet zone */
    unsigned letters_um;
    struct tem_live *lives[TEM_LIVES_MAX];
    size_t live_count;
    struct tem_raster fixed;  /* dots */
    cairo_surface_t *drawing; /* vectors: a recording, one unit a dot */
};

/* Micrometres in dots, to the nearest. */
int tem_dots(int64_t um, unsigned dpi);

/* Draw what all labels share. */
enum tem_status tem_label_draw_fixed(struct tem_label *label,
                                     const struct tem_label_content *content,
                                     struct tem_error *error);

/* The letters of a live box, from its text; the text's layout goes. */
enum tem_status tem_live_cut(struct tem_live *live, const struct tem_pen *pen,
                             struct tem_error *error);
void tem_live_free(struct tem_live *live);

/* Put the letters of a unit where they belong. */
void tem_live_draw(const struct tem_live *live,
                   const struct tem_label_unit *unit,
                   struct tem_raster *raster);

/* What a run shows of a unit. */
const char *tem_live_text(const struct tem_label_unit *unit,
                          const struct tem_run *run);

/* Is the unit what the label was laid out for? */
enum tem_status tem_label_check_unit(const struct tem_label *label,
                                     const struct tem_label_unit *unit,
                                     struct tem_error *error);

/* ---- dots --------------------------------------------------------------- */

/* Take memory for so many dots; nothing is drawn. */
enum tem_status tem_raster_set(struct tem_raster *raster, int width, int height,
                               unsigned depth, unsigned dpi,
                               struct tem_error *error);

/* The dots of a cairo surface (RGB24), in black by an ordered screen. */
void tem_raster_take(struct tem_raster *raster, cairo_surface_t *surface);

/* A symbol's dark modules, from its quiet zone's corner. */
void tem_raster_symbol(struct tem_raster *raster, int x, int y,
                       const struct tem_symbol *symbol,
                       const struct tem_layout *layout);

/* A letter, over what is there. */
void tem_raster_cell(struct tem_raster *raster, int x, int y,
                     const struct tem_cell *cell);

/* One raster into another of the same depth. */
void tem_raster_paste(struct tem_raster *raster, int x, int y,
                      const struct tem_raster *from);

#endif
