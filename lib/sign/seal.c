/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: VP || KID || PAYLOAD || SIG, the message on a label. */
#include "../error/fail.h"
#include "key.h"
#include "structure.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    VERSION = 1,
    SEALED_MIN = TEM_SEALED_HEAD + 1 + TEM_SIGNATURE_BYTES,
};

/* What a label's signature is over, into @p structure. */
static enum tem_status structure_of(const struct tem_sealed *sealed,
                                    struct tem_bytes aad,
                                    struct tem_sign_structure *structure,
                                    struct tem_error *error)
{
    uint8_t header[TEM_SIGN_PROTECTED_BYTES];
    tem_sign_protected(sealed->algorithm, sealed->kid, header);
    return tem_sign_structure((struct tem_bytes){header, sizeof header}, aad,
                              sealed->payload, structure, error);
}

static enum tem_status sign_label(const struct tem_key *key,
                                  const struct tem_sealed *sealed,
                                  const char *prefix,
                                  uint8_t signature[TEM_SIGNATURE_BYTES],
                                  struct tem_error *error)
{
    uint8_t memory[TEM_URI_PREFIX_SIZE];
    struct tem_buffer aad = {memory, sizeof memory, 0};
    enum tem_status status = tem_uri_aad(tem_bytes_of(prefix), &aad, error);
    if (status != TEM_OK)
        return status;
    struct tem_sign_structure structure;
    status = structure_of(sealed, (struct tem_bytes){memory, aad.size},
                          &structure, error);
    if (status != TEM_OK)
        return status;
    status = tem_sign(key, structure.bytes, signature, error);
    free(structure.heap);
    return status;
}

/* The parts one after the other. @return the size. */
static size_t frame(const struct tem_sealed *sealed,
                    const uint8_t signature[TEM_SIGNATURE_BYTES],
                    uint8_t message[TEM_SEALED_MAX])
{
    size_t after = TEM_SEALED_HEAD + sealed->payload.size;
    message[0] = (uint8_t)(VERSION << 4 | (int)sealed->algorithm);
    message[1] = (uint8_t)(sealed->kid >> 8);
    message[2] = (uint8_t)sealed->kid;
    memcpy(message + TEM_SEALED_HEAD, sealed->payload.data,
           sealed->payload.size);
    memcpy(message + after, signature, TEM_SIGNATURE_BYTES);
    return after + TEM_SIGNATURE_BYTES;
}

enum tem_status tem_seal(const struct tem_key *key, uint16_t kid,
                         struct tem_bytes payload, const char *prefix,
                         char *text, size_t capacity, struct tem_error *error)
{
    struct tem_sealed sealed = {key->algorithm, kid, payload, {NULL, 0}};
    uint8_t signature[TEM_SIGNATURE_BYTES], message[TEM_SEALED_MAX];
    char digits[TEM_DIGITS_SIZE];
    if (payload.size < 1 || payload.size > TEM_PAYLOAD_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SEAL_PAYLOAD, "dd",
                        (long long)TEM_PAYLOAD_MAX, (long long)payload.size);
    enum tem_status status = sign_label(key, &sealed, prefix, signature, error);
    if (status != TEM_OK)
        return status;
    struct tem_bytes whole = {message, frame(&sealed, signature, message)};
    status = tem_digits_encode(whole, digits, sizeof digits, error);
    if (status != TEM_OK)
        return status;
    size_t size = strlen(prefix) + strlen(digits) + 1;
    if (capacity < size)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d", (long long)size);
    snprintf(text, size, "%s%s", prefix, digits);
    return TEM_OK;
}

enum tem_status tem_sealed_parse(struct tem_bytes message,
                                 struct tem_sealed *sealed,
                                 struct tem_error *error)
{
    /* The version first: a later one may have other sizes. */
    int version = message.size ? message.data[0] >> 4 : VERSION;
    if (version != VERSION)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_VERSION, "d",
                        (long long)version);
    if (message.size < SEALED_MIN || message.size > TEM_SEALED_MAX)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_SIZE, "ddd",
                        (long long)SEALED_MIN, (long long)TEM_SEALED_MAX,
                        (long long)message.size);
    int algorithm = message.data[0] & 0xF;
    if (algorithm != TEM_ALGORITHM_ED25519 && algorithm != TEM_ALGORITHM_ES256)
        return TEM_FAIL(error, TEM_E_FORMAT, SEAL_ALGORITHM, "d",
                        (long long)algorithm);
    size_t after = message.size - TEM_SIGNATURE_BYTES;
    if (algorithm == TEM_ALGORITHM_ES256 &&
        !tem_sign_is_low(message.data + after))
        return TEM_FAIL_AT(error, TEM_E_FORMAT, after, SEAL_SIGNATURE, "");
    *sealed = (struct tem_sealed){
        (enum tem_algorithm)algorithm,
        (uint16_t)(message.data[1] << 8 | message.data[2]),
        {message.data + TEM_SEALED_HEAD, after - TEM_SEALED_HEAD},
        {message.data + after, TEM_SIGNATURE_BYTES},
    };
    return TEM_OK;
}

enum tem_status tem_sealed_check(const struct tem_sealed *sealed,
                                 struct tem_bytes aad,
                                 const struct tem_key *key, bool *holds,
                                 struct tem_error *error)
{
    struct tem_sign_structure structure;
    if (sealed->algorithm != key->algorithm) {
        *holds = false;
        return TEM_OK;
    }
    enum tem_status status = structure_of(sealed, aad, &structure, error);
    if (status != TEM_OK)
        return status;
    status =
        tem_sign_check(key, structure.bytes, sealed->signature, holds, error);
    free(structure.heap);
    return status;
}

/* ---- the record behind a label ---- */

enum tem_status tem_seal_salt(char salt[2 * TEM_RECORD_SALT_BYTES + 1],
                              struct tem_error *error)
{
    uint8_t bytes[TEM_RECORD_SALT_BYTES];
    enum tem_status status = tem_random(bytes, sizeof bytes, error);
    for (size_t i = 0; status == TEM_OK && i < sizeof bytes; i++)
        snprintf(salt + 2 * i, 3, "%02x", bytes[i]);
    return status;
}

enum tem_status tem_seal_digest(struct tem_bytes canonical,
                                uint8_t digest[TEM_DIGEST_BYTES],
                                struct tem_error *error)
{
    uint8_t whole[TEM_SHA256_BYTES];
    enum tem_status status = tem_sha256(canonical, whole, error);
    if (status == TEM_OK)
        memcpy(digest, whole, TEM_DIGEST_BYTES);
    return status;
}
