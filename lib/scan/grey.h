/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_GREY_H
#define TEM_SCAN_GREY_H

/* Places in a picture. A pixel is a square of side 1: the middle of the first
 * is at (0.5, 0.5). */

#include <tem/image.h>

struct tem_spot {
    double x, y;
};

static inline struct tem_spot tem_spot_add(struct tem_spot a, struct tem_spot b)
{
    return (struct tem_spot){a.x + b.x, a.y + b.y};
}

static inline struct tem_spot tem_spot_sub(struct tem_spot a, struct tem_spot b)
{
    return (struct tem_spot){a.x - b.x, a.y - b.y};
}

static inline struct tem_spot tem_spot_scale(struct tem_spot a, double by)
{
    return (struct tem_spot){a.x * by, a.y * by};
}

static inline double tem_spot_cross(struct tem_spot a, struct tem_spot b)
{
    return a.x * b.y - a.y * b.x;
}

static inline double tem_spot_dot(struct tem_spot a, struct tem_spot b)
{
    return a.x * b.x + a.y * b.y;
}

/* The nearest whole place inside 0..last; 0 for what is no number. */
static inline uint32_t tem_pixel(double at, uint32_t last)
{
    if (!(at > 0))
        return 0;
    return at < last ? (uint32_t)at : last;
}

/* Grey 0..255 between the four pixels around a place; outside, the nearest of
 * the picture. */
static inline double tem_grey(const struct tem_image *image, double x, double y)
{
    x -= 0.5;
    y -= 0.5;
    uint32_t left = tem_pixel(x, image->width - 1);
    uint32_t top = tem_pixel(y, image->height - 1);
    size_t right = left + 1 < image->width, down = 0;
    if (top + 1 < image->height)
        down = image->width;
    double fx = x - left, fy = y - top;
    fx = fx > 0 ? fx < 1 ? fx : 1 : 0;
    fy = fy > 0 ? fy < 1 ? fy : 1 : 0;
    const uint8_t *p = image->pixels + (size_t)top * image->width + left;
    double above = p[0] + fx * (p[right] - p[0]);
    double below = p[down] + fx * (p[down + right] - p[down]);
    return above + fy * (below - above);
}

#endif
