/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_ZBAR_H
#define TEM_SCAN_ZBAR_H

/* One reading of one picture; the only door to zbar. */

#include <tem/scan.h>

/*
 * Read the symbols of one symbology in a picture. `corners` are pixels of this
 * picture; the symbols come in zbar's order, doubles and all,
 * TEM_SCAN_SYMBOLS_MAX at most.
 *
 * @param[out] found  written only on TEM_OK; freed with tem_scan_clear().
 * @retval TEM_E_MEMORY
 * @retval TEM_E_UNSUPPORTED  zbar does not take the settings or the picture.
 */
TEM_MUST_USE enum tem_status tem_scan_pass(const struct tem_image *picture,
                                           enum tem_symbology symbology,
                                           struct tem_scan *found,
                                           struct tem_error *error);

/* Free every symbol of a list and the array, not the list itself. */
void tem_scan_clear(struct tem_scan *list);

#endif
