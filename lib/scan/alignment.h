/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_ALIGNMENT_H
#define TEM_SCAN_ALIGNMENT_H

/* Alignment patterns: a dark square of 5 modules, in it a light one of 3, in it
 * a dark module. They hold a large or curved symbol together. */

#include "lattice.h"

/* How modules lie about a place: steps of one to the right and one down. */
struct tem_steps {
    struct tem_spot right, down;
};

struct tem_steps tem_steps_of(const struct tem_projective *map, double u,
                              double v);

/*
 * Look for an alignment pattern about a place.
 *
 * @param reach     modules to each side, 0.5..TEM_ALIGNMENT_REACH_MAX.
 * @param contrast  of the symbol; may be the other way about.
 * @param[out] at   the middle of what is most like one.
 * @return how alike: 1 as it should be, about 0 by chance.
 */
double tem_find_alignment(const struct tem_image *image,
                          struct tem_spot expected,
                          const struct tem_steps *steps, double reach,
                          struct tem_contrast contrast, struct tem_spot *at);

#define TEM_ALIGNMENT_REACH_MAX 8

/*
 * Refine a map that the finder patterns gave by all alignment patterns, from
 * those next to the finder patterns outwards.
 *
 * @param pairs  that the map was fitted to, with room for
 *               TEM_QR_ALIGNMENTS_MAX^2 more; @p count of them, the corners of
 *               the finder patterns.
 * @param bent   whether to believe in bends that the corners of the finder
 *               patterns tell of; else the symbol is flat but for what its
 *               alignment patterns say.
 */
void tem_grow_alignments(const struct tem_image *image, struct tem_pair *pairs,
                         size_t count, bool bent, struct tem_lattice *lattice);

#endif
