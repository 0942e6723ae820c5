/* SPDX-License-Identifier: MIT */
/* See finder.h. A row is taken apart into runs of one colour; five of them in
 * the right proportions make a candidate, which is then looked at upright,
 * across again from the middle so found, and along rays. */
#include "finder.h"
#include "ray.h"
#include <math.h>
#include <string.h>

enum {
    RUNS = 5,
    WIDTH_LEAST = 7, /* pixels across the whole of it */
    CELL = 16,       /* pixels a side, of the net that known ones are kept in */
    CELLS = 4096,    /* of the net, folded together */
    NONE = 0xFFFF,
};

/* What is needed to walk a picture. */
struct hunt {
    const struct tem_binary *binary;
    struct tem_finders *finders;
    enum tem_care care;
    uint16_t first[CELLS], next[TEM_FINDERS_MAX]; /* known ones by cell */
};

/* ---- proportions ------------------------------------------------------ */

/* Ink that has spread, or bled away under light, widens all dark runs by as
 * much as it narrows the light ones; a dark and a light run together keep
 * their width, and are what is measured. */
static bool is_cut_right(const double run[RUNS])
{
    double total = run[0] + run[1] + run[2] + run[3] + run[4];
    if (total < WIDTH_LEAST)
        return false;
    double module = total / 7, slack = module * 0.7 + 0.6;
    if (fabs(run[1] + run[2] - 4 * module) > 1.5 * slack ||
        fabs(run[2] + run[3] - 4 * module) > 1.5 * slack ||
        fabs(run[0] + run[1] - 2 * module) > slack ||
        fabs(run[3] + run[4] - 2 * module) > slack)
        return false;
    return run[2] > 1.5 * module && run[2] < 4.3 * module;
}

/* The same where the outer square runs into something dark beside it, on one
 * side: what is in it must be right, and the ring be there on the other. */
static bool is_cut_inside(const double run[RUNS])
{
    double module = (run[1] + run[2] + run[3]) / 5;
    double slack = module * 0.5 + 0.6;
    if (module * 7 < WIDTH_LEAST || fabs(run[1] - run[3]) > slack ||
        fabs(run[1] + run[2] - 4 * module) > slack || run[2] < 2 * module ||
        run[2] > 4.2 * module)
        return false;
    bool left = fabs(run[0] - module) <= slack;
    bool right = fabs(run[4] - module) <= slack;
    return (left && run[4] >= module - slack) ||
           (right && run[0] >= module - slack);
}

static bool is_cut(const double run[RUNS], enum tem_care care)
{
    return is_cut_right(run) || (care == TEM_LENIENT && is_cut_inside(run));
}

/* ---- walks ------------------------------------------------------------ */

/* From a pixel to the edge of the picture along a row or column, both counted.
 */
static int room_to_edge(const struct tem_binary *binary, int64_t x, int64_t y,
                        int dx, int dy)
{
    return (int)(dx > 0   ? binary->width - x
                 : dx < 0 ? x + 1
                 : dy > 0 ? binary->height - y
                          : y + 1);
}

/* Three runs from a pixel on, @p limit pixels at most: 2 1/2 lengths of the
 * colour of the pixel, of the other, and of the first again, which may be cut
 * off: there is more that is dark beside it. */
static bool walk(const struct tem_binary *binary, int64_t x, int64_t y, int dx,
                 int dy, int limit, int run[3])
{
    int room = room_to_edge(binary, x, y, dx, dy);
    const uint8_t *at = binary->dark + y * (int64_t)binary->width + x;
    ptrdiff_t step = dx + dy * (ptrdiff_t)binary->width;
    uint8_t colour = *at;
    int left = room < limit ? room : limit;
    for (int i = 0; i < 3; i++, colour ^= 1) {
        int from = left;
        for (; left > 0 && *at == colour; left--)
            at += step;
        run[i] = from - left;
        if (left == 0)
            return i == 2;
    }
    return true;
}

/* The five runs along a row or column through a pixel. @p offset: from the
 * pixel to the middle of them. */
static bool measure(const struct hunt *hunt, int64_t x, int64_t y, int dx,
                    int dy, int limit, double run[RUNS], double *offset)
{
    int ahead[3], behind[3];
    if (!walk(hunt->binary, x, y, dx, dy, limit, ahead) ||
        !walk(hunt->binary, x, y, -dx, -dy, limit, behind))
        return false;
    run[0] = behind[2];
    run[1] = behind[1];
    run[2] = ahead[0] + behind[0] - 1;
    run[3] = ahead[1];
    run[4] = ahead[2];
    /* The middle square's edges are those that nothing outside touches. */
    *offset = (ahead[0] - behind[0]) / 2.0;
    return is_cut(run, hunt->care);
}

/* Rays that have to be cut right at least. */
static unsigned least_rays(enum tem_care care)
{
    return care == TEM_LENIENT ? 6 : 14;
}

static unsigned least_inner_rays(enum tem_care care)
{
    return care == TEM_LENIENT ? 12 : 14;
}

/* Along how many rays the squares are in proportion, and how far the edges are
 * off on the average of those. False as soon as they are too few. */
static bool cast_rays(const struct tem_binary *binary, enum tem_care care,
                      struct tem_finder *finder)
{
    /* cos and sin of 0, 22.5, 45 and 67.5 degrees */
    static const double cosine[] = {1, 0.92387953, 0.70710678, 0.38268343, 0};
    double limit = 9 * finder->module + 3, sum = 0;
    finder->rays = finder->inner_rays = 0;
    for (unsigned i = 0; i < TEM_FINDER_RAYS; i++) {
        double across = cosine[i % 4], down = cosine[4 - i % 4], edge[3];
        struct tem_spot step = {across, down};
        for (unsigned turn = i / 4; turn > 0; turn--)
            step = (struct tem_spot){-step.y, step.x};
        int rate = tem_cast_ray(binary, finder->at, step, limit, edge)
                       ? tem_rate_ray(edge)
                       : 0;
        unsigned left = TEM_FINDER_RAYS - 1 - i;
        finder->inner_rays += rate >= 2;
        finder->rays += rate == 3;
        if (finder->inner_rays + left < least_inner_rays(care) ||
            finder->rays + left < least_rays(care))
            return false;
        if (rate == 3)
            sum += fabs((edge[0] + edge[1]) / (edge[1] + edge[2]) - 8.0 / 12);
    }
    finder->uneven = sum / finder->rays;
    return true;
}

/* Those of 1,900 patterns of symbols read in photographs were all but one in a
 * hundred as even as a strict look wants them, of 28,000 candidates one in
 * ten. Edges lie on whole pixels: small patterns are less even. */
static bool is_even(const struct tem_finder *finder, enum tem_care care)
{
    static const double slack[] = {
        [TEM_STRICT] = 1, [TEM_BLURRED] = 1.8, [TEM_LENIENT] = 1.5};
    return finder->uneven <= slack[care] * (0.025 + 0.075 / finder->module);
}

/* ---- known ones ------------------------------------------------------- */

static size_t cell_of(int64_t column, int64_t row)
{
    return (size_t)(column * 7919 + row * 104729) % CELLS;
}

static bool is_known(const struct hunt *hunt, const struct tem_finder *finder)
{
    int64_t column = (int64_t)finder->at.x / CELL,
            row = (int64_t)finder->at.y / CELL;
    for (int64_t y = row - 1; y <= row + 1; y++)
        for (int64_t x = column - 1; x <= column + 1; x++) {
            if (x < 0 || y < 0)
                continue;
            for (unsigned i = hunt->first[cell_of(x, y)]; i != NONE;
                 i = hunt->next[i]) {
                const struct tem_finder *known = &hunt->finders->all[i];
                if (known->light == finder->light &&
                    fabs(known->at.x - finder->at.x) < 2 * finder->module &&
                    fabs(known->at.y - finder->at.y) < 2 * finder->module)
                    return true;
            }
        }
    return false;
}

static void remember(struct hunt *hunt, const struct tem_finder *finder)
{
    if (hunt->finders->count == TEM_FINDERS_MAX)
        return;
    size_t cell =
        cell_of((int64_t)finder->at.x / CELL, (int64_t)finder->at.y / CELL);
    uint16_t number = (uint16_t)hunt->finders->count++;
    hunt->finders->all[number] = *finder;
    hunt->next[number] = hunt->first[cell];
    hunt->first[cell] = number;
}

/* ---- rows ------------------------------------------------------------- */

/* By the whole of it, or by what is inside if that is more. */
static double module_of(const double run[RUNS])
{
    double inside = (run[1] + run[2] + run[3]) / 5;
    double whole = (run[0] + run[1] + run[2] + run[3] + run[4]) / 7;
    return whole < 1.3 * inside ? whole : inside;
}

/* Five runs of a row are in proportion: is it a finder pattern? @p x is in the
 * middle run. */
static void consider(struct hunt *hunt, int64_t x, int64_t y, double width)
{
    const struct tem_binary *binary = hunt->binary;
    int limit = (int)(3 * width) + 3;
    double run[RUNS], offset;
    if (!measure(hunt, x, y, 0, 1, limit, run, &offset))
        return;
    double height = module_of(run), middle_y = (double)y + 0.5 + offset;
    y = (int64_t)middle_y;
    if (!measure(hunt, x, y, 1, 0, limit, run, &offset))
        return;
    double middle_x = (double)x + 0.5 + offset;
    struct tem_finder finder = {.at = {middle_x, middle_y},
                                .module = (module_of(run) + height) / 2,
                                .light = !tem_is_dark(binary, x, y)};
    if (is_known(hunt, &finder))
        return;
    if (cast_rays(binary, hunt->care, &finder) && is_even(&finder, hunt->care))
        remember(hunt, &finder);
}

/* The next place from @p x on where a row changes colour, or its width: eight
 * pixels at a time while they are alike. */
static uint32_t next_edge(const uint8_t *row, uint32_t x, uint32_t width)
{
    uint64_t alike = row[x] * UINT64_C(0x0101010101010101), pixels;
    for (; x + 8 <= width; x += 8) {
        memcpy(&pixels, row + x, 8);
        if (pixels != alike)
            break;
    }
    while (x < width && row[x] == (uint8_t)alike)
        x++;
    return x;
}

static void hunt_row(struct hunt *hunt, uint32_t y)
{
    uint32_t width = hunt->binary->width;
    const uint8_t *row = hunt->binary->dark + (size_t)y * width;
    uint32_t edge[RUNS + 1] = {0}; /* the last ones, the oldest first */
    unsigned known = 1;
    for (uint32_t x = 0; x < width;) {
        x = next_edge(row, x, width);
        if (known <= RUNS) {
            edge[known++] = x;
        } else {
            memmove(edge, edge + 1, RUNS * sizeof *edge);
            edge[RUNS] = x;
        }
        if (known <= RUNS)
            continue;
        double run[RUNS];
        for (int i = 0; i < RUNS; i++)
            run[i] = edge[i + 1] - edge[i];
        if (is_cut(run, hunt->care))
            consider(hunt, (edge[2] + edge[3]) / 2, y, 7 * module_of(run));
    }
}

void tem_find_finders(const struct tem_binary *binary, uint32_t step,
                      enum tem_care care, struct tem_finders *finders)
{
    struct hunt hunt = {.binary = binary, .finders = finders, .care = care};
    finders->count = 0;
    memset(hunt.first, 0xFF, sizeof hunt.first);
    for (uint32_t y = step / 2; y < binary->height; y += step)
        hunt_row(&hunt, y);
}
