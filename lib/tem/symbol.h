/* SPDX-License-Identifier: MIT */
#ifndef TEM_SYMBOL_H
#define TEM_SYMBOL_H

/**
 * tem/symbol.h - text to a QR Code module matrix.
 *
 * Takes a label's text (tem/sign.h), gives a square of modules (tem/label.h
 * lays it out, tem/image.h draws it). The text is split into numeric,
 * alphanumeric and byte segments so that the bits are fewest. The only unit of
 * length here is the module; the quiet zone is not part of the matrix.
 *
 * Standard  ISO/IEC 18004:2015, Model 2, versions 1..40.
 * Threads   Calls on distinct outputs may run concurrently.
 * Memory    The caller owns every object; nothing is allocated past return.
 */

#include <tem/sign.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_SYMBOL_VERSION_MAX 40
#define TEM_SYMBOL_SIDE_MAX 177  /**< modules: version 40, 4 * 40 + 17 */
#define TEM_SYMBOL_TEXT_MAX 7089 /**< characters: 40-L, digits only */
#define TEM_SYMBOL_QUIET_ZONE 4  /**< modules on each side (section 9.1) */

/** Share of codewords that may be lost and still read. */
enum tem_ecc {
    TEM_ECC_L = 0, /**< about  7 % */
    TEM_ECC_M = 1, /**< about 15 % */
    TEM_ECC_Q = 2, /**< about 25 % */
    TEM_ECC_H = 3, /**< about 30 % */
};

/** A finished symbol: 3.9 KB, no pointers, copy with plain assignment. */
struct tem_symbol {
    uint8_t version; /**< 1..40 */
    uint8_t side;    /**< modules per edge: 4 * version + 17, 21..177 */
    uint8_t ecc;     /**< an enum tem_ecc */
    /** side * side bits, row-major from the top left, most significant bit
     *  first, rows not padded: module (x, y) is bit y * side + x; 1 = dark. */
    uint8_t bits[(TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX + 7) / 8];
};

/** A run of characters in one QR mode. */
struct tem_segment {
    enum tem_segment_mode {
        TEM_SEGMENT_NUMERIC = 0,
        TEM_SEGMENT_ALPHANUMERIC = 1,
        TEM_SEGMENT_BYTE = 2,
    } mode;
    size_t length; /**< characters, >= 1 */
};

/** Segments of one symbol, at most: where the bits are fewest, two neighbours
 *  inside a text take 71 bits or more, and 40-L holds 23,648. */
#define TEM_SEGMENTS_MAX 704

/**
 * Split a text for the fewest bits in symbols of a version. For programs that
 * drive a QR encoder of their own (a printer's), or show how full a symbol is;
 * tem_symbol_encode() does it by itself.
 *
 * @param text            1..TEM_SYMBOL_TEXT_MAX bytes, any values.
 * @param version         1..40: its range (1..9, 10..26, 27..40) sets the width
 *                        of the character counts.
 * @param[out] segments   @p capacity of them; in the order of the text.
 * @param[out] count      how many.
 * @param[out] bits       the sum, mode and count indicators included.
 * @retval TEM_E_ARGUMENT a parameter is outside the ranges above.
 * @retval TEM_E_CAPACITY more segments than @p capacity. TEM_SEGMENTS_MAX
 *                        suffice for every text that a symbol can hold.
 *
 * The text need not fit: compare @p bits with what the symbol holds.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_symbol_split(struct tem_bytes text, unsigned version,
                 struct tem_segment *segments, size_t capacity, size_t *count,
                 size_t *bits, struct tem_error *error);

/**
 * Encode @p text as the smallest symbol that holds it.
 *
 * @param text         1..TEM_SYMBOL_TEXT_MAX bytes, any values; borrowed.
 * @param ecc          level to use exactly; it is never raised silently.
 * @param version_max  largest version allowed, 1..40: caps the printed size.
 * @param[out] symbol  written only on TEM_OK; must not overlap @p text.
 * @param[out] error   may be NULL.
 *
 * @retval TEM_E_ARGUMENT  a parameter is outside the ranges above.
 * @retval TEM_E_CAPACITY  no version up to @p version_max holds the text.
 * @retval TEM_E_MEMORY    the encoder (libqrencode) ran out of memory.
 *
 * Same input, same modules, for one version of libqrencode.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_symbol_encode(struct tem_bytes text, enum tem_ecc ecc,
                  unsigned version_max, struct tem_symbol *symbol,
                  struct tem_error *error);

/** @return true if module (x, y) is dark; false also outside the symbol. */
TEM_API bool tem_symbol_dark(const struct tem_symbol *symbol, int x, int y);

#ifdef __cplusplus
}
#endif
#endif
