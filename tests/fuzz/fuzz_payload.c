/* SPDX-License-Identifier: MIT */
/* Any bytes as a label's content: what is taken encodes to the same bytes. */
#include <stdlib.h>
#include <string.h>
#include <tem/payload.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_payload payload;
    uint8_t again[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {again, sizeof again, 0};
    if (tem_payload_decode((struct tem_bytes){data, size}, &payload, NULL) !=
        TEM_OK)
        return 0;
    if (tem_payload_encode(&payload, &out, NULL) != TEM_OK ||
        out.size != size || memcmp(again, data, size) != 0)
        abort();
    return 0;
}
