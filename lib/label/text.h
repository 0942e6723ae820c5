/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_TEXT_H
#define TEM_LABEL_TEXT_H

/* Text of a box, broken and sized until it fits. Lengths are dots. */

#include "template.h"
#include "wording.h"
#include <pango/pangocairo.h>

struct tem_rect {
    int x, y, width, height;
};

/* One font for one kind of output. */
struct tem_pen {
    PangoFontMap *map;
    PangoContext *context;
    const char *font;
    PangoFontDescription *face; /* without size and weight */
    bool vector;
    unsigned dpi;
    double ratio[2]; /* height of a small x of the em, plain and bold */
};

/* @retval TEM_E_UNSUPPORTED  no such font. Closed again on failure. */
enum tem_status tem_pen_open(struct tem_pen *pen, const char *font,
                             const struct tem_label_settings *settings,
                             struct tem_error *error);
void tem_pen_close(struct tem_pen *pen);

/* An empty layout whose small x is so many dots high. */
PangoLayout *tem_pen_layout(const struct tem_pen *pen, bool bold,
                            double letters);

/* A live field in a text. */
struct tem_run {
    enum tem_live_kind kind;
    size_t at, size; /* bytes in the text, as long as it may get */
    bool bold;
    bool at_end; /* a shorter one ends where the longest does */
};

enum { TEM_RUNS_MAX = 8 };

/* A box's text as it is drawn. */
struct tem_text {
    PangoLayout *layout; /* NULL: there is nothing to say */
    char *text;          /* live fields as long as they may get */
    double letters;      /* height of a small x */
    bool bold;           /* all of it */
    int left, top;       /* of the layout in the box */
    struct tem_run runs[TEM_RUNS_MAX];
    size_t run_count;
};

/* What stands in boxes of text. */
struct tem_saying {
    const struct tem_label_content *content;
    enum tem_label_language language;
    const char *serial, *counter; /* as long as they may get; or NULL */
};

/*
 * Set a box's text as large as it may be and still fits.
 *
 * @param room  of the box.
 * @retval TEM_E_LIMIT        it does not fit.
 * @retval TEM_E_UNSUPPORTED  the font lacks a letter.
 * @retval TEM_E_MEMORY
 */
enum tem_status tem_text_fit(const struct tem_pen *pen,
                             const struct tem_box *box,
                             const struct tem_rect *room,
                             const struct tem_saying *saying,
                             struct tem_text *text, struct tem_error *error);

void tem_text_free(struct tem_text *text);

#endif
