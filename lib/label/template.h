/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_TEMPLATE_H
#define TEM_LABEL_TEMPLATE_H

/* A template as it is read: TEMPLATE.md says what each member means. Lengths
 * are micrometres. */

#include "../table/field.h"
#include <tem/label.h>

enum {
    TEM_TEMPLATE_TEXTS_MAX = 24, /* paragraphs of a box */
    TEM_TEMPLATE_SIDE_MAX_UM = 300000,
    TEM_TEMPLATE_PAGE_MAX_UM = 500000,
};

enum tem_box_kind {
    TEM_BOX_SYMBOL = 1,
    TEM_BOX_TEXT,
    TEM_BOX_STARS,
    TEM_BOX_LOGO,
    TEM_BOX_PICTURE,
    TEM_BOX_EAN13,
    TEM_BOX_LINE,
};

enum tem_align {
    TEM_ALIGN_START = 1, /* left, top */
    TEM_ALIGN_MIDDLE,
    TEM_ALIGN_END, /* right, bottom */
};

struct tem_box {
    int64_t kind; /* enum tem_box_kind */
    int64_t x, y, width, height;
    char text[TEM_TEMPLATE_TEXTS_MAX][TEM_TEXT_SIZE(200)];
    size_t text_count;
    int64_t letters, letters_min; /* height of a small x */
    int64_t bold, upper;          /* 0, 1 or absent */
    int64_t align, valign;        /* enum tem_align */
    int64_t module;               /* wanted, or 0 */
    uint64_t line;                /* of the file, where it begins */
};

struct tem_template_head {
    int64_t schema_version;
    char name[41];
    char title[TEM_TEXT_SIZE(80)], title_en[TEM_TEXT_SIZE(80)];
    int64_t contents; /* enum tem_template_contents */
    int64_t width, height;
    int64_t pack_face; /* square centimetres, or absent */
    char font[TEM_TEXT_SIZE(60)];
    int64_t page_width, page_height; /* or absent: as large as the labels */
    int64_t columns, rows;
    int64_t left, top, gap_x, gap_y; /* margins and gaps on the page */
    int64_t feed_gap;                /* between the pages of a roll */
};

struct tem_template {
    struct tem_template_head head;
    struct tem_box *boxes;
    size_t box_count;
    struct tem_problem problems[TEM_PROBLEMS_MAX];
    size_t problem_count;
};

/* The tables of their fields: boxes, and the template itself. */
extern const struct tem_table tem_template_boxes, tem_template_outer;

/* Least height of letters, by the face of the pack. */
int64_t tem_template_letters(const struct tem_template *template);

/* What a label must say, by what it holds: names of fields, NULL at the end. */
const char *const *tem_template_required(enum tem_template_contents contents);

/* Check what its members say together. */
struct tem_problems;
void tem_template_check(const struct tem_template *template,
                        struct tem_problems *problems);

#endif
