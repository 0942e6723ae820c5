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

/* What each lie is called, and which label it is about. */
static const struct {
    const char *name;
    enum forge_form form;
} lies[LIES] = {
    [LIE_NONE] = {"none", FORGE_RETAIL},
    [LIE_OTHER_GTIN] = {"other gtin", FORGE_RETAIL},
    [LIE_OTHER_LOT] = {"other lot", FORGE_RETAIL},
    [LIE_OTHER_SERIAL] = {"other serial", FORGE_RETAIL},
    [LIE_NO_SERIAL] = {"no serial", FORGE_RETAIL},
    [LIE_OTHER_HOST] = {"other host", FORGE_RETAIL},
    [LIE_OTHER_KID] = {"other kid", FORGE_RETAIL},
    [LIE_OTHER_MAKER] = {"other maker", FORGE_RETAIL},
    [LIE_OTHER_BEST_BEFORE] = {"other best-before", FORGE_RETAIL},
    [LIE_MORE_STARS] = {"more stars", FORGE_RETAIL},
    [LIE_CLEARED_EXAMPLE] = {"cleared example", FORGE_RETAIL},
    [LIE_OTHER_DIGEST] = {"other digest", FORGE_DIGEST},
    [LIE_NO_DIGEST] = {"no digest", FORGE_DIGEST},
    [LIE_ADDED_DIGEST] = {"added digest", FORGE_RETAIL},
    [LIE_PLAIN_OTHER_HOST] = {"plain: other host", FORGE_PLAIN},
    [LIE_PLAIN_OTHER_MAKER] = {"plain: other maker", FORGE_PLAIN},
    [LIE_PLAIN_OTHER_PRODUCT] = {"plain: other product", FORGE_PLAIN},
    [LIE_PLAIN_OTHER_LOT] = {"plain: other lot", FORGE_PLAIN},
    [LIE_PLAIN_OTHER_SERIAL] = {"plain: other serial", FORGE_PLAIN},
    [LIE_PLAIN_NO_SERIAL] = {"plain: no serial", FORGE_PLAIN},
    [LIE_PLAIN_ADDED_NAMES] = {"plain: added names", FORGE_PLAIN},
    [LIE_NAMED_OTHER_LOT] = {"named: other lot", FORGE_NAMED},
    [LIE_NAMED_OTHER_PRODUCT] = {"named: other product", FORGE_NAMED},
    [LIE_NAMED_OTHER_MAKER] = {"named: other maker", FORGE_NAMED},
    [LIE_NO_NAMES] = {"no names", FORGE_NAMED},
    [LIE_NAMED_PLAIN_OTHER_LOT] = {"named plain: other lot", FORGE_NAMED_PLAIN},
    [LIE_NAMED_PLAIN_OTHER_PRODUCT] = {"named plain: other product",
                                       FORGE_NAMED_PLAIN},
    [LIE_NAMED_PLAIN_OTHER_MAKER] = {"named plain: other maker",
                                     FORGE_NAMED_PLAIN},
    [LIE_NAMED_PLAIN_OTHER_DIGEST] = {"named plain: other digest",
                                      FORGE_NAMED_PLAIN},
    [LIE_SIGNATURE_BIT] = {"signature bit", FORGE_RETAIL},
    [LIE_ZERO_SIGNATURE] = {"zero signature", FORGE_RETAIL},
    [LIE_S_PLUS_L] = {"s plus L", FORGE_RETAIL},
    [LIE_OTHER_ALGORITHM] = {"other algorithm", FORGE_RETAIL},
    [LIE_WRONG_KEY] = {"wrong key", FORGE_RETAIL},
    [LIE_OTHER_ALGORITHM_HIGH_S] = {"other algorithm, high s", FORGE_RETAIL},
    [LIE_UNKNOWN_ALGORITHM] = {"unknown algorithm", FORGE_RETAIL},
    [LIE_NEWER_VERSION] = {"newer version", FORGE_RETAIL},
    [LIE_HTTP] = {"http", FORGE_RETAIL},
    [LIE_EXTRA_PARAMETER] = {"extra parameter", FORGE_RETAIL},
    [LIE_TRAILING_SPACE] = {"trailing space", FORGE_RETAIL},
    [LIE_LOWER_CASE_LOT] = {"lower-case lot", FORGE_RETAIL},
    [LIE_DIGIT_TOO_MANY] = {"digit too many", FORGE_RETAIL},
    [LIE_DIGIT_TOO_FEW] = {"digit too few", FORGE_RETAIL},
    [LIE_LEADING_ZERO] = {"leading zero", FORGE_RETAIL},
    [LIE_VALUE_TOO_LARGE] = {"value too large", FORGE_RETAIL},
    [LIE_LETTER_IN_DIGITS] = {"letter in digits", FORGE_RETAIL},
    [LIE_NO_DIGITS] = {"no digits", FORGE_RETAIL},
    [LIE_SHORT_MESSAGE] = {"short message", FORGE_RETAIL},
    [LIE_DIGEST_DENIED] = {"digest denied", FORGE_DIGEST},
    [LIE_DIGEST_CLAIMED] = {"digest claimed", FORGE_RETAIL},
    [LIE_SHORT_DIGEST] = {"short digest", FORGE_DIGEST},
    [LIE_TRAILING_BYTE] = {"trailing byte", FORGE_RETAIL},
    [LIE_LONG_INTEGER] = {"long integer", FORGE_RETAIL},
    [LIE_INDEFINITE_ARRAY] = {"indefinite array", FORGE_RETAIL},
    [LIE_MAP_WITH_DUPLICATES] = {"map with duplicates", FORGE_RETAIL},
    [LIE_TEXT_FOR_NUMBER] = {"text for number", FORGE_RETAIL},
    [LIE_EMPTY_ARRAY] = {"empty array", FORGE_RETAIL},
    [LIE_NFD_NAME] = {"NFD name", FORGE_NAMED},
    [LIE_LATE_DATE] = {"late date", FORGE_RETAIL},
    [LIE_PLAIN_IN_RETAIL] = {"plain in retail", FORGE_PLAIN},
    [LIE_RETAIL_IN_PLAIN] = {"retail in plain", FORGE_RETAIL},
    [LIE_HIGH_S] = {"high s", FORGE_RETAIL},
    [LIE_ZERO_R] = {"zero r", FORGE_RETAIL},
    [LIE_S_IS_N] = {"s is n", FORGE_RETAIL},
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

/* ---- true labels ---- */

/* Of letters in which no turned bit gives a code point that Unicode may assign
 * one day: a label with such a one is malformed till then. */
static void name(struct tem_payload *content)
{
    content->named = true;
    strcpy(content->product_name, "Long nhãn sấy khô");
    strcpy(content->maker_name, "Trang trại Đạt");
}

static void begin(struct forgery *f, enum forge_form form)
{
    memset(f, 0, sizeof *f);
    f->content = sample_payload();
    f->uri = sample_uri();
    f->kid = 7;
    for (size_t i = 0; i < TEM_DIGEST_BYTES; i++)
        f->content.digest[i] = (uint8_t)(0x1d + 37 * i);
    f->content.has_digest = form == FORGE_DIGEST || form == FORGE_NAMED_PLAIN;
    if (form == FORGE_PLAIN || form == FORGE_NAMED_PLAIN) {
        f->uri.form = TEM_FORM_PLAIN;
        f->content.plain = true;
        strcpy(f->content.product_code, "LONGNHAN");
        strcpy(f->content.lot, f->uri.lot);
        strcpy(f->content.serial, f->uri.serial);
    }
    if (form == FORGE_NAMED || form == FORGE_NAMED_PLAIN)
        name(&f->content);
    encode(f);
}

void forge_true(enum forge_form form, const struct tem_key *key, char *text)
{
    static struct forgery f;
    begin(&f, form);
    seal(&f, key);
    strcpy(text, f.text);
}

/* ---- lies told before sealing ---- */

static void set_payload(struct forgery *f, const void *bytes, size_t size)
{
    memcpy(f->payload, bytes, size);
    f->payload_size = size;
}

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
    case LIE_SHORT_DIGEST: /* of 15 bytes; it is the last of the content */
        p[f->payload_size-- - 17] = 0x4f;
        break;
    case LIE_NFD_NAME:
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
        f->uri.form = TEM_FORM_RETAIL;
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
    case LIE_NAMED_OTHER_LOT:
        strcpy(f->uri.lot, "DT9H2VW7");
        break;
    case LIE_OTHER_SERIAL:
        strcpy(f->uri.serial, "000124");
        break;
    case LIE_NO_SERIAL:
        f->uri.serial[0] = '\0';
        break;
    case LIE_OTHER_HOST:
    case LIE_PLAIN_OTHER_HOST:
        strcpy(f->uri.host, "OCOP.SONLA.GOV.VN.EXAMPLE.COM");
        break;
    default:
        break;
    }
}

/* @return whether the lie is one of these. */
static bool lie_in_numbers(struct tem_payload *c, enum lie lie)
{
    switch (lie) {
    case LIE_OTHER_MAKER:
    case LIE_PLAIN_OTHER_MAKER:
        c->maker_id++;
        break;
    case LIE_OTHER_BEST_BEFORE:
        c->best_before += 30;
        break;
    case LIE_MORE_STARS:
        c->stars = 5;
        break;
    case LIE_CLEARED_EXAMPLE:
        c->example = false;
        break;
    case LIE_OTHER_DIGEST:
    case LIE_NAMED_PLAIN_OTHER_DIGEST:
        c->digest[TEM_DIGEST_BYTES - 1] ^= 1;
        break;
    case LIE_NO_DIGEST:
        c->has_digest = false;
        break;
    case LIE_ADDED_DIGEST:
        c->has_digest = true;
        break;
    default:
        return false;
    }
    return true;
}

static bool lie_in_words(struct tem_payload *c, enum lie lie)
{
    switch (lie) {
    case LIE_PLAIN_OTHER_PRODUCT:
        strcpy(c->product_code, "LONGNHAO");
        break;
    case LIE_PLAIN_OTHER_LOT:
    case LIE_NAMED_PLAIN_OTHER_LOT:
        strcpy(c->lot, "DT9H2VW7");
        break;
    case LIE_PLAIN_OTHER_SERIAL:
        strcpy(c->serial, "000124");
        break;
    case LIE_PLAIN_NO_SERIAL:
        c->serial[0] = '\0';
        break;
    case LIE_PLAIN_ADDED_NAMES:
        name(c);
        break;
    case LIE_NO_NAMES:
        c->named = false;
        break;
    case LIE_NAMED_OTHER_PRODUCT:
    case LIE_NAMED_PLAIN_OTHER_PRODUCT:
        strcpy(c->product_name, "Long nhãn sấy dẻo");
        break;
    case LIE_NAMED_OTHER_MAKER:
    case LIE_NAMED_PLAIN_OTHER_MAKER:
        strcpy(c->maker_name, "Trang trại Đát");
        break;
    default:
        return false;
    }
    return true;
}

static void lie_in_content(struct forgery *f, enum lie lie)
{
    if (lie_in_numbers(&f->content, lie) || lie_in_words(&f->content, lie))
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

/* L of RFC 8032 section 5.1, little-endian. */
static const uint8_t ed25519_order[32] = {
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
    0xa2, 0xde, 0xf9, 0xde, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10};

static void add_order(uint8_t s[32])
{
    unsigned carry = 0;
    for (size_t i = 0; i < 32; i++) {
        unsigned value = s[i] + carry + ed25519_order[i];
        s[i] = (uint8_t)value;
        carry = value >> 8;
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
    else if (lie == LIE_S_PLUS_L)
        add_order(signature + 32);
    else if (lie == LIE_OTHER_ALGORITHM || lie == LIE_OTHER_ALGORITHM_HIGH_S)
        m[0] ^= 1;
    else if (lie == LIE_UNKNOWN_ALGORITHM)
        m[0] |= 2;
    else if (lie == LIE_NEWER_VERSION)
        m[0] = (uint8_t)((m[0] & 0x0F) | 0x20);
    else if (lie == LIE_DIGEST_DENIED || lie == LIE_DIGEST_CLAIMED)
        m[TEM_SEALED_HEAD + 1] ^= 2;
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
    switch (lie) {
    case LIE_S_PLUS_L:
    case LIE_OTHER_ALGORITHM_HIGH_S:
        return algorithm == TEM_ALGORITHM_ED25519;
    case LIE_HIGH_S:
    case LIE_ZERO_R:
    case LIE_S_IS_N:
        return algorithm == TEM_ALGORITHM_ES256;
    default:
        return true;
    }
}

/* An Ed25519 signature read as ES256 has any s: a third are low enough for the
 * format, most of the others are surely too high. */
static bool reads_as_told(const struct forgery *f, enum lie lie)
{
    const uint8_t *signature =
        f->message + f->message_size - TEM_SIGNATURE_BYTES;
    if (lie == LIE_OTHER_ALGORITHM_HIGH_S)
        return signature[32] > 0x7f;
    if (lie == LIE_OTHER_ALGORITHM)
        return signature[0] != 0 && signature[0] != 0xff &&
               signature[32] != 0 && signature[32] < 0x7f;
    return true;
}

void forge(enum lie lie, const struct tem_key *key,
           const struct tem_key *wrong_key, char *text)
{
    static struct forgery f;
    begin(&f, lies[lie].form);
    lie_before(&f, lie);
    do { /* under another number till the signature suits the lie */
        seal(&f, lie == LIE_WRONG_KEY ? wrong_key : key);
        f.kid++;
    } while (!reads_as_told(&f, lie) && f.kid < 1000);
    lie_in_address(&f, lie);
    lie_in_content(&f, lie);
    lie_in_message(&f, lie);
    write_text(&f);
    lie_in_text(&f, lie);
    strcpy(text, f.text);
}

const char *forge_name(enum lie lie)
{
    return lies[lie].name;
}
