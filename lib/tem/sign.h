/* SPDX-License-Identifier: MIT */
#ifndef TEM_SIGN_H
#define TEM_SIGN_H

/**
 * tem/sign.h - keys, seals and COSE.
 *
 * Takes a payload (tem/payload.h) and a private key and gives the text of a
 * label; takes a label's text apart and says whether a public key sealed it.
 * Keys are PEM text: PKCS#8 (encrypted with scrypt and AES-256-CBC) and SPKI.
 *
 * Standard  RFC 9052 sections 4.2, 4.4 (COSE_Sign1), RFC 9053 sections 2.1,
 *           2.2, RFC 8032 (Ed25519), FIPS 186-5 (ECDSA P-256), RFC 5958, 5280.
 * Threads   A key is immutable once made: share it freely between threads.
 * Memory    Keys are freed by tem_key_free(); all else is the caller's.
 * Failures  TEM_E_CRYPTO is OpenSSL's, whose reason the message gives; what
 *           the caller has in OpenSSL's error queue stays there.
 */

#include <tem/payload.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_KEY_PEM_MAX 16384     /**< bytes of a key file, at most */
#define TEM_PASSPHRASE_MAX 1023   /**< bytes; openssl reads no longer ones */
#define TEM_TOKEN_SCHEME "pkcs11:" /**< how the URI of a token's key begins */
#define TEM_TOKEN_URI_MAX 512      /**< bytes of one */
#define TEM_PIN_MAX 128            /**< bytes of a token's PIN */
#define TEM_SHA256_BYTES 32
#define TEM_KEY_WORDS_SIZE 96 /**< eight words, the spaces between, and NUL */
#define TEM_COSE_MAX (TEM_SEALED_MAX + 32) /**< bytes of a label's COSE_Sign1 */

/** Signature algorithm; the value is the algorithm nibble of a label. */
enum tem_algorithm {
    TEM_ALGORITHM_ED25519 = 0,
    TEM_ALGORITHM_ES256 = 1,
};

/** A private or public key; opaque, immutable. */
struct tem_key;

/**
 * Make a new private key from the system's randomness.
 *
 * @param[out] key         written only on TEM_OK; free with tem_key_free().
 * @retval TEM_E_ARGUMENT  no such algorithm.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status tem_key_generate(enum tem_algorithm alg,
                                                      struct tem_key **key,
                                                      struct tem_error *error);

/**
 * Read a private key from PKCS#8 PEM text (also SEC1 `EC PRIVATE KEY`).
 *
 * @param pem         1..TEM_KEY_PEM_MAX bytes; text around the block is
 *                    allowed, as OpenSSL does.
 * @param passphrase  NULL: not given. At most TEM_PASSPHRASE_MAX bytes.
 * @retval TEM_E_ARGUMENT     the passphrase is longer than that.
 * @retval TEM_E_PASSPHRASE   one is needed, or it is wrong.
 * @retval TEM_E_FORMAT       no private key in the text (the message says what
 *                            it is instead), or a damaged one.
 * @retval TEM_E_LIMIT        @p pem is longer than that.
 * @retval TEM_E_UNSUPPORTED  neither Ed25519 nor P-256 by its name.
 * @retval TEM_E_KEY          its public half is another key's.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_read_private(struct tem_bytes pem, const struct tem_bytes *passphrase,
                     struct tem_key **key, struct tem_error *error);

/**
 * A private key that stays in its token (a smart card, an HSM): ES256. It signs
 * and tells its public half as others do; tem_key_write_private() has nothing to
 * write. Through OpenSSL's engine "pkcs11", which the distribution packages; it
 * reads OpenSSL's configuration and environment, and empties the caller's queue
 * of OpenSSL's errors. It finds nothing in a token that holds keys of kinds which
 * it does not know, Ed25519 among them.
 *
 * Standard  RFC 7512, PKCS #11 2.40. Of the URI's query `module-path` counts.
 * Threads   Load one at a time; the key may be shared, and signs for one thread
 *           after the other.
 *
 * @param uri  "pkcs11:token=..;object=..", without the PIN; at most
 *             TEM_TOKEN_URI_MAX bytes.
 * @param pin  NULL: not given. 1..TEM_PIN_MAX bytes.
 * @retval TEM_E_ARGUMENT     not such a URI, or it tells the PIN; or a PIN of
 *                            another size.
 * @retval TEM_E_PASSPHRASE   a PIN is needed, or it is wrong: some tokens lock
 *                            themselves after three wrong ones.
 * @retval TEM_E_KEY          no such key in any token that is there.
 * @retval TEM_E_UNSUPPORTED  no engine "pkcs11", or its module is not found; or
 *                            another kind of key.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_from_token(const char *uri, const struct tem_bytes *pin,
                   struct tem_key **key, struct tem_error *error);

/**
 * Read a public key from SPKI PEM text.
 *
 * @retval TEM_E_FORMAT       no public key in the text (a private key says so),
 *                            or a damaged one.
 * @retval TEM_E_LIMIT        @p pem is longer than TEM_KEY_PEM_MAX.
 * @retval TEM_E_UNSUPPORTED  neither Ed25519 nor P-256 by its name.
 * @retval TEM_E_KEY          a point of small order, or not on the curve.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_read_public(struct tem_bytes pem, struct tem_key **key,
                    struct tem_error *error);

/**
 * A public key from its raw bytes.
 *
 * @param raw  32 bytes for Ed25519, 65 (04 || x || y) for ES256.
 * @retval TEM_E_KEY     not such bytes, a point of small order, or one that is
 *                       not on the curve.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_from_raw(enum tem_algorithm alg, struct tem_bytes raw,
                 struct tem_key **key, struct tem_error *error);

/**
 * Write a private key as PKCS#8 PEM.
 *
 * @param passphrase  1..TEM_PASSPHRASE_MAX bytes to encrypt with; NULL: not
 *                    encrypted.
 * @param[out] pem    TEM_KEY_PEM_MAX bytes always suffice.
 * @retval TEM_E_ARGUMENT  the passphrase is empty or too long.
 * @retval TEM_E_KEY       @p key is not private, or stays in a token.
 * @retval TEM_E_CAPACITY  @p pem is too small.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_write_private(const struct tem_key *key,
                      const struct tem_bytes *passphrase,
                      struct tem_buffer *pem, struct tem_error *error);

/**
 * Write the public half as SPKI PEM.
 *
 * @param[out] pem    TEM_KEY_PEM_MAX bytes always suffice.
 * @retval TEM_E_CAPACITY  @p pem is too small.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_write_public(const struct tem_key *key, struct tem_buffer *pem,
                     struct tem_error *error);

/** Free; NULL is fine. Private parts are wiped by OpenSSL. */
TEM_API void tem_key_free(struct tem_key *key);

/** What the key signs with. */
TEM_API enum tem_algorithm tem_key_algorithm(const struct tem_key *key);

/** The public half, as tem_key_from_raw() takes it; lives as long as the key. */
TEM_API struct tem_bytes tem_key_raw(const struct tem_key *key);

/** Can the key sign? For a program that holds keys of both kinds and asks
 *  before it offers to seal; tem_sign() refuses by itself. */
TEM_API bool tem_key_is_private(const struct tem_key *key);

/** Is it the demonstration pair of examples/sonla, known to everybody? */
TEM_API bool tem_key_is_demo(const struct tem_key *key);

/**
 * SHA-256 of the key's SPKI DER: what people compare.
 *
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_key_fingerprint(const struct tem_key *key,
                    uint8_t fingerprint[TEM_SHA256_BYTES],
                    struct tem_error *error);

/**
 * The first 80 bits of a fingerprint as eight Vietnamese syllables, for two
 * people to compare by telephone: 10 bits each, of onset, rime and tone. Hearing
 * them the same is no proof against who can try 2^80 keys; the whole fingerprint
 * is.
 *
 * @return @p out.
 */
TEM_API const char *tem_key_words(const uint8_t fingerprint[TEM_SHA256_BYTES],
                                  char out[TEM_KEY_WORDS_SIZE]);

/**
 * SHA-256 of @p bytes.
 *
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_sha256(struct tem_bytes bytes, uint8_t digest[TEM_SHA256_BYTES],
           struct tem_error *error);

/**
 * SHA-256 of bytes that lie apart, as if they followed one another.
 *
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_sha256_parts(const struct tem_bytes *parts, size_t count,
                 uint8_t digest[TEM_SHA256_BYTES], struct tem_error *error);

/* ---- base64 (RFC 4648 section 4) ---------------------------------------- */

/** Characters, with NUL, for so many bytes. */
#define TEM_BASE64_SIZE(bytes) (((bytes) + 2) / 3 * 4 + 1)

/**
 * @param[out] out  TEM_BASE64_SIZE(bytes.size) bytes, NUL-terminated.
 * @return @p out.
 */
TEM_API char *tem_base64_encode(struct tem_bytes bytes, char *out);

/**
 * @param[out] out  what it holds is written over.
 * @return false if @p text is not the one text of some bytes (other letters,
 *         wrong padding, bits left over) or is more than @p out holds; then
 *         what @p out holds is not told.
 */
TEM_API bool tem_base64_decode(struct tem_bytes text, struct tem_buffer *out);

/**
 * Fill @p data with random bytes fit for keys and salts.
 *
 * @retval TEM_E_MEMORY  some of @p data may have been written over.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status tem_random(uint8_t *data, size_t size,
                                                struct tem_error *error);

/**
 * A fresh salt for tem_record.salt. Without one whoever knows most of a record
 * could find the rest by trying against its digest.
 *
 * @param[out] salt  small hexadecimal digits and NUL.
 * @retval TEM_E_MEMORY  the generator could not be set up.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_seal_salt(char salt[2 * TEM_RECORD_SALT_BYTES + 1],
              struct tem_error *error);

/**
 * A record's digest as a label carries it: the first TEM_DIGEST_BYTES of the
 * SHA-256 of its canonical form, the salt filled in.
 *
 * @param canonical  as tem_record_canonical() wrote it.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_seal_digest(struct tem_bytes canonical, uint8_t digest[TEM_DIGEST_BYTES],
                struct tem_error *error);

/** Overwrite a secret so that the compiler cannot leave it out. */
TEM_API void tem_wipe(void *data, size_t size);

/* ---- signatures over bytes --------------------------------------------- */

/**
 * Sign bytes. ES256 gives r || s with s in the lower half.
 *
 * @retval TEM_E_KEY     @p key is not private.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_sign(const struct tem_key *key, struct tem_bytes bytes,
         uint8_t signature[TEM_SIGNATURE_BYTES], struct tem_error *error);

/**
 * Check a signature over bytes. Takes high and low s alike.
 *
 * @param signature   any length; another than TEM_SIGNATURE_BYTES never holds.
 * @param[out] holds  whether it is this key's; written only on TEM_OK.
 * @retval TEM_E_MEMORY  it could not be told whether it holds.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_sign_check(const struct tem_key *key, struct tem_bytes bytes,
               struct tem_bytes signature, bool *holds,
               struct tem_error *error);

/* ---- labels ------------------------------------------------------------ */

/** A sealed message in parts, borrowing from the bytes it was taken from. */
struct tem_sealed {
    enum tem_algorithm algorithm;
    uint16_t kid;
    struct tem_bytes payload;
    struct tem_bytes signature; /**< TEM_SIGNATURE_BYTES */
};

/**
 * Seal a payload: the whole text of a label.
 *
 * @param prefix     the URI up to its digits (tem_uri_prefix()).
 * @param payload    1..TEM_PAYLOAD_MAX bytes.
 * @param[out] text  NUL-terminated; TEM_URI_SIZE bytes always suffice.
 *
 * With Ed25519 the same input gives the same text; ES256 is random.
 *
 * @retval TEM_E_KEY       @p key is not private.
 * @retval TEM_E_ARGUMENT  @p payload is empty or too long.
 * @retval TEM_E_CAPACITY  @p text is too small, or @p prefix too long for any
 *                         label.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_seal(const struct tem_key *key, uint16_t kid, struct tem_bytes payload,
         const char *prefix, char *text, size_t capacity,
         struct tem_error *error);

/**
 * Take a sealed message apart; the signature is not checked.
 *
 * @retval TEM_E_FORMAT  too short or too long; unknown version or algorithm;
 *                       ES256 with r or s outside 1..n-1, or s in the upper
 *                       half (it would be a second text of the same label).
 */
TEM_API TEM_MUST_USE enum tem_status tem_sealed_parse(struct tem_bytes message,
                                                      struct tem_sealed *sealed,
                                                      struct tem_error *error);

/**
 * Does the seal hold under @p key, over this external_aad? A key of another
 * algorithm than the label's never holds.
 *
 * @param[out] holds  written only on TEM_OK.
 * @retval TEM_E_MEMORY  it could not be told whether it holds.
 * @retval TEM_E_CRYPTO  likewise.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_sealed_check(const struct tem_sealed *sealed, struct tem_bytes aad,
                 const struct tem_key *key, bool *holds,
                 struct tem_error *error);

/* ---- COSE -------------------------------------------------------------- */

/**
 * The same seal as a tagged COSE_Sign1 (RFC 9052 section 4.2), which any COSE
 * library checks with the label's external_aad.
 *
 * @param[out] out  TEM_COSE_MAX bytes always suffice.
 * @retval TEM_E_ARGUMENT  @p sealed is no label's: its algorithm, or a size.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_cose_encode(const struct tem_sealed *sealed, struct tem_buffer *out,
                struct tem_error *error);

#define TEM_COSE_TYPE_MAX 64 /**< bytes of a content type */
#define TEM_COSE_KID_BYTES 8 /**< of the fingerprint, as kid of a document */
#define TEM_COSE_EXTRA 192   /**< bytes that a signed document is longer than
                                  its payload, at most */

/**
 * Sign a whole document: a tagged COSE_Sign1 with the header parameters alg,
 * content type and kid (the first bytes of the key's fingerprint), all
 * protected; the external_aad is empty.
 *
 * @param type      its media type; up to TEM_COSE_TYPE_MAX bytes.
 * @param[out] out  the payload's size + TEM_COSE_EXTRA always suffice; must not
 *                  overlap the payload.
 * @retval TEM_E_ARGUMENT  the type is too long.
 * @retval TEM_E_KEY       @p key is not private.
 * @retval TEM_E_CAPACITY  @p out is too small.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_cose_sign(const struct tem_key *key, const char *type,
              struct tem_bytes payload, struct tem_buffer *out,
              struct tem_error *error);

/**
 * The payload of a document, not yet believed: tem_cose_check() says whether
 * the signature holds.
 *
 * @param type          the content type that must be in its protected header.
 * @param[out] payload  in @p message; written only on TEM_OK.
 * @retval TEM_E_FORMAT  not a COSE_Sign1, as for tem_cose_check(), one without
 *                       its payload, or of another content type.
 */
TEM_API TEM_MUST_USE enum tem_status tem_cose_open(struct tem_bytes message,
                                                   const char *type,
                                                   struct tem_bytes *payload,
                                                   struct tem_error *error);

/**
 * Check any COSE_Sign1, tagged or not, with EdDSA (-8, -19) or ES256 (-7, -9).
 * Its lengths must be definite, its header parameters 32 at most.
 *
 * @param aad         external_aad, may be empty.
 * @param detached    the payload when the message carries nil; else size 0.
 * @param[out] holds  whether the signature is this key's; written only on
 *                    TEM_OK.
 * @retval TEM_E_FORMAT       not a COSE_Sign1, or a header this cannot honour
 *                            (an unknown `crit`, no algorithm, trailing bytes),
 *                            or nil in place of the payload and @p detached
 *                            NULL.
 * @retval TEM_E_UNSUPPORTED  another algorithm, or one that is not the key's.
 * @retval TEM_E_ARGUMENT     a detached payload beside the message's own.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_cose_check(struct tem_bytes message, struct tem_bytes aad,
               struct tem_bytes detached, const struct tem_key *key,
               bool *holds, struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
