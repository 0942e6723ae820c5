/* SPDX-License-Identifier: MIT */
/* See field.h: "did you mean". */
#include "field.h"
#include <string.h>

enum { KEY_MAX = 63 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Edits between two words (Levenshtein), both cut to KEY_MAX. */
static size_t distance(const char *a, size_t a_size, const char *b)
{
    size_t row[KEY_MAX + 1], b_size = strlen(b);
    a_size = a_size > KEY_MAX ? KEY_MAX : a_size;
    b_size = b_size > KEY_MAX ? KEY_MAX : b_size;
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1,
                           corner + (a[i - 1] != b[j - 1]));
            corner = above;
        }
    }
    return row[b_size];
}

static size_t key_distance(const char *key, const char *also,
                           const char *folded)
{
    size_t best = distance(key, strlen(key), folded);
    for (const char *at = also; *at; at++) {
        size_t length = strcspn(at, " ");
        size_t d = length ? distance(at, length, folded) : best;
        best = d < best ? d : best;
        at += length;
        if (!*at)
            break;
    }
    return best;
}

static void take_nearer(struct tem_nearest *best, const char *key,
                        const char *heading, const char *also,
                        const char *folded)
{
    size_t d = key_distance(key, also, folded);
    if (d < best->distance)
        *best = (struct tem_nearest){key, heading, d};
}

struct tem_nearest tem_field_nearest(const struct tem_field *fields,
                                     const struct tem_field_list *lists,
                                     const char *folded)
{
    struct tem_nearest best = {fields->key, fields->heading, SIZE_MAX};
    for (const struct tem_field *f = fields; f->key; f++)
        take_nearer(&best, f->key, f->heading, f->also, folded);
    for (const struct tem_field_list *l = lists; l && l->key; l++)
        take_nearer(&best, l->key, l->heading, l->also, folded);
    return best;
}

bool tem_nearest_is_close(const struct tem_nearest *nearest, const char *folded)
{
    return nearest->distance * 3 <= strlen(folded);
}
