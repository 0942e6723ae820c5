/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_BEND_H
#define TEM_SCAN_BEND_H

/* How a symbol that is not flat lies off a flat one: round a jar, on a bag. */

#include "projective.h"

enum { TEM_BEND_TERMS = 10 };

/* A flat map, and what is to be added to it: polynomials of the third degree
 * in the place on the symbol. */
struct tem_bend {
    struct tem_projective map;
    double side;                                         /* modules */
    double across[TEM_BEND_TERMS], down[TEM_BEND_TERMS]; /* pixels */
};

/* No bend. */
void tem_bend_none(const struct tem_projective *map, double side,
                   struct tem_bend *bend);

/*
 * The flat map of some pairs, and the bend that takes it close to them; where
 * they say little it is little.
 *
 * @param count  4..
 * @return false, and nothing written, if they fix no map.
 */
bool tem_bend_fit(const struct tem_pair *pairs, size_t count, double side,
                  struct tem_bend *bend);

struct tem_spot tem_bend_at(const struct tem_bend *bend, double u, double v);

#endif
