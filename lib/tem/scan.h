/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_H
#define TEM_SCAN_H

/**
 * tem/scan.h - a grey picture to the texts of the QR symbols in it.
 *
 * Takes what tem/image.h read, gives each symbol's bytes and where it stands;
 * tem/verify.h says what a text is worth. No text is changed or guessed:
 * bytes come back as they were encoded.
 *
 * Standard  ISO/IEC 18004:2015; read by zbar, QR Code only.
 * Threads   Calls on distinct objects may run concurrently.
 * Memory    A result is freed by tem_scan_free(). The scanner is made afresh
 *           for every picture.
 */

#include <tem/image.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_SCAN_SYMBOLS_MAX 1000 /**< symbols reported of one picture */
#define TEM_SCAN_INVERTED_SIDE 800 /**< longest side, see tem_scan_image() */

struct tem_point {
    int32_t x, y; /**< pixels of the picture given, may lie just outside */
};

/** One symbol found. */
struct tem_scan_symbol {
    struct tem_bytes text;       /**< also NUL-terminated; may hold NULs */
    struct tem_point corners[4]; /**< in the order the reader gives them:
                                      top left, bottom left, bottom right, top
                                      right of the symbol as it was drawn */
    bool part; /**< not one symbol but those found of a structured append
                    (section 8), text spread over several: its text is theirs,
                    with a NUL where one was not found, its corners a box
                    around them all; a set of a single symbol is a symbol */
};

struct tem_scan {
    size_t count;
    struct tem_scan_symbol *symbols; /**< from top to bottom, left to right */
    bool truncated; /**< there were more than TEM_SCAN_SYMBOLS_MAX */
};

/**
 * Find every QR symbol in a picture.
 *
 * The picture is read at several scales, small ones first, and what they find
 * is put together: a symbol is one text at one place. Symbols light on dark
 * are looked for at one scale only, half the size or TEM_SCAN_INVERTED_SIDE,
 * so that beside dark ones small light ones may be missed; where there is
 * nothing else, at every scale.
 *
 * @param[out] scan  count 0 when there is none; written only on TEM_OK; free
 *                   with tem_scan_free().
 * @retval TEM_E_MEMORY       no memory, here or in zbar.
 * @retval TEM_E_UNSUPPORTED  the zbar of this machine refuses to work.
 */
TEM_API TEM_MUST_USE enum tem_status tem_scan_image(const struct tem_image *image,
                                                    struct tem_scan **scan,
                                                    struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_scan_free(struct tem_scan *scan);

#ifdef __cplusplus
}
#endif
#endif
