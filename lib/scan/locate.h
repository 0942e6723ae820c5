/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_LOCATE_H
#define TEM_SCAN_LOCATE_H

/* Three finder patterns to where every module of the symbol lies. */

#include "lattice.h"
#include "triple.h"

/* The three finder patterns of a symbol. */
struct tem_stand {
    struct tem_finder top_left, top_right, bottom_left;
    struct tem_quad quad[3]; /* in that order */
};

/*
 * Lay a symbol of one version over the corners of its finder patterns.
 *
 * @param[out] pairs  twelve: what the lattice was fitted to.
 * @return false if they fix no map.
 */
bool tem_lay(const struct tem_stand *stand, unsigned version,
             struct tem_pair pairs[12], struct tem_lattice *lattice);

/*
 * The version that the symbol says, else the one whose timing patterns show
 * best, and its lattice from all alignment patterns.
 *
 * @param side  modules, about.
 * @return tem_timing_evidence() before it was refined, or 0 if no version fits.
 */
double tem_locate(const struct tem_image *image, const struct tem_stand *stand,
                  double side, struct tem_lattice *lattice);

#endif
