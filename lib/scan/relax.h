/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_RELAX_H
#define TEM_SCAN_RELAX_H

/* A lattice bent to what it shows: a label round a jar, or crumpled. */

#include "lattice.h"

/*
 * Lay a net over the symbol and move its knots, one by one, to where the
 * modules around them stand out most from one another and the function
 * patterns are as they should be.
 *
 * @return grey samples taken.
 */
int64_t tem_relax(const struct tem_image *image, struct tem_lattice *lattice);

/*
 * The same for a symbol that was read: each module is known, and its edges say
 * where it lies, to a tenth of a module where the picture is sharp.
 *
 * @param growth  by how many modules dark ones are wider than they should be.
 */
void tem_relax_drawn(const struct tem_image *image,
                     const struct tem_symbol *drawn, double growth,
                     struct tem_lattice *lattice);

#endif
