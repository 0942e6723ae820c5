/* SPDX-License-Identifier: MIT */
#ifndef TEST_PRESS_H
#define TEST_PRESS_H

/* A press and a flatbed: a symbol printed with known faults, as a picture of
 * known resolution shows it. */

#include "test.h"
#include <math.h>
#include <tem/image.h>
#include <tem/symbol.h>

enum { PRESS_SPOTS = 200 };

struct press {
    const struct tem_symbol *symbol;
    double pixels;     /* a module */
    double offset;     /* of the first module, pixels; 0: 6 modules */
    double growth;     /* modules by which ink is wider and higher */
    double stretch;    /* times as wide as high; 0: 1 */
    double sag;        /* modules that lines across bow down in the middle */
    double paper, ink; /* reflectance; both 0: 1 and 0 */
    double slope;      /* how much less light falls on the right edge */
    double blur;       /* modules, of a square; of the camera */
    bool inverted, mirrored;
    struct spot {
        double x, y, size; /* modules; a square */
        double reflectance;
    } spots[PRESS_SPOTS];
    size_t spot_count;
};

static inline bool press_ink(const struct press *press, double u, double v)
{
    double half = press->growth / 2;
    bool dark = half < 0;
    for (int i = 0; i < 4; i++) {
        int x = (int)floor(u + (i % 2 ? half : -half));
        int y = (int)floor(v + (i / 2 ? half : -half));
        bool here = press->mirrored ? tem_symbol_dark(press->symbol, y, x)
                                    : tem_symbol_dark(press->symbol, x, y);
        if (press->inverted)
            here = !here;
        dark = half < 0 ? dark && here : dark || here;
    }
    return dark;
}

static inline double press_reflectance(const struct press *press, double u,
                                       double v)
{
    double paper = press->paper, ink = press->ink;
    double all = press->symbol->side;
    if (paper == 0 && ink == 0)
        paper = 1;
    v -= press->sag * sin(3.14159265358979323846 * u / all);
    double shade = 1 - press->slope * fmin(fmax(u / all, 0), 1);
    for (size_t i = 0; i < press->spot_count; i++) {
        const struct spot *spot = &press->spots[i];
        if (u >= spot->x && u < spot->x + spot->size && v >= spot->y &&
            v < spot->y + spot->size)
            return spot->reflectance * shade;
    }
    return (press_ink(press, u, v) ? ink : paper) * shade;
}

static inline uint8_t press_grey(double reflectance)
{
    double s = reflectance <= 0.0031308
                   ? 12.92 * reflectance
                   : 1.055 * pow(reflectance, 1 / 2.4) - 0.055;
    return (uint8_t)lrint(255 * s);
}

/* Each pixel is the mean of the light of 8 x 8 points. */
static inline struct tem_image *press_print(const struct press *press)
{
    enum { POINTS = 8 };
    double stretch = press->stretch == 0 ? 1 : press->stretch;
    double offset = press->offset == 0 ? 6 * press->pixels : press->offset;
    double all = press->symbol->side + 12.0;
    struct tem_image *image;
    if (tem_image_new((uint32_t)ceil(all * press->pixels * stretch),
                      (uint32_t)ceil(all * press->pixels), &image,
                      NULL) != TEM_OK)
        exit(99);
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++) {
            double sum = 0;
            for (int i = 0; i < POINTS * POINTS; i++) {
                double wide = fmax(1, press->blur * press->pixels);
                double across =
                    x + 0.5 + ((i % POINTS + 0.5) / POINTS - 0.5) * wide;
                double down =
                    y + 0.5 + ((i / POINTS + 0.5) / POINTS - 0.5) * wide;
                sum += press_reflectance(
                    press, (across / stretch - offset) / press->pixels,
                    (down - offset) / press->pixels);
            }
            image->pixels[(size_t)y * image->width + x] =
                press_grey(sum / (POINTS * POINTS));
        }
    return image;
}

#endif
