/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: making keys and telling what they are. PEM is in pem.c. */
#include "key.h"
#include "../error/fail.h"
#include "demo_key.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <string.h>

enum tem_status tem_sign_crypto_failed(struct tem_error *error)
{
    unsigned long code = ERR_peek_last_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;
    enum tem_status status = TEM_FAIL(error, TEM_E_CRYPTO, SIGN_CRYPTO, "s",
                                      reason ? reason : "?");
    ERR_clear_error();
    return status;
}

/* The y coordinates of the eight points whose order divides 8, sign bit apart,
 * in every encoding that 255 bits allow: 0, 1, -1, the two of order 8 and
 * those not reduced modulo p = 2^255 - 19. Little-endian (RFC 8032 5.1.2). */
static const uint8_t small_order_y[7][ED25519_BYTES] = {
    {0x00},
    {0x01},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
     0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
     0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
     0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
     0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xee, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
};

bool tem_sign_small_order(const uint8_t point[ED25519_BYTES])
{
    uint8_t y[ED25519_BYTES];
    memcpy(y, point, sizeof y);
    y[31] &= 0x7F; /* the sign of x */
    for (size_t i = 0; i < sizeof small_order_y / sizeof *small_order_y; i++)
        if (memcmp(y, small_order_y[i], sizeof y) == 0)
            return true;
    return false;
}

/* ---- what a key is ---- */

static bool is_p256(EVP_PKEY *pkey)
{
    char group[64] = "";
    return EVP_PKEY_get_group_name(pkey, group, sizeof group, NULL) == 1 &&
           (strcmp(group, "prime256v1") == 0 || strcmp(group, "P-256") == 0);
}

static enum tem_status find_algorithm(EVP_PKEY *pkey,
                                      enum tem_algorithm *algorithm,
                                      struct tem_error *error)
{
    if (EVP_PKEY_is_a(pkey, "ED25519")) {
        *algorithm = TEM_ALGORITHM_ED25519;
        return TEM_OK;
    }
    if (EVP_PKEY_is_a(pkey, "EC") && is_p256(pkey)) {
        *algorithm = TEM_ALGORITHM_ES256;
        return TEM_OK;
    }
    char group[64] = "";
    EVP_PKEY_get_group_name(pkey, group, sizeof group, NULL);
    const char *name = EVP_PKEY_get0_type_name(pkey);
    ERR_clear_error();
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, SIGN_KEY_KIND, "s",
                    group[0] ? group : name ? name : "?");
}

static enum tem_status check_ed25519(struct tem_key *key,
                                     struct tem_error *error)
{
    uint8_t raw[ED25519_BYTES];
    size_t size = sizeof raw;
    if (EVP_PKEY_get_raw_public_key(key->pkey, raw, &size) != 1)
        return tem_sign_crypto_failed(error);
    key->is_demo = memcmp(raw, tem_sign_demo_key, sizeof raw) == 0;
    if (tem_sign_small_order(raw))
        return TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_WEAK, "");
    return TEM_OK;
}

static enum tem_status check_p256(struct tem_key *key, struct tem_error *error)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
    if (!context)
        return tem_sign_crypto_failed(error);
    bool good = EVP_PKEY_public_check(context) == 1;
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    return good ? TEM_OK : TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_WEAK, "");
}

enum tem_status tem_sign_wrap(EVP_PKEY *pkey, bool is_private,
                              struct tem_key **key, struct tem_error *error)
{
    struct tem_key *made = OPENSSL_zalloc(sizeof *made);
    if (!made) {
        EVP_PKEY_free(pkey);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    made->pkey = pkey;
    made->is_private = is_private;
    enum tem_status status = find_algorithm(pkey, &made->algorithm, error);
    if (status == TEM_OK) {
        made->sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
        status = !made->sha256 ? tem_sign_crypto_failed(error)
                 : made->algorithm == TEM_ALGORITHM_ED25519
                     ? check_ed25519(made, error)
                     : check_p256(made, error);
    }
    if (status == TEM_OK)
        *key = made;
    else
        tem_key_free(made);
    return status;
}

void tem_key_free(struct tem_key *key)
{
    if (!key)
        return;
    EVP_PKEY_free(key->pkey);
    EVP_MD_free(key->sha256);
    OPENSSL_free(key);
}

enum tem_algorithm tem_key_algorithm(const struct tem_key *key)
{
    return key->algorithm;
}

bool tem_key_is_private(const struct tem_key *key)
{
    return key->is_private;
}

bool tem_key_is_demo(const struct tem_key *key)
{
    return key->is_demo;
}

/* ---- making keys ---- */

enum tem_status tem_key_generate(enum tem_algorithm alg, struct tem_key **key,
                                 struct tem_error *error)
{
    EVP_PKEY *pkey;
    if (alg == TEM_ALGORITHM_ED25519)
        pkey = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    else if (alg == TEM_ALGORITHM_ES256)
        pkey = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    else
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "alg");
    if (!pkey)
        return tem_sign_crypto_failed(error);
    return tem_sign_wrap(pkey, true, key, error);
}

static EVP_PKEY *p256_from_point(struct tem_bytes point)
{
    char group[] = "prime256v1";
    uint8_t copy[P256_POINT_BYTES];
    memcpy(copy, point.data, sizeof copy);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, copy,
                                          sizeof copy),
        OSSL_PARAM_construct_end()};
    EVP_PKEY *pkey = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (!context || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
        pkey = NULL;
    EVP_PKEY_CTX_free(context);
    return pkey;
}

enum tem_status tem_key_from_raw(enum tem_algorithm alg, struct tem_bytes raw,
                                 struct tem_key **key, struct tem_error *error)
{
    EVP_PKEY *pkey = NULL;
    if (alg == TEM_ALGORITHM_ED25519 && raw.size == ED25519_BYTES)
        pkey = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, raw.data,
                                              raw.size);
    else if (alg == TEM_ALGORITHM_ES256 && raw.size == P256_POINT_BYTES)
        pkey = p256_from_point(raw);
    else
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "raw");
    if (!pkey) { /* not a point of the curve */
        ERR_clear_error();
        return TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_WEAK, "");
    }
    return tem_sign_wrap(pkey, false, key, error);
}

/* ---- digests, randomness, secrets ---- */

enum tem_status tem_sha256(struct tem_bytes bytes,
                           uint8_t digest[TEM_SHA256_BYTES],
                           struct tem_error *error)
{
    if (EVP_Q_digest(NULL, "SHA2-256", NULL, bytes.data, bytes.size, digest,
                     NULL) != 1)
        return tem_sign_crypto_failed(error);
    return TEM_OK;
}

enum tem_status tem_key_fingerprint(const struct tem_key *key,
                                    uint8_t fingerprint[TEM_SHA256_BYTES],
                                    struct tem_error *error)
{
    uint8_t *der = NULL;
    int size = i2d_PUBKEY(key->pkey, &der);
    if (size <= 0)
        return tem_sign_crypto_failed(error);
    enum tem_status status = tem_sha256(
        (struct tem_bytes){der, (size_t)size}, fingerprint, error);
    OPENSSL_free(der);
    return status;
}

enum tem_status tem_random(uint8_t *data, size_t size, struct tem_error *error)
{
    if (RAND_bytes_ex(NULL, data, size, 0) != 1)
        return tem_sign_crypto_failed(error);
    return TEM_OK;
}

void tem_wipe(void *data, size_t size)
{
    OPENSSL_cleanse(data, size);
}
