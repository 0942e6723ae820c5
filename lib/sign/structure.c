/* SPDX-License-Identifier: MIT */
/* See structure.h. */
#include "structure.h"
#include "../payload/cbor.h"

enum { LABEL_ALG = 1, LABEL_KID = 4, ALG_EDDSA = -8, ALG_ES256 = -7 };

size_t tem_sign_protected(enum tem_algorithm algorithm, uint16_t kid,
                          uint8_t out[PROTECTED_MAX])
{
    struct tem_cbor_writer writer = {out, PROTECTED_MAX, 0};
    uint8_t bytes[2] = {(uint8_t)(kid >> 8), (uint8_t)kid};
    bool ed25519 = algorithm == TEM_ALGORITHM_ED25519;
    tem_cbor_put_map(&writer, 2);
    tem_cbor_put_int(&writer, LABEL_ALG);
    tem_cbor_put_int(&writer, ed25519 ? ALG_EDDSA : ALG_ES256);
    tem_cbor_put_int(&writer, LABEL_KID);
    tem_cbor_put_bytes(&writer, (struct tem_bytes){bytes, sizeof bytes});
    return writer.size;
}

size_t tem_sign_structure(struct tem_bytes protected_header,
                          struct tem_bytes aad, struct tem_bytes payload,
                          uint8_t *out, size_t capacity)
{
    struct tem_cbor_writer writer = {out, capacity, 0};
    tem_cbor_put_array(&writer, 4);
    tem_cbor_put_text(&writer, tem_bytes_of("Signature1"));
    tem_cbor_put_bytes(&writer, protected_header);
    tem_cbor_put_bytes(&writer, aad);
    tem_cbor_put_bytes(&writer, payload);
    return writer.size;
}
