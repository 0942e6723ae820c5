/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SEGMENTS_H
#define TEM_SCAN_SEGMENTS_H

/* The data codewords of a symbol to the text they spell. */

#include "spec.h"

/* What a symbol says. */
struct tem_qr_text {
    size_t size;
    uint8_t bytes[TEM_SYMBOL_TEXT_MAX]; /* kanji as Shift JIS, two each */
    bool fnc1; /* GS1 or another industry's format: 0x1D parts its fields */
    bool has_kanji; /* some segment of Shift JIS */
    bool has_eci;
    uint32_t eci; /* 0..999999, of the last such segment */
    /* Structured append (8): one of `parts`, from 0; 0 parts: a symbol alone.
     */
    unsigned parts, part;
    uint8_t parity;
};

/*
 * Take the segments apart (7.4).
 *
 * @param data  what the blocks carry, in order, without check codewords.
 * @return false if it is no bit stream of the standard: an unknown mode, a
 *         count past the end, a value that no character has. @p out is then of
 *         no use.
 */
bool tem_qr_segments(struct tem_bytes data, unsigned version,
                     struct tem_qr_text *out);

#endif
