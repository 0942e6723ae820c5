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
