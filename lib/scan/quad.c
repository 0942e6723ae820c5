/* SPDX-License-Identifier: MIT */
/* See quad.h. */
#include "quad.h"
#include "ray.h"
#include <math.h>

enum {
    EDGE_RAYS = 64,
    BESIDE = 4, /* rays to each side that one is compared with */
};

/* Where the outer edge was met; the places of those that were not are left
 * out. */
struct rim {
    struct tem_spot at[EDGE_RAYS];
    unsigned count;
};

/* All ways to look, each turned on from the one before. */
static void turn_round(struct tem_spot way[EDGE_RAYS])
{
    static const struct tem_spot turn = {0.99518472667219693, /* 1/64 round */
                                         0.09801714032956060};
    way[0] = (struct tem_spot){1, 0};
    for (unsigned i = 1; i < EDGE_RAYS; i++)
        way[i] = (struct tem_spot){
            tem_spot_dot(way[i - 1], (struct tem_spot){turn.x, -turn.y}),
            tem_spot_dot(way[i - 1], (struct tem_spot){turn.y, turn.x})};
}

static double grey_on(const struct tem_image *image, struct tem_spot from,
                      struct tem_spot step, double distance)
{
    return tem_grey(image, from.x + distance * step.x,
                    from.y + distance * step.y);
}

/* Grey goes from inside to outside over a few pixels: the edge is where it is
 * halfway, the nearest such place to where it was met. */
static double sharpen_edge(const struct tem_image *image, struct tem_spot from,
                           struct tem_spot step, const double edge[3])
{
    double module = edge[2] / 3.5, reach = module < 2 ? module : 2;
    double inside = grey_on(image, from, step, edge[2] - module / 2);
    double outside = grey_on(image, from, step, edge[2] + module / 2);
    double half = (inside + outside) / 2;
    bool rises = inside < outside;
    double before = grey_on(image, from, step, edge[2]) - half;
    double way = (before < 0) == rises ? 0.5 : -0.5; /* still inside: go out */
    for (double d = way; fabs(d) <= reach; d += way) {
        double now = grey_on(image, from, step, edge[2] + d) - half;
        if ((now < 0) != (before < 0))
            return edge[2] + d - way * now / (now - before);
        before = now;
    }
    return edge[2];
}

/* How far out the rim is on a ray, 0 where it was not met. */
static double meet_rim(const struct tem_image *image,
                       const struct tem_binary *binary,
                       const struct tem_finder *finder, struct tem_spot step)
{
    double edge[3], limit = 9 * finder->module + 3;
    int rate = tem_cast_ray(binary, finder->at, step, limit, edge)
                   ? tem_rate_ray(edge)
                   : 0;
    if (rate == 3)
        return sharpen_edge(image, finder->at, step, edge);
    return rate == 2 ? edge[1] * 7 / 5 : 0;
}

/* Lengths of rays in order, those that met nothing left out. */
struct window {
    double length[2 * BESIDE + 2];
    unsigned count;
};

static void put(struct window *window, double length)
{
    unsigned k = window->count;
    if (length <= 0)
        return;
    for (; k > 0 && window->length[k - 1] > length; k--)
        window->length[k] = window->length[k - 1];
    window->length[k] = length;
    window->count++;
}

static void drop(struct window *window, double length)
{
    unsigned k = 0;
    if (length <= 0)
        return;
    while (k + 1 < window->count && window->length[k] != length)
        k++;
    window->count--;
    for (; k < window->count; k++)
        window->length[k] = window->length[k + 1];
}

/* The medians of what each ray and those next to it have met, or 0. */
static void find_medians(const double r[EDGE_RAYS], double median[EDGE_RAYS])
{
    struct window window = {.count = 0};
    for (unsigned i = 0; i < 2 * BESIDE; i++)
        put(&window, r[(EDGE_RAYS - BESIDE + i) % EDGE_RAYS]);
    for (unsigned i = 0; i < EDGE_RAYS; i++) {
        put(&window, r[(i + BESIDE) % EDGE_RAYS]);
        median[i] = window.count > 0 ? window.length[window.count / 2] : 0;
        drop(&window, r[(i + EDGE_RAYS - BESIDE) % EDGE_RAYS]);
    }
}

/* A ray that got through a gap in a ring went much farther than those beside
 * it. */
static void find_rim(const struct tem_image *image,
                     const struct tem_binary *binary,
                     const struct tem_finder *finder, struct rim *rim)
{
    double r[EDGE_RAYS], median[EDGE_RAYS];
    struct tem_spot way[EDGE_RAYS];
    turn_round(way);
    for (unsigned i = 0; i < EDGE_RAYS; i++)
        r[i] = meet_rim(image, binary, finder, way[i]);
    find_medians(r, median);
    rim->count = 0;
    for (unsigned i = 0; i < EDGE_RAYS; i++)
        if (r[i] > 0 && r[i] < 1.35 * median[i] && r[i] > 0.7 * median[i])
            rim->at[rim->count++] =
                tem_spot_add(finder->at, tem_spot_scale(way[i], r[i]));
}

static unsigned farthest_from(const struct rim *rim, struct tem_spot spot)
{
    unsigned best = 0;
    double most = -1;
    for (unsigned i = 0; i < rim->count; i++) {
        struct tem_spot d = tem_spot_sub(rim->at[i], spot);
        double distance = tem_spot_dot(d, d);
        if (distance > most) {
            most = distance;
            best = i;
        }
    }
    return best;
}

/* The farthest to the one side of the line from a to b, side 1 or -1. */
static unsigned farthest_beside(const struct rim *rim, struct tem_spot a,
                                struct tem_spot b, double side)
{
    unsigned best = 0;
    double most = -1e9;
    for (unsigned i = 0; i < rim->count; i++) {
        double distance = side * tem_spot_cross(tem_spot_sub(b, a),
                                                tem_spot_sub(rim->at[i], a));
        if (distance > most) {
            most = distance;
            best = i;
        }
    }
    return best;
}

/* A line by a place on it and its direction, of length 1. */
struct line {
    struct tem_spot at, along;
};

/* Through the places of the rim between two corners, without those next to
 * the corners, where blur has rounded it. */
static struct line fit_side(const struct rim *rim, struct tem_spot a,
                            struct tem_spot b)
{
    struct tem_spot chord = tem_spot_sub(b, a), mean = {0, 0};
    double length = tem_spot_dot(chord, chord) + 1e-9, n = 0, xx = 0, xy = 0,
           yy = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (unsigned i = 0; i < rim->count; i++) {
            struct tem_spot d = tem_spot_sub(rim->at[i], a);
            double along = tem_spot_dot(d, chord) / length;
            double off = tem_spot_cross(d, chord) / length;
            if (along < 0.12 || along > 0.88 || fabs(off) > 0.2)
                continue;
            if (pass == 0) {
                n++;
                mean = tem_spot_add(mean, rim->at[i]);
                continue;
            }
            d = tem_spot_sub(rim->at[i], mean);
            xx += d.x * d.x;
            xy += d.x * d.y;
            yy += d.y * d.y;
        }
        if (n < 3)
            return (struct line){a, tem_spot_scale(chord, 1 / sqrt(length))};
        if (pass == 0)
            mean = tem_spot_scale(mean, 1 / n);
    }
    double angle = atan2(2 * xy, xx - yy) / 2;
    return (struct line){mean, {cos(angle), sin(angle)}};
}

static bool cross_lines(const struct line *a, const struct line *b,
                        struct tem_spot *at)
{
    double turn = tem_spot_cross(a->along, b->along);
    if (fabs(turn) < 0.1)
        return false;
    double t = tem_spot_cross(tem_spot_sub(b->at, a->at), b->along) / turn;
    *at = tem_spot_add(a->at, tem_spot_scale(a->along, t));
    return true;
}

/* How far the rim is off the nearest side, on the average; pixels. */
static double roughness(const struct rim *rim, const struct line side[4])
{
    double sum = 0;
    for (unsigned i = 0; i < rim->count; i++) {
        double least = 1e9;
        for (int k = 0; k < 4; k++) {
            double off = fabs(tem_spot_cross(
                tem_spot_sub(rim->at[i], side[k].at), side[k].along));
            least = off < least ? off : least;
        }
        sum += least;
    }
    return sum / rim->count;
}

bool tem_finder_quad(const struct tem_image *image,
                     const struct tem_binary *binary,
                     const struct tem_finder *finder, struct tem_quad *quad)
{
    struct rim rim;
    find_rim(image, binary, finder, &rim);
    if (rim.count < EDGE_RAYS / 2)
        return false;
    struct tem_spot corner[4];
    corner[0] = rim.at[farthest_from(&rim, finder->at)];
    corner[2] = rim.at[farthest_from(&rim, corner[0])];
    corner[1] = rim.at[farthest_beside(&rim, corner[0], corner[2], -1)];
    corner[3] = rim.at[farthest_beside(&rim, corner[0], corner[2], 1)];
    struct line side[4];
    for (int i = 0; i < 4; i++)
        side[i] = fit_side(&rim, corner[i], corner[(i + 1) % 4]);
    for (int i = 0; i < 4; i++) {
        if (!cross_lines(&side[(i + 3) % 4], &side[i], &quad->corner[i]))
            return false;
        struct tem_spot moved = tem_spot_sub(quad->corner[i], corner[i]);
        if (tem_spot_dot(moved, moved) > 9 * finder->module * finder->module)
            return false;
    }
    quad->rough = roughness(&rim, side) / finder->module;
    return true;
}

double tem_quad_extent(const struct tem_quad *quad, struct tem_spot middle,
                       struct tem_spot direction)
{
    double least = 0, most = 0;
    double length = sqrt(tem_spot_dot(direction, direction));
    for (int i = 0; i < 4; i++) {
        struct tem_spot a = tem_spot_sub(quad->corner[i], middle);
        struct tem_spot b = tem_spot_sub(quad->corner[(i + 1) % 4], middle);
        double side_a = tem_spot_cross(direction, a),
               side_b = tem_spot_cross(direction, b);
        if ((side_a < 0) == (side_b < 0))
            continue;
        double t = side_a / (side_a - side_b);
        struct tem_spot hit =
            tem_spot_add(a, tem_spot_scale(tem_spot_sub(b, a), t));
        double at = tem_spot_dot(hit, direction) / length;
        least = at < least ? at : least;
        most = at > most ? at : most;
    }
    return most - least;
}
