/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_WORDS_H
#define TEM_SCAN_WORDS_H

/* What stands beside the finder patterns of a symbol: its format and version.
 * It is placed by the pattern next to it alone, and so is read however large
 * the symbol is, and however it is bent elsewhere. */

#include "lattice.h"
#include "modules.h"

/* The maps of a symbol's finder patterns, each by its own four corners. */
struct tem_corner_maps {
    struct tem_projective top_left, top_right, bottom_left;
};

/*
 * @param pairs  twelve, as of tem_lay().
 * @return false if some pattern fixes no map.
 */
bool tem_corner_maps_fit(const struct tem_pair pairs[12],
                         struct tem_corner_maps *maps);

/*
 * The version that a symbol says.
 *
 * @param version     7..40: the square that @p maps were fitted in.
 * @param[out] score  see tem_read_version().
 */
unsigned tem_said_version(const struct tem_image *image,
                          const struct tem_corner_maps *maps, unsigned version,
                          struct tem_contrast contrast, int *score);

/*
 * How well the best format word agrees with what stands there, as it is or as
 * in a mirror.
 *
 * @return see struct tem_qr_format.
 */
int tem_said_format(const struct tem_image *image,
                    const struct tem_corner_maps *maps, unsigned version,
                    struct tem_contrast contrast);

#endif
