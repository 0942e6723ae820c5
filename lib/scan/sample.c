/* SPDX-License-Identifier: MIT */
/* See sample.h. */
#include "sample.h"
#include <math.h>
#include <string.h>

enum {
    REACH = 5, /* modules to each side that a threshold is taken from */
    TURNS = 8, /* to take off a blur */
};

static const double TAP = 0.22; /* modules from the middle */
static const float FLAT = 6;    /* grey levels: less contrast says nothing */

void tem_sample(const struct tem_image *image,
                const struct tem_lattice *lattice, struct tem_greys *greys)
{
    float *out = greys->grey;
    greys->side = lattice->side;
    for (unsigned y = 0; y < lattice->side; y++) {
        double v = y + 0.5;
        const struct tem_projective *row =
            lattice->cell[tem_lattice_cell(lattice, v)];
        for (unsigned x = 0; x < lattice->side; x++) {
            double u = x + 0.5, sum = 0;
            const struct tem_projective *map =
                &row[tem_lattice_cell(lattice, u)];
            static const int taps[5][2] = {
                {0, 0}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
            for (int i = 0; i < 5; i++) {
                struct tem_spot at = tem_project(map, u + taps[i][0] * TAP,
                                                 v + taps[i][1] * TAP);
                sum += tem_grey(image, at.x, at.y);
            }
            *out++ = (float)(sum / 5);
        }
    }
}

/* How much of a module's grey is its own, and how much comes from the one next
 * to it and the one after that. */
struct bleed {
    float own, next, second;
};

/* A Gaussian blur as the mean over a module sees it. */
static struct bleed bleed_of(double blur)
{
    double scale = blur * sqrt(2);
    double own = erf(0.5 / scale), three = erf(1.5 / scale);
    double five = erf(2.5 / scale);
    return (struct bleed){(float)(own / five),
                          (float)((three - own) / 2 / five),
                          (float)((five - three) / 2 / five)};
}

/* One line of modules, @p step apart, blurred; at the ends goes on what is
 * there. */
static void blur_line(const float *from, float *to, unsigned side,
                      unsigned step, struct bleed bleed)
{
    unsigned last = side - 1;
    for (unsigned i = 0; i < side; i++) {
        unsigned a = i > 0 ? i - 1 : 0, aa = i > 1 ? i - 2 : 0;
        unsigned b = i < last ? i + 1 : last, bb = i + 1 < last ? i + 2 : last;
        to[i * step] = bleed.own * from[i * step] +
                       bleed.next * (from[a * step] + from[b * step]) +
                       bleed.second * (from[aa * step] + from[bb * step]);
    }
}

/* Undo a blur by degrees (Van Cittert): what a guess blurred is off what was
 * seen, the guess is off as well. */
static void take_off_blur(struct tem_greys *greys, double blur)
{
    unsigned side = greys->side, count = side * side;
    struct bleed bleed = bleed_of(blur);
    memcpy(greys->work, greys->grey, count * sizeof *greys->work);
    for (int turn = 0; turn < TURNS; turn++) {
        for (unsigned y = 0; y < side; y++)
            blur_line(greys->work + y * side, greys->half + y * side, side, 1,
                      bleed);
        for (unsigned x = 0; x < side; x++)
            blur_line(greys->half + x, greys->whole + x, side, side, bleed);
        for (unsigned i = 0; i < count; i++)
            greys->work[i] += greys->grey[i] - greys->whole[i];
    }
}

/* Sums over the REACH modules to each side, of a row. */
struct window {
    float dark, light;
    int darks, lights;
};

static void add(struct window *window, float grey, bool dark, int sign)
{
    if (dark) {
        window->dark += (float)sign * grey;
        window->darks += sign;
    } else {
        window->light += (float)sign * grey;
        window->lights += sign;
    }
}

static void join(struct window *sum, const struct window *more, int sign)
{
    sum->dark += (float)sign * more->dark;
    sum->light += (float)sign * more->light;
    sum->darks += sign * more->darks;
    sum->lights += sign * more->lights;
}

/* Move the window along a row, to module @p x. */
static void slide_along(const struct window *columns, unsigned side, unsigned x,
                        struct window *sum)
{
    unsigned from = x == 0 ? 0 : x + REACH;
    if (x == 0)
        *sum = (struct window){0, 0, 0, 0};
    for (unsigned i = from; i <= x + REACH && i < side; i++)
        join(sum, &columns[i], 1);
    if (x > REACH)
        join(sum, &columns[x - REACH - 1], -1);
}

/* What the first threshold is: the mean of all around. */
static float first_level(const struct window *window)
{
    return (window->dark + window->light) /
           (float)(window->darks + window->lights);
}

static int8_t sureness(float grey, const struct window *window, float common)
{
    if (window->darks == 0 || window->lights == 0)
        return (int8_t)(window->lights == 0 ? 40 : -40);
    float dark = window->dark / (float)window->darks;
    float light = window->light / (float)window->lights;
    float half = (light - dark) / 2;
    /* Where there is less contrast than elsewhere, all is less sure. */
    float whole = half > common ? half : half * 0.5F + common * 0.5F;
    if (whole < FLAT / 2)
        return 0;
    float sure = ((dark + light) / 2 - grey) / whole * 127;
    return (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
}

/* Move a window of rows down the symbol; @p dark: as parted before, or NULL
 * for the first time, when all counts as dark. */
static void slide(const struct tem_greys *greys, const int8_t *dark,
                  struct window *columns, unsigned y)
{
    unsigned side = greys->side;
    if (y == 0)
        memset(columns, 0, side * sizeof *columns);
    unsigned from = y == 0 ? 0 : y + REACH, to = y + REACH;
    for (unsigned row = from; row <= to && row < side; row++)
        for (unsigned x = 0; x < side; x++)
            add(&columns[x], greys->work[row * side + x],
                !dark || dark[row * side + x] > 0, 1);
    if (y > REACH)
        for (unsigned x = 0, row = y - REACH - 1; x < side; x++)
            add(&columns[x], greys->work[row * side + x],
                !dark || dark[row * side + x] > 0, -1);
}

static float common_contrast(const struct tem_greys *greys, const int8_t *dark)
{
    struct window all = {0, 0, 0, 0};
    for (unsigned i = 0; i < greys->side * greys->side; i++)
        add(&all, greys->work[i], dark[i] > 0, 1);
    if (all.darks == 0 || all.lights == 0)
        return 0;
    return (all.light / (float)all.lights - all.dark / (float)all.darks) / 2;
}

void tem_part(struct tem_greys *greys, const struct tem_lattice *lattice,
              double blur, struct tem_modules *modules)
{
    struct window columns[TEM_SYMBOL_SIDE_MAX];
    unsigned side = greys->side;
    int8_t first[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    modules->version = lattice->version;
    if (blur > 0)
        take_off_blur(greys, blur);
    else
        memcpy(greys->work, greys->grey,
               (size_t)side * side * sizeof *greys->work);
    for (unsigned y = 0; y < side; y++) {
        slide(greys, NULL, columns, y);
        struct window window;
        for (unsigned x = 0; x < side; x++) {
            slide_along(columns, side, x, &window);
            first[y * side + x] =
                greys->work[y * side + x] < first_level(&window);
        }
    }
    float common = common_contrast(greys, first);
    for (unsigned y = 0; y < side; y++) {
        slide(greys, first, columns, y);
        struct window window;
        for (unsigned x = 0; x < side; x++) {
            slide_along(columns, side, x, &window);
            modules->dark[y * side + x] =
                sureness(greys->work[y * side + x], &window, common);
        }
    }
    if (lattice->light)
        tem_modules_invert(modules);
}
