/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_ZBAR_H
#define TEM_SCAN_ZBAR_H

/* One reading of one picture; the only door to zbar. */

#include <tem/scan.h>

/* zbar gets no larger picture than this: it is slow, and adds up in 32 bits. */
#define TEM_SCAN_PASS_PIXELS 32000000

/*
 * Read the QR symbols of a picture. `corners` are pixels of this picture; the
 * symbols come in zbar's order, doubles and all, TEM_SCAN_SYMBOLS_MAX at most.
 *
 * @param[out] found  written only on TEM_OK; its symbols are freed one by one
 *                    with tem_scan_symbol_clear(), the array with free().
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_scan_pass(const struct tem_image *picture,
                                           struct tem_scan *found,
                                           struct tem_error *error);

/* Free what a symbol holds. */
void tem_scan_symbol_clear(struct tem_scan_symbol *symbol);

/* Free every symbol of a list and the array, not the list itself. */
void tem_scan_clear(struct tem_scan *list);

#endif
