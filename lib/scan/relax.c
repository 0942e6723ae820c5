/* SPDX-License-Identifier: MIT */
/* See relax.h. */
#include "relax.h"
#include <math.h>

enum { KNOTS = TEM_QR_ALIGNMENTS_MAX };

static const double CELL = 9;    /* modules a side of the net's, about */
static const double KNOWN = 2.0; /* weight of a module whose colour is known */

/* The net, and the symbol that it lies over. */
struct net {
    const struct tem_image *image;
    struct tem_lattice *lattice;
    const struct tem_symbol *drawn; /* or NULL: not known yet */
    double growth;                  /* of what is drawn dark, modules */
    struct tem_qr_plan plan;
    double level, range; /* grey between dark and light; half their distance */
    unsigned knots;
    struct tem_spot at[KNOTS][KNOTS];
    int64_t samples;
};

/* How dark it is at a place: 1 as the symbol's dark, -1 as its light. */
static double darkness(const struct net *net, const struct tem_projective *map,
                       double u, double v)
{
    struct tem_spot at = tem_project(map, u, v);
    double dark = (net->level - tem_grey(net->image, at.x, at.y)) / net->range;
    return dark > 1 ? 1 : dark < -1 ? -1 : dark;
}

/* How well a module shows, by its middle. */
static double weigh_middle(const struct net *net,
                           const struct tem_projective *map, unsigned u,
                           unsigned v)
{
    double dark = darkness(net, map, u + 0.5, v + 0.5);
    int colour = tem_qr_pattern(&net->plan, u, v);
    return colour ? KNOWN * colour * dark : dark * dark;
}

/* How well a module of known colour shows, by what is near its corners; as far
 * in as its neighbours' colour has come. */
static double weigh_corners(const struct net *net,
                            const struct tem_projective *map, unsigned u,
                            unsigned v)
{
    bool is_dark = tem_symbol_dark(net->drawn, (int)u, (int)v);
    double lost = (is_dark ? -net->growth : net->growth) / 2;
    double near = fmin(0.1 + fmax(lost, 0), 0.4), far = 1 - near;
    double dark = darkness(net, map, u + near, v + near) +
                  darkness(net, map, u + far, v + near) +
                  darkness(net, map, u + near, v + far) +
                  darkness(net, map, u + far, v + far);
    return is_dark ? dark : -dark;
}

/* How well the modules of a cell show. */
static double weigh_cell(struct net *net, unsigned x, unsigned y)
{
    const struct tem_lattice *lattice = net->lattice;
    const struct tem_projective *map = &lattice->cell[y][x];
    unsigned right = (unsigned)lattice->knot[x + 1];
    unsigned bottom = (unsigned)lattice->knot[y + 1];
    double sum = 0;
    for (unsigned v = (unsigned)lattice->knot[y]; v < bottom; v++)
        for (unsigned u = (unsigned)lattice->knot[x]; u < right; u++) {
            sum += net->drawn ? weigh_corners(net, map, u, v)
                              : weigh_middle(net, map, u, v);
            net->samples++;
        }
    return sum;
}

/* The cells that meet in a knot. */
static double weigh_knot(struct net *net, unsigned x, unsigned y)
{
    double sum = 0;
    for (unsigned row = y > 0 ? y - 1 : 0; row <= y && row + 1 < net->knots;
         row++)
        for (unsigned column = x > 0 ? x - 1 : 0;
             column <= x && column + 1 < net->knots; column++) {
            if (!tem_lattice_fit(net->lattice, column, row, net->at))
                return -1e9;
            sum += weigh_cell(net, column, row);
        }
    return sum;
}

/* Try a knot a little to each side. */
static void move_knot(struct net *net, unsigned x, unsigned y,
                      const struct tem_spot steps[2], double by)
{
    static const int turns[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    struct tem_spot *at = &net->at[y][x], best_at = *at;
    double best = weigh_knot(net, x, y);
    for (int i = 0; i < 4; i++) {
        struct tem_spot from = *at;
        *at = tem_spot_add(
            from, tem_spot_add(tem_spot_scale(steps[0], turns[i][0] * by),
                               tem_spot_scale(steps[1], turns[i][1] * by)));
        double now = weigh_knot(net, x, y);
        if (now > best) {
            best = now;
            best_at = *at;
        }
        *at = from;
    }
    *at = best_at;
    weigh_knot(net, x, y); /* brings its cells into line */
}

static void start(struct net *net)
{
    struct tem_lattice *lattice = net->lattice;
    const struct tem_lattice before = *lattice;
    tem_lattice_divide(lattice, CELL);
    unsigned cells = lattice->cells;
    net->knots = cells + 1;
    for (unsigned y = 0; y <= cells; y++)
        for (unsigned x = 0; x <= cells; x++)
            net->at[y][x] =
                tem_lattice_at(&before, lattice->knot[x], lattice->knot[y]);
    for (unsigned y = 0; y < cells; y++)
        for (unsigned x = 0; x < cells; x++)
            if (!tem_lattice_fit(lattice, x, y, net->at))
                lattice->cell[y][x] = *tem_lattice_map(
                    &before, lattice->knot[x], lattice->knot[y]);
}

static void relax(struct net *net, const double *moves, size_t count)
{
    struct tem_lattice *lattice = net->lattice;
    struct tem_contrast contrast = tem_lattice_contrast(net->image, lattice);
    net->plan = tem_qr_plan(lattice->version);
    net->level = (contrast.dark + contrast.light) / 2;
    net->range = (contrast.light - contrast.dark) / 2;
    if (net->range == 0)
        return;
    start(net);
    double middle = lattice->side / 2.0;
    struct tem_spot here = tem_lattice_at(lattice, middle, middle);
    struct tem_spot steps[2] = {
        tem_spot_sub(tem_lattice_at(lattice, middle + 1, middle), here),
        tem_spot_sub(tem_lattice_at(lattice, middle, middle + 1), here)};
    for (size_t i = 0; i < count; i++)
        for (unsigned y = 0; y < net->knots; y++)
            for (unsigned x = 0; x < net->knots; x++)
                move_knot(net, x, y, steps, moves[i]);
}

int64_t tem_relax(const struct tem_image *image, struct tem_lattice *lattice)
{
    static const double moves[] = {0.6, 0.3, 0.3, 0.15};
    struct net net = {.image = image, .lattice = lattice};
    relax(&net, moves, sizeof moves / sizeof *moves);
    return net.samples;
}

void tem_relax_drawn(const struct tem_image *image,
                     const struct tem_symbol *drawn, double growth,
                     struct tem_lattice *lattice)
{
    static const double moves[] = {0.4, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05};
    struct net net = {
        .image = image, .lattice = lattice, .drawn = drawn, .growth = growth};
    relax(&net, moves, sizeof moves / sizeof *moves);
}
