/* SPDX-License-Identifier: MIT */
/* See structure.h. */
#include "structure.h"
#include "../base/cbor.h"
#include "../error/fail.h"
#include <stdlib.h>

static void put(struct tem_cbor_writer *writer, struct tem_bytes header,
                struct tem_bytes aad, struct tem_bytes payload)
{
    tem_cbor_put_array(writer, 4);
    tem_cbor_put_text(writer, tem_bytes_of("Signature1"));
    tem_cbor_put_bytes(writer, header);
    tem_cbor_put_bytes(writer, aad);
    tem_cbor_put_bytes(writer, payload);
}

enum tem_status tem_sign_structure(struct tem_bytes header,
                                   struct tem_bytes aad,
                                   struct tem_bytes payload,
                                   struct tem_sign_structure *structure,
                                   struct tem_error *error)
{
    const size_t most = SIZE_MAX / 4; /* so that no sum of sizes overflows */
    if (header.size > most || aad.size > most || payload.size > most)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    struct tem_cbor_writer writer = {structure->room, sizeof structure->room,
                                     0};
    structure->heap = NULL;
    put(&writer, header, aad, payload);
    if (writer.size > writer.capacity) {
        structure->heap = malloc(writer.size);
        if (!structure->heap)
            return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        writer = (struct tem_cbor_writer){structure->heap, writer.size, 0};
        put(&writer, header, aad, payload);
    }
    structure->bytes = (struct tem_bytes){writer.data, writer.size};
    return TEM_OK;
}

void tem_sign_protected(enum tem_algorithm algorithm, uint16_t kid,
                        uint8_t out[TEM_SIGN_PROTECTED_BYTES])
{
    uint8_t id[] = {(uint8_t)(kid >> 8), (uint8_t)kid};
    struct tem_cbor_writer writer = {out, TEM_SIGN_PROTECTED_BYTES, 0};
    tem_cbor_put_map(&writer, 2);
    tem_cbor_put_int(&writer, TEM_SIGN_COSE_ALG);
    tem_cbor_put_int(&writer, algorithm == TEM_ALGORITHM_ED25519
                                  ? TEM_SIGN_COSE_EDDSA
                                  : TEM_SIGN_COSE_ES256);
    tem_cbor_put_int(&writer, TEM_SIGN_COSE_KID);
    tem_cbor_put_bytes(&writer, (struct tem_bytes){id, sizeof id});
}
