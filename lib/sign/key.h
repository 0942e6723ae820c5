/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_KEY_H
#define TEM_SIGN_KEY_H

/* Inside of a key; private to the sign stage, the only one that sees OpenSSL. */

#include <openssl/evp.h>
#include <tem/sign.h>

struct tem_key {
    EVP_PKEY *pkey;
    EVP_MD *sha256; /* fetched once: a fetch a signature takes a lock */
    enum tem_algorithm algorithm;
    bool is_private;
    bool is_demo;
};

enum { ED25519_BYTES = 32, P256_BYTES = 32, P256_POINT_BYTES = 65 };

/* Take over @p pkey (also on failure): find its kind, refuse what must not be
 * trusted. */
enum tem_status tem_sign_wrap(EVP_PKEY *pkey, bool is_private,
                              struct tem_key **key, struct tem_error *error);

/* TEM_E_CRYPTO with OpenSSL's reason; empties its error queue. */
enum tem_status tem_sign_crypto_failed(struct tem_error *error);

/* Is it one of Ed25519's points of small order, in any encoding? A signature
 * under such a key holds over many messages. */
bool tem_sign_small_order(const uint8_t point[ED25519_BYTES]);

#endif
