/* SPDX-License-Identifier: MIT */
/* See projective.h. Two equations a pair, linear in the eight unknowns; both
 * sides are brought to the same size first, so that the unknowns are of one
 * order, and the errors of the equations close to those in pixels. */
#include "projective.h"
#include <math.h>

enum { UNKNOWNS = 8 };

/* Moved and scaled so that the middle is 0 and the mean distance from it 1. */
struct frame {
    struct tem_spot middle;
    double scale;
};

static struct tem_spot side_of(const struct tem_pair *pair, bool picture)
{
    return picture ? pair->picture : pair->symbol;
}

static struct frame frame_of(const struct tem_pair *pairs, size_t count,
                             bool picture)
{
    struct frame frame = {{0, 0}, 0};
    for (size_t i = 0; i < count; i++)
        frame.middle = tem_spot_add(frame.middle, side_of(&pairs[i], picture));
    frame.middle = tem_spot_scale(frame.middle, 1.0 / (double)count);
    for (size_t i = 0; i < count; i++) {
        struct tem_spot d =
            tem_spot_sub(side_of(&pairs[i], picture), frame.middle);
        frame.scale += sqrt(tem_spot_dot(d, d));
    }
    frame.scale /= (double)count;
    return frame;
}

static struct tem_spot into(const struct frame *frame, struct tem_spot spot)
{
    return tem_spot_scale(tem_spot_sub(spot, frame->middle), 1 / frame->scale);
}

/* One equation into the normal equations; the last column is the right side.
 * The coefficients of the other coordinate are 0. */
static void accumulate(double normal[UNKNOWNS][UNKNOWNS + 1],
                       const double row[UNKNOWNS + 1], double weight)
{
    for (int i = 0; i < UNKNOWNS; i++) {
        if (row[i] == 0)
            continue;
        for (int j = i; j <= UNKNOWNS; j++)
            normal[i][j] += weight * row[i] * row[j];
    }
}

/* By elimination; the largest of each column comes up first. */
static bool solve(double a[UNKNOWNS][UNKNOWNS + 1], double x[UNKNOWNS])
{
    for (int k = 0; k < UNKNOWNS; k++) {
        int best = k;
        for (int i = k + 1; i < UNKNOWNS; i++)
            best = fabs(a[i][k]) > fabs(a[best][k]) ? i : best;
        if (!(fabs(a[best][k]) > 1e-10))
            return false;
        for (int j = k; j <= UNKNOWNS; j++) {
            double swap = a[k][j];
            a[k][j] = a[best][j];
            a[best][j] = swap;
        }
        for (int i = k + 1; i < UNKNOWNS; i++) {
            double times = a[i][k] / a[k][k];
            for (int j = k; j <= UNKNOWNS; j++)
                a[i][j] -= times * a[k][j];
        }
    }
    for (int k = UNKNOWNS; k-- > 0;) {
        x[k] = a[k][UNKNOWNS];
        for (int j = k + 1; j < UNKNOWNS; j++)
            x[k] -= a[k][j] * x[j];
        x[k] /= a[k][k];
    }
    return true;
}

/* picture^-1 . map . symbol, with the last coefficient brought to 1. */
static bool out_of_frames(const double h[UNKNOWNS], const struct frame *symbol,
                          const struct frame *picture,
                          struct tem_projective *map)
{
    double row[3][3] = {
        {h[0], h[1], h[2]}, {h[3], h[4], h[5]}, {h[6], h[7], 1}};
    for (int j = 0; j < 3; j++) {
        row[0][j] = picture->scale * row[0][j] + picture->middle.x * row[2][j];
        row[1][j] = picture->scale * row[1][j] + picture->middle.y * row[2][j];
    }
    for (int i = 0; i < 3; i++) {
        row[i][0] /= symbol->scale;
        row[i][1] /= symbol->scale;
        row[i][2] -=
            row[i][0] * symbol->middle.x + row[i][1] * symbol->middle.y;
    }
    if (!(fabs(row[2][2]) > 1e-9))
        return false;
    for (int i = 0; i < 8; i++)
        map->m[i] = row[i / 3][i % 3] / row[2][2];
    return true;
}

bool tem_projective_fit(const struct tem_pair *pairs, size_t count,
                        struct tem_projective *map)
{
    struct frame symbol = frame_of(pairs, count, false);
    struct frame picture = frame_of(pairs, count, true);
    double normal[UNKNOWNS][UNKNOWNS + 1] = {{0}}, h[UNKNOWNS];
    if (!(symbol.scale > 0 && picture.scale > 0))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct tem_spot s = into(&symbol, pairs[i].symbol);
        struct tem_spot p = into(&picture, pairs[i].picture);
        double across[] = {s.x, s.y, 1, 0, 0, 0, -s.x * p.x, -s.y * p.x, p.x};
        double down[] = {0, 0, 0, s.x, s.y, 1, -s.x * p.y, -s.y * p.y, p.y};
        accumulate(normal, across, pairs[i].weight);
        accumulate(normal, down, pairs[i].weight);
    }
    for (int i = 0; i < UNKNOWNS; i++)
        for (int j = 0; j < i; j++)
            normal[i][j] = normal[j][i];
    return solve(normal, h) && out_of_frames(h, &symbol, &picture, map);
}
