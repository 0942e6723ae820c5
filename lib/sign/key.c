/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: keys in memory. */
#include "key.h"
#include "../error/fail.h"
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

enum {
    BEGINNING = 0x74656D, /* an error that stands where ours begin */
    PROBE_BYTES = 1024,
};

void tem_sign_begin(void)
{
    ERR_set_mark();
    ERR_raise(ERR_LIB_USER, BEGINNING);
}

void tem_sign_end(void)
{
    ERR_pop_to_mark();
}

static bool is_of_memory(unsigned long code)
{
    return ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
}

/* OpenSSL covers that reason with others, and in some places gives none. All
 * of the queue can be looked at when nothing of the caller's is in it: looking
 * at more than the last takes away. */
bool tem_sign_out_of_memory(void)
{
    void *probe = OPENSSL_malloc(PROBE_BYTES);
    bool out = !probe || is_of_memory(ERR_peek_last_error());
    OPENSSL_free(probe);
    if (ERR_peek_error() == ERR_PACK(ERR_LIB_USER, 0, BEGINNING))
        for (unsigned long code; (code = ERR_get_error()) != 0;)
            out |= is_of_memory(code);
    return out;
}

enum tem_status tem_sign_crypto_failed(struct tem_error *error,
                                       const char *what)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    if (tem_sign_out_of_memory())
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_FAIL(error, TEM_E_CRYPTO, CRYPTO, "ss", what,
                    reason ? reason : "-");
}

/* ---- which keys are taken ---- */

static enum tem_status unsupported(struct tem_error *error, const char *name)
{
    if (tem_sign_out_of_memory())
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, KEY_ALGORITHM, "s", name);
}

/* RFC 5480 section 2.1.1: a named curve, never one spelt out. */
static enum tem_status check_curve(const EVP_PKEY *pkey,
                                   struct tem_error *error)
{
    char name[64] = "EC";
    size_t length;
    int spelt_out = 0;
    if (!EVP_PKEY_get_group_name(pkey, name, sizeof name, &length))
        return unsupported(error, "EC");
    if (strcmp(name, "prime256v1") != 0)
        return unsupported(error, name);
    EVP_PKEY_get_int_param(
        pkey, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &spelt_out);
    if (spelt_out)
        return unsupported(error, "P-256 (explicit parameters)");
    return TEM_OK;
}

/* By name: EVP_PKEY_is_a() takes want of memory for another algorithm. */
static enum tem_status set_algorithm(struct tem_key *key,
                                     struct tem_error *error)
{
    const char *name = EVP_PKEY_get0_type_name(key->pkey);
    if (name && strcmp(name, "ED25519") == 0) {
        key->algorithm = TEM_ALGORITHM_ED25519;
        return TEM_OK;
    }
    if (!name || strcmp(name, "EC") != 0)
        return unsupported(error, name ? name : "?");
    key->algorithm = TEM_ALGORITHM_ES256;
    return check_curve(key->pkey, error);
}

static bool get_coordinate(const EVP_PKEY *pkey, const char *name,
                           uint8_t out[32])
{
    BIGNUM *number = NULL;
    bool done = EVP_PKEY_get_bn_param(pkey, name, &number) &&
                BN_bn2binpad(number, out, 32) == 32;
    BN_free(number);
    return done;
}

/* Coordinates rather than OSSL_PKEY_PARAM_PUB_KEY, which may be compressed. */
static bool set_raw(struct tem_key *key)
{
    if (key->algorithm == TEM_ALGORITHM_ED25519) {
        key->raw_size = TEM_SIGN_ED25519_BYTES;
        return EVP_PKEY_get_raw_public_key(key->pkey, key->raw, &key->raw_size);
    }
    key->raw_size = TEM_SIGN_P256_BYTES;
    key->raw[0] = 4;
    return get_coordinate(key->pkey, OSSL_PKEY_PARAM_EC_PUB_X, key->raw + 1) &&
           get_coordinate(key->pkey, OSSL_PKEY_PARAM_EC_PUB_Y, key->raw + 33);
}

/* A private P-256 key carries its public half, which might be another's. */
static bool halves_match(const struct tem_key *key)
{
    if (!key->is_private || key->algorithm == TEM_ALGORITHM_ED25519)
        return true; /* OpenSSL derives Ed25519's by itself */
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key->pkey, NULL);
    bool match = context && EVP_PKEY_check(context) == 1;
    EVP_PKEY_CTX_free(context);
    return match;
}

static enum tem_status check_public(const struct tem_key *key,
                                    struct tem_error *error)
{
    if (key->algorithm == TEM_ALGORITHM_ED25519)
        return tem_sign_check_ed25519(key->raw, error);
    if (halves_match(key))
        return TEM_OK;
    return tem_sign_out_of_memory()
               ? TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "")
               : TEM_FAIL(error, TEM_E_KEY, KEY_HALVES, "");
}

/* ---- making and freeing ---- */

static bool set_up(struct tem_key *key)
{
    if (key->algorithm == TEM_ALGORITHM_ES256) {
        key->digest = EVP_MD_fetch(NULL, "SHA256", NULL);
        if (!key->digest)
            return false;
    }
    key->check = EVP_MD_CTX_new();
    if (!key->check || EVP_DigestVerifyInit(key->check, NULL, key->digest, NULL,
                                            key->pkey) != 1)
        return false;
    if (!key->is_private)
        return true;
    key->sign = EVP_MD_CTX_new();
    return key->sign && EVP_DigestSignInit(key->sign, NULL, key->digest, NULL,
                                           key->pkey) == 1;
}

static enum tem_status fill_in(struct tem_key *key, struct tem_error *error)
{
    enum tem_status status = set_algorithm(key, error);
    if (status == TEM_OK && !set_raw(key))
        status = tem_sign_crypto_failed(error, "public key");
    if (status == TEM_OK)
        status = check_public(key, error);
    if (status == TEM_OK && !set_up(key))
        status = tem_sign_crypto_failed(error, "key");
    return status;
}

enum tem_status tem_sign_adopt(EVP_PKEY *pkey, bool is_private,
                               struct tem_key **key, struct tem_error *error)
{
    struct tem_key *made = calloc(1, sizeof *made);
    if (!made) {
        EVP_PKEY_free(pkey);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    made->pkey = pkey;
    made->is_private = is_private;
    enum tem_status status = fill_in(made, error);
    if (status == TEM_OK)
        *key = made;
    else
        tem_key_free(made);
    return status;
}

enum tem_status tem_key_generate(enum tem_algorithm alg, struct tem_key **key,
                                 struct tem_error *error)
{
    if (alg != TEM_ALGORITHM_ED25519 && alg != TEM_ALGORITHM_ES256)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "alg");
    tem_sign_begin();
    EVP_PKEY *pkey = alg == TEM_ALGORITHM_ED25519
                         ? EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")
                         : EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    enum tem_status status =
        pkey ? tem_sign_adopt(pkey, true, key, error)
             : tem_sign_crypto_failed(error, "key generation");
    tem_sign_end();
    return status;
}

/* OpenSSL refuses what is not on the curve. */
static enum tem_status p256_from_raw(struct tem_bytes raw, EVP_PKEY **pkey,
                                     struct tem_error *error)
{
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
                                         (char[]){"prime256v1"}, 0),
        OSSL_PARAM_construct_octet_string(
            OSSL_PKEY_PARAM_PUB_KEY, (void *)(uintptr_t)raw.data, raw.size),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    enum tem_status status = TEM_OK;
    if (!context || EVP_PKEY_fromdata_init(context) != 1)
        status = tem_sign_crypto_failed(error, "public key");
    else if (EVP_PKEY_fromdata(context, pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
        status = tem_sign_out_of_memory()
                     ? TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "")
                     : TEM_FAIL(error, TEM_E_KEY, KEY_POINT, "");
    EVP_PKEY_CTX_free(context);
    return status;
}

/* OpenSSL takes any bytes: tem_sign_adopt() looks at the point. */
static enum tem_status ed25519_from_raw(struct tem_bytes raw, EVP_PKEY **pkey,
                                        struct tem_error *error)
{
    *pkey = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, raw.data,
                                           raw.size);
    return *pkey ? TEM_OK : tem_sign_crypto_failed(error, "public key");
}

enum tem_status tem_key_from_raw(enum tem_algorithm alg, struct tem_bytes raw,
                                 struct tem_key **key, struct tem_error *error)
{
    bool fits = alg == TEM_ALGORITHM_ED25519
                    ? raw.size == TEM_SIGN_ED25519_BYTES
                    : alg == TEM_ALGORITHM_ES256 &&
                          raw.size == TEM_SIGN_P256_BYTES && raw.data[0] == 4;
    if (!fits)
        return TEM_FAIL(error, TEM_E_KEY, KEY_RAW, "");
    tem_sign_begin();
    EVP_PKEY *pkey = NULL;
    enum tem_status status = alg == TEM_ALGORITHM_ED25519
                                 ? ed25519_from_raw(raw, &pkey, error)
                                 : p256_from_raw(raw, &pkey, error);
    if (status == TEM_OK)
        status = tem_sign_adopt(pkey, false, key, error);
    tem_sign_end();
    return status;
}

void tem_key_free(struct tem_key *key)
{
    if (!key)
        return;
    EVP_MD_CTX_free(key->sign);
    EVP_MD_CTX_free(key->check);
    EVP_MD_free(key->digest);
    EVP_PKEY_free(key->pkey);
    EVP_PKEY_free(key->token);
    CRYPTO_THREAD_lock_free(key->lock);
    free(key);
}

/* ---- what a key is ---- */

enum tem_algorithm tem_key_algorithm(const struct tem_key *key)
{
    return key->algorithm;
}

struct tem_bytes tem_key_raw(const struct tem_key *key)
{
    return (struct tem_bytes){key->raw, key->raw_size};
}

bool tem_key_is_private(const struct tem_key *key)
{
    return key->is_private;
}

bool tem_key_is_demo(const struct tem_key *key)
{
    return key->raw_size == sizeof tem_sign_demo_key &&
           memcmp(key->raw, tem_sign_demo_key, sizeof tem_sign_demo_key) == 0;
}

/* SubjectPublicKeyInfo up to the point. RFC 8410 section 4: id-Ed25519, no
 * parameters. RFC 5480 section 2.1.1: id-ecPublicKey, secp256r1. */
static const uint8_t spki_ed25519[] = {0x30, 0x2A, 0x30, 0x05, 0x06, 0x03,
                                       0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};
static const uint8_t spki_p256[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A,
                                    0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06,
                                    0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03,
                                    0x01, 0x07, 0x03, 0x42, 0x00};

size_t tem_sign_spki(const struct tem_key *key, uint8_t der[TEM_SIGN_SPKI_MAX])
{
    bool ed = key->algorithm == TEM_ALGORITHM_ED25519;
    size_t head = ed ? sizeof spki_ed25519 : sizeof spki_p256;
    memcpy(der, ed ? spki_ed25519 : spki_p256, head);
    memcpy(der + head, key->raw, key->raw_size);
    return head + key->raw_size;
}

struct tem_bytes tem_sign_spki_point(const uint8_t *der, size_t size)
{
    const size_t head = sizeof spki_p256;
    if (size != head + TEM_SIGN_P256_BYTES ||
        memcmp(der, spki_p256, head) != 0 || der[head] != 4)
        return (struct tem_bytes){NULL, 0};
    return (struct tem_bytes){der + head, TEM_SIGN_P256_BYTES};
}

enum tem_status tem_key_fingerprint(const struct tem_key *key,
                                    uint8_t fingerprint[TEM_SHA256_BYTES],
                                    struct tem_error *error)
{
    uint8_t der[TEM_SIGN_SPKI_MAX];
    struct tem_bytes spki = {der, tem_sign_spki(key, der)};
    return tem_sha256(spki, fingerprint, error);
}

/* ---- small services ---- */

enum tem_status tem_sha256(struct tem_bytes bytes,
                           uint8_t digest[TEM_SHA256_BYTES],
                           struct tem_error *error)
{
    return tem_sha256_parts(&bytes, 1, digest, error);
}

static bool digest_parts(EVP_MD_CTX *context, const struct tem_bytes *parts,
                         size_t count, uint8_t digest[TEM_SHA256_BYTES])
{
    bool done = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    for (size_t i = 0; done && i < count; i++)
        done = parts[i].size == 0 ||
               EVP_DigestUpdate(context, parts[i].data, parts[i].size) == 1;
    return done && EVP_DigestFinal_ex(context, digest, NULL) == 1;
}

enum tem_status tem_sha256_parts(const struct tem_bytes *parts, size_t count,
                                 uint8_t digest[TEM_SHA256_BYTES],
                                 struct tem_error *error)
{
    uint8_t result[TEM_SHA256_BYTES];
    enum tem_status status = TEM_OK;
    tem_sign_begin();
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (digest_parts(context, parts, count, result))
        memcpy(digest, result, sizeof result);
    else
        status = tem_sign_crypto_failed(error, "SHA-256");
    EVP_MD_CTX_free(context);
    tem_sign_end();
    return status;
}

enum tem_status tem_random(uint8_t *data, size_t size, struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    tem_sign_begin();
    while (size > 0 && status == TEM_OK) {
        int step = size > INT_MAX ? INT_MAX : (int)size;
        if (RAND_bytes(data, step) != 1)
            status = tem_sign_crypto_failed(error, "random numbers");
        data += step;
        size -= (size_t)step;
    }
    tem_sign_end();
    return status;
}

void tem_wipe(void *data, size_t size)
{
    OPENSSL_cleanse(data, size);
}
