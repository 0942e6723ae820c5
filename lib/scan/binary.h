/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_BINARY_H
#define TEM_SCAN_BINARY_H

/* A grey picture to dark and light. */

#include <tem/image.h>

/* Dark 1, light 0, a byte a pixel, rows without padding. */
struct tem_binary {
    uint32_t width, height;
    uint8_t *dark;
};

/*
 * Part a picture by the light around each place: the middle between the darkest
 * and the lightest of blocks of 8 x 8 pixels, averaged over 5 x 5 of those
 * blocks that hold any contrast.
 *
 * @param contrast  grey levels: a block with less is flat, paper or ink.
 * @param[out] binary  written only on TEM_OK; free with tem_binary_free().
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_binarise(const struct tem_image *image,
                                          int contrast,
                                          struct tem_binary *binary,
                                          struct tem_error *error);

/* Free the pixels, not the struct. */
void tem_binary_free(struct tem_binary *binary);

#endif
