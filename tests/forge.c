/* SPDX-License-Identifier: MIT */
/* See forge.h. */
#include "forge.h"
#include "lib/sample.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* A label as it is being put together. */
struct forgery {
    struct tem_payload content;
    struct tem_uri uri;
    uint16_t kid;
    uint8_t payload[TEM_PAYLOAD_MAX + 8];
    size_t payload_size;
    uint8_t message[TEM_SEALED_MAX + 8];
    size_t message_size;
    char text[TEM_URI_SIZE + 16];
};

static void need(bool condition)
{
    if (!condition)
        abort(); /* the forger itself is broken */
}

static void encode(struct forgery *f)
{
    struct tem_buffer out = {f->payload, TEM_PAYLOAD_MAX, 0};
    need(tem_payload_encode(&f->content, &out, NULL) == TEM_OK);
    f->payload_size = out.size;
}

/* Seal whatever the payload's bytes are, and keep the sealed message. */
static void seal(struct forgery *f, const struct tem_key *key)
{
    char prefix[TEM_URI_PREFIX_SIZE];
    need(tem_uri_prefix(&f->uri, prefix, sizeof prefix, NULL) == TEM_OK);
    need(tem_seal(key, f->kid, (struct tem_bytes){f->payload, f->payload_size},
                  prefix, f->text, sizeof f->text, NULL) == TEM_OK);
    struct tem_buffer out = {f->message, TEM_SEALED_MAX, 0};
    need(tem_digits_decode(tem_bytes_of(f->text + strlen(prefix)), &out,
                           NULL) == TEM_OK);
    f->message_size = out.size;
}

/* The text again, after the message, the content or the address changed. */
static void write_text(struct forgery *f)
{
    need(tem_uri_prefix(&f->uri, f->text, TEM_URI_PREFIX_SIZE, NULL) == TEM_OK);
    size_t used = strlen(f->text);
    need(tem_digits_encode((struct tem_bytes){f->message, f->message_size},
                           f->text + used, sizeof f->text - used,
                           NULL) == TEM_OK);
}

/* Put a changed content under the signature of the true one. */
static void swap_content(struct forgery *f)
{
    uint8_t signature[TEM_SIGNATURE_BYTES];
    memcpy(signature, f->message + f->message_size - sizeof signature,
           sizeof signature);
    encode(f);
    memcpy(f->message + TEM_SEALED_HEAD, f->payload, f->payload_size);
    memcpy(f->message + TEM_SEALED_HEAD + f->payload_size, signature,
           sizeof signature);
    f->message_size = TEM_SEALED_HEAD + f->payload_size + sizeof signature;
}

static void set_payload(struct forgery *f, const void *bytes, size_t size)
{
    memcpy(f->payload, bytes, size);
    f->payload_size = size;
}

/* ---- lies told before sealing ---- */

static void lie_before(struct forgery *f, enum lie lie)
{
    static const uint8_t duplicates[] = {0xa2, 0x01, 0x01, 0x01, 0x01};
    static const uint8_t empty[] = {0x80};
    uint8_t *p = f->payload;
    switch (lie) {
    case LIE_TRAILING_BYTE:
        p[f->payload_size++] = 0x00;
        break;
    case LIE_LONG_INTEGER: /* maker_id 3 as 18 03 */
        memmove(p + 3, p + 2, f->payload_size++ - 2);
        p[2] = 0x18;
        break;
    case LIE_INDEFINITE_ARRAY:
        p[0] = 0x9f;
        p[f->payload_size++] = 0xff;
        break;
    case LIE_MAP_WITH_DUPLICATES:
        set_payload(f, duplicates, sizeof duplicates);
        break;
    case LIE_TEXT_FOR_NUMBER: /* maker_id as "" */
        p[2] = 0x60;
        break;
    case LIE_EMPTY_ARRAY:
        set_payload(f, empty, sizeof empty);
        break;
    case LIE_NFD_NAME:
        f->content.named = true;
        strcpy(f->content.product_name, "nhan");
        strcpy(f->content.maker_name, "xxxe");
        encode(f);
        /* "xxxe" to "e" and a combining circumflex: as long, not NFC */
        memcpy(p + f->payload_size - 4, "xe\xcc\x82", 4);
        break;
    case LIE_LATE_DATE: /* harvested on 2199-12-31, packed two days later */
        f->content.harvest = TEM_DATE_MAX - 9000;
        f->content.packed = TEM_DATE_MAX - 8998;
        f->content.best_before = TEM_DATE_MAX - 8000;
        encode(f);
        memcpy(p + 5, "\x00\x01\x48\x25", 4);
        break;
    case LIE_PLAIN_IN_RETAIL:
        f->content.plain = true;
        strcpy(f->content.product_code, "LONGNHAN");
        strcpy(f->content.lot, "DT9H2VW6");
        encode(f);
        break;
    case LIE_RETAIL_IN_PLAIN:
        f->uri.form = TEM_FORM_PLAIN;
        break;
    default:
        break;
    }
}

/* ---- lies told after sealing ---- */

static void lie_in_address(struct forgery *f, enum lie lie)
{
    switch (lie) {
    case LIE_OTHER_GTIN:
        strcpy(f->uri.gtin, "09520124600104");
        break;
    case LIE_OTHER_LOT:
        strcpy(f->uri.lot, "DT9H2VW7");
        break;
    case LIE_OTHER_SERIAL:
        strcpy(f->uri.serial, "000124");
        break;
    case LIE_NO_SERIAL:
        f->uri.serial[0] = '\0';
        break;
    case LIE_OTHER_HOST:
        strcpy(f->uri.host, "OCOP.SONLA.GOV.VN.EXAMPLE.COM");
        break;
    default:
        break;
    }
}

static void lie_in_content(struct forgery *f, enum lie lie)
{
    struct tem_payload *c = &f->content;
    if (lie == LIE_OTHER_MAKER)
        c->maker_id++;
    else if (lie == LIE_OTHER_BEST_BEFORE)
        c->best_before += 30;
    else if (lie == LIE_MORE_STARS)
        c->stars = 5;
    else if (lie == LIE_CLEARED_EXAMPLE)
        c->example = false;
    else
        return;
    swap_content(f);
}

/* n of P-256, FIPS 186-5 / SEC 2 section 2.4.2, big-endian. */
static const uint8_t order[32] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
    0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

static void negate(uint8_t s[32])
{
    int borrow = 0;
    for (int i = 31; i >= 0; i--) {
        int value = order[i] - s[i] - borrow;
        borrow = value < 0;
        s[i] = (uint8_t)(value + (borrow ? 256 : 0));
    }
}

static void lie_in_message(struct forgery *f, enum lie lie)
{
    uint8_t *m = f->message;
    uint8_t *signature = m + f->message_size - TEM_SIGNATURE_BYTES;
    if (lie == LIE_OTHER_KID)
        m[2] ^= 1;
    else if (lie == LIE_SIGNATURE_BIT)
        signature[5] ^= 0x10;
    else if (lie == LIE_ZERO_SIGNATURE)
        memset(signature, 0, TEM_SIGNATURE_BYTES);
    else if (lie == LIE_OTHER_ALGORITHM)
        m[0] ^= 1;
    else if (lie == LIE_UNKNOWN_ALGORITHM)
        m[0] |= 2;
    else if (lie == LIE_NEWER_VERSION)
        m[0] = (uint8_t)((m[0] & 0x0F) | 0x20);
    else if (lie == LIE_HIGH_S)
        negate(signature + 32);
    else if (lie == LIE_ZERO_R)
        memset(signature, 0, 32);
    else if (lie == LIE_S_IS_N)
        memcpy(signature + 32, order, 32);
    else if (lie == LIE_SHORT_MESSAGE) {
        memmove(m + TEM_SEALED_HEAD, signature, TEM_SIGNATURE_BYTES);
        f->message_size = TEM_SEALED_HEAD + TEM_SIGNATURE_BYTES;
    }
}

static void insert(char *at, const char *what)
{
    memmove(at + strlen(what), at, strlen(at) + 1);
    memcpy(at, what, strlen(what));
}

static void lie_in_text(struct forgery *f, enum lie lie)
{
    char *digits = strstr(f->text, "S=");
    char *end = f->text + strlen(f->text);
    if (lie == LIE_HTTP)
        memmove(f->text + 4, f->text + 5, strlen(f->text + 5) + 1);
    else if (lie == LIE_EXTRA_PARAMETER)
        strcpy(end, "&utm=x");
    else if (lie == LIE_TRAILING_SPACE)
        strcpy(end, " ");
    else if (lie == LIE_LOWER_CASE_LOT)
        strstr(f->text, "DT9H")[0] = 'd';
    else if (lie == LIE_DIGIT_TOO_MANY)
        strcpy(end, "0");
    else if (lie == LIE_DIGIT_TOO_FEW)
        end[-1] = '\0';
    else if (lie == LIE_LEADING_ZERO)
        insert(digits + 2, "0");
    else if (lie == LIE_VALUE_TOO_LARGE)
        memset(digits + 2, '9', 2);
    else if (lie == LIE_LETTER_IN_DIGITS)
        digits[9] = 'O';
    else if (lie == LIE_NO_DIGITS)
        digits[2] = '\0';
}

bool forge_applies(enum lie lie, enum tem_algorithm algorithm)
{
    bool es256 = lie == LIE_HIGH_S || lie == LIE_ZERO_R || lie == LIE_S_IS_N;
    return !es256 || algorithm == TEM_ALGORITHM_ES256;
}

void forge(enum lie lie, const struct tem_key *key,
           const struct tem_key *wrong_key, char *text)
{
    static struct forgery f;
    memset(&f, 0, sizeof f);
    f.content = sample_payload();
    f.uri = sample_uri();
    f.kid = 7;
    encode(&f);
    lie_before(&f, lie);
    seal(&f, lie == LIE_WRONG_KEY ? wrong_key : key);
    lie_in_address(&f, lie);
    lie_in_content(&f, lie);
    lie_in_message(&f, lie);
    write_text(&f);
    lie_in_text(&f, lie);
    strcpy(text, f.text);
}

const char *forge_name(enum lie lie)
{
    static const char *const names[] = {
        "none",           "other gtin",        "other lot",
        "other serial",   "no serial",         "other host",
        "other kid",      "other maker",       "other best-before",
        "more stars",     "cleared example",   "signature bit",
        "zero signature", "wrong key",         "other algorithm",
        "unknown algorithm", "newer version",  "http",
        "extra parameter", "trailing space",   "lower-case lot",
        "digit too many", "digit too few",     "leading zero",
        "value too large", "letter in digits", "no digits",
        "short message",  "trailing byte",     "long integer",
        "indefinite array", "map with duplicates", "text for number",
        "empty array",    "NFD name",          "late date",
        "plain in retail", "retail in plain",  "high s",
        "zero r",         "s is n"};
    return names[lie];
}
