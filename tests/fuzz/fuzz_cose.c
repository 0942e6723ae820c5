/* SPDX-License-Identifier: MIT */
/* Any bytes as a COSE_Sign1 and as a sealed message. Property: what is taken
 * for a sealed message gives the same answer when it is checked as the COSE
 * message that it stands for. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tem/sign.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Public keys of RFC 8032 section 7.1 (test 1) and of the base point of P-256
 * (d = 1), so that seeds can be signed by anybody. */
static const uint8_t ed25519[32] = {
    0xD7, 0x5A, 0x98, 0x01, 0x82, 0xB1, 0x0A, 0xB7, 0xD5, 0x4B, 0xFE,
    0xD3, 0xC9, 0x64, 0x07, 0x3A, 0x0E, 0xE1, 0x72, 0xF3, 0xDA, 0xA6,
    0x23, 0x25, 0xAF, 0x02, 0x1A, 0x68, 0xF7, 0x07, 0x51, 0x1A};
static const uint8_t p256[65] = {
    0x04, 0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47, 0xF8, 0xBC,
    0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2, 0x77, 0x03, 0x7D, 0x81, 0x2D,
    0xEB, 0x33, 0xA0, 0xF4, 0xA1, 0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96,
    0x4F, 0xE3, 0x42, 0xE2, 0xFE, 0x1A, 0x7F, 0x9B, 0x8E, 0xE7, 0xEB,
    0x4A, 0x7C, 0x0F, 0x9E, 0x16, 0x2B, 0xCE, 0x33, 0x57, 0x6B, 0x31,
    0x5E, 0xCE, 0xCB, 0xB6, 0x40, 0x68, 0x37, 0xBF, 0x51, 0xF5};

static void need(bool condition)
{
    if (!condition)
        abort();
}

static const struct tem_key *key_of(enum tem_algorithm algorithm)
{
    static struct tem_key *keys[2];
    if (!keys[0]) {
        need(tem_key_from_raw(TEM_ALGORITHM_ED25519,
                              (struct tem_bytes){ed25519, sizeof ed25519},
                              &keys[0], NULL) == TEM_OK);
        need(tem_key_from_raw(TEM_ALGORITHM_ES256,
                              (struct tem_bytes){p256, sizeof p256}, &keys[1],
                              NULL) == TEM_OK);
    }
    return keys[algorithm];
}

static void as_cose(struct tem_bytes bytes, enum tem_algorithm algorithm)
{
    struct tem_bytes none = {NULL, 0};
    struct tem_error error;
    bool holds;
    enum tem_status status =
        tem_cose_check(bytes, none, none, key_of(algorithm), &holds, &error);
    need(status == TEM_OK || status == TEM_E_FORMAT ||
         status == TEM_E_UNSUPPORTED);
    need(status == TEM_OK || error.offset <= bytes.size);
}

static void as_label(struct tem_bytes bytes)
{
    struct tem_bytes none = {NULL, 0};
    struct tem_sealed sealed;
    struct tem_error error;
    enum tem_status status = tem_sealed_parse(bytes, &sealed, &error);
    need(status == TEM_OK || status == TEM_E_FORMAT);
    if (status != TEM_OK)
        return;
    uint8_t memory[TEM_COSE_MAX];
    struct tem_buffer cose = {memory, sizeof memory, 0};
    bool label_holds, cose_holds;
    const struct tem_key *key = key_of(sealed.algorithm);
    need(tem_sealed_check(&sealed, none, key, &label_holds, NULL) == TEM_OK);
    need(tem_cose_encode(&sealed, &cose, NULL) == TEM_OK);
    need(tem_cose_check((struct tem_bytes){memory, cose.size}, none, none, key,
                        &cose_holds, NULL) == TEM_OK);
    need(label_holds == cose_holds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tem_bytes bytes = {data, size};
    as_cose(bytes, TEM_ALGORITHM_ED25519);
    as_cose(bytes, TEM_ALGORITHM_ES256);
    as_label(bytes);
    return 0;
}
