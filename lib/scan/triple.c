/* SPDX-License-Identifier: MIT */
/* See triple.h. Each pattern is tried as the top left one, with its nearest
 * neighbours as the two others. */
#include "triple.h"
#include "spec.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEIGHBOURS = 16 };

static const double SIZES = 2.6;    /* modules differ by this much at most */
static const double DISAGREE = 0.5; /* lengths of the two sides, in parts */

/* A neighbour of the pattern that is being tried as the top left one. */
struct neighbour {
    uint16_t number;
    double distance; /* pixels */
    double modules;  /* the same in modules, from middle to middle */
    double askew;    /* of the line between them to their sides, 0..1 */
};

/* The sine of the angle between a direction and the nearest side. */
static double askew_to(const struct tem_quad *quad, struct tem_spot direction)
{
    double least = 1;
    for (int i = 0; i < 4; i++) {
        struct tem_spot side =
            tem_spot_sub(quad->corner[(i + 1) % 4], quad->corner[i]);
        double sine =
            fabs(tem_spot_cross(side, direction)) /
            sqrt(tem_spot_dot(side, side) * tem_spot_dot(direction, direction) +
                 1e-9);
        least = sine < least ? sine : least;
    }
    return least;
}

/* Seen at a slant modules shrink along a line; their number between two places
 * is the distance by the geometric mean of the widths at both. */
static bool relate(const struct tem_finders *finders,
                   const struct tem_quad *quads, size_t a, size_t b,
                   struct neighbour *neighbour)
{
    const struct tem_finder *from = &finders->all[a], *to = &finders->all[b];
    if (from->light != to->light || from->module > SIZES * to->module ||
        to->module > SIZES * from->module)
        return false;
    struct tem_spot d = tem_spot_sub(to->at, from->at);
    double distance = sqrt(tem_spot_dot(d, d));
    double larger = from->module > to->module ? from->module : to->module;
    double smaller = from->module + to->module - larger;
    if (distance < 7 * smaller || distance > 200 * larger)
        return false;
    double extent = tem_quad_extent(&quads[a], from->at, d) *
                    tem_quad_extent(&quads[b], to->at, d);
    if (!(extent > 0))
        return false;
    double askew = askew_to(&quads[a], d), askew_b = askew_to(&quads[b], d);
    *neighbour =
        (struct neighbour){(uint16_t)b, distance, distance / (sqrt(extent) / 7),
                           askew > askew_b ? askew : askew_b};
    return neighbour->modules > 11 && neighbour->modules < 190 &&
           neighbour->askew < 0.35;
}

/* Keep the nearest, in order. */
static void insert(struct neighbour *all, size_t *count,
                   const struct neighbour *one)
{
    size_t k = *count < NEIGHBOURS ? (*count)++ : NEIGHBOURS;
    if (k == NEIGHBOURS && all[--k].distance <= one->distance)
        return;
    for (; k > 0 && all[k - 1].distance > one->distance; k--)
        all[k] = all[k - 1];
    all[k] = *one;
}

/* ---- what is near ------------------------------------------------------- */

enum {
    CELLS_MAX = 64, /* of the map, along one axis */
    NOBODY = UINT16_MAX,
    LOOKS = 400, /* so many of the nearest are looked at, and all as near as
                    the last */
};

/* The patterns by where they are. */
struct map {
    struct tem_spot origin;
    int cells;   /* along one axis */
    double cell; /* pixels */
    uint16_t first[CELLS_MAX][CELLS_MAX], next[TEM_FINDERS_MAX];
};

static int cell_of(const struct map *map, double at, double origin)
{
    int number = (int)((at - origin) / map->cell);
    return number < map->cells ? number : map->cells - 1;
}

static void draw_map(const struct tem_finders *finders, struct map *map)
{
    struct tem_spot low = finders->all[0].at, high = low;
    for (size_t i = 1; i < finders->count; i++) {
        struct tem_spot at = finders->all[i].at;
        low = (struct tem_spot){fmin(low.x, at.x), fmin(low.y, at.y)};
        high = (struct tem_spot){fmax(high.x, at.x), fmax(high.y, at.y)};
    }
    map->origin = low;
    map->cells = (int)fmin(ceil(sqrt((double)finders->count)), CELLS_MAX);
    map->cell = fmax(fmax(high.x - low.x, high.y - low.y) / map->cells, 1);
    memset(map->first, 0xFF, sizeof map->first);
    for (size_t i = finders->count; i-- > 0;) {
        struct tem_spot at = finders->all[i].at;
        uint16_t *first =
            &map->first[cell_of(map, at.y, low.y)][cell_of(map, at.x, low.x)];
        map->next[i] = *first;
        *first = (uint16_t)i;
    }
}

/* The pattern that is being tried, and what was found near it. */
struct gathering {
    const struct tem_finders *finders;
    const struct tem_quad *quads;
    size_t of, looks, count;
    struct neighbour all[NEIGHBOURS];
};

static void gather_cell(struct gathering *g, const struct map *map, int x,
                        int y)
{
    if (x < 0 || y < 0 || x >= map->cells || y >= map->cells)
        return;
    for (uint16_t i = map->first[y][x]; i != NOBODY; i = map->next[i]) {
        struct neighbour one;
        g->looks++;
        if (i != g->of && relate(g->finders, g->quads, g->of, i, &one))
            insert(g->all, &g->count, &one);
    }
}

/* The cells so many away, round about. */
static void gather_ring(struct gathering *g, const struct map *map, int x,
                        int y, int away)
{
    for (int i = -away; i <= away; i++) {
        gather_cell(g, map, x + i, y - away);
        if (away > 0)
            gather_cell(g, map, x + i, y + away);
    }
    for (int i = 1 - away; i < away; i++) {
        gather_cell(g, map, x - away, y + i);
        gather_cell(g, map, x + away, y + i);
    }
}

/* Outwards, until none can be nearer than those that were found. */
static void gather(struct gathering *g, const struct map *map)
{
    struct tem_spot at = g->finders->all[g->of].at;
    int x = cell_of(map, at.x, map->origin.x);
    int y = cell_of(map, at.y, map->origin.y);
    g->looks = g->count = 0;
    for (int away = 0; away < map->cells && g->looks < LOOKS; away++) {
        if (g->count == NEIGHBOURS &&
            g->all[NEIGHBOURS - 1].distance < (away - 1) * map->cell)
            break;
        gather_ring(g, map, x, y, away);
    }
}

/* ---- triples ------------------------------------------------------------ */

/* Does the corner with its two neighbours make half a square? */
static bool join(const struct tem_finders *finders, size_t corner,
                 const struct neighbour *a, const struct neighbour *b,
                 double doubt, struct tem_triple *triple)
{
    struct tem_spot at = finders->all[corner].at;
    struct tem_spot to_a = tem_spot_sub(finders->all[a->number].at, at);
    struct tem_spot to_b = tem_spot_sub(finders->all[b->number].at, at);
    double sine = tem_spot_cross(to_a, to_b) / (a->distance * b->distance);
    double mean = (a->modules + b->modules) / 2;
    double disagree = fabs(a->modules - b->modules) / mean;
    if (fabs(sine) < 0.4 || disagree > DISAGREE)
        return false;
    const struct neighbour *right = sine > 0 ? a : b, *down = sine > 0 ? b : a;
    double side = mean + 7;
    *triple = (struct tem_triple){(uint16_t)corner, right->number, down->number,
                                  (float)side,
                                  (float)(disagree * 2 + a->askew + b->askew +
                                          (1 - fabs(sine)) + side / 400)};
    return triple->doubt <= (float)doubt && side < TEM_SYMBOL_SIDE_MAX * 1.15;
}

static int compare(const void *left, const void *right)
{
    const struct tem_triple *a = left, *b = right;
    if (a->doubt != b->doubt)
        return a->doubt < b->doubt ? -1 : 1;
    if (a->top_left != b->top_left)
        return a->top_left < b->top_left ? -1 : 1;
    if (a->top_right != b->top_right)
        return a->top_right < b->top_right ? -1 : 1;
    return (a->bottom_left > b->bottom_left) -
           (a->bottom_left < b->bottom_left);
}

/* Where there is no room the more doubtful half goes. */
static void add(struct tem_triples *triples, const struct tem_triple *triple)
{
    if (triples->count == TEM_TRIPLES_MAX) {
        qsort(triples->all, triples->count, sizeof *triples->all, compare);
        triples->count /= 2;
    }
    triples->all[triples->count++] = *triple;
}

void tem_find_triples(const struct tem_finders *finders,
                      const struct tem_quad *quads, double doubt,
                      struct tem_triples *triples)
{
    struct map map;
    struct gathering near = {.finders = finders, .quads = quads};
    triples->count = 0;
    if (finders->count == 0)
        return;
    draw_map(finders, &map);
    for (near.of = 0; near.of < finders->count; near.of++) {
        gather(&near, &map);
        for (size_t i = 0; i + 1 < near.count; i++)
            for (size_t k = i + 1; k < near.count; k++) {
                struct tem_triple one;
                if (join(finders, near.of, &near.all[i], &near.all[k], doubt,
                         &one))
                    add(triples, &one);
            }
    }
    qsort(triples->all, triples->count, sizeof *triples->all, compare);
}
