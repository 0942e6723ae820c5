/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_QUAD_H
#define TEM_SCAN_QUAD_H

/* The outer edge of a finder pattern: four sides and where they meet. */

#include "finder.h"

/* The corners of a finder pattern's outer edge, round about. */
struct tem_quad {
    struct tem_spot corner[4];
    double rough; /* mean distance of the edge from its four lines, modules */
};

/*
 * Lay four lines along the outer edge.
 *
 * @return false if it has no four sides: it is no finder pattern.
 */
bool tem_finder_quad(const struct tem_image *image,
                     const struct tem_binary *binary,
                     const struct tem_finder *finder, struct tem_quad *quad);

/* How long the line through a quad is that passes @p middle in a direction;
 * 0 if it misses it. */
double tem_quad_extent(const struct tem_quad *quad, struct tem_spot middle,
                       struct tem_spot direction);

#endif
