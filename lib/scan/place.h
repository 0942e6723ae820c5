/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_PLACE_H
#define TEM_SCAN_PLACE_H

/* Where symbols stand in a picture: which are one, and in which order they are
 * read. */

#include <tem/scan.h>

/* Are they one symbol, found twice? The same text, and the middle of the one
 * inside the box of the other: boxes of neighbours may overlap when the sheet
 * lies askew, but their middles never lie in each other. */
bool tem_same_symbol(const struct tem_scan_symbol *a,
                     const struct tem_scan_symbol *b);

/* Does the middle of the one lie in the box of the other? */
bool tem_same_place(const struct tem_scan_symbol *a,
                    const struct tem_scan_symbol *b);

/* Rows from the top, each from the left. */
void tem_sort_symbols(struct tem_scan *scan);

#endif
