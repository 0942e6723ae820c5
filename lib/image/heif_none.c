/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: HEIC in a build without libheif. */
#include "../error/fail.h"
#include "read.h"

bool tem_image_reads_heic(void)
{
    return false;
}

enum tem_status tem_image_read_heif(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error)
{
    (void)file;
    (void)max_pixels;
    (void)denominator;
    (void)image;
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_HEIC_NONE, "");
}

enum tem_status tem_image_size_heif(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error)
{
    (void)file;
    (void)width;
    (void)height;
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_HEIC_NONE, "");
}
