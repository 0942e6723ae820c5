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
 * The version that the symbol says, else the one whose timing patterns stand
 * out most; laid over the finder patterns alone.
 *
 * @param side          modules, about.
 * @param[out] lattice  written only if some version fits.
 * @return how far what shows of the timing patterns and of the words beside the
 *         finder patterns stands out from chance, in standard deviations: 6 and
 *         more of symbols, in photographs; 0 or less if there is none.
 */
double tem_locate(const struct tem_image *image, const struct tem_stand *stand,
                  double side, struct tem_lattice *lattice);

/* Bend what tem_locate() laid to all alignment patterns. */
void tem_locate_closely(const struct tem_image *image,
                        const struct tem_stand *stand,
                        struct tem_lattice *lattice);

#endif
