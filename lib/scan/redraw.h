/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_REDRAW_H
#define TEM_SCAN_REDRAW_H

/* What a symbol was before it was printed, damaged and seen: from its codewords
 * as they were put right. */

#include "modules.h"

void tem_qr_redraw(unsigned version, struct tem_qr_format format,
                   const struct tem_codeword *codewords,
                   struct tem_symbol *symbol);

#endif
