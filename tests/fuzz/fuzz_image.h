/* SPDX-License-Identifier: MIT */
#ifndef TEM_FUZZ_IMAGE_H
#define TEM_FUZZ_IMAGE_H

/* Any bytes after a picture's signature: what is read keeps to the limit on
 * pixels, every one of them written; what is not leaves its output alone. */

#include <stdlib.h>
#include <string.h>
#include <tem/image.h>

enum { PIXELS_MAX = 1 << 20, BYTES_MAX = 1 << 16 };

/* Looks at every pixel, so that a sanitizer sees one that is not there. */
static void fuzz_pixels(const struct tem_image *image)
{
    volatile uint8_t seen = 0;
    size_t count = (size_t)image->width * image->height;
    if (image->width < 1 || image->height < 1 || count > PIXELS_MAX)
        abort();
    for (size_t i = 0; i < count; i++)
        seen = image->pixels[i];
    (void)seen;
}

/* The size by the header is that of the pixels. */
static void fuzz_size(struct tem_bytes file, const struct tem_image *image)
{
    uint32_t width = 0, height = 0;
    bool told = tem_image_size(file, &width, &height, NULL) == TEM_OK;
    if (told != (width > 0 && height > 0))
        abort();
    if (image && (!told || image->width != width || image->height != height))
        abort();
}

/* Read smaller: the sides are those of the whole, rounded up. */
static void fuzz_small(struct tem_bytes file, const struct tem_image *image)
{
    struct tem_image *small = NULL;
    unsigned d = 2u << file.size % 3;
    if (tem_image_read_scaled(file, PIXELS_MAX, d, &small, NULL) != TEM_OK)
        return;
    fuzz_pixels(small);
    if (image && (small->width != (image->width + d - 1) / d ||
                  small->height != (image->height + d - 1) / d))
        abort();
    tem_image_free(small);
}

static int fuzz_image(const uint8_t *data, size_t size,
                      struct tem_bytes signature)
{
    struct tem_image *image = NULL;
    struct tem_error error;
    struct tem_bytes file = {data, size};
    if (size < signature.size || size > BYTES_MAX ||
        memcmp(data, signature.data, signature.size) != 0)
        return 0;
    enum tem_status status = tem_image_read(file, PIXELS_MAX, &image, &error);
    if ((status == TEM_OK) != (image != NULL) ||
        (status != TEM_OK && error.status != status))
        abort();
    if (image != NULL)
        fuzz_pixels(image);
    fuzz_size(file, image);
    fuzz_small(file, image);
    tem_image_free(image);
    return 0;
}

#endif
