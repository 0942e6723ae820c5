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
 * Standard  ISO/IEC 18004:2015, QR Code Model 2, versions 1-40; also mirrored
 *           and inverted (section 6.2).
 * Threads   Calls on distinct objects may run concurrently.
 * Memory    A result is freed by tem_scan_free(). About 2 1/2 times the picture
 *           and 3 MiB are taken while it is read.
 */

#include <tem/image.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_SCAN_SYMBOLS_MAX 1000 /**< symbols reported of one picture */

struct tem_point {
    int32_t x, y; /**< pixels of the picture given, may lie just outside */
};

enum tem_symbology {
    TEM_QR_CODE = 1, /**< Model 2 */
    TEM_EAN_13,      /**< the bars beside it, that tills read today */
};

/** One symbol found. */
struct tem_scan_symbol {
    struct tem_bytes text; /**< also NUL-terminated; may hold NULs */
    const char *charset; /**< of the text: as the symbol says, else UTF-8 if it
                              can be, "Shift_JIS" if it looks like it, and
                              "ISO-8859-1"; IANA's names, static */
    enum tem_symbology symbology;
    struct tem_point corners[4]; /**< top left, bottom left, bottom right, top
                                      right of the symbol as it was drawn */
    double module;    /**< pixels a module, on the average; 0: not known */
    unsigned version; /**< 1..40; 0: not known, nor what follows */
    enum tem_ecc level;
    unsigned codewords; /**< data and check, 26..3706 */
    unsigned corrected; /**< of these found wrong and put right */
    unsigned erased;    /**< of these not believed from the start */
    bool mirrored;      /**< seen from behind, through glass */
    bool inverted;      /**< light on dark */
    bool confirmed;     /**< by the caller's own test */
    bool part; /**< of a structured append (section 8), a text spread over
                    several symbols: this one's share of it, or what zbar put
                    together, with a NUL where one was not found */
    unsigned part_number, part_count; /**< 1..16; 0: not known */
};

struct tem_scan {
    size_t count;
    struct tem_scan_symbol *symbols; /**< from top to bottom, left to right */
    bool truncated; /**< there were more than TEM_SCAN_SYMBOLS_MAX */
};

/** How much is tried before a picture is given up. */
enum tem_effort {
    TEM_EFFORT_NORMAL, /**< damaged symbols too; at most about 0.3 s */
    TEM_EFFORT_FAST,   /**< what can be read at once; for frames of a video */
    TEM_EFFORT_HARD,   /**< everything; may take seconds where nothing is */
};

/** How to look at a picture. All zero is a good choice. */
struct tem_scan_options {
    enum tem_effort effort;
    bool all; /**< EAN-13 as well, and symbols drawn inside other symbols */
    /** Whether a text is right for reasons of its own, as a signature; or NULL.
     *  Once it says so of one, nothing dearer is tried for want of others; and
     *  only where it does is a text given that rests on fewer check codewords
     *  than keep it from being misread. Called from within the scan. */
    bool (*confirm)(void *context, struct tem_bytes text);
    void *context; /**< for confirm */
};

/**
 * Find the symbols in a picture.
 *
 * The picture is read at several sizes, small ones first: quickly what is
 * plain, then with more patience what was seen but not read, then, if nothing
 * was read, whatever looks a little like a symbol, and last by zbar. A symbol
 * is one text at one place. The work for a picture is bounded by the effort, in
 * samples and not by a clock: the same picture gives the same result.
 *
 * @param options    NULL: all zero.
 * @param[out] scan  count 0 when there is none; written only on TEM_OK; free
 *                   with tem_scan_free().
 * @retval TEM_E_MEMORY       no memory, here or in zbar.
 * @retval TEM_E_UNSUPPORTED  the zbar of this machine refuses to work.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_image(const struct tem_image *image,
               const struct tem_scan_options *options, struct tem_scan **scan,
               struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_scan_free(struct tem_scan *scan);

#ifdef __cplusplus
}
#endif
#endif
