/* SPDX-License-Identifier: MIT */
/* See pyramid.h. */
#include "pyramid.h"

static void halve_row(const uint8_t *above, const uint8_t *below, size_t width,
                      uint8_t *out)
{
    for (size_t x = 0; x < width; x++) {
        unsigned sum = (unsigned)above[2 * x] + above[2 * x + 1] +
                       below[2 * x] + below[2 * x + 1];
        out[x] = (uint8_t)((sum + 2) / 4);
    }
}

enum tem_status tem_halve(const struct tem_image *image,
                          struct tem_image **half, struct tem_error *error)
{
    enum tem_status status =
        tem_image_new(image->width / 2, image->height / 2, half, error);
    if (status != TEM_OK)
        return status;
    size_t stride = image->width;
    for (uint32_t y = 0; y < (*half)->height; y++) {
        const uint8_t *above = image->pixels + 2 * (size_t)y * stride;
        halve_row(above, above + stride, (*half)->width,
                  (*half)->pixels + (size_t)y * (*half)->width);
    }
    return TEM_OK;
}

/* Each new pixel lies between four, three parts of it in the nearest row and
 * column. */
static void double_row(const uint8_t *near, const uint8_t *far, size_t width,
                       uint8_t *out)
{
    for (size_t x = 0; x < width; x++) {
        size_t left = x > 0 ? x - 1 : 0, right = x + 1 < width ? x + 1 : x;
        unsigned here = 3U * near[x] + far[x];
        unsigned before = 3U * near[left] + far[left];
        unsigned after = 3U * near[right] + far[right];
        out[2 * x] = (uint8_t)((3 * here + before + 8) / 16);
        out[2 * x + 1] = (uint8_t)((3 * here + after + 8) / 16);
    }
}

enum tem_status tem_double(const struct tem_image *image,
                           struct tem_image **doubled, struct tem_error *error)
{
    size_t width = image->width;
    enum tem_status status =
        tem_image_new(image->width * 2, image->height * 2, doubled, error);
    if (status != TEM_OK)
        return status;
    for (uint32_t y = 0; y < image->height; y++) {
        const uint8_t *row = image->pixels + y * width;
        const uint8_t *above = y > 0 ? row - width : row;
        const uint8_t *below = y + 1 < image->height ? row + width : row;
        uint8_t *out = (*doubled)->pixels + 4 * y * width;
        double_row(row, above, width, out);
        double_row(row, below, width, out + 2 * width);
    }
    return TEM_OK;
}
