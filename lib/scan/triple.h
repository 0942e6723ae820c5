/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_TRIPLE_H
#define TEM_SCAN_TRIPLE_H

/* Which three finder patterns are those of one symbol. */

#include "quad.h"

enum { TEM_TRIPLES_MAX = 16384 };

/* Numbers of finder patterns at the corners; from the top left one, the bottom
 * left one lies counterclockwise of the top right one as one looks at an
 * upright symbol. Of a mirrored symbol those two are changed over. */
struct tem_triple {
    uint16_t top_left, top_right, bottom_left;
    float side;  /* modules of the symbol, as the distances tell: 21..177 */
    float doubt; /* 0: everything fits */
};

struct tem_triples {
    size_t count;
    struct tem_triple all[TEM_TRIPLES_MAX];
};

/*
 * Put together what may belong together, the least doubtful first.
 *
 * @param quads  of the finder patterns, by number.
 * @param doubt  leave out what is more doubtful.
 */
void tem_find_triples(const struct tem_finders *finders,
                      const struct tem_quad *quads, double doubt,
                      struct tem_triples *triples);

#endif
