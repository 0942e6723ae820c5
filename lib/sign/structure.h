/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_STRUCTURE_H
#define TEM_SIGN_STRUCTURE_H

/* What COSE signs, shared by labels and COSE messages. */

#include <tem/sign.h>

enum { PROTECTED_MAX = 16 }; /* {1: alg, 4: kid of two bytes} takes 7 */

/* The protected header {1: alg, 4: kid} of a label. */
size_t tem_sign_protected(enum tem_algorithm algorithm, uint16_t kid,
                          uint8_t out[PROTECTED_MAX]);

/* Write ["Signature1", protected, aad, payload] (RFC 9052 section 4.4).
 * @return its size, also when @p out (may be NULL) has not the capacity. */
size_t tem_sign_structure(struct tem_bytes protected_header,
                          struct tem_bytes aad, struct tem_bytes payload,
                          uint8_t *out, size_t capacity);

#endif
