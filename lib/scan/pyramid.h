/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_PYRAMID_H
#define TEM_SCAN_PYRAMID_H

/* Smaller and larger copies of a picture. */

#include <tem/image.h>

/*
 * A copy of half the size, each pixel the mean of four; a last odd row or
 * column is left out.
 *
 * @param image      2 pixels a side at least.
 * @param[out] half  written only on TEM_OK; free with tem_image_free().
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_halve(const struct tem_image *image,
                                       struct tem_image **half,
                                       struct tem_error *error);

/*
 * A copy of twice the size, between the pixels by halves: a module of less than
 * two pixels then has edges that can be found.
 *
 * @param image  sides of half TEM_IMAGE_SIDE_MAX at most.
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_double(const struct tem_image *image,
                                        struct tem_image **doubled,
                                        struct tem_error *error);

#endif
