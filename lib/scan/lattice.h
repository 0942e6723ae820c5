/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_LATTICE_H
#define TEM_SCAN_LATTICE_H

/* Where in a picture each module of a symbol lies. */

#include "projective.h"
#include "spec.h"

/* One map for each of some cells, or one for all. */
struct tem_lattice {
    unsigned version, side;
    bool light;     /* the symbol is light on dark */
    unsigned cells; /* along one axis, 1..TEM_QR_ALIGNMENTS_MAX - 1 */
    double knot[TEM_QR_ALIGNMENTS_MAX]; /* where they end, in modules */
    struct tem_projective cell[TEM_QR_ALIGNMENTS_MAX - 1]
                              [TEM_QR_ALIGNMENTS_MAX - 1]; /* [row][column] */
};

/* The cell that a coordinate is in; the first and the last go on outwards. */
static inline unsigned tem_lattice_cell(const struct tem_lattice *lattice,
                                        double at)
{
    unsigned cell = 0;
    while (cell + 1 < lattice->cells && at >= lattice->knot[cell + 1])
        cell++;
    return cell;
}

static inline const struct tem_projective *
tem_lattice_map(const struct tem_lattice *lattice, double u, double v)
{
    return &lattice->cell[tem_lattice_cell(lattice, v)]
                         [tem_lattice_cell(lattice, u)];
}

static inline struct tem_spot tem_lattice_at(const struct tem_lattice *lattice,
                                             double u, double v)
{
    return tem_project(tem_lattice_map(lattice, u, v), u, v);
}

/* One map for the whole. */
void tem_lattice_plain(struct tem_lattice *lattice, unsigned version,
                       const struct tem_projective *map, bool light);

/* The same in a picture @p by times as large. */
void tem_lattice_scale(struct tem_lattice *lattice, double by);

/* Part the symbol into cells of about @p size modules a side, as far as there
 * are knots; where they lie is to be said by tem_lattice_fit(). */
void tem_lattice_divide(struct tem_lattice *lattice, double size);

/* Lay a cell between its corners. @param at  where the knots are in the
 * picture, [row][column]. @return false, and nothing done, if they fix no map.
 */
bool tem_lattice_fit(
    struct tem_lattice *lattice, unsigned column, unsigned row,
    struct tem_spot at[TEM_QR_ALIGNMENTS_MAX][TEM_QR_ALIGNMENTS_MAX]);

/* Grey of the two colours of a symbol, as its finder patterns show them. */
struct tem_contrast {
    double dark, light;
};

struct tem_contrast tem_lattice_contrast(const struct tem_image *image,
                                         const struct tem_lattice *lattice);

/* How far the timing patterns stand out from chance, in standard deviations:
 * -2..2 where there are none, mostly more than 4 where there are. Whatever
 * their contrast is: it is their correlation with what they should be, by
 * Fisher's transformation. */
double tem_timing_evidence(const struct tem_image *image,
                           const struct tem_lattice *lattice);

#endif
