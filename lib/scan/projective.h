/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_PROJECTIVE_H
#define TEM_SCAN_PROJECTIVE_H

/* How a flat symbol comes to lie in a picture: modules to pixels. */

#include "grey.h"

/* x = (m[0] u + m[1] v + m[2]) / (m[6] u + m[7] v + 1), y with m[3..5]. */
struct tem_projective {
    double m[8];
};

/* A place on the symbol, in modules from its top left, and in the picture. */
struct tem_pair {
    struct tem_spot symbol, picture;
    double weight; /* 1 is common */
};

/*
 * The map that fits the pairs best by least squares, or exactly where there are
 * four.
 *
 * @param count  4..
 * @return false if they do not fix one, as where three of four lie on a line.
 */
bool tem_projective_fit(const struct tem_pair *pairs, size_t count,
                        struct tem_projective *map);

static inline struct tem_spot tem_project(const struct tem_projective *map,
                                          double u, double v)
{
    const double *m = map->m;
    double w = 1 / (m[6] * u + m[7] * v + 1);
    return (struct tem_spot){(m[0] * u + m[1] * v + m[2]) * w,
                             (m[3] * u + m[4] * v + m[5]) * w};
}

#endif
