/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_LOOK_H
#define TEM_SCAN_LOOK_H

/* One look at one picture, for <tem/scan.h>. */

#include <tem/scan.h>

/* In a smaller copy of a picture: if no symbol has smaller modules than this,
 * pixels, one of half the size would have been read there as well. */
#define TEM_GLANCE_MODULE 3.0

/* How a look at a smaller copy of a picture went. */
struct tem_glance {
    bool enough; /* a symbol, or one that is confirmed if there is a test */
    bool unread; /* something like a symbol was seen, and not read; or there may
                    be symbols that are too small for the copy */
};

/*
 * tem_scan_image(), options not NULL.
 *
 * @param[out] glance  if not NULL nothing is tried for want of a symbol: what
 * is not seen will be looked for in the picture itself.
 */
TEM_MUST_USE enum tem_status tem_look(const struct tem_image *image,
                                      const struct tem_scan_options *options,
                                      struct tem_scan **scan,
                                      struct tem_glance *glance,
                                      struct tem_error *error);

#endif
