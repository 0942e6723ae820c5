/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: a label's dots as a picture. */
#include "read.h"
#include <string.h>

static void take_row(const struct tem_raster *raster, uint32_t y, uint8_t *grey)
{
    const uint8_t *row = raster->pixels + y * raster->stride;
    if (raster->depth == 8)
        memcpy(grey, row, raster->width);
    for (uint32_t x = 0; raster->depth == 1 && x < raster->width; x++)
        grey[x] = row[x / 8] & 0x80u >> x % 8 ? 255 : 0;
    for (uint32_t x = 0; raster->depth == 24 && x < raster->width;
         x++, row += 3)
        grey[x] = tem_image_luma(row[0], row[1], row[2]);
}

enum tem_status tem_image_from_raster(const struct tem_raster *raster,
                                      struct tem_image **image,
                                      struct tem_error *error)
{
    struct tem_image *made = NULL;
    enum tem_status status =
        tem_image_new(raster->width, raster->height, &made, error);
    if (status != TEM_OK)
        return status;
    for (uint32_t y = 0; y < raster->height; y++)
        take_row(raster, y, made->pixels + (size_t)y * raster->width);
    *image = made;
    return TEM_OK;
}
