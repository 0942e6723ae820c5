/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_PRINTED_H
#define TEM_SCAN_PRINTED_H

/* How light each module of a symbol is, as it came out of a printer. */

#include "lattice.h"
#include <tem/scan.h>

enum {
    TEM_PRINTED_QUIET = TEM_SYMBOL_QUIET_ZONE,
    TEM_PRINTED_ALL = TEM_SYMBOL_SIDE_MAX + 2 * TEM_PRINTED_QUIET,
};

/* Light from one side: of the light modules' reflectance the plane that lies
 * best, middle + across x + down y, over -1..1 from edge to edge. */
struct tem_slope {
    double middle, across, down;
};

/* 0 is no light, 1 all that a picture can show. 150 KiB. */
struct tem_printed {
    const struct tem_image *image;
    const struct tem_symbol *drawn;
    bool inverted; /* drawn dark is printed light */
    struct tem_lattice lattice;
    struct tem_slope slope;
    float linear[256];                          /* reflectance of a grey */
    float at[TEM_PRINTED_ALL][TEM_PRINTED_ALL]; /* [row][column], from the
                                                   quiet zone's corner on */
    double dark, light;        /* the least and the most of them */
    double growth_x, growth_y; /* by how many modules inked ones are too wide
                                  and too high, on the average */
    double sharpness; /* of the way from dark to light, what lies within a
                         quarter of a module to each side of an edge */
};

/*
 * Lay a lattice over the symbol and look at its modules. Light that falls from
 * one side is levelled out: it is not the printer's.
 *
 * @return false if the symbol's corners fix no place.
 */
bool tem_printed_read(struct tem_printed *printed,
                      const struct tem_image *image,
                      const struct tem_scan_symbol *symbol);

/* Is it ink? Of a module, -4..side + 3. */
bool tem_printed_ink(const struct tem_printed *printed, int x, int y);

/* How much less light falls on the darkest corner than on the lightest, 0..1.
 */
double tem_printed_slope(const struct tem_printed *printed);

/* Reflectance at a place of the symbol, in modules. */
double tem_printed_light(const struct tem_printed *printed, double u, double v);

/* How far a module is on its own side of the threshold. 1
 * is as far as any can be, 0 or less on the wrong one. */
double tem_printed_modulation(const struct tem_printed *printed, int x, int y);

#endif
