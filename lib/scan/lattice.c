/* SPDX-License-Identifier: MIT */
/* See lattice.h. */
#include "lattice.h"

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

double tem_timing_range(const struct tem_image *image,
                        const struct tem_lattice *lattice)
{
    double sum[2] = {0, 0};
    unsigned count[2] = {0, 0};
    for (unsigned i = 8; i + 8 < lattice->side; i++) {
        sum[i % 2] += grey_at(image, lattice, i + 0.5, 6.5) +
                      grey_at(image, lattice, 6.5, i + 0.5);
        count[i % 2] += 2;
    }
    return sum[1] / count[1] - sum[0] / count[0];
}
