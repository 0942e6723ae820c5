/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_FLAT_H
#define TEM_SCAN_FLAT_H

/* Glare, dirt, a sticker: where many modules beside each other are of one
 * colour they are likely not the symbol's, whose mask parts such areas. */

#include "modules.h"

/* Make modules the less sure the more of those about them are of their colour.
 */
void tem_doubt_flats(struct tem_modules *modules);

#endif
