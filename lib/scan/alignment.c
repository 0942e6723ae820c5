/* SPDX-License-Identifier: MIT */
/* See alignment.h. */
#include "alignment.h"
#include <math.h>
#include <stdlib.h>

enum {
    HALVES_MAX = 4 * TEM_ALIGNMENT_REACH_MAX + 1, /* places tried */
    PATCH_MAX = HALVES_MAX + 8, /* and what the pattern needs around them */
    KNOTS = TEM_QR_ALIGNMENTS_MAX,
};

static const double FOUND = 0.5; /* as alike as this is an alignment pattern */
static const double FAR = 0.02;  /* worth of a module nearer to the expected */

struct tem_steps tem_steps_of(const struct tem_projective *map, double u,
                              double v)
{
    struct tem_spot left = tem_project(map, u - 0.5, v);
    struct tem_spot right = tem_project(map, u + 0.5, v);
    struct tem_spot up = tem_project(map, u, v - 0.5);
    struct tem_spot down = tem_project(map, u, v + 0.5);
    return (struct tem_steps){tem_spot_sub(right, left),
                              tem_spot_sub(down, up)};
}

static struct tem_spot step(struct tem_spot from, const struct tem_steps *steps,
                            double right, double down)
{
    return tem_spot_add(from, tem_spot_add(tem_spot_scale(steps->right, right),
                                           tem_spot_scale(steps->down, down)));
}

/* ---- one pattern ------------------------------------------------------ */

/* Is the module of the pattern, -2..2 from its middle, light? */
static bool is_light(int right, int down)
{
    int far = abs(right) > abs(down) ? abs(right) : abs(down);
    return far == 1;
}

/* Grey about a place, two samples a module. */
struct patch {
    int side;
    float grey[PATCH_MAX][PATCH_MAX];
};

static void take_patch(const struct tem_image *image, struct tem_spot middle,
                       const struct tem_steps *steps, int halves,
                       struct patch *patch)
{
    patch->side = 2 * halves + 1 + 8;
    double first = -(halves + 4) / 2.0;
    for (int y = 0; y < patch->side; y++)
        for (int x = 0; x < patch->side; x++) {
            struct tem_spot at =
                step(middle, steps, first + x / 2.0, first + y / 2.0);
            patch->grey[y][x] = (float)tem_grey(image, at.x, at.y);
        }
}

/* Light modules against dark ones; @p x and @p y: the pattern's first. */
static double likeness(const struct patch *patch, int x, int y)
{
    float light = 0, dark = 0;
    for (int v = -2; v <= 2; v++)
        for (int u = -2; u <= 2; u++) {
            float grey = patch->grey[y + 2 * (v + 2)][x + 2 * (u + 2)];
            if (is_light(u, v))
                light += grey;
            else
                dark += grey;
        }
    return (double)light / 8 - (double)dark / 17;
}

static double likeness_at(const struct tem_image *image, struct tem_spot middle,
                          const struct tem_steps *steps)
{
    double light = 0, dark = 0;
    for (int v = -2; v <= 2; v++)
        for (int u = -2; u <= 2; u++) {
            struct tem_spot at = step(middle, steps, u, v);
            double grey = tem_grey(image, at.x, at.y);
            if (is_light(u, v))
                light += grey;
            else
                dark += grey;
        }
    return light / 8 - dark / 17;
}

/* To the best place within a fraction of a module. */
static struct tem_spot settle(const struct tem_image *image,
                              struct tem_spot from,
                              const struct tem_steps *steps, double sign)
{
    double best = sign * likeness_at(image, from, steps);
    for (double by = 0.25; by > 0.05; by /= 2) {
        static const int turns[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
        for (int i = 0; i < 4; i++) {
            struct tem_spot to =
                step(from, steps, turns[i][0] * by, turns[i][1] * by);
            double now = sign * likeness_at(image, to, steps);
            if (now > best) {
                best = now;
                from = to;
            }
        }
    }
    return from;
}

double tem_find_alignment(const struct tem_image *image,
                          struct tem_spot expected,
                          const struct tem_steps *steps, double reach,
                          struct tem_contrast contrast, struct tem_spot *at)
{
    double range = contrast.light - contrast.dark, best = -1e9;
    int halves = (int)(2 * reach), best_x = halves, best_y = halves;
    struct patch patch;
    *at = expected;
    if (range == 0)
        return 0;
    take_patch(image, expected, steps, halves, &patch);
    for (int y = 0; y <= 2 * halves; y++)
        for (int x = 0; x <= 2 * halves; x++) {
            double far = hypot(x - halves, y - halves) / 2;
            double now = likeness(&patch, x, y) / range - FAR * far;
            if (now > best) {
                best = now;
                best_x = x;
                best_y = y;
            }
        }
    *at =
        step(expected, steps, (best_x - halves) / 2.0, (best_y - halves) / 2.0);
    *at = settle(image, *at, steps, range > 0 ? 1 : -1);
    return likeness_at(image, *at, steps) / range;
}

/* ---- all of them ------------------------------------------------------ */

/* The knots of a symbol as they are found. */
struct growth {
    const struct tem_image *image;
    struct tem_contrast contrast;
    struct tem_projective map; /* of everything so far */
    struct tem_pair *pairs;
    size_t count;
    unsigned knots;
    double knot[KNOTS];
    bool known[KNOTS][KNOTS];
    struct tem_spot at[KNOTS][KNOTS];
};

static bool is_corner(const struct growth *growth, unsigned x, unsigned y)
{
    unsigned last = growth->knots - 1;
    return (x == 0 && y == 0) || (x == last && y == 0) || (x == 0 && y == last);
}

static unsigned distance(unsigned ax, unsigned ay, unsigned bx, unsigned by)
{
    unsigned x = ax > bx ? ax - bx : bx - ax, y = ay > by ? ay - by : by - ay;
    return x > y ? x : y;
}

/* In knots from the nearest finder pattern. */
static unsigned rank(const struct growth *growth, unsigned x, unsigned y)
{
    unsigned last = growth->knots - 1;
    unsigned a = distance(x, y, 0, 0), b = distance(x, y, last, 0),
             c = distance(x, y, 0, last);
    a = a < b ? a : b;
    return a < c ? a : c;
}

/* By the map of all, and as far off it as the known neighbours are. */
static struct tem_spot predict(const struct growth *growth, unsigned x,
                               unsigned y)
{
    struct tem_spot off = {0, 0};
    double weight = 0;
    for (unsigned j = y > 0 ? y - 1 : 0; j <= y + 1 && j < growth->knots; j++)
        for (unsigned i = x > 0 ? x - 1 : 0; i <= x + 1 && i < growth->knots;
             i++) {
            if (!growth->known[j][i])
                continue;
            struct tem_spot there =
                tem_project(&growth->map, growth->knot[i], growth->knot[j]);
            off = tem_spot_add(off, tem_spot_sub(growth->at[j][i], there));
            weight++;
        }
    struct tem_spot here =
        tem_project(&growth->map, growth->knot[x], growth->knot[y]);
    return weight > 0 ? tem_spot_add(here, tem_spot_scale(off, 1 / weight))
                      : here;
}

static void find_knot(struct growth *growth, unsigned x, unsigned y,
                      double reach)
{
    double u = growth->knot[x], v = growth->knot[y];
    struct tem_steps steps = tem_steps_of(&growth->map, u, v);
    struct tem_spot at;
    if (tem_find_alignment(growth->image, predict(growth, x, y), &steps, reach,
                           growth->contrast, &at) < FOUND)
        return;
    growth->known[y][x] = true;
    growth->at[y][x] = at;
    growth->pairs[growth->count++] =
        (struct tem_pair){{u, v}, at, growth->knots > 2 ? 1 : 4};
}

static void start(struct growth *growth, const struct tem_lattice *lattice)
{
    uint8_t centres[KNOTS];
    growth->knots = tem_qr_alignments(lattice->version, centres);
    for (unsigned i = 0; i < growth->knots; i++)
        growth->knot[i] = centres[i] + 0.5;
    for (unsigned y = 0; y < growth->knots; y++)
        for (unsigned x = 0; x < growth->knots; x++) {
            growth->known[y][x] = is_corner(growth, x, y);
            growth->at[y][x] =
                tem_project(&growth->map, growth->knot[x], growth->knot[y]);
        }
}

static void grow(struct growth *growth)
{
    for (unsigned turn = 1; turn < growth->knots; turn++) {
        size_t before = growth->count;
        for (unsigned y = 0; y < growth->knots; y++)
            for (unsigned x = 0; x < growth->knots; x++)
                if (rank(growth, x, y) == turn)
                    find_knot(growth, x, y, growth->knots > 2 ? 2 : 5);
        struct tem_projective map;
        if (growth->count > before &&
            tem_projective_fit(growth->pairs, growth->count, &map))
            growth->map = map;
    }
}

/* The corners are where the map of all has them; what was not found is where
 * its neighbours say. */
static void complete(struct growth *growth)
{
    for (unsigned y = 0; y < growth->knots; y++)
        for (unsigned x = 0; x < growth->knots; x++)
            if (!growth->known[y][x])
                growth->at[y][x] = predict(growth, x, y);
}

static bool fit_cell(const struct growth *growth, unsigned x, unsigned y,
                     struct tem_projective *map)
{
    struct tem_pair pairs[4];
    for (unsigned i = 0; i < 4; i++) {
        unsigned column = x + i % 2, row = y + i / 2;
        pairs[i] = (struct tem_pair){{growth->knot[column], growth->knot[row]},
                                     growth->at[row][column],
                                     1};
    }
    return tem_projective_fit(pairs, 4, map);
}

void tem_grow_alignments(const struct tem_image *image, struct tem_pair *pairs,
                         size_t count, struct tem_lattice *lattice)
{
    struct growth growth = {.image = image,
                            .contrast = tem_lattice_contrast(image, lattice),
                            .map = lattice->cell[0][0],
                            .pairs = pairs,
                            .count = count};
    start(&growth, lattice);
    if (growth.knots < 2)
        return;
    grow(&growth);
    tem_lattice_plain(lattice, lattice->version, &growth.map, lattice->light);
    if (growth.knots == 2)
        return;
    complete(&growth);
    lattice->cells = growth.knots - 1;
    for (unsigned i = 0; i < growth.knots; i++)
        lattice->knot[i] = growth.knot[i];
    for (unsigned y = 0; y < lattice->cells; y++)
        for (unsigned x = 0; x < lattice->cells; x++)
            if (!fit_cell(&growth, x, y, &lattice->cell[y][x]))
                lattice->cell[y][x] = growth.map;
}
