/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_CONTRAST_H
#define TEM_SCAN_CONTRAST_H

/* Grey that differs little from its surroundings, made to differ much. */

#include <tem/scan.h>

/*
 * A copy with each pixel's distance from the mean of the 21 x 21 about it
 * multiplied: shadow, glare and faded print come out black on white.
 *
 * @param[out] stretched_copy  written only on TEM_OK; tem_image_free() it.
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_scan_stretch(const struct tem_image *image,
                                              struct tem_image **stretched_copy,
                                              struct tem_error *error);

#endif
