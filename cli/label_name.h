/* SPDX-License-Identifier: MIT */
#ifndef CLI_LABEL_NAME_H
#define CLI_LABEL_NAME_H

/* How a lot's files are called, so that no two lots share a name: GTIN_LOT, or
 * MAKER-CODE_LOT since a product code is its maker's own. No part holds a `_`,
 * and no GTIN a `-`. */

#include "cmd.h"
#include <string.h>

enum { LABEL_STEM_SIZE = 64 };

static inline void label_stem(char out[LABEL_STEM_SIZE], const char *maker,
                              const char *product, const char *lot)
{
    bool gtin = tem_gtin_valid(tem_bytes_of(product)) &&
                strlen(product) == TEM_GTIN_SIZE - 1;
    snprintf(out, LABEL_STEM_SIZE, "%s%s%s_%s", gtin ? "" : maker,
             gtin ? "" : "-", product, lot);
}

#endif
