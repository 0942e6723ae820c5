/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: keys as PEM text (RFC 7468). */
#include "../base/buffer.h"
#include "../error/fail.h"
#include "key.h"
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

/* scrypt (RFC 7914) with 16 MiB: what OpenSSL takes without being asked. */
enum { SCRYPT_N = 16384, SCRYPT_R = 8, SCRYPT_P = 5, SALT_BYTES = 16 };

static const char begin[] = "-----BEGIN ";

/* ---- what is in the text ---- */

/* Where @p part begins in @p text; text.size if nowhere. */
static size_t find(struct tem_bytes text, const char *part)
{
    size_t length = strlen(part);
    for (size_t i = 0; i + length <= text.size; i++)
        if (memcmp(text.data + i, part, length) == 0)
            return i;
    return text.size;
}

static bool holds(struct tem_bytes pem, const char *part)
{
    return find(pem, part) < pem.size;
}

/* The name of the first block: what stands after BEGIN, "" if there is none. */
static void first_block(struct tem_bytes pem, char name[40])
{
    size_t at = find(pem, begin) + strlen(begin), length = 0;
    while (at < pem.size && pem.data[at] >= ' ' && pem.data[at] < 0x7F &&
           pem.data[at] != '-' && length < 39)
        name[length++] = (char)pem.data[at++];
    name[length] = '\0';
}

/* Say what the text is instead, when it has no block of the wanted kind. */
static enum tem_status explain(struct tem_bytes pem, const char *wanted,
                               struct tem_error *error)
{
    char name[40];
    first_block(pem, name);
    if (strcmp(name, "CERTIFICATE") == 0 ||
        strcmp(name, "TRUSTED CERTIFICATE") == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, KEY_IS_CERTIFICATE, "");
    if (strcmp(name, "PUBLIC KEY") == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, KEY_IS_PUBLIC, "");
    if (strstr(name, "PRIVATE KEY") && strcmp(wanted, "PUBLIC KEY") == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, KEY_IS_PRIVATE, "");
    if (name[0])
        return TEM_FAIL(error, TEM_E_FORMAT, KEY_OTHER_PEM, "ss", name, wanted);
    return TEM_FAIL(error, TEM_E_FORMAT, KEY_NO_PEM, "s", wanted);
}

static enum tem_status damaged(struct tem_error *error)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    if (tem_sign_out_of_memory())
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_FAIL(error, TEM_E_FORMAT, KEY_DAMAGED, "s",
                    reason ? reason : "PEM");
}

/* ---- reading ---- */

static BIO *open_text(struct tem_bytes pem)
{
    return BIO_new_mem_buf(pem.data, (int)pem.size);
}

/* The text from its private key on. OpenSSL passes over the blocks before it
 * (EC PARAMETERS) only when the caller's error queue is empty. */
static struct tem_bytes from_private_key(struct tem_bytes pem)
{
    static const char wanted[] = "PRIVATE KEY";
    struct tem_bytes rest = pem;
    for (size_t at; (at = find(rest, begin)) < rest.size;) {
        char name[40];
        rest = (struct tem_bytes){rest.data + at, rest.size - at};
        first_block(rest, name);
        size_t length = strlen(name), ending = strlen(wanted);
        if (length >= ending && strcmp(name + length - ending, wanted) == 0)
            return rest;
        rest = (struct tem_bytes){rest.data + 1, rest.size - 1};
    }
    return pem;
}

struct asked {
    const struct tem_bytes *passphrase;
    bool asked;
};

/* A pem_password_cb: never prompts, as OpenSSL's own would. */
static int give_passphrase(char *out, int capacity, int writing, void *context)
{
    struct asked *asked = context;
    (void)writing;
    asked->asked = true;
    if (!asked->passphrase || asked->passphrase->size > (size_t)capacity)
        return -1;
    if (asked->passphrase->size > 0)
        memcpy(out, asked->passphrase->data, asked->passphrase->size);
    return (int)asked->passphrase->size;
}

static enum tem_status check_size(struct tem_bytes pem, const char *wanted,
                                  struct tem_error *error)
{
    if (pem.size > TEM_KEY_PEM_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, KEY_LARGE, "d",
                        (long long)TEM_KEY_PEM_MAX);
    /* "EC PRIVATE KEY" ends so, too; "OPENSSH PRIVATE KEY" is another thing. */
    bool found = strcmp(wanted, "PUBLIC KEY") == 0
                     ? holds(pem, "-----BEGIN PUBLIC KEY-----")
                     : holds(pem, "PRIVATE KEY-----") &&
                           !holds(pem, "OPENSSH PRIVATE KEY-----");
    return found ? TEM_OK : explain(pem, wanted, error);
}

static enum tem_status read_private(BIO *bio,
                                    const struct tem_bytes *passphrase,
                                    struct tem_key **key,
                                    struct tem_error *error)
{
    struct asked asked = {passphrase, false};
    EVP_PKEY *pkey =
        PEM_read_bio_PrivateKey(bio, NULL, give_passphrase, &asked);
    if (pkey)
        return tem_sign_adopt(pkey, true, key, error);
    if (!asked.asked)
        return damaged(error);
    if (!passphrase)
        return TEM_FAIL(error, TEM_E_PASSPHRASE, PASSPHRASE_NEEDED, "");
    if (tem_sign_out_of_memory())
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_FAIL(error, TEM_E_PASSPHRASE, PASSPHRASE_WRONG, "");
}

enum tem_status tem_key_read_private(struct tem_bytes pem,
                                     const struct tem_bytes *passphrase,
                                     struct tem_key **key,
                                     struct tem_error *error)
{
    if (passphrase && passphrase->size > TEM_PASSPHRASE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, PASSPHRASE_SIZE, "dd",
                        (long long)TEM_PASSPHRASE_MAX,
                        (long long)passphrase->size);
    enum tem_status status = check_size(pem, "PRIVATE KEY", error);
    if (status != TEM_OK)
        return status;
    tem_sign_begin();
    BIO *bio = open_text(from_private_key(pem));
    status = bio ? read_private(bio, passphrase, key, error)
                 : tem_sign_crypto_failed(error, "PEM");
    BIO_free(bio);
    tem_sign_end();
    return status;
}

/* OpenSSL loses the reason when a point is off the curve, so a P-256 key in
 * its usual form goes by its point. */
static enum tem_status read_spki(const uint8_t *der, size_t size,
                                 struct tem_key **key, struct tem_error *error)
{
    struct tem_bytes point = tem_sign_spki_point(der, size);
    if (point.size > 0)
        return tem_key_from_raw(TEM_ALGORITHM_ES256, point, key, error);
    const uint8_t *end = der;
    EVP_PKEY *pkey = d2i_PUBKEY(NULL, &end, (long)size);
    if (pkey && end == der + size)
        return tem_sign_adopt(pkey, false, key, error);
    EVP_PKEY_free(pkey);
    return damaged(error);
}

static enum tem_status read_public(BIO *bio, struct tem_key **key,
                                   struct tem_error *error)
{
    uint8_t *der = NULL;
    long size = 0;
    if (PEM_bytes_read_bio(&der, &size, NULL, "PUBLIC KEY", bio, NULL, NULL) !=
        1)
        return damaged(error);
    enum tem_status status = read_spki(der, (size_t)size, key, error);
    OPENSSL_free(der);
    return status;
}

enum tem_status tem_key_read_public(struct tem_bytes pem, struct tem_key **key,
                                    struct tem_error *error)
{
    enum tem_status status = check_size(pem, "PUBLIC KEY", error);
    if (status != TEM_OK)
        return status;
    tem_sign_begin();
    BIO *bio = open_text(pem);
    status = bio ? read_public(bio, key, error)
                 : tem_sign_crypto_failed(error, "PEM");
    BIO_free(bio);
    tem_sign_end();
    return status;
}

/* ---- writing ---- */

/* PBES2 of RFC 8018 section 6.2 with scrypt and AES-256-CBC. */
static X509_SIG *encrypt(PKCS8_PRIV_KEY_INFO *plain,
                         const struct tem_bytes *passphrase)
{
    uint8_t salt[SALT_BYTES];
    if (tem_random(salt, sizeof salt, NULL) != TEM_OK)
        return NULL;
    X509_ALGOR *scheme =
        PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt, sizeof salt, NULL,
                              SCRYPT_N, SCRYPT_R, SCRYPT_P);
    if (!scheme)
        return NULL;
    X509_SIG *sealed = PKCS8_set0_pbe((const char *)passphrase->data,
                                      (int)passphrase->size, plain, scheme);
    if (!sealed)
        X509_ALGOR_free(scheme);
    return sealed;
}

static bool write_private(BIO *bio, const struct tem_key *key,
                          const struct tem_bytes *passphrase)
{
    PKCS8_PRIV_KEY_INFO *plain = EVP_PKEY2PKCS8(key->pkey);
    bool done = false;
    if (plain && !passphrase) {
        done = PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio, plain) == 1;
    } else if (plain) {
        X509_SIG *sealed = encrypt(plain, passphrase);
        done = sealed && PEM_write_bio_PKCS8(bio, sealed) == 1;
        X509_SIG_free(sealed);
    }
    PKCS8_PRIV_KEY_INFO_free(plain);
    return done;
}

static enum tem_status copy_out(BIO *bio, struct tem_buffer *pem,
                                struct tem_error *error)
{
    uint8_t *data = NULL;
    size_t size = (size_t)BIO_get_mem_data(bio, &data);
    return tem_buffer_put(pem, (struct tem_bytes){data, size}, error);
}

enum tem_status tem_key_write_private(const struct tem_key *key,
                                      const struct tem_bytes *passphrase,
                                      struct tem_buffer *pem,
                                      struct tem_error *error)
{
    if (!key->is_private)
        return TEM_FAIL(error, TEM_E_KEY, KEY_IS_PUBLIC, "");
    if (key->token)
        return TEM_FAIL(error, TEM_E_KEY, TOKEN_KEEPS, "");
    if (passphrase &&
        (passphrase->size < 1 || passphrase->size > TEM_PASSPHRASE_MAX))
        return TEM_FAIL(error, TEM_E_ARGUMENT, PASSPHRASE_SIZE, "dd",
                        (long long)TEM_PASSPHRASE_MAX,
                        (long long)passphrase->size);
    tem_sign_begin();
    BIO *bio = BIO_new(BIO_s_secmem()); /* wipes what it held */
    enum tem_status status = bio && write_private(bio, key, passphrase)
                                 ? copy_out(bio, pem, error)
                                 : tem_sign_crypto_failed(error, "PKCS#8");
    BIO_free(bio);
    tem_sign_end();
    return status;
}

enum tem_status tem_key_write_public(const struct tem_key *key,
                                     struct tem_buffer *pem,
                                     struct tem_error *error)
{
    uint8_t der[TEM_SIGN_SPKI_MAX];
    size_t size = tem_sign_spki(key, der);
    tem_sign_begin();
    BIO *bio = BIO_new(BIO_s_mem());
    enum tem_status status =
        bio && PEM_write_bio(bio, "PUBLIC KEY", "", der, (long)size) > 0
            ? copy_out(bio, pem, error)
            : tem_sign_crypto_failed(error, "SPKI");
    BIO_free(bio);
    tem_sign_end();
    return status;
}
