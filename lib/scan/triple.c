/* SPDX-License-Identifier: MIT */
/* See triple.h. Each pattern is tried as the top left one, with its nearest
 * neighbours as the two others. */
#include "triple.h"
#include "spec.h"
#include <math.h>
#include <stdlib.h>

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

static size_t gather(const struct tem_finders *finders,
                     const struct tem_quad *quads, size_t of,
                     struct neighbour all[NEIGHBOURS])
{
    size_t count = 0;
    for (size_t i = 0; i < finders->count; i++) {
        struct neighbour one;
        if (i != of && relate(finders, quads, of, i, &one))
            insert(all, &count, &one);
    }
    return count;
}

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
    return (a->top_right > b->top_right) - (a->top_right < b->top_right);
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
    triples->count = 0;
    for (size_t corner = 0; corner < finders->count; corner++) {
        struct neighbour all[NEIGHBOURS];
        size_t count = gather(finders, quads, corner, all);
        for (size_t i = 0; i + 1 < count; i++)
            for (size_t k = i + 1; k < count; k++) {
                struct tem_triple one;
                if (join(finders, corner, &all[i], &all[k], doubt, &one))
                    add(triples, &one);
            }
    }
    qsort(triples->all, triples->count, sizeof *triples->all, compare);
}
