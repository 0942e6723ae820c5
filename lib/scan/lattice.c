/* SPDX-License-Identifier: MIT */
/* See lattice.h. */
#include "lattice.h"
#include <math.h>

static const double CORRELATION_MOST = 0.995; /* more has no finite evidence */

void tem_lattice_plain(struct tem_lattice *lattice, unsigned version,
                       const struct tem_projective *map, bool light)
{
    lattice->version = version;
    lattice->side = tem_qr_side(version);
    lattice->light = light;
    lattice->cells = 1;
    lattice->knot[0] = 0;
    lattice->knot[1] = lattice->side;
    lattice->cell[0][0] = *map;
}

void tem_lattice_scale(struct tem_lattice *lattice, double by)
{
    for (unsigned y = 0; y < lattice->cells; y++)
        for (unsigned x = 0; x < lattice->cells; x++)
            for (int i = 0; i < 6; i++)
                lattice->cell[y][x].m[i] *= by;
}

void tem_lattice_divide(struct tem_lattice *lattice, double size)
{
    unsigned cells = (unsigned)lround(lattice->side / size);
    unsigned most = TEM_QR_ALIGNMENTS_MAX - 1;
    cells = cells < 2 ? 2 : cells > most ? most : cells;
    lattice->cells = cells;
    for (unsigned i = 0; i <= cells; i++)
        lattice->knot[i] = round((double)lattice->side * i / cells);
}

bool tem_lattice_fit(
    struct tem_lattice *lattice, unsigned column, unsigned row,
    struct tem_spot at[TEM_QR_ALIGNMENTS_MAX][TEM_QR_ALIGNMENTS_MAX])
{
    struct tem_pair pairs[4];
    struct tem_projective map;
    for (unsigned i = 0; i < 4; i++) {
        unsigned x = column + i % 2, y = row + i / 2;
        pairs[i] = (struct tem_pair){
            {lattice->knot[x], lattice->knot[y]}, at[y][x], 1};
    }
    if (!tem_projective_fit(pairs, 4, &map))
        return false;
    lattice->cell[row][column] = map;
    return true;
}

static double grey_at(const struct tem_image *image,
                      const struct tem_lattice *lattice, double u, double v)
{
    struct tem_spot at = tem_lattice_at(lattice, u, v);
    return tem_grey(image, at.x, at.y);
}

/* The ring of each finder pattern and what is in it: the square within that may
 * be of any colour, where somebody wanted it pretty. */
struct tem_contrast tem_lattice_contrast(const struct tem_image *image,
                                         const struct tem_lattice *lattice)
{
    double far = lattice->side - 3.5;
    const struct tem_spot middle[] = {{3.5, 3.5}, {far, 3.5}, {3.5, far}};
    static const double turns[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    struct tem_contrast contrast = {0, 0};
    for (int i = 0; i < 12; i++) {
        double u = middle[i / 4].x, v = middle[i / 4].y;
        double right = turns[i % 4][0], down = turns[i % 4][1];
        contrast.dark +=
            grey_at(image, lattice, u + 3 * right, v + 3 * down) / 12;
        contrast.light +=
            grey_at(image, lattice, u + 2 * right, v + 2 * down) / 12;
    }
    return contrast;
}

/* Sums over modules of two variables' products, about their means. */
struct products {
    double xx, gg, xg;
};

/* One timing pattern, from separator to separator: 1 for light against grey. */
static void add_timing(const struct tem_image *image,
                       const struct tem_lattice *lattice, bool down,
                       struct products *sum)
{
    double x = 0, g = 0, gg = 0, xg = 0;
    double count = lattice->side - 14.0;
    for (unsigned i = 7; i + 7 < lattice->side; i++) {
        double u = down ? 6.5 : i + 0.5, v = down ? i + 0.5 : 6.5;
        double grey = grey_at(image, lattice, u, v);
        double light = i % 2 != 0;
        x += light;
        g += grey;
        gg += grey * grey;
        xg += light * grey;
    }
    sum->xx += x - x * x / count;
    sum->gg += gg - g * g / count;
    sum->xg += xg - x * g / count;
}

double tem_timing_evidence(const struct tem_image *image,
                           const struct tem_lattice *lattice)
{
    struct products sum = {0, 0, 0};
    add_timing(image, lattice, false, &sum);
    add_timing(image, lattice, true, &sum);
    if (!(sum.gg > 0))
        return 0;
    double r = sum.xg / sqrt(sum.xx * sum.gg);
    r = r > CORRELATION_MOST    ? CORRELATION_MOST
        : r < -CORRELATION_MOST ? -CORRELATION_MOST
                                : r;
    double freedom = 2 * (lattice->side - 14.0) - 4;
    return atanh(lattice->light ? -r : r) * sqrt(freedom);
}
