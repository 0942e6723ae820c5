/* SPDX-License-Identifier: MIT */
#ifndef TEST_SCAN_PICTURES_H
#define TEST_SCAN_PICTURES_H

/* Pictures of symbols for test_scan.c: drawn, pasted, turned, blurred. */

#include "test.h"
#include <qrencode.h>
#include <tem/scan.h>

static inline struct tem_bytes bytes(const void *data, size_t size)
{
    return (struct tem_bytes){data, size};
}

/* ---- pictures --------------------------------------------------------- */

static inline struct tem_image *sheet(uint32_t width, uint32_t height,
                                      uint8_t grey)
{
    struct tem_image *image;
    if (tem_image_new(width, height, &image, NULL) != TEM_OK)
        exit(99);
    memset(image->pixels, grey, (size_t)width * height);
    return image;
}

static inline struct tem_image *symbol_of(struct tem_bytes text,
                                          enum tem_ecc ecc, unsigned dots)
{
    struct tem_symbol symbol;
    struct tem_layout layout = {.dpi = 300, .dots = dots, .quiet = 4};
    struct tem_image *image;
    if (tem_symbol_encode(text, ecc, 40, &symbol, NULL) != TEM_OK ||
        tem_image_draw(&symbol, &layout, &image, NULL) != TEM_OK)
        exit(99);
    return image;
}

static inline struct tem_image *drawn(const char *text, unsigned dots)
{
    return symbol_of(tem_bytes_of(text), TEM_ECC_M, dots);
}

/* Put `part` on `image`, which it fits, and free it. */
static inline void paste(struct tem_image *image, struct tem_image *part,
                         uint32_t x, uint32_t y)
{
    for (uint32_t row = 0; row < part->height; row++)
        memcpy(image->pixels + (size_t)(y + row) * image->width + x,
               part->pixels + (size_t)row * part->width, part->width);
    tem_image_free(part);
}

static inline uint8_t pixel(const struct tem_image *image, long x, long y)
{
    if (x < 0 || y < 0 || x >= (long)image->width || y >= (long)image->height)
        return 255;
    return image->pixels[(size_t)y * image->width + (size_t)x];
}

/* Angles by their cosine and sine. */
struct turn {
    double c, s;
};
static const struct turn quarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
static const struct turn slants[] = {{0.9781476, 0.2079117} /* 12 degrees */,
                                     {-0.9743701, -0.2249511} /* 193 */,
                                     {0.9781476, -0.2079117} /* 348 */};

/* A white sheet of `side` with `image` turned clockwise about its middle. */
static inline struct tem_image *turned(const struct tem_image *image,
                                       struct turn turn, uint32_t side)
{
    struct tem_image *out = sheet(side, side, 255);
    double c = turn.c, s = turn.s, middle = side / 2.0;
    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x++) {
            double dx = x + 0.5 - middle, dy = y + 0.5 - middle;
            double u = c * dx + s * dy + image->width / 2.0 - 0.5;
            double v = -s * dx + c * dy + image->height / 2.0 - 0.5;
            long i = (long)(u + 9999) - 9999, j = (long)(v + 9999) - 9999;
            double a = u - (double)i, b = v - (double)j;
            double top =
                (1 - a) * pixel(image, i, j) + a * pixel(image, i + 1, j);
            double low = (1 - a) * pixel(image, i, j + 1) +
                         a * pixel(image, i + 1, j + 1);
            out->pixels[(size_t)y * side + x] =
                (uint8_t)((1 - b) * top + b * low + 0.5);
        }
    return out;
}

/* The mean of 3 x 3 pixels, then noise of +-`noise` from a fixed seed. */
static inline struct tem_image *blurred(const struct tem_image *image,
                                        int noise)
{
    struct tem_image *out = sheet(image->width, image->height, 255);
    uint32_t seed = 1;
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++) {
            int sum = 0;
            for (long i = -1; i <= 1; i++)
                for (long j = -1; j <= 1; j++)
                    sum += pixel(image, (long)x + i, (long)y + j);
            seed = seed * 1664525 + 1013904223;
            int grey = sum / 9 + (int)(seed >> 16) % (2 * noise + 1) - noise;
            out->pixels[(size_t)y * out->width + x] =
                (uint8_t)(grey < 0     ? 0
                          : grey > 255 ? 255
                                       : grey);
        }
    return out;
}

#endif
