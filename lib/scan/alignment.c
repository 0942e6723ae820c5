/* SPDX-License-Identifier: MIT */
/* See alignment.h. */
#include "alignment.h"
#include "bend.h"
#include <math.h>
#include <stdlib.h>

enum {
    HALVES_MAX = 4 * TEM_ALIGNMENT_REACH_MAX + 1, /* places tried */
    PATCH_MAX = HALVES_MAX + 8, /* and what the pattern needs around them */
    KNOTS = TEM_QR_ALIGNMENTS_MAX,
};

static const double CELL = 9;    /* modules a side of the net's, about */
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
    bool bent;            /* or flat */
    struct tem_bend bend; /* of everything so far */
    struct tem_pair *pairs;
    size_t count;
    unsigned knots;
    double knot[KNOTS];
    bool known[KNOTS][KNOTS];
    struct tem_spot at[KNOTS][KNOTS];
};

/* A knot in a finder pattern, by the map of that alone: @p pairs, its corners.
 */
static void know_corner(struct growth *growth, unsigned x, unsigned y,
                        const struct tem_pair pairs[4])
{
    struct tem_projective map;
    growth->known[y][x] = true;
    if (tem_projective_fit(pairs, 4, &map))
        growth->at[y][x] = tem_project(&map, growth->knot[x], growth->knot[y]);
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

/* By all so far, and as far off that as the known neighbours are. */
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
                tem_bend_at(&growth->bend, growth->knot[i], growth->knot[j]);
            off = tem_spot_add(off, tem_spot_sub(growth->at[j][i], there));
            weight++;
        }
    struct tem_spot here =
        tem_bend_at(&growth->bend, growth->knot[x], growth->knot[y]);
    return weight > 0 ? tem_spot_add(here, tem_spot_scale(off, 1 / weight))
                      : here;
}

static void find_knot(struct growth *growth, unsigned x, unsigned y,
                      double reach)
{
    double u = growth->knot[x], v = growth->knot[y];
    struct tem_steps steps = tem_steps_of(&growth->bend.map, u, v);
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
            growth->known[y][x] = false;
            growth->at[y][x] =
                tem_bend_at(&growth->bend, growth->knot[x], growth->knot[y]);
        }
    know_corner(growth, 0, 0, growth->pairs);
    know_corner(growth, growth->knots - 1, 0, growth->pairs + 4);
    know_corner(growth, 0, growth->knots - 1, growth->pairs + 8);
}

/* To all so far. */
static bool fit(struct growth *growth)
{
    struct tem_projective map;
    double side = growth->bend.side;
    if (growth->bent)
        return tem_bend_fit(growth->pairs, growth->count, side, &growth->bend);
    if (!tem_projective_fit(growth->pairs, growth->count, &map))
        return false;
    tem_bend_none(&map, side, &growth->bend);
    return true;
}

static void grow(struct growth *growth)
{
    for (unsigned turn = 1; turn < growth->knots; turn++) {
        size_t before = growth->count;
        for (unsigned y = 0; y < growth->knots; y++)
            for (unsigned x = 0; x < growth->knots; x++)
                if (rank(growth, x, y) == turn)
                    find_knot(growth, x, y, growth->knots > 2 ? 3 : 5);
        if (growth->count > before)
            fit(growth);
    }
}

/* What was not found is where its neighbours say. */
static void complete(struct growth *growth)
{
    for (unsigned y = 0; y < growth->knots; y++)
        for (unsigned x = 0; x < growth->knots; x++)
            if (!growth->known[y][x])
                growth->at[y][x] = predict(growth, x, y);
}

/* ---- between them ----------------------------------------------------- */

/* The two knots that a place is between, and its share of the second. */
struct between {
    unsigned first;
    double second;
};

static struct between between(const struct growth *growth, double at)
{
    const double *knot = growth->knot;
    unsigned first = 0;
    while (first + 2 < growth->knots && at > knot[first + 1])
        first++;
    double share = (at - knot[first]) / (knot[first + 1] - knot[first]);
    return (struct between){first, share < 0 ? 0 : share > 1 ? 1 : share};
}

/* By all, and as far off that as the four knots about it are. */
static struct tem_spot place(const struct growth *growth, double u, double v)
{
    struct between across = between(growth, u), down = between(growth, v);
    struct tem_spot at = tem_bend_at(&growth->bend, u, v);
    for (unsigned i = 0; i < 4; i++) {
        unsigned x = across.first + i % 2, y = down.first + i / 2;
        double share = (i % 2 ? across.second : 1 - across.second) *
                       (i / 2 ? down.second : 1 - down.second);
        struct tem_spot by_all =
            tem_bend_at(&growth->bend, growth->knot[x], growth->knot[y]);
        at = tem_spot_add(
            at, tem_spot_scale(tem_spot_sub(growth->at[y][x], by_all), share));
    }
    return at;
}

static void lay_net(const struct growth *growth, struct tem_lattice *lattice)
{
    struct tem_spot at[KNOTS][KNOTS];
    tem_lattice_divide(lattice, CELL);
    for (unsigned y = 0; y <= lattice->cells; y++)
        for (unsigned x = 0; x <= lattice->cells; x++)
            at[y][x] = place(growth, lattice->knot[x], lattice->knot[y]);
    for (unsigned y = 0; y < lattice->cells; y++)
        for (unsigned x = 0; x < lattice->cells; x++)
            if (!tem_lattice_fit(lattice, x, y, at))
                lattice->cell[y][x] = growth->bend.map;
}

void tem_grow_alignments(const struct tem_image *image, struct tem_pair *pairs,
                         size_t count, bool bent, struct tem_lattice *lattice)
{
    struct growth growth = {.image = image,
                            .contrast = tem_lattice_contrast(image, lattice),
                            .bent = bent,
                            .bend = {.side = lattice->side},
                            .pairs = pairs,
                            .count = count};
    if (lattice->version < 2 || !fit(&growth))
        return;
    start(&growth, lattice);
    grow(&growth);
    if (growth.knots == 2 && !bent) {
        tem_lattice_plain(lattice, lattice->version, &growth.bend.map,
                          lattice->light);
        return;
    }
    complete(&growth);
    lay_net(&growth, lattice);
}
