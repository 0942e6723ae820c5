/* SPDX-License-Identifier: MIT */
/* See bend.h. */
#include "bend.h"
#include <math.h>
#include <string.h>

enum { TERMS = TEM_BEND_TERMS };

/* Places are measured to about 0.15 modules, and bends are of about one: the
 * ratio of the squares. */
static const double RIDGE = 0.02;

void tem_bend_none(const struct tem_projective *map, double side,
                   struct tem_bend *bend)
{
    *bend = (struct tem_bend){.map = *map, .side = side};
}

static void terms_at(double side, double u, double v, double term[TERMS])
{
    double x = 2 * u / side - 1, y = 2 * v / side - 1;
    const double all[TERMS] = {1,         x,        y,         x * y,
                               x * x,     y * y,    x * x * y, x * y * y,
                               x * x * x, y * y * y};
    memcpy(term, all, sizeof all);
}

static double sum(const double factor[TERMS], const double term[TERMS])
{
    double all = 0;
    for (int i = 0; i < TERMS; i++)
        all += factor[i] * term[i];
    return all;
}

struct tem_spot tem_bend_at(const struct tem_bend *bend, double u, double v)
{
    double term[TERMS];
    struct tem_spot flat = tem_project(&bend->map, u, v);
    terms_at(bend->side, u, v, term);
    return (struct tem_spot){flat.x + sum(bend->across, term),
                             flat.y + sum(bend->down, term)};
}

/* Cholesky's way; the ridge keeps the squares of the diagonal above 0. */
static void factorise(double a[TERMS][TERMS])
{
    for (int i = 0; i < TERMS; i++)
        for (int j = 0; j <= i; j++) {
            double left = a[i][j];
            for (int k = 0; k < j; k++)
                left -= a[i][k] * a[j][k];
            a[i][j] = i == j ? sqrt(left) : left / a[j][j];
        }
}

/* @param x  in: the right side; out: the solution. */
static void solve(double a[TERMS][TERMS], double x[TERMS])
{
    for (int i = 0; i < TERMS; i++) {
        for (int k = 0; k < i; k++)
            x[i] -= a[i][k] * x[k];
        x[i] /= a[i][i];
    }
    for (int i = TERMS; i-- > 0;) {
        for (int k = i + 1; k < TERMS; k++)
            x[i] -= a[k][i] * x[k];
        x[i] /= a[i][i];
    }
}

bool tem_bend_fit(const struct tem_pair *pairs, size_t count, double side,
                  struct tem_bend *bend)
{
    struct tem_projective map;
    double normal[TERMS][TERMS] = {{0}}, term[TERMS];
    if (!tem_projective_fit(pairs, count, &map))
        return false;
    tem_bend_none(&map, side, bend);
    for (int i = 0; i < TERMS; i++)
        normal[i][i] = RIDGE;
    for (size_t n = 0; n < count; n++) {
        const struct tem_pair *pair = &pairs[n];
        struct tem_spot flat =
            tem_project(&map, pair->symbol.x, pair->symbol.y);
        struct tem_spot off = tem_spot_sub(pair->picture, flat);
        terms_at(side, pair->symbol.x, pair->symbol.y, term);
        for (int i = 0; i < TERMS; i++) {
            for (int j = 0; j <= i; j++)
                normal[i][j] += pair->weight * term[i] * term[j];
            bend->across[i] += pair->weight * term[i] * off.x;
            bend->down[i] += pair->weight * term[i] * off.y;
        }
    }
    factorise(normal);
    solve(normal, bend->across);
    solve(normal, bend->down);
    return true;
}
