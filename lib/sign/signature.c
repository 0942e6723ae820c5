/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: signatures over bytes. */
#include "../error/fail.h"
#include "key.h"
#include <openssl/ec.h>
#include <string.h>

enum { HALF = TEM_SIGNATURE_BYTES / 2, DER_MAX = 72 };

/* ---- r and s of ES256, big-endian ---- */

/* The order n of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3), and n / 2. */
static const uint8_t order[HALF] = {
    0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17,
    0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51};
static const uint8_t half_order[HALF] = {
    0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B,
    0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8};

static bool is_zero(const uint8_t number[HALF])
{
    uint8_t bits = 0;
    for (size_t i = 0; i < HALF; i++)
        bits |= number[i];
    return bits == 0;
}

static bool is_at_most(const uint8_t number[HALF], const uint8_t most[HALF])
{
    return memcmp(number, most, HALF) <= 0;
}

/* s = n - s, as good a signature as the one with s: keep the lower. */
static void negate(uint8_t s[HALF])
{
    int borrow = 0;
    for (size_t i = HALF; i-- > 0;) {
        int digit = order[i] - s[i] - borrow;
        borrow = digit < 0;
        s[i] = (uint8_t)digit;
    }
}

bool tem_sign_is_low(const uint8_t signature[TEM_SIGNATURE_BYTES])
{
    const uint8_t *r = signature, *s = signature + HALF;
    return !is_zero(r) && memcmp(r, order, HALF) < 0 && !is_zero(s) &&
           is_at_most(s, half_order);
}

/* ---- DER (RFC 3279 section 2.2.3) and back ---- */

static bool from_der(const uint8_t *der, size_t size,
                     uint8_t signature[TEM_SIGNATURE_BYTES])
{
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &der, (long)size);
    bool done =
        pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, HALF) == HALF &&
        BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + HALF, HALF) == HALF;
    ECDSA_SIG_free(pair);
    return done;
}

/* @return the size; 0 if there is no memory. */
static size_t to_der(const uint8_t signature[TEM_SIGNATURE_BYTES],
                     uint8_t der[DER_MAX])
{
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, HALF, NULL);
    BIGNUM *s = BN_bin2bn(signature + HALF, HALF, NULL);
    int size = 0;
    if (pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1) {
        size = i2d_ECDSA_SIG(pair, &der);
    } else {
        BN_free(r);
        BN_free(s);
    }
    ECDSA_SIG_free(pair);
    return size > 0 ? (size_t)size : 0;
}

/* ---- signing and checking ---- */

/* A fresh context, since one that has signed cannot be used again. OpenSSL
 * 3.0.0 cannot copy one without a digest: then it is set up anew. */
static EVP_MD_CTX *start(const struct tem_key *key, bool checking)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context ||
        EVP_MD_CTX_copy_ex(context, checking ? key->check : key->sign) == 1)
        return context;
    int ready =
        checking
            ? EVP_DigestVerifyInit(context, NULL, key->digest, NULL, key->pkey)
            : EVP_DigestSignInit(context, NULL, key->digest, NULL, key->pkey);
    if (ready == 1)
        return context;
    EVP_MD_CTX_free(context);
    return NULL;
}

/* OpenSSL wants a pointer even to no bytes. */
static const uint8_t *data_of(struct tem_bytes bytes)
{
    return bytes.size ? bytes.data : (const uint8_t *)"";
}

static bool sign(EVP_MD_CTX *context, enum tem_algorithm algorithm,
                 struct tem_bytes bytes, uint8_t out[TEM_SIGNATURE_BYTES])
{
    uint8_t der[DER_MAX];
    size_t size = TEM_SIGNATURE_BYTES;
    if (algorithm == TEM_ALGORITHM_ED25519)
        return EVP_DigestSign(context, out, &size, data_of(bytes),
                              bytes.size) == 1;
    size = sizeof der;
    if (EVP_DigestSign(context, der, &size, data_of(bytes), bytes.size) != 1)
        return false;
    /* Without memory OpenSSL may call it done, of a size that is none. */
    if (size < 1 || size > sizeof der || !from_der(der, size, out))
        return false;
    if (!is_at_most(out + HALF, half_order))
        negate(out + HALF);
    return true;
}

/* By what is in memory. */
static bool sign_here(const struct tem_key *key, struct tem_bytes bytes,
                      uint8_t out[TEM_SIGNATURE_BYTES])
{
    EVP_MD_CTX *context = start(key, false);
    bool done = context && sign(context, key->algorithm, bytes, out);
    EVP_MD_CTX_free(context);
    return done;
}

/* By a token, one thread after the other. */
static bool sign_inside(const struct tem_key *key, struct tem_bytes bytes,
                        uint8_t out[TEM_SIGNATURE_BYTES])
{
    if (CRYPTO_THREAD_write_lock(key->lock) != 1)
        return false;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool done =
        context &&
        EVP_DigestSignInit(context, NULL, key->digest, NULL, key->token) == 1 &&
        sign(context, key->algorithm, bytes, out);
    EVP_MD_CTX_free(context);
    CRYPTO_THREAD_unlock(key->lock);
    return done;
}

enum tem_status tem_sign(const struct tem_key *key, struct tem_bytes bytes,
                         uint8_t signature[TEM_SIGNATURE_BYTES],
                         struct tem_error *error)
{
    uint8_t made[TEM_SIGNATURE_BYTES];
    enum tem_status status = TEM_OK;
    if (!key->is_private)
        return TEM_FAIL(error, TEM_E_KEY, KEY_NOT_PRIVATE, "");
    tem_sign_begin();
    if ((key->token ? sign_inside : sign_here)(key, bytes, made))
        memcpy(signature, made, sizeof made);
    else
        status = tem_sign_crypto_failed(error, "signing");
    tem_sign_end();
    return status;
}

/* 1: it holds, 0: it does not, -1: OpenSSL cannot begin. Its own negative
 * answers are a no: it has them for forged signatures, too. */
static int ask(const struct tem_key *key, struct tem_bytes bytes,
               struct tem_bytes signature)
{
    EVP_MD_CTX *context = start(key, true);
    int answer = -1;
    if (context)
        answer = EVP_DigestVerify(context, signature.data, signature.size,
                                  data_of(bytes), bytes.size) == 1;
    EVP_MD_CTX_free(context);
    return answer;
}

/* Here and there OpenSSL says no, and not a word more, when it gets no memory:
 * a signature is called false only after it said so twice. */
static enum tem_status check(const struct tem_key *key, struct tem_bytes bytes,
                             struct tem_bytes signature, bool *holds,
                             struct tem_error *error)
{
    int answer = ask(key, bytes, signature);
    if (answer != 1)
        answer = ask(key, bytes, signature);
    if (answer < 0)
        return tem_sign_crypto_failed(error, "checking a signature");
    if (answer == 0 && tem_sign_out_of_memory())
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    *holds = answer == 1;
    return TEM_OK;
}

enum tem_status tem_sign_check(const struct tem_key *key,
                               struct tem_bytes bytes,
                               struct tem_bytes signature, bool *holds,
                               struct tem_error *error)
{
    uint8_t der[DER_MAX];
    if (signature.size != TEM_SIGNATURE_BYTES) {
        *holds = false;
        return TEM_OK;
    }
    tem_sign_begin();
    if (key->algorithm == TEM_ALGORITHM_ES256)
        signature = (struct tem_bytes){der, to_der(signature.data, der)};
    enum tem_status status =
        signature.size > 0
            ? check(key, bytes, signature, holds, error)
            : tem_sign_crypto_failed(error, "checking a signature");
    tem_sign_end();
    return status;
}
