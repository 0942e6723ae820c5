/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SECOND_H
#define TEM_SCAN_SECOND_H

/* A second opinion on a picture, by zbar. */

#include <tem/scan.h>

/*
 * Read a picture at several sizes, small ones first, until one gives a QR
 * symbol that is not known yet.
 *
 * @param scan  what is known is added to, to TEM_SCAN_SYMBOLS_MAX; has room for
 *              as many.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_UNSUPPORTED  zbar does not take the settings or the picture.
 */
TEM_MUST_USE enum tem_status tem_second_opinion(const struct tem_image *image,
                                                struct tem_scan *scan,
                                                struct tem_error *error);

/* The same for EAN-13: in a copy of 1600 pixels, and if that gives none in the
 * picture itself. */
TEM_MUST_USE enum tem_status tem_read_ean(const struct tem_image *image,
                                          struct tem_scan *scan,
                                          struct tem_error *error);

#endif
