/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_STRUCTURE_H
#define TEM_SIGN_STRUCTURE_H

/* The bytes that a COSE_Sign1 signature is over (RFC 9052 section 4.4), and
 * the protected header of a label, which both stand in them and go before. */

#include <tem/sign.h>

enum {
    TEM_SIGN_COSE_ALG = 1, /* header parameters, RFC 9052 section 3.1 */
    TEM_SIGN_COSE_CRIT = 2,
    TEM_SIGN_COSE_TYPE = 3,
    TEM_SIGN_COSE_KID = 4,
    TEM_SIGN_COSE_EDDSA = -8, /* RFC 9053 sections 2.2 and 2.1 */
    TEM_SIGN_COSE_ES256 = -7,
    TEM_SIGN_PROTECTED_BYTES = 7,
};

/* A label's needs no more than room; a longer one goes to the heap. */
struct tem_sign_structure {
    struct tem_bytes bytes;
    uint8_t *heap;
    uint8_t room[TEM_SEALED_MAX + TEM_URI_PREFIX_SIZE + 32];
};

/* Sig_structure ["Signature1", @p header, @p aad, @p payload]. To be released
 * with free(heap) when TEM_OK. */
enum tem_status tem_sign_structure(struct tem_bytes header,
                                   struct tem_bytes aad,
                                   struct tem_bytes payload,
                                   struct tem_sign_structure *structure,
                                   struct tem_error *error);

/* The map {1: algorithm, 4: kid} that a label's signature protects. */
void tem_sign_protected(enum tem_algorithm algorithm, uint16_t kid,
                        uint8_t out[TEM_SIGN_PROTECTED_BYTES]);

#endif
