/* SPDX-License-Identifier: MIT */
#ifndef TEM_FUZZ_IMAGE_H
#define TEM_FUZZ_IMAGE_H

/* Any bytes after a signature: what is read keeps to the limit on pixels, what
 * is not leaves its output alone. */

#include <stdlib.h>
#include <string.h>
#include <tem/image.h>

enum { PIXELS_MAX = 1 << 20, BYTES_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int fuzz_image(struct tem_bytes signature, const uint8_t *data,
                      size_t size)
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
    if (image == NULL)
        return 0;
    if (image->width < 1 || image->height < 1 ||
        (uint64_t)image->width * image->height > PIXELS_MAX)
        abort();
    uint64_t sum = 0; /* every pixel is there and has been written */
    for (size_t i = 0; i < (size_t)image->width * image->height; i++)
        sum += image->pixels[i];
    if (sum > (uint64_t)image->width * image->height * 255)
        abort();
    tem_image_free(image);
    return 0;
}

#endif
