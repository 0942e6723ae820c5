/* SPDX-License-Identifier: MIT */
/* lib/payload/FORMAT.md tells the truth: its worked examples and its table of
 * symbol sizes are what comes out, and the compact retail label keeps to its
 * promise: 8-M, 9-M with the digest. */
#include "demo_key.h"
#include "sample.h"
#include "test.h"
#include <tem/label.h>
#include <tem/sign.h>
#include <tem/symbol.h>
#include <tem/verify.h>

enum { SMALL, LARGE }; /* ids of one byte, or of any size */

static struct tem_payload content(int ids, bool digest, bool plain, bool named)
{
    struct tem_payload p = sample_payload();
    if (ids == LARGE) {
        p.maker_id = 300;
        p.farm_id = 300;
        p.drying.hours = 36;
        strcpy(p.growing_area, "VN-SLOR-0128");
    }
    p.has_digest = digest;
    p.plain = plain;
    p.named = named;
    strcpy(p.product_code, "LONGNHAN");
    strcpy(p.lot, "DT9H2VW6");
    strcpy(p.serial, "000123");
    strcpy(p.product_name, "Long nhãn sấy khô");
    strcpy(p.maker_name, "Công ty TNHH MTV Đạt Thủy");
    return p;
}

static unsigned version(const struct tem_payload *p, size_t *payload_size)
{
    static const struct tem_key *key;
    static struct tem_key *made;
    static char text[TEM_URI_SIZE];
    static struct tem_symbol symbol;
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_uri uri = sample_uri();
    if (!key && tem_key_generate(TEM_ALGORITHM_ED25519, &made, NULL) != TEM_OK)
        abort();
    key = made;
    uri.form = p->plain ? TEM_FORM_PLAIN : TEM_FORM_RETAIL;
    if (tem_payload_encode(p, &out, NULL) != TEM_OK ||
        tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) != TEM_OK ||
        tem_seal(key, 1, (struct tem_bytes){memory, out.size}, prefix, text,
                 sizeof text, NULL) != TEM_OK ||
        tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, NULL) !=
            TEM_OK)
        abort();
    *payload_size = out.size;
    return symbol.version;
}

static const char *format_md(void)
{
    static char text[65536];
    char path[4096];
    const char *source = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/lib/payload/FORMAT.md",
             source ? source : ".");
    FILE *file = fopen(path, "rb");
    if (!file)
        return "";
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

TEST(the_table_in_the_format_is_what_comes_out)
{
    static const struct {
        const char *name;
        int ids;
        bool digest, plain, named;
    } rows[] = {
        {"retail", SMALL, false, false, false},
        {"retail, large ids", LARGE, false, false, false},
        {"retail with digest", SMALL, true, false, false},
        {"retail with digest, large ids", LARGE, true, false, false},
        {"plain", SMALL, false, true, false},
        {"plain with digest", SMALL, true, true, false},
        {"self-contained retail", SMALL, false, false, true},
        {"self-contained retail with digest", SMALL, true, false, true},
        {"self-contained plain with digest", SMALL, true, true, true},
    };
    const char *format = format_md();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_payload p = content(rows[i].ids, rows[i].digest,
                                       rows[i].plain, rows[i].named);
        size_t size;
        char row[128];
        unsigned v = version(&p, &size), side = 4 * v + 17;
        snprintf(row, sizeof row, "| %s | %zu | %u-M | %u | %.1f | %.1f |",
                 rows[i].name, size, v, side,
                 (side + 8) * 3 * 25.4 / 203, (side + 8) * 5 * 25.4 / 300);
        if (!strstr(format, row))
            printf("# missing: %s\n", row);
        CHECK(strstr(format, row) != NULL);
    }
}

TEST(a_compact_retail_label_is_small)
{
    size_t size;
    struct tem_payload p = content(SMALL, false, false, false);
    CHECK(version(&p, &size) <= 8);
    p = content(SMALL, true, false, false);
    CHECK(version(&p, &size) <= 9);
    /* Maker and farm at their largest, eight thousand certificates. */
    p = sample_payload();
    p.maker_id = 65535;
    p.farm_id = 65535;
    p.certificate_id = 8191;
    CHECK(version(&p, &size) <= 8);
    CHECK_INT(size, 34);
    p.has_digest = true;
    p.drying.hours = 999;
    CHECK(version(&p, &size) <= 9);
}

/* FORMAT.md without its line breaks and the spaces around them. */
static const char *unwrapped(void)
{
    static char flat[65536];
    size_t used = 0;
    for (const char *p = format_md(); *p; p++)
        if (*p != '\n' && *p != ' ')
            flat[used++] = *p;
    flat[used] = '\0';
    return flat;
}

static void check_hex(const char *what, const uint8_t *data, size_t size)
{
    static char hex[2 * TEM_SEALED_MAX + 1];
    for (size_t i = 0; i < size; i++)
        snprintf(hex + 2 * i, 3, "%02x", data[i]);
    if (!strstr(unwrapped(), hex))
        printf("# %s: %s\n", what, hex);
    CHECK(strstr(unwrapped(), hex) != NULL);
}

TEST(the_worked_example_is_what_comes_out)
{
    struct tem_key *key = demo_key();
    REQUIRE(key != NULL);
    char prefix[TEM_URI_PREFIX_SIZE];
    static char text[TEM_URI_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX], message[TEM_SEALED_MAX];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_buffer sealed = {message, sizeof message, 0};
    struct tem_payload p = sample_payload();
    struct tem_uri uri = sample_uri();
    REQUIRE(tem_payload_encode(&p, &cbor, NULL) == TEM_OK);
    REQUIRE(tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) == TEM_OK);
    REQUIRE(tem_seal(key, 7, (struct tem_bytes){memory, cbor.size}, prefix,
                     text, sizeof text, NULL) == TEM_OK);
    REQUIRE(tem_digits_decode(tem_bytes_of(text + strlen(prefix)), &sealed,
                              NULL) == TEM_OK);
    check_hex("payload", memory, cbor.size);
    check_hex("message", message, sealed.size);
    if (!strstr(unwrapped(), text))
        printf("# text: %s\n", text);
    CHECK(strstr(unwrapped(), text) != NULL);
    tem_key_free(key);
}

static ptrdiff_t read_file(void *context, void *data, size_t size)
{
    return (ptrdiff_t)fread(data, 1, size, context);
}

/* The second example's lot, as a label says it. */
static bool read_second(struct tem_payload *p)
{
    static struct tem_record record;
    static uint8_t memory[TEM_RECORD_CANONICAL_MAX];
    struct tem_buffer canonical = {memory, sizeof memory, 0};
    uint8_t digest[TEM_DIGEST_BYTES];
    struct tem_payload_options options = {digest, true, "000123"};
    struct tem_record_reader *reader = NULL;
    char path[4096];
    const char *source = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/examples/sonla/02-cac-lo-khac.json",
             source ? source : ".");
    FILE *file = fopen(path, "rb");
    bool found = file && tem_record_open(read_file, file, TEM_FORMAT_JSON,
                                         &reader, NULL) == TEM_OK;
    while (found && strcmp(record.lot, "CH6W9TA3") != 0)
        if (tem_record_next(reader, &record, &found, NULL) != TEM_OK)
            found = false;
    strcpy(record.salt, "00112233445566778899aabbccddeeff");
    found = found &&
            tem_record_canonical(&record, &canonical, NULL) == TEM_OK &&
            tem_seal_digest((struct tem_bytes){memory, canonical.size}, digest,
                            NULL) == TEM_OK &&
            tem_payload_from_record(&record, &options, p, NULL) == TEM_OK;
    tem_record_reader_free(reader);
    if (file)
        fclose(file);
    return found;
}

/* The public key that FORMAT.md prints, without the spaces before it. */
static struct tem_key *printed_key(void)
{
    char pem[1000];
    size_t used = 0;
    struct tem_key *key = NULL;
    const char *p = strstr(format_md(), "-----BEGIN PUBLIC KEY-----");
    for (; p && *p && used < sizeof pem - 1; p++) {
        if (strncmp(p, "\n\n", 2) == 0)
            break;
        pem[used++] = *p;
        if (*p == '\n')
            p += strspn(p + 1, " ");
    }
    pem[used++] = '\n';
    CHECK_INT(tem_key_read_public((struct tem_bytes){(uint8_t *)pem, used},
                                  &key, NULL),
              TEM_OK);
    return key;
}

/* Its signature is random, so the printed text is read instead of made. */
TEST(the_second_example_is_what_comes_out_and_holds)
{
    static const char head[] = "HTTPS://OCOP.SONLA.GOV.VN/T/";
    static uint8_t memory[TEM_PAYLOAD_MAX], message[TEM_SEALED_MAX];
    static struct tem_result result;
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_buffer sealed = {message, sizeof message, 0};
    struct tem_payload p;
    struct tem_key *key = printed_key();
    REQUIRE(key != NULL);
    REQUIRE(read_second(&p));
    REQUIRE(tem_payload_encode(&p, &cbor, NULL) == TEM_OK);
    check_hex("payload", memory, cbor.size);
    const char *text = strstr(unwrapped(), head);
    REQUIRE(text != NULL);
    struct tem_bytes digits = {(const uint8_t *)text + strlen(head),
                               strspn(text + strlen(head), "0123456789")};
    struct tem_bytes whole = {(const uint8_t *)text,
                              strlen(head) + digits.size};
    CHECK_INT(whole.size, 515);
    REQUIRE(tem_digits_decode(digits, &sealed, NULL) == TEM_OK);
    CHECK_INT(sealed.size, 202);
    CHECK(memcmp(message, "\x11\x01\x02", TEM_SEALED_HEAD) == 0);
    CHECK(memcmp(message + TEM_SEALED_HEAD, memory, cbor.size) == 0);
    struct tem_verify_options options = {
        .key = key, .at = TEM_DATE_NONE, .demo = true};
    REQUIRE(tem_verify_text(whole, &options, &result, NULL) == TEM_OK);
    CHECK_INT(result.verdict, TEM_VERDICT_GENUINE);
    CHECK_INT(result.kid, 258);
    CHECK_STR(result.lot, "CH6W9TA3");
    CHECK_STR(result.payload.product_name, "Chuối sấy dẻo");
    check_hex("message", message, sealed.size);
    tem_key_free(key);
}

int main(void)
{
    RUN(the_worked_example_is_what_comes_out);
    RUN(the_second_example_is_what_comes_out_and_holds);
    RUN(the_table_in_the_format_is_what_comes_out);
    RUN(a_compact_retail_label_is_small);
    return test_done();
}
