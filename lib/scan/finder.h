/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_FINDER_H
#define TEM_SCAN_FINDER_H

/* Finder patterns: three squares one in another, 3, 5 and 7 modules wide, so
 * that every line through the middle is cut 1:1:3:1:1. */

#include "binary.h"
#include "grey.h"

enum {
    TEM_FINDERS_MAX =
        6144, /* of one picture; three for a symbol, some by chance */
    TEM_FINDER_RAYS = 16,
};

struct tem_finder {
    struct tem_spot at;  /* the middle */
    double module;       /* mean width of one, pixels */
    bool light;          /* light on dark, of an inverted symbol */
    unsigned rays;       /* of TEM_FINDER_RAYS from the middle, cut 3:5:7 */
    unsigned inner_rays; /* the same but for the outer square: 3:5 */
    double uneven; /* how far off that they are cut, 0..; mean of those rays */
};

struct tem_finders {
    size_t count;
    struct tem_finder all[TEM_FINDERS_MAX];
};

/* How like a finder pattern something has to be: strict leaves out one in a
 * hundred of whole ones; blurred takes uneven ones; lenient takes damaged ones,
 * and ten times as many that are none. */
enum tem_care { TEM_STRICT, TEM_BLURRED, TEM_LENIENT };

/*
 * Find them along every @p step-th row. A place is a finder pattern if rows,
 * columns and rays from its middle are cut as they should be.
 *
 * @param step  1..; a pattern is found if its middle square is that high.
 */
void tem_find_finders(const struct tem_binary *binary, uint32_t step,
                      enum tem_care care, struct tem_finders *finders);

#endif
