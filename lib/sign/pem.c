/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: keys as PEM text. */
#include "../error/fail.h"
#include "key.h"
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <string.h>

/* scrypt as RFC 7914 takes it: 16 MiB, five rounds; OpenSSL's own limit for
 * reading such a file is 32 MiB. */
enum { SCRYPT_N = 16384, SCRYPT_R = 8, SCRYPT_P = 5 };

/* What the callback learns and gives. */
struct prompt {
    const struct tem_bytes *passphrase;
    bool asked;
};

/* OpenSSL asks for a passphrase; we never ask anybody. */
static int give_passphrase(char *out, int capacity, int writing, void *context)
{
    struct prompt *prompt = context;
    (void)writing;
    prompt->asked = true;
    if (!prompt->passphrase || prompt->passphrase->size > (size_t)capacity)
        return -1;
    memcpy(out, prompt->passphrase->data, prompt->passphrase->size);
    return (int)prompt->passphrase->size;
}

static BIO *open_text(struct tem_bytes pem)
{
    return pem.size >= 1 && pem.size <= TEM_KEY_PEM_MAX
               ? BIO_new_mem_buf(pem.data, (int)pem.size)
               : NULL;
}

/* Does a line of the text begin a block of this kind? */
static bool holds(struct tem_bytes pem, const char *kind)
{
    size_t length = strlen(kind);
    for (size_t i = 0; i + length <= pem.size; i++)
        if (memcmp(pem.data + i, kind, length) == 0)
            return true;
    return false;
}

/* The reason why no key of the wanted kind came out of a text. */
static enum tem_status explain(struct tem_bytes pem, bool want_private,
                               struct tem_error *error)
{
    ERR_clear_error();
    if (holds(pem, "BEGIN CERTIFICATE"))
        return TEM_FAIL(error, TEM_E_FORMAT, SIGN_PEM_CERTIFICATE, "");
    if (!want_private && holds(pem, "PRIVATE KEY-----"))
        return TEM_FAIL(error, TEM_E_FORMAT, SIGN_PEM_PRIVATE, "");
    if (want_private && holds(pem, "BEGIN PUBLIC KEY"))
        return TEM_FAIL(error, TEM_E_FORMAT, SIGN_PEM_PUBLIC, "");
    return TEM_FAIL(error, TEM_E_FORMAT, SIGN_PEM_NONE, "");
}

enum tem_status tem_key_read_private(struct tem_bytes pem,
                                     const struct tem_bytes *passphrase,
                                     struct tem_key **key,
                                     struct tem_error *error)
{
    struct prompt prompt = {passphrase, false};
    if (passphrase && passphrase->size > TEM_PASSPHRASE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "passphrase");
    BIO *text = open_text(pem);
    if (!text)
        return explain(pem, true, error);
    EVP_PKEY *pkey =
        PEM_read_bio_PrivateKey(text, NULL, give_passphrase, &prompt);
    BIO_free(text);
    if (pkey) {
        ERR_clear_error(); /* what other decoders left */
        return tem_sign_wrap(pkey, true, key, error);
    }
    if (!prompt.asked)
        return explain(pem, true, error);
    ERR_clear_error();
    return passphrase
               ? TEM_FAIL(error, TEM_E_PASSPHRASE, SIGN_PASSPHRASE_WRONG, "")
               : TEM_FAIL(error, TEM_E_PASSPHRASE, SIGN_PASSPHRASE_NEEDED, "");
}

enum tem_status tem_key_read_public(struct tem_bytes pem, struct tem_key **key,
                                    struct tem_error *error)
{
    struct prompt prompt = {NULL, false};
    BIO *text = open_text(pem);
    if (!text)
        return explain(pem, false, error);
    EVP_PKEY *pkey = PEM_read_bio_PUBKEY(text, NULL, give_passphrase, &prompt);
    BIO_free(text);
    if (!pkey) {
        if (!holds(pem, "BEGIN PUBLIC KEY"))
            return explain(pem, false, error);
        ERR_clear_error();
        return TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_WEAK, "");
    }
    ERR_clear_error();
    return tem_sign_wrap(pkey, false, key, error);
}

/* ---- writing ---- */

static X509_SIG *encrypt(EVP_PKEY *pkey, const struct tem_bytes *passphrase)
{
    X509_SIG *sealed = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(pkey);
    X509_ALGOR *method = PKCS5_pbe2_set_scrypt(
        EVP_aes_256_cbc(), NULL, 16, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P);
    if (info && method)
        sealed = PKCS8_set0_pbe((const char *)passphrase->data,
                                (int)passphrase->size, info, method);
    if (!sealed) /* else it owns the method */
        X509_ALGOR_free(method);
    PKCS8_PRIV_KEY_INFO_free(info);
    return sealed;
}

static bool print_private(BIO *out, EVP_PKEY *pkey,
                          const struct tem_bytes *passphrase)
{
    if (!passphrase)
        return PEM_write_bio_PKCS8PrivateKey(out, pkey, NULL, NULL, 0, NULL,
                                             NULL) == 1;
    X509_SIG *sealed = encrypt(pkey, passphrase);
    bool written = sealed && PEM_write_bio_PKCS8(out, sealed) == 1;
    X509_SIG_free(sealed);
    return written;
}

/* Hand over what a BIO holds, and free it. */
static enum tem_status take(BIO *bio, bool written, struct tem_buffer *pem,
                            struct tem_error *error)
{
    char *data = NULL;
    long size = written ? BIO_get_mem_data(bio, &data) : 0;
    enum tem_status status = TEM_OK;
    if (size <= 0)
        status = tem_sign_crypto_failed(error);
    else if ((size_t)size > pem->capacity)
        status = TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                          (long long)size);
    if (status == TEM_OK) {
        memcpy(pem->data, data, (size_t)size);
        pem->size = (size_t)size;
    }
    if (size > 0)
        OPENSSL_cleanse(data, (size_t)size);
    BIO_free(bio);
    return status;
}

enum tem_status tem_key_write_private(const struct tem_key *key,
                                      const struct tem_bytes *passphrase,
                                      struct tem_buffer *pem,
                                      struct tem_error *error)
{
    if (!key->is_private)
        return TEM_FAIL(error, TEM_E_KEY, SIGN_KEY_PUBLIC, "");
    if (passphrase && passphrase->size > TEM_PASSPHRASE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "passphrase");
    BIO *bio = BIO_new(BIO_s_secmem());
    return take(bio, bio && print_private(bio, key->pkey, passphrase), pem,
                error);
}

enum tem_status tem_key_write_public(const struct tem_key *key,
                                     struct tem_buffer *pem,
                                     struct tem_error *error)
{
    BIO *bio = BIO_new(BIO_s_mem());
    return take(bio, bio && PEM_write_bio_PUBKEY(bio, key->pkey) == 1, pem,
                error);
}
