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

static int fuzz_image(const uint8_t *data, size_t size,
                      struct tem_bytes signature)
{
    struct tem_image *image = NULL;
    struct tem_error error;
    if (size < signature.size || size > BYTES_MAX ||
        memcmp(data, signature.data, signature.size) != 0)
        return 0;
    enum tem_status status = tem_image_read((struct tem_bytes){data, size},
                                            PIXELS_MAX, &image, &error);
    if ((status == TEM_OK) != (image != NULL) ||
        (status != TEM_OK && error.status != status))
        abort();
    if (image != NULL)
        fuzz_pixels(image);
    tem_image_free(image);
    return 0;
}

#endif
