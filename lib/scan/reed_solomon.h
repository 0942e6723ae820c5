/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_REED_SOLOMON_H
#define TEM_SCAN_REED_SOLOMON_H

/* Reed-Solomon codes over GF(2^8) as ISO/IEC 18004 uses them: the field by
 * x^8 + x^4 + x^3 + x^2 + 1, the generator's roots from alpha^0 on. */

#include <tem/base.h>

/* Powers of alpha = 2, and their inverse. */
struct tem_field {
    uint8_t power[510]; /* twice over: two logarithms add without modulo */
    uint8_t log[256];   /* of 1..255 */
};

void tem_field_init(struct tem_field *field);

/*
 * Correct a block in place: t wrong codewords at unknown places and e at known
 * ones, where 2 t + e <= check.
 *
 * @param block    @p size codewords, 2..255, the last @p check of them check
 *                 codewords, 1..size - 1.
 * @param erased   places of codewords that are not to be believed, each once;
 *                 @p erasures of them.
 * @return how many codewords were changed, erased ones too; -1 if it cannot be
 *         corrected: then @p block is as it was.
 */
int tem_reed_solomon(const struct tem_field *field, uint8_t *block, size_t size,
                     size_t check, const uint8_t *erased, size_t erasures);

#endif
