/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_CHARSET_H
#define TEM_SCAN_CHARSET_H

/* Which character set the bytes of a symbol are in. */

#include "segments.h"

/*
 * @param text  of a symbol; what its ECI says is believed, else it is UTF-8 if
 *              it can be, Shift JIS if it has kanji segments or looks like it,
 *              and Latin-1, the standard's default.
 * @return a name that IANA knows; static.
 */
const char *tem_charset_of(const struct tem_qr_text *text);

/* The same for bytes of which nothing else is known. */
const char *tem_charset_guess(struct tem_bytes text);

#endif
