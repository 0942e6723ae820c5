/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_DECODE_H
#define TEM_SCAN_DECODE_H

/* The modules of a symbol to its text. */

#include "modules.h"
#include "reed_solomon.h"
#include "segments.h"

/* What is needed to do it, and what came of it. 19 KiB; one a thread. */
struct tem_qr_decode {
    struct tem_field field;
    struct tem_codeword codewords[TEM_QR_CODEWORDS_MAX]; /* put right, if it
                                                            was read */
    uint8_t data[TEM_QR_CODEWORDS_MAX];
    struct tem_qr_text text;
    struct tem_qr_format format;
    unsigned corrected, erased; /* codewords found wrong; not believed */
    double unused; /* 0..1: error correction left in the worst block */
};

void tem_qr_decode_init(struct tem_qr_decode *decode);

/*
 * Decode a symbol. Codewords that cannot be corrected are tried again with the
 * least sure of them erased, more and more.
 *
 * @param confirmed  the caller will check the text by other means, a signature:
 *                   then so many may be erased that hardly a check codeword is
 *                   left. Otherwise a block of chance passes no easier than one
 *                   of version 2-L with as many errors as the standard allows:
 *                   once in 2^TEM_QR_PROOF.
 * @return whether `text` is what the symbol says.
 */
bool tem_qr_decode(struct tem_qr_decode *decode,
                   const struct tem_modules *modules, bool confirmed);

enum { TEM_QR_PROOF = 30 };

/* 0..1: error correction left in the worst block when all codewords whose grade
 * is below @p least are wrong. @param grades  in the order of placement. */
double tem_qr_unused(unsigned version, enum tem_ecc level,
                     const uint8_t *grades, unsigned least);

#endif
