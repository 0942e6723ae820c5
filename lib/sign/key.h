/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_KEY_H
#define TEM_SIGN_KEY_H

/* What the files of the sign stage share; the only stage that sees OpenSSL. */

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <tem/sign.h>

enum {
    TEM_SIGN_ED25519_BYTES = 32, /* RFC 8032 section 5.1.5 */
    TEM_SIGN_P256_BYTES = 65,    /* SEC 1 section 2.3.3: 04 || x || y */
    TEM_SIGN_SPKI_MAX = 91,      /* DER of a P-256 key */
};

struct tem_key {
    enum tem_algorithm algorithm;
    bool is_private;
    uint8_t raw[TEM_SIGN_P256_BYTES]; /* public half */
    size_t raw_size;
    EVP_PKEY *pkey;
    EVP_MD *digest; /* NULL for Ed25519, which hashes by itself */
    /* Set up once and copied for every signature: setting up costs as much as
     * a third of an ES256 signature. sign is NULL in a public key. */
    EVP_MD_CTX *sign;
    EVP_MD_CTX *check;
    /* Of a key in a token, what signs in place of pkey, for one thread at a
     * time: a token has few sessions. Else NULL. */
    EVP_PKEY *token;
    CRYPTO_RWLOCK *lock;
};

extern const uint8_t tem_sign_demo_key[TEM_SIGN_ED25519_BYTES];

/* Between these two what OpenSSL reports is ours, and is thrown away in the
 * end; what the caller has in OpenSSL's error queue stays there. */
void tem_sign_begin(void);
void tem_sign_end(void);

/* Did OpenSSL fail for want of memory since tem_sign_begin()? To be asked once,
 * and before anybody is blamed: a key, a passphrase, a signature. */
bool tem_sign_out_of_memory(void);

/* Report that OpenSSL failed at @p what, with its reason. */
enum tem_status tem_sign_crypto_failed(struct tem_error *error,
                                       const char *what);

/* Make a key of what OpenSSL read or generated. Takes @p pkey over in any
 * case; refuses the algorithms and the points that <tem/sign.h> refuses. */
enum tem_status tem_sign_adopt(EVP_PKEY *pkey, bool is_private,
                               struct tem_key **key, struct tem_error *error);

/* Is it a point of the curve, canonically encoded, of large order? */
enum tem_status
tem_sign_check_ed25519(const uint8_t raw[TEM_SIGN_ED25519_BYTES],
                       struct tem_error *error);

/* SubjectPublicKeyInfo of RFC 5480 and RFC 8410. @return its size. */
size_t tem_sign_spki(const struct tem_key *key, uint8_t der[TEM_SIGN_SPKI_MAX]);

/* The point 04 || x || y inside the SubjectPublicKeyInfo of a P-256 key; size 0
 * when it is another key's, or has another form. */
struct tem_bytes tem_sign_spki_point(const uint8_t *der, size_t size);

/* Is r || s in 1..n-1 each, and s in the lower half (ES256)? */
bool tem_sign_is_low(const uint8_t signature[TEM_SIGNATURE_BYTES]);

#endif
