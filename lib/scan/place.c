/* SPDX-License-Identifier: MIT */
/* See place.h. */
#include "place.h"
#include <stdlib.h>
#include <string.h>

struct box {
    int64_t left, top, right, bottom;
};

static struct box box_of(const struct tem_scan_symbol *symbol)
{
    const struct tem_point *at = symbol->corners;
    struct box box = {at->x, at->y, at->x, at->y};
    for (int i = 1; i < 4; i++) {
        box.left = at[i].x < box.left ? at[i].x : box.left;
        box.right = at[i].x > box.right ? at[i].x : box.right;
        box.top = at[i].y < box.top ? at[i].y : box.top;
        box.bottom = at[i].y > box.bottom ? at[i].y : box.bottom;
    }
    return box;
}

/* Is the middle of `a` inside `b`? Doubled, to stay whole. */
static bool centred_in(struct box a, struct box b)
{
    int64_t x = a.left + a.right, y = a.top + a.bottom;
    return x >= 2 * b.left && x <= 2 * b.right && y >= 2 * b.top &&
           y <= 2 * b.bottom;
}

static bool same_text(struct tem_bytes a, struct tem_bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

bool tem_same_place(const struct tem_scan_symbol *a,
                    const struct tem_scan_symbol *b)
{
    struct box box_a = box_of(a), box_b = box_of(b);
    return centred_in(box_a, box_b) || centred_in(box_b, box_a);
}

bool tem_same_symbol(const struct tem_scan_symbol *a,
                     const struct tem_scan_symbol *b)
{
    return a->part == b->part && same_text(a->text, b->text) &&
           tem_same_place(a, b);
}

/* ---- order ------------------------------------------------------------ */

static int64_t middle_y(const struct tem_scan_symbol *symbol)
{
    struct box box = box_of(symbol);
    return box.top + box.bottom;
}

static int sign(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_texts(const struct tem_scan_symbol *a,
                         const struct tem_scan_symbol *b)
{
    if (a->text.size != b->text.size)
        return a->text.size < b->text.size ? -1 : 1;
    return memcmp(a->text.data, b->text.data, a->text.size);
}

static int compare_down(const void *left, const void *right)
{
    const struct tem_scan_symbol *a = left, *b = right;
    int order = sign(middle_y(a), middle_y(b));
    if (order == 0)
        order = sign(box_of(a).left, box_of(b).left);
    return order != 0 ? order : compare_texts(a, b);
}

static int compare_across(const void *left, const void *right)
{
    const struct tem_scan_symbol *a = left, *b = right;
    int order = sign(box_of(a).left, box_of(b).left);
    return order != 0 ? order : compare_down(left, right);
}

/* Rows from the top, each from the left. A row is the topmost symbol left and
 * all whose middle is above its lower edge: print and lens are never level. */
void tem_sort_symbols(struct tem_scan *scan)
{
    struct tem_scan_symbol *all = scan->symbols;
    qsort(all, scan->count, sizeof *all, compare_down);
    for (size_t start = 0, end; start < scan->count; start = end) {
        int64_t edge = 2 * box_of(&all[start]).bottom;
        end = start + 1;
        while (end < scan->count && middle_y(&all[end]) < edge)
            end++;
        qsort(all + start, end - start, sizeof *all, compare_across);
    }
}
