/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h> and lib/payload/FORMAT.md: VP || KID || PAYLOAD || SIG. */
#include "../error/fail.h"
#include "structure.h"
#include <string.h>

enum {
    VERSION = 1,
    TBS_MAX = TEM_PAYLOAD_MAX + TEM_URI_PREFIX_SIZE + 64,
};

/* n of P-256 and the largest s that is low, (n - 1) / 2, big-endian. */
static const uint8_t order[32] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
    0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
static const uint8_t half_order[32] = {
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b,
    0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};

static bool is_zero(const uint8_t value[32])
{
    uint8_t any = 0;
    for (int i = 0; i < 32; i++)
        any |= value[i];
    return any == 0;
}

/* r in 1..n-1 and s in 1..(n-1)/2. */
static bool is_strict_es256(const uint8_t *signature)
{
    const uint8_t *r = signature, *s = signature + 32;
    return !is_zero(r) && memcmp(r, order, 32) < 0 && !is_zero(s) &&
           memcmp(s, half_order, 32) <= 0;
}

/* The bytes that a label's signature is over. */
static size_t to_be_signed(enum tem_algorithm algorithm, uint16_t kid,
                           struct tem_bytes aad, struct tem_bytes payload,
                           uint8_t out[TBS_MAX])
{
    uint8_t header[PROTECTED_MAX];
    struct tem_bytes protected_header = {
        header, tem_sign_protected(algorithm, kid, header)};
    return tem_sign_structure(protected_header, aad, payload, out, TBS_MAX);
}

enum tem_status tem_seal(const struct tem_key *key, uint16_t kid,
                         struct tem_bytes payload, const char *prefix,
                         char *text, size_t capacity, struct tem_error *error)
{
    uint8_t tbs[TBS_MAX], message[TEM_MESSAGE_MAX], memory[TEM_URI_PREFIX_SIZE];
    struct tem_buffer aad = {memory, sizeof memory, 0};
    enum tem_algorithm algorithm = tem_key_algorithm(key);
    size_t used = strlen(prefix);
    if (payload.size < 1 || payload.size > TEM_PAYLOAD_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "payload");
    size_t size = TEM_MESSAGE_HEAD + payload.size + TEM_SIGNATURE_BYTES;
    if (capacity < used + tem_digits_count(size) + 1)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)(used + tem_digits_count(size) + 1));
    enum tem_status status = tem_uri_aad(tem_bytes_of(prefix), &aad, error);
    if (status != TEM_OK)
        return status;
    message[0] = (uint8_t)(VERSION << 4 | (int)algorithm);
    message[1] = (uint8_t)(kid >> 8);
    message[2] = (uint8_t)kid;
    memcpy(message + TEM_MESSAGE_HEAD, payload.data, payload.size);
    struct tem_bytes signed_bytes = {
        tbs, to_be_signed(algorithm, kid,
                          (struct tem_bytes){aad.data, aad.size}, payload,
                          tbs)};
    status = tem_sign(key, signed_bytes,
                      message + TEM_MESSAGE_HEAD + payload.size, error);
    if (status != TEM_OK)
        return status;
    memcpy(text, prefix, used);
    return tem_digits_encode((struct tem_bytes){message, size}, text + used,
                             capacity - used, error);
}

enum tem_status tem_sealed_parse(struct tem_bytes message,
                                 struct tem_sealed *sealed,
                                 struct tem_error *error)
{
    size_t frame = TEM_MESSAGE_HEAD + TEM_SIGNATURE_BYTES;
    if (message.size <= frame || message.size > TEM_MESSAGE_MAX)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_SIZE, "d",
                        (long long)message.size);
    unsigned version = message.data[0] >> 4, nibble = message.data[0] & 0xF;
    if (version != VERSION)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_VERSION, "d",
                        (long long)version);
    if (nibble > TEM_ALGORITHM_ES256)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_ALGORITHM, "d",
                        (long long)nibble);
    const uint8_t *signature =
        message.data + message.size - TEM_SIGNATURE_BYTES;
    if (nibble == TEM_ALGORITHM_ES256 && !is_strict_es256(signature))
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_SIGNATURE, "");
    *sealed = (struct tem_sealed){
        .algorithm = (enum tem_algorithm)nibble,
        .kid = (uint16_t)(message.data[1] << 8 | message.data[2]),
        .payload = {message.data + TEM_MESSAGE_HEAD, message.size - frame},
        .signature = {signature, TEM_SIGNATURE_BYTES},
    };
    return TEM_OK;
}

enum tem_status tem_sealed_check(const struct tem_sealed *sealed,
                                 struct tem_bytes aad,
                                 const struct tem_key *key, bool *holds,
                                 struct tem_error *error)
{
    uint8_t tbs[TBS_MAX];
    if (aad.size > TEM_URI_PREFIX_SIZE)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "aad");
    if (tem_key_algorithm(key) != sealed->algorithm) {
        *holds = false;
        return TEM_OK;
    }
    struct tem_bytes signed_bytes = {
        tbs, to_be_signed(sealed->algorithm, sealed->kid, aad,
                          sealed->payload, tbs)};
    return tem_sign_check(key, signed_bytes, sealed->signature, holds, error);
}
