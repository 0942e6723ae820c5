/* SPDX-License-Identifier: MIT */
#ifndef TEST_IMAGE_FILE_H
#define TEST_IMAGE_FILE_H

/* Reading whole files, for the tests of the image readers. */

#include "test.h"
#include <tem/image.h>

#define PIXELS TEM_IMAGE_PIXELS_DEFAULT

/* From memory of just that size, so that ASan sees what is read beyond. */
static inline enum tem_status read_exact(const uint8_t *data, size_t size,
                                         uint64_t max_pixels,
                                         struct tem_error *error)
{
    uint8_t *exact = malloc(size ? size : 1);
    struct tem_image *image = NULL;
    if (!exact)
        exit(99);
    memcpy(exact, data, size);
    enum tem_status status = tem_image_read((struct tem_bytes){exact, size},
                                            max_pixels, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    free(exact);
    return status;
}

/* What tem_image_size() says, of memory of just that size. */
static inline enum tem_status size_exact(const uint8_t *data, size_t size,
                                         uint32_t sides[2],
                                         struct tem_error *error)
{
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        exit(99);
    memcpy(exact, data, size);
    sides[0] = sides[1] = 7;
    enum tem_status status = tem_image_size((struct tem_bytes){exact, size},
                                            &sides[0], &sides[1], error);
    CHECK(status == TEM_OK || (sides[0] == 7 && sides[1] == 7));
    free(exact);
    return status;
}

/* A picture of so many pixels is read when so many are allowed, and not when it
 * is one less. */
static inline void check_pixel_limit(const uint8_t *data, size_t size,
                                     uint64_t pixels)
{
    struct tem_error error;
    CHECK_INT(read_exact(data, size, pixels, NULL), TEM_OK);
    CHECK_INT(read_exact(data, size, pixels - 1, &error), TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_PIXELS);
}

#endif
