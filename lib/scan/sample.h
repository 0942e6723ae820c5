/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SAMPLE_H
#define TEM_SCAN_SAMPLE_H

/* Grey at each module, and from that dark or light and how surely. */

#include "lattice.h"
#include "modules.h"

/* Grey of every module, rows from the top, and room to work. 125 KiB a field;
 * one a thread. */
struct tem_greys {
    unsigned side;
    float grey[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    float work[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    float half[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    float whole[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
};

/* The mean of five places in each module: its middle and halfway to its
 * corners. */
void tem_sample(const struct tem_image *image,
                const struct tem_lattice *lattice, struct tem_greys *greys);

/*
 * Part them by the light about each. A module that stands as far from the
 * threshold as dark and light stand apart around it is sure.
 *
 * @param blur  standard deviation of the Gaussian that has spread the grey of
 *              each over its neighbours, 0..1 modules: undone first.
 */
void tem_part(struct tem_greys *greys, const struct tem_lattice *lattice,
              double blur, struct tem_modules *modules);

#endif
