/* SPDX-License-Identifier: MIT */
#ifndef TEST_SEALS_H
#define TEST_SEALS_H

/* Sealed messages for the tests of labels and of COSE. */

#include "keys.h"

#define PREFIX "HTTPS://OCOP.SONLA.GOV.VN/T/"
#define AAD "https://ocop.sonla.gov.vn/T/"

static struct tem_key *keys[2]; /* by algorithm */

/* A sealed message and the memory it is in. */
struct sealed {
    uint8_t bytes[TEM_SEALED_MAX + 1];
    size_t size;
    struct tem_sealed parts;
};

static inline void take_apart(const char *text, struct sealed *s)
{
    struct tem_buffer out = {s->bytes, TEM_SEALED_MAX, 0};
    CHECK(strncmp(text, PREFIX, strlen(PREFIX)) == 0);
    CHECK_INT(tem_digits_decode(B(text + strlen(PREFIX)), &out, NULL), TEM_OK);
    s->size = out.size;
    CHECK_INT(tem_sealed_parse((struct tem_bytes){s->bytes, s->size}, &s->parts,
                               NULL),
              TEM_OK);
}

static inline void seal(const struct tem_key *key, uint16_t kid, size_t size,
                        struct sealed *s)
{
    static uint8_t payload[TEM_PAYLOAD_MAX];
    static char text[TEM_URI_SIZE];
    for (size_t i = 0; i < size; i++)
        payload[i] = (uint8_t)(i * 31 + 5);
    memset(s, 0, sizeof *s);
    CHECK_INT(tem_seal(key, kid, (struct tem_bytes){payload, size}, PREFIX,
                       text, sizeof text, NULL),
              TEM_OK);
    take_apart(text, s);
    CHECK_INT(s->parts.payload.size, size);
    CHECK(memcmp(s->parts.payload.data, payload, size) == 0);
}

static inline void make_keys(void)
{
    keys[0] = new_key(TEM_ALGORITHM_ED25519);
    keys[1] = new_key(TEM_ALGORITHM_ES256);
}

static inline void free_keys(void)
{
    tem_key_free(keys[0]);
    tem_key_free(keys[1]);
}

#endif
