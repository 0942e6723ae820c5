/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CAMERA_H
#define BENCH_CAMERA_H

/* A label as a camera takes it: printed, soiled, stuck on something, lit, and
 * seen through a lens by a sensor; in this order. Lengths are in modules of the
 * label, so that one setting means the same damage at every resolution. */

#include "../lib/chance.h"
#include <tem/image.h>

#define CAMERA_RADIANS (3.14159265358979 / 180) /* a degree */

/* Zero leaves a thing out, but for `scale` and the first two greys. */
struct camera {
    double black, white; /* grey of ink and of paper in full light, 0..255 */
    double table;        /* grey of what the label lies on */
    bool inverted;       /* ink where paper should be */
    double covered;      /* share of the symbol's modules under dirt; never the
                            finder patterns: without them nobody reads */
    bool strips;         /* dirt in strips, not in blobs */

    double scale;      /* pixels a module in the middle of the label */
    double turn;       /* of the label about the line of sight, radians */
    double tilt, axis; /* of its plane, about an axis with that angle */
    double wrap;       /* the angle that a symbol covers on a jar, radians;
                          instead of a tilt */

    double fade, fade_angle;     /* share of light lost from side to side */
    double shadow, shadow_angle; /* and behind an edge through the label */
    double glare;                /* radius that is burnt out, in sides */
    double blur;                 /* out of focus: sigma */
    double motion, motion_angle; /* how far the hand went, and where to */
    double noise;                /* sigma, in greys */
    int quality;                 /* of the JPEG, 1..100; 0: none */
};

static inline double chance_real(struct chance *c, double low, double high)
{
    return low + (high - low) * chance_next(c) / 4294967296.0;
}

/* Take the picture. What is not set (where dirt, glare and noise fall, parts of
 * a pixel) is left to @p chance: same chance, same picture. @return never NULL;
 * freed with tem_image_free(). Ends the program where there is no memory. */
struct tem_image *camera_shoot(const struct camera *camera,
                               const struct tem_symbol *symbol,
                               struct chance *chance);

#endif
