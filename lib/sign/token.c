/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: private keys that stay in a token. OpenSSL 3 calls engines
 * deprecated; the distributions still bring PKCS#11 as one. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "../error/fail.h"
#include "key.h"
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/ui.h>
#include <openssl/x509.h>
#include <string.h>

#ifdef OPENSSL_NO_ENGINE

enum tem_status tem_key_from_token(const char *uri, const struct tem_bytes *pin,
                                   struct tem_key **key,
                                   struct tem_error *error)
{
    (void)uri, (void)pin, (void)key;
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, TOKEN_NO_ENGINE, "");
}

#else

/* ---- the PIN ------------------------------------------------------------ */

/* What the engine's question is answered with. */
struct asking {
    const struct tem_bytes *pin; /* NULL: not given */
    bool asked, too_long;        /* for the token */
};

static int answer(UI *ui, UI_STRING *string)
{
    struct asking *asking = UI_get0_user_data(ui);
    char pin[TEM_PIN_MAX + 1];
    if (UI_get_string_type(string) != UIT_PROMPT)
        return 1; /* nothing is shown to anybody */
    asking->asked = true;
    if (!asking->pin)
        return 0;
    memcpy(pin, asking->pin->data, asking->pin->size);
    pin[asking->pin->size] = '\0';
    int done = UI_set_result(ui, string, pin) >= 0;
    asking->too_long = !done;
    OPENSSL_cleanse(pin, sizeof pin);
    return done;
}

static UI_METHOD *method(void)
{
    UI_METHOD *made = UI_create_method("tem");
    if (made && UI_method_set_reader(made, answer) == 0)
        return made;
    UI_destroy_method(made);
    return NULL;
}

/* ---- the engine --------------------------------------------------------- */

static int nibble(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Undo percent-encoding (RFC 3986 section 2.1). False if it is none. */
static bool decode(const char *text, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] != '%') {
            *out++ = text[i];
            continue;
        }
        int high = size - i > 2 ? nibble(text[i + 1]) : -1;
        int low = high >= 0 ? nibble(text[i + 2]) : -1;
        if (low < 0 || high + low == 0)
            return false;
        *out++ = (char)(high * 16 + low);
        i += 2;
    }
    *out = '\0';
    return true;
}

/* The value of an attribute of the URI's query (RFC 7512 section 2.3), in as
 * much room as the URI has. @return false if it is not there. */
static bool query_value(const char *uri, const char *name, char *out)
{
    const char *at = strchr(uri, '?');
    size_t length = strlen(name);
    while (at) {
        at++;
        size_t size = strcspn(at, "&");
        if (strncmp(at, name, length) == 0 && at[length] == '=')
            return decode(at + length + 1, size - length - 1, out);
        at = at[size] ? at + size : NULL;
    }
    return false;
}

/* A URI may name the token's module. */
static bool choose_module(ENGINE *engine, const char *uri)
{
    char module[TEM_TOKEN_URI_MAX + 1];
    return !query_value(uri, "module-path", module) ||
           ENGINE_ctrl_cmd_string(engine, "MODULE_PATH", module, 0) == 1;
}

/* Ready for use, or NULL. */
static ENGINE *start(const char *uri)
{
    ENGINE *engine = ENGINE_by_id("pkcs11");
    if (!engine)
        return NULL;
    ENGINE_ctrl_cmd_string(engine, "QUIET", NULL, 0); /* it would print */
    if (choose_module(engine, uri) && ENGINE_init(engine) == 1)
        return engine; /* with a reference of each kind */
    ENGINE_free(engine);
    return NULL;
}

static void stop(ENGINE *engine)
{
    ENGINE_finish(engine);
    ENGINE_free(engine);
}

/* The URI without its query, which the engine does not know. */
static void without_query(const char *uri, char out[TEM_TOKEN_URI_MAX + 1])
{
    size_t size = strcspn(uri, "?");
    memcpy(out, uri, size);
    out[size] = '\0';
}

/* ---- the key ------------------------------------------------------------ */

/* The public half as a key of OpenSSL's own, so that all checks are done and
 * checking needs no token. */
static EVP_PKEY *public_half(EVP_PKEY *inside)
{
    uint8_t *der = NULL;
    int size = i2d_PUBKEY(inside, &der);
    const uint8_t *at = der;
    EVP_PKEY *half = size > 0 ? d2i_PUBKEY(NULL, &at, size) : NULL;
    OPENSSL_free(der);
    return half;
}

/* Put what signs into a key that has its public half. */
static bool attach(struct tem_key *key, EVP_PKEY *inside)
{
    key->token = inside;
    key->lock = CRYPTO_THREAD_lock_new();
    key->is_private = true;
    return key->lock != NULL;
}

static enum tem_status adopt(EVP_PKEY *inside, struct tem_key **key,
                             struct tem_error *error)
{
    struct tem_key *made = NULL;
    EVP_PKEY *half = public_half(inside);
    enum tem_status status = half ? tem_sign_adopt(half, false, &made, error)
                                  : tem_sign_crypto_failed(error, "token");
    if (status != TEM_OK) {
        EVP_PKEY_free(inside);
        return status;
    }
    if (!attach(made, inside)) {
        tem_key_free(made);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    if (made->algorithm != TEM_ALGORITHM_ES256) {
        tem_key_free(made);
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, TOKEN_ALGORITHM, "");
    }
    *key = made;
    return TEM_OK;
}

/* Does the engine blame the PIN? It empties the queue of errors before it adds
 * its own, so they are all its. */
static bool blames_pin(void)
{
    bool pin = false;
    for (unsigned long code; (code = ERR_get_error()) != 0;) {
        const char *text = ERR_reason_error_string(code);
        pin |= text && strstr(text, "PIN") != NULL;
    }
    return pin;
}

/* Why the engine gave no key. */
static enum tem_status refused(const struct asking *asking,
                               struct tem_error *error)
{
    if (asking->asked && !asking->pin)
        return TEM_FAIL(error, TEM_E_PASSPHRASE, TOKEN_PIN_NEEDED, "");
    if (asking->too_long || (asking->asked && blames_pin()))
        return TEM_FAIL(error, TEM_E_PASSPHRASE, TOKEN_PIN_WRONG, "");
    return TEM_FAIL(error, TEM_E_KEY, TOKEN_NO_KEY, "");
}

static enum tem_status load(ENGINE *engine, const char *uri,
                            const struct tem_bytes *pin, struct tem_key **key,
                            struct tem_error *error)
{
    char bare[TEM_TOKEN_URI_MAX + 1];
    struct asking asking = {.pin = pin};
    UI_METHOD *ui = method();
    if (!ui)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    without_query(uri, bare);
    ENGINE_ctrl_cmd(engine, "FORCE_LOGIN", 0, NULL, NULL, 1);
    EVP_PKEY *inside = ENGINE_load_private_key(engine, bare, ui, &asking);
    UI_destroy_method(ui);
    return inside ? adopt(inside, key, error) : refused(&asking, error);
}

static enum tem_status check(const char *uri, const struct tem_bytes *pin,
                             struct tem_error *error)
{
    size_t size = strlen(uri);
    if (strncmp(uri, TEM_TOKEN_SCHEME, strlen(TEM_TOKEN_SCHEME)) != 0 ||
        size > TEM_TOKEN_URI_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, TOKEN_URI, "d",
                        (long long)TEM_TOKEN_URI_MAX);
    if (strstr(uri, "module-name="))
        return TEM_FAIL(error, TEM_E_ARGUMENT, TOKEN_MODULE_NAME, "");
    if (strstr(uri, "pin-value") || strstr(uri, "pin-source"))
        return TEM_FAIL(error, TEM_E_ARGUMENT, TOKEN_PIN_IN_URI, "");
    if (pin && (pin->size == 0 || pin->size > TEM_PIN_MAX))
        return TEM_FAIL(error, TEM_E_ARGUMENT, TOKEN_PIN_SIZE, "d",
                        (long long)TEM_PIN_MAX);
    return TEM_OK;
}

enum tem_status tem_key_from_token(const char *uri, const struct tem_bytes *pin,
                                   struct tem_key **key,
                                   struct tem_error *error)
{
    enum tem_status status = check(uri, pin, error);
    if (status != TEM_OK)
        return status;
    tem_sign_begin();
    ENGINE *engine = start(uri);
    if (engine) {
        status = load(engine, uri, pin, key, error);
        stop(engine);
    } else {
        status = TEM_FAIL(error, TEM_E_UNSUPPORTED, TOKEN_NO_ENGINE, "");
    }
    tem_sign_end();
    return status;
}

#endif
