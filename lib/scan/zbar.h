/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_ZBAR_H
#define TEM_SCAN_ZBAR_H

/* One pass of zbar over a picture. */

#include <tem/scan.h>

/* Symbols being gathered; the texts are malloc'd. */
struct tem_scan_list {
    size_t count, capacity;
    struct tem_scan_symbol *symbols;
};

/* Where the pass's picture lies in the one that corners are given in. */
struct tem_scan_frame {
    uint32_t width, height; /* of the picture that corners are given in */
};

/* Find QR symbols in @p image and add those that @p list has not: a symbol is
 * one text at one place.
 * @retval TEM_E_MEMORY */
enum tem_status tem_scan_zbar(const struct tem_image *image,
                              const struct tem_scan_frame *frame,
                              struct tem_scan_list *list,
                              struct tem_error *error);

#endif
