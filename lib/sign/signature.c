/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: signatures over bytes. Every signature has a context and
 * an Init of its own: OpenSSL gives wrong or refused results on a second use. */
#include "../error/fail.h"
#include "key.h"
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <string.h>

enum { DER_MAX = 80 }; /* two INTEGERs of 33 bytes and their heads: 72 */

/* Ed25519 signs the bytes themselves; P-256 their SHA-256. */
static const EVP_MD *digest_of(const struct tem_key *key)
{
    return key->algorithm == TEM_ALGORITHM_ES256 ? key->sha256 : NULL;
}

static bool sign_raw(const struct tem_key *key, struct tem_bytes bytes,
                     uint8_t *out, size_t *size)
{
    const EVP_MD *md = digest_of(key);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool made = context &&
                EVP_DigestSignInit(context, NULL, md, NULL, key->pkey) == 1 &&
                EVP_DigestSign(context, out, size, bytes.data, bytes.size) ==
                    1;
    EVP_MD_CTX_free(context);
    return made;
}

/* The lower of s and n - s, so that a message has one signature only. */
static bool lower_s(const EC_GROUP *group, BIGNUM *s)
{
    const BIGNUM *order = EC_GROUP_get0_order(group);
    BIGNUM *other = BN_new();
    bool done = other && BN_sub(other, order, s) == 1;
    if (done && BN_cmp(other, s) < 0)
        done = BN_copy(s, other) != NULL;
    BN_free(other);
    return done;
}

/* DER to r || s (RFC 9053 section 2.1). */
static bool flatten(const uint8_t *der, size_t size,
                    uint8_t signature[TEM_SIGNATURE_BYTES])
{
    const unsigned char *at = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)size);
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    BIGNUM *s = pair ? BN_dup(ECDSA_SIG_get0_s(pair)) : NULL;
    bool done = s && group && lower_s(group, s) &&
                BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, P256_BYTES) ==
                    P256_BYTES &&
                BN_bn2binpad(s, signature + P256_BYTES, P256_BYTES) ==
                    P256_BYTES;
    BN_free(s);
    EC_GROUP_free(group);
    ECDSA_SIG_free(pair);
    return done;
}

enum tem_status tem_sign(const struct tem_key *key, struct tem_bytes bytes,
                         uint8_t signature[TEM_SIGNATURE_BYTES],
                         struct tem_error *error)
{
    uint8_t made[DER_MAX], flat[TEM_SIGNATURE_BYTES];
    size_t size = sizeof made;
    if (!key->is_private)
        return TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_PUBLIC, "");
    if (!sign_raw(key, bytes, made, &size))
        return tem_sign_crypto_failed(error);
    if (key->algorithm == TEM_ALGORITHM_ED25519) {
        memcpy(signature, made, TEM_SIGNATURE_BYTES);
        return TEM_OK;
    }
    if (!flatten(made, size, flat))
        return tem_sign_crypto_failed(error);
    memcpy(signature, flat, sizeof flat);
    return TEM_OK;
}

/* r || s to DER; 0 if it cannot be. */
static size_t to_der(const uint8_t *signature, uint8_t *der)
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, P256_BYTES, NULL);
    BIGNUM *s = BN_bin2bn(signature + P256_BYTES, P256_BYTES, NULL);
    int size = 0;
    if (pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1) {
        r = s = NULL; /* the pair owns them now */
        unsigned char *at = der;
        size = i2d_ECDSA_SIG(pair, &at);
    }
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(pair);
    return size > 0 ? (size_t)size : 0;
}

/* 1 holds, 0 does not, < 0 could not be checked. */
static int check_raw(const struct tem_key *key, struct tem_bytes bytes,
                     const uint8_t *signature, size_t size)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int result = -1;
    if (context && EVP_DigestVerifyInit(context, NULL, digest_of(key), NULL,
                                        key->pkey) == 1) {
        /* A negative answer means a signature that cannot be parsed. */
        result = EVP_DigestVerify(context, signature, size, bytes.data,
                                  bytes.size) == 1;
        ERR_clear_error();
    }
    EVP_MD_CTX_free(context);
    return result;
}

enum tem_status tem_sign_check(const struct tem_key *key,
                               struct tem_bytes bytes,
                               struct tem_bytes signature, bool *holds,
                               struct tem_error *error)
{
    uint8_t der[DER_MAX];
    const uint8_t *data = signature.data;
    size_t size = signature.size;
    if (size != TEM_SIGNATURE_BYTES) {
        *holds = false;
        return TEM_OK;
    }
    if (key->algorithm == TEM_ALGORITHM_ES256) {
        size = to_der(signature.data, der);
        data = der;
        if (size == 0)
            return tem_sign_crypto_failed(error);
    }
    int result = check_raw(key, bytes, data, size);
    if (result < 0)
        return tem_sign_crypto_failed(error);
    *holds = result == 1;
    return TEM_OK;
}
