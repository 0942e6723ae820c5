/* SPDX-License-Identifier: MIT */
/* See <tem/payload.h>: the label's URI and its external_aad. */
#include "../error/fail.h"
#include <stdio.h>
#include <string.h>
#include <tem/payload.h>

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static void upper_copy(char *out, const char *text)
{
    for (; *text; text++)
        *out++ = *text >= 'a' && *text <= 'z' ? (char)(*text & ~0x20) : *text;
    *out = '\0';
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* ---- writing ---- */

static bool parts_valid(const struct tem_uri *uri)
{
    if (!tem_host_valid(tem_bytes_of(uri->host)))
        return false;
    if (uri->form == TEM_FORM_PLAIN)
        return true;
    return uri->form == TEM_FORM_RETAIL && strlen(uri->gtin) == 14 &&
           tem_gtin_valid(tem_bytes_of(uri->gtin)) &&
           tem_lot_valid(tem_bytes_of(uri->lot)) &&
           (!uri->serial[0] || tem_lot_valid(tem_bytes_of(uri->serial)));
}

enum tem_status tem_uri_prefix(const struct tem_uri *uri, char *out,
                               size_t capacity, struct tem_error *error)
{
    if (!parts_valid(uri))
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "uri");
    char text[TEM_URI_PREFIX_SIZE], host[TEM_HOST_MAX + 1];
    upper_copy(host, uri->host);
    int length;
    if (uri->form == TEM_FORM_PLAIN)
        length = snprintf(text, sizeof text, "HTTPS://%s/T/", host);
    else
        length = snprintf(text, sizeof text, "HTTPS://%s/01/%s/10/%s%s%s?S=",
                          host, uri->gtin, uri->lot,
                          uri->serial[0] ? "/21/" : "", uri->serial);
    if ((size_t)length >= capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)length + 1);
    memcpy(out, text, (size_t)length + 1);
    return TEM_OK;
}

struct tem_unit tem_payload_unit(const struct tem_uri *uri,
                                 const struct tem_payload *payload)
{
    if (uri->form == TEM_FORM_PLAIN)
        return (struct tem_unit){payload->product_code, payload->lot,
                                 payload->serial};
    return (struct tem_unit){uri->gtin, uri->lot, uri->serial};
}

enum tem_status tem_uri_aad(struct tem_bytes prefix, struct tem_buffer *out,
                            struct tem_error *error)
{
    if (prefix.size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)prefix.size);
    int slashes = 0; /* the third one ends scheme and host */
    for (size_t i = 0; i < prefix.size; i++) {
        uint8_t c = prefix.data[i];
        slashes += c == '/';
        out->data[i] = slashes < 3 ? lower(c) : c;
    }
    out->size = prefix.size;
    return TEM_OK;
}

/* ---- reading ---- */

/* What is left of a text being taken apart. */
struct cursor {
    struct tem_bytes text;
    size_t at;
};

static size_t left(const struct cursor *c)
{
    return c->text.size - c->at;
}

static bool take(struct cursor *c, const char *literal)
{
    size_t length = strlen(literal);
    if (left(c) < length || memcmp(c->text.data + c->at, literal, length) != 0)
        return false;
    c->at += length;
    return true;
}

static bool take_scheme(struct cursor *c, const char *scheme)
{
    size_t length = strlen(scheme);
    if (left(c) < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(c->text.data[c->at + i]) != (uint8_t)scheme[i])
            return false;
    c->at += length;
    return true;
}

/* Everything up to one of @p ends, or the end. */
static struct tem_bytes take_until(struct cursor *c, const char *ends)
{
    size_t from = c->at;
    while (left(c) && !(c->text.data[c->at] &&
                        strchr(ends, c->text.data[c->at])))
        c->at++;
    return (struct tem_bytes){c->text.data + from, c->at - from};
}

static bool copy(char *out, size_t capacity, struct tem_bytes part)
{
    if (part.size >= capacity)
        return false;
    memcpy(out, part.data, part.size);
    out[part.size] = '\0';
    return true;
}

/* `?s=` or `&s=` of either case anywhere in what is left. */
static bool has_seal_parameter(const struct cursor *c)
{
    for (size_t i = c->at; i + 2 < c->text.size; i++) {
        const uint8_t *p = c->text.data + i;
        if ((p[0] == '?' || p[0] == '&') && lower(p[1]) == 's' && p[2] == '=')
            return true;
    }
    return false;
}

static bool take_digits(struct cursor *c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (left(c) <= i || !is_digit(c->text.data[c->at + i]))
            return false;
    c->at += count;
    return true;
}

static bool take_lot_or_serial(struct cursor *c)
{
    return tem_lot_valid(take_until(c, "/?"));
}

/* Does it end where a seal begins, or in the middle of `?S=`? */
static bool ends_before_seal(const struct cursor *c)
{
    return left(c) < 3 && memcmp(c->text.data + c->at, "?S", left(c)) == 0;
}

/* The address of a product and its lot, whoever wrote it. */
static bool is_product(struct tem_bytes text)
{
    struct cursor c = {text, 0};
    return take_scheme(&c, "https://") && take_until(&c, "/?#").size > 0 &&
           take(&c, "/01/") && take_digits(&c, 14) && take(&c, "/10/");
}

/* A label as it is written, in capitals, and cut off before the seal. In small
 * letters the same is an ordinary GS1 Digital Link, of any firm. */
static bool is_cut_off(struct tem_bytes text)
{
    struct cursor c = {text, 0};
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z')
            return false;
    if (!take(&c, "HTTPS://") || take_until(&c, "/?#").size == 0)
        return false;
    if (take(&c, "/T/"))
        return left(&c) == 0;
    return take(&c, "/01/") && take_digits(&c, 14) && take(&c, "/10/") &&
           take_lot_or_serial(&c) &&
           (!take(&c, "/21/") || take_lot_or_serial(&c)) &&
           ends_before_seal(&c);
}

/* Has it one of the two forms at all, right or wrong in its details? */
static bool looks_like_ours(struct tem_bytes text)
{
    struct cursor c = {text, 0};
    if (!take_scheme(&c, "https://") && !take_scheme(&c, "http://"))
        return false;
    if (take_until(&c, "/?#").size == 0)
        return false;
    if (take(&c, "/T/") || take(&c, "/t/"))
        return left(&c) && is_digit(text.data[c.at]);
    return take(&c, "/01/") && has_seal_parameter(&c);
}

static enum tem_status broken(struct tem_error *error, const struct cursor *c,
                              const char *part)
{
    return TEM_FAIL_AT(error, TEM_E_FORMAT, c->at, URI_PART, "s", part);
}

static bool take_lot(struct cursor *c, char out[TEM_LOT_SIZE])
{
    struct tem_bytes part = take_until(c, "/?");
    return tem_lot_valid(part) && copy(out, TEM_LOT_SIZE, part);
}

static enum tem_status no_seal(struct tem_error *error, const struct cursor *c)
{
    return TEM_FAIL_AT(error, TEM_E_FORMAT, c->at, URI_NO_SEAL, "");
}

/* /01/<gtin>/10/<lot>[/21/<serial>]?S=, the first four characters taken. */
static enum tem_status parse_retail(struct cursor *c, struct tem_uri *uri,
                                    struct tem_error *error)
{
    struct tem_bytes gtin = take_until(c, "/?");
    if (gtin.size != 14 || !tem_gtin_valid(gtin) ||
        !copy(uri->gtin, sizeof uri->gtin, gtin))
        return broken(error, c, "GTIN");
    if (!take(c, "/10/"))
        return broken(error, c, "/10/");
    if (!take_lot(c, uri->lot))
        return TEM_FAIL_AT(error, TEM_E_FORMAT, c->at, URI_LOT, "");
    if (take(c, "/21/") && !take_lot(c, uri->serial))
        return TEM_FAIL_AT(error, TEM_E_FORMAT, c->at, URI_SERIAL, "");
    if (ends_before_seal(c))
        return no_seal(error, c);
    return take(c, "?S=") ? TEM_OK : broken(error, c, "?S=");
}

static enum tem_status parse(struct tem_bytes text, struct tem_uri *uri,
                             struct tem_error *error)
{
    struct cursor c = {text, 0};
    if (!take_scheme(&c, "https://"))
        return broken(error, &c, "https://");
    struct tem_bytes host = take_until(&c, "/?#");
    if (!tem_host_valid(host) || !copy(uri->host, sizeof uri->host, host))
        return TEM_FAIL_AT(error, TEM_E_FORMAT, c.at, URI_HOST, "");
    enum tem_status status = TEM_OK;
    if (take(&c, "/T/"))
        uri->form = TEM_FORM_PLAIN;
    else if (take(&c, "/01/")) {
        uri->form = TEM_FORM_RETAIL;
        status = parse_retail(&c, uri, error);
    } else
        status = broken(error, &c, "/01/");
    if (status != TEM_OK)
        return status;
    if (left(&c) == 0)
        return no_seal(error, &c);
    uri->prefix = (struct tem_bytes){text.data, c.at};
    uri->digits = (struct tem_bytes){text.data + c.at, left(&c)};
    while (left(&c) && is_digit(text.data[c.at]))
        c.at++;
    if (left(&c) > 0)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, c.at, URI_DIGITS, "");
    return TEM_OK;
}

enum tem_status tem_uri_parse(struct tem_bytes text, struct tem_uri *uri,
                              bool *ours, struct tem_error *error)
{
    struct tem_uri parsed = {0};
    *ours = looks_like_ours(text) || is_cut_off(text);
    if (!*ours && is_product(text))
        return TEM_FAIL(error, TEM_E_FORMAT, URI_UNSEALED, "");
    if (!*ours)
        return TEM_FAIL(error, TEM_E_FORMAT, URI_FOREIGN, "");
    enum tem_status status = parse(text, &parsed, error);
    if (status == TEM_OK)
        *uri = parsed;
    return status;
}
