/* SPDX-License-Identifier: MIT */
/* See printed.h. */
#include "printed.h"
#include "relax.h"
#include <math.h>

enum { QUIET = TEM_PRINTED_QUIET };

/* Pictures are sRGB (IEC 61966-2-1): half as light is not half the number. */
static void make_linear(struct tem_printed *p)
{
    for (int grey = 0; grey < 256; grey++) {
        double s = grey / 255.0;
        s = s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
        p->linear[grey] = (float)s;
    }
}

/* Between the four pixels around a place. Light adds, not the numbers that
 * stand for it: tem_grey() would make dark modules grow. */
static double seen_at(const struct tem_printed *printed, double u, double v)
{
    const struct tem_image *image = printed->image;
    struct tem_spot at = tem_lattice_at(&printed->lattice, u, v);
    uint32_t left = tem_pixel(at.x - 0.5, image->width - 1);
    uint32_t top = tem_pixel(at.y - 0.5, image->height - 1);
    size_t right = left + 1 < image->width;
    size_t down = top + 1 < image->height ? image->width : 0;
    double fx = fmin(fmax(at.x - 0.5 - left, 0), 1);
    double fy = fmin(fmax(at.y - 0.5 - top, 0), 1);
    const uint8_t *p = image->pixels + (size_t)top * image->width + left;
    const float *light = printed->linear;
    double above = light[p[0]] * (1 - fx) + light[p[right]] * fx;
    double below = light[p[down]] * (1 - fx) + light[p[down + right]] * fx;
    return above * (1 - fy) + below * fy;
}

/* The mean of what lies within 0.8 modules, the aperture of the standard. */
static float reflectance(const struct tem_printed *p, double u, double v)
{
    enum { TAPS = 5 };
    double sum = 0;
    for (int i = 0; i < TAPS * TAPS; i++) {
        double across = (i % TAPS - 2) * 0.16, down = (i / TAPS - 2) * 0.16;
        sum += seen_at(p, u + across, v + down);
    }
    return (float)(sum / (TAPS * TAPS));
}

/* ---- light from one side ------------------------------------------------ */

bool tem_printed_ink(const struct tem_printed *printed, int x, int y)
{
    return tem_symbol_dark(printed->drawn, x, y) != printed->inverted;
}

static double all_of(const struct tem_printed *p)
{
    return p->drawn->side + 2.0 * QUIET;
}

/* From modules of the symbol to -1..1. */
static double place_of(const struct tem_printed *p, double at)
{
    return 2 * (at + QUIET) / all_of(p) - 1;
}

static double reach(struct tem_slope slope)
{
    return fabs(slope.across) + fabs(slope.down);
}

/* What to multiply with, as if all had as much light as where there is most. */
static double lift(const struct tem_printed *p, double u, double v)
{
    double most = p->slope.middle + reach(p->slope);
    return most / (p->slope.middle + p->slope.across * place_of(p, u) +
                   p->slope.down * place_of(p, v));
}

/* Least squares, but for the product of x and y: paper shows on all sides. */
static struct tem_slope find_slope(const struct tem_printed *p)
{
    double n = 0, sum = 0, sx = 0, sy = 0, xx = 0, yy = 0, xr = 0, yr = 0;
    int end = p->drawn->side + QUIET;
    for (int row = -QUIET; row < end; row++)
        for (int column = -QUIET; column < end; column++) {
            if (tem_printed_ink(p, column, row))
                continue;
            double x = place_of(p, column + 0.5), y = place_of(p, row + 0.5);
            double r = p->at[row + QUIET][column + QUIET];
            n++;
            sum += r;
            sx += x;
            sy += y;
            xx += x * x;
            yy += y * y;
            xr += x * r;
            yr += y * r;
        }
    double across = (xr - sx * sum / n) / (xx - sx * sx / n);
    double down = (yr - sy * sum / n) / (yy - sy * sy / n);
    return (struct tem_slope){(sum - across * sx - down * sy) / n, across,
                              down};
}

static void level(struct tem_printed *p)
{
    struct tem_slope slope = find_slope(p);
    if (slope.middle - reach(slope) <= 0)
        return;
    p->slope = slope;
    unsigned all = p->drawn->side + 2 * QUIET;
    for (unsigned y = 0; y < all; y++)
        for (unsigned x = 0; x < all; x++)
            p->at[y][x] = (float)fmin(
                p->at[y][x] * lift(p, x + 0.5 - QUIET, y + 0.5 - QUIET), 1);
}

double tem_printed_slope(const struct tem_printed *printed)
{
    double most = printed->slope.middle + reach(printed->slope);
    return 2 * reach(printed->slope) / most;
}

double tem_printed_light(const struct tem_printed *printed, double u, double v)
{
    return seen_at(printed, u, v) * lift(printed, u, v);
}

/* ---- ink that spreads -------------------------------------------------- */

/* Where between the middles of a dark module and of a light one beside it the
 * light begins, 0..1; 0.5 is right. */
static double edge_at(const struct tem_printed *p, double u, double v,
                      int across, int down)
{
    enum { STEPS = 20 };
    double middle = (p->dark + p->light) / 2, before = 0;
    for (int i = 0; i <= STEPS; i++) {
        double t = (double)i / STEPS;
        double r = tem_printed_light(p, u + across * t, v + down * t);
        if (r >= middle && i == 0)
            return 0;
        if (r >= middle)
            return (i - (r - middle) / (r - before)) / STEPS;
        before = r;
    }
    return 1;
}

/* Of the whole way from dark to light, the part that a quarter of a module to
 * each side of an edge takes. */
static double steepness(const struct tem_printed *p, double u, double v,
                        double across, double down)
{
    double near = tem_printed_light(p, u - across / 4, v - down / 4);
    double far = tem_printed_light(p, u + across / 4, v + down / 4);
    return (far - near) / fmax(p->light - p->dark, 0.001);
}

/* All edges along an axis: by how much ink is too wide, and how sharp it ends.
 * Where the lattice lies a little to one side, what it gains at one edge it
 * loses at the next. */
struct edges {
    double growth, sharpness;
};

static struct edges find_edges(const struct tem_printed *p, bool down)
{
    int side = p->drawn->side;
    double sum = 0, steep = 0;
    long count = 0;
    for (int i = 0; i < 2 * side * side; i++) {
        int x = i / 2 % side, y = i / 2 / side, turn = i % 2 ? 1 : -1;
        int across = down ? 0 : turn, along = down ? turn : 0;
        if (!tem_printed_ink(p, x, y) ||
            tem_printed_ink(p, x + across, y + along))
            continue;
        double at = edge_at(p, x + 0.5, y + 0.5, across, along);
        steep += steepness(p, x + 0.5 + across * at, y + 0.5 + along * at,
                           across, along);
        sum += at - 0.5;
        count++;
    }
    return (struct edges){2 * sum / (double)count, steep / (double)count};
}

/* ---- the whole ---------------------------------------------------------- */

static bool lay(struct tem_printed *p, const struct tem_scan_symbol *symbol)
{
    double side = p->drawn->side;
    const struct tem_spot at[4] = {{0, 0}, {0, side}, {side, side}, {side, 0}};
    struct tem_pair pairs[4];
    struct tem_projective map;
    for (int i = 0; i < 4; i++)
        pairs[i] = (struct tem_pair){
            at[i], {symbol->corners[i].x, symbol->corners[i].y}, 1};
    if (!tem_projective_fit(pairs, 4, &map))
        return false;
    tem_lattice_plain(&p->lattice, p->drawn->version, &map, p->inverted);
    return true;
}

static void look(struct tem_printed *p)
{
    unsigned all = p->drawn->side + 2 * QUIET;
    p->slope = (struct tem_slope){1, 0, 0};
    for (unsigned y = 0; y < all; y++)
        for (unsigned x = 0; x < all; x++)
            p->at[y][x] = reflectance(p, x + 0.5 - QUIET, y + 0.5 - QUIET);
    level(p);
    p->dark = 1;
    p->light = 0;
    for (unsigned i = 0; i < all * all; i++) {
        double r = p->at[i / all][i % all];
        p->dark = fmin(p->dark, r);
        p->light = fmax(p->light, r);
    }
    struct edges across = find_edges(p, false), down = find_edges(p, true);
    p->growth_x = across.growth;
    p->growth_y = down.growth;
    p->sharpness = (across.sharpness + down.sharpness) / 2;
}

/* Ink that spreads hides where light modules begin, so that the lattice slides:
 * once it is known how far, it is laid again. */
bool tem_printed_read(struct tem_printed *printed,
                      const struct tem_image *image,
                      const struct tem_scan_symbol *symbol)
{
    printed->image = image;
    printed->drawn = symbol->drawn;
    printed->inverted = symbol->inverted;
    make_linear(printed);
    double growth = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (!lay(printed, symbol))
            return false;
        tem_relax_drawn(image, printed->drawn, growth, &printed->lattice);
        look(printed);
        growth = fabs(printed->growth_x) > fabs(printed->growth_y)
                     ? printed->growth_x
                     : printed->growth_y;
        if (printed->inverted)
            growth = -growth;
    }
    return true;
}

double tem_printed_modulation(const struct tem_printed *printed, int x, int y)
{
    double contrast = printed->light - printed->dark;
    double middle = (printed->light + printed->dark) / 2;
    double over = printed->at[y + QUIET][x + QUIET] - middle;
    if (contrast <= 0)
        return 0;
    return 2 * (tem_printed_ink(printed, x, y) ? -over : over) / contrast;
}
