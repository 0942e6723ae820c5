/* SPDX-License-Identifier: MIT */
#ifndef TEST_IMAGE_SCALED_H
#define TEST_IMAGE_SCALED_H

/* What must hold of a picture read smaller, for the tests of every kind. */

#include "image_file.h"

/* The mean of the block that pixel (x, y) of a picture made smaller is of. */
static inline double block_mean(const struct tem_image *whole, unsigned block,
                                uint32_t x, uint32_t y)
{
    double sum = 0;
    int count = 0;
    for (uint32_t v = y * block; v < (y + 1) * block && v < whole->height; v++)
        for (uint32_t u = x * block; u < (x + 1) * block && u < whole->width;
             u++, count++)
            sum += whole->pixels[(size_t)v * whole->width + u];
    return count ? sum / count : -1000;
}

/* A file read smaller: the sides rounded up, each pixel the mean of its block
 * but for @p off, and the size of the header that of the whole. */
static inline void check_scaled(struct tem_bytes file, double off)
{
    struct tem_image *whole = NULL, *small = NULL;
    uint32_t sides[2];
    REQUIRE(tem_image_read(file, PIXELS, &whole, NULL) == TEM_OK);
    CHECK_INT(size_exact(file.data, file.size, sides, NULL), TEM_OK);
    CHECK(sides[0] == whole->width && sides[1] == whole->height);
    for (unsigned d = 1; d <= 8; d *= 2) {
        REQUIRE(tem_image_read_scaled(file, PIXELS, d, &small, NULL) == TEM_OK);
        REQUIRE(small->width == (whole->width + d - 1) / d &&
                small->height == (whole->height + d - 1) / d);
        int wrong = 0;
        for (uint32_t y = 0; y < small->height; y++)
            for (uint32_t x = 0; x < small->width; x++) {
                double distance = small->pixels[y * small->width + x] -
                                  block_mean(whole, d, x, y);
                wrong += distance > off || distance < -off;
            }
        CHECK_INT(wrong, 0);
        tem_image_free(small);
    }
    tem_image_free(whole);
}

#endif
