/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/payload.h>: digits and URI; the content is in test_content.c. */
#include "chance.h"
#include "test.h"

static struct tem_bytes B(const char *s)
{
    return tem_bytes_of(s);
}

/* ---- digits ---- */

/* Decimal digits of 256^size - 1, counted by exact arithmetic. */
static size_t exact_count(size_t size)
{
    static uint8_t decimal[TEM_DIGITS_SIZE + 2]; /* least significant first */
    static size_t have, digits;
    if (have == 0 || size < have) {
        memset(decimal, 0, sizeof decimal);
        decimal[0] = 1;
        digits = 1;
        have = 0;
    }
    for (; have < size; have++) {
        unsigned carry = 0;
        for (size_t i = 0; i < digits || carry; i++) {
            unsigned value = decimal[i] * 256u + carry;
            decimal[i] = (uint8_t)(value % 10);
            carry = value / 10;
            if (i >= digits)
                digits = i + 1;
        }
    }
    return digits; /* 256^size has as many digits as 256^size - 1 */
}

TEST(digit_counts_are_exact_for_every_size)
{
    for (size_t n = 1; n <= TEM_SEALED_MAX; n++)
        if (tem_digits_count(n) != exact_count(n)) {
            CHECK_INT(tem_digits_count(n), exact_count(n));
            printf("# size %zu\n", n);
            return;
        }
    CHECK_INT(tem_digits_count(0), 0);
    CHECK_INT(tem_digits_count(TEM_SEALED_MAX + 1), 0);
    CHECK(tem_digits_count(TEM_SEALED_MAX) + 1 <= TEM_DIGITS_SIZE);
}

static void round_trip(const uint8_t *data, size_t size)
{
    char text[TEM_DIGITS_SIZE];
    uint8_t back[TEM_SEALED_MAX];
    struct tem_buffer out = {back, sizeof back, 0};
    REQUIRE(tem_digits_encode((struct tem_bytes){data, size}, text, sizeof text,
                              NULL) == TEM_OK);
    CHECK_INT(strlen(text), tem_digits_count(size));
    REQUIRE(tem_digits_decode(B(text), &out, NULL) == TEM_OK);
    CHECK_INT(out.size, size);
    CHECK(memcmp(back, data, size) == 0);
}

TEST(bytes_come_back_from_their_digits)
{
    uint8_t data[TEM_SEALED_MAX];
    uint32_t seed = 1;
    for (size_t n = 1; n <= TEM_SEALED_MAX; n += n < 140 ? 1 : 97) {
        memset(data, 0, n);
        round_trip(data, n);
        memset(data, 0xFF, n);
        round_trip(data, n);
        for (size_t i = 0; i < n; i++)
            data[i] = (uint8_t)((seed = seed * 1103515245 + 12345) >> 16);
        round_trip(data, n);
    }
    memset(data, 0xFF, sizeof data);
    round_trip(data, sizeof data);
}

TEST(digits_are_the_number_in_decimal)
{
    char text[8];
    CHECK_INT(tem_digits_encode(B("\x01\x02"), text, 8, NULL), TEM_OK);
    CHECK_STR(text, "00258");
    CHECK_INT(tem_digits_encode(B("\xff"), text, 8, NULL), TEM_OK);
    CHECK_STR(text, "255");
    CHECK_INT(tem_digits_encode(B("\xff"), text, 4, NULL), TEM_OK);
    CHECK_INT(tem_digits_encode(B("\xff"), text, 3, NULL), TEM_E_CAPACITY);
    CHECK_INT(tem_digits_encode(B(""), text, 8, NULL), TEM_E_ARGUMENT);
    uint8_t large[TEM_SEALED_MAX + 1] = {0};
    CHECK_INT(tem_digits_encode((struct tem_bytes){large, sizeof large}, text,
                                8, NULL),
              TEM_E_ARGUMENT);
}

TEST(digits_that_mean_nothing_are_refused)
{
    static const struct {
        const char *digits;
        enum tem_status want;
    } rows[] = {
        {"255", TEM_OK},         {"256", TEM_E_FORMAT},
        {"999", TEM_E_FORMAT},   {"65535", TEM_OK},
        {"65536", TEM_E_FORMAT}, {"", TEM_E_FORMAT},
        {"1", TEM_E_FORMAT},     {"12", TEM_E_FORMAT},
        {"1234", TEM_E_FORMAT},  {"000", TEM_OK},
        {"00a", TEM_E_FORMAT},   {"16777215", TEM_OK},
        {"16777216", TEM_E_FORMAT}, {"4294967295", TEM_OK},
        {"4294967296", TEM_E_FORMAT}, {"9999999999", TEM_E_FORMAT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t memory[8];
        struct tem_buffer out = {memory, sizeof memory, 0};
        enum tem_status got = tem_digits_decode(B(rows[i].digits), &out, NULL);
        if (got != rows[i].want)
            printf("# \"%s\"\n", rows[i].digits);
        CHECK_INT(got, rows[i].want);
        CHECK(got == TEM_OK || out.size == 0);
    }
    uint8_t one[1];
    struct tem_buffer small = {one, 1, 0};
    CHECK_INT(tem_digits_decode(B("00258"), &small, NULL), TEM_E_CAPACITY);
    static char nines[TEM_DIGITS_SIZE + 8];
    static uint8_t whole[TEM_SEALED_MAX];
    struct tem_buffer out = {whole, sizeof whole, 0};
    memset(nines, '9', TEM_DIGITS_SIZE - 1);
    CHECK_INT(tem_digits_decode(B(nines), &out, NULL), TEM_E_FORMAT);
    memset(nines, '9', TEM_DIGITS_SIZE + 4);
    CHECK_INT(tem_digits_decode(B(nines), &out, NULL), TEM_E_FORMAT);
}

static enum tem_status decode(const char *digits, enum tem_message_id *why)
{
    static uint8_t memory[TEM_SEALED_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_error error = {0};
    enum tem_status status = tem_digits_decode(B(digits), &out, &error);
    *why = error.message.id;
    return status;
}

/* The digits of the next number, of as many digits. */
static void add_one(char *digits)
{
    char *p = digits + strlen(digits) - 1;
    for (; *p == '9'; p--)
        *p = '0';
    ++*p;
}

/* The last number of a size is taken, the next is not, nor is one digit more
 * or fewer: sizes are two or three digits apart. */
TEST(every_size_has_its_last_number)
{
    static uint8_t last[TEM_SEALED_MAX];
    static char text[TEM_DIGITS_SIZE + 1];
    memset(last, 0xFF, sizeof last);
    for (size_t n = 1; n <= TEM_SEALED_MAX; n++) {
        enum tem_message_id why;
        int before = test_failures;
        round_trip(last, n);
        CHECK_INT(tem_digits_encode((struct tem_bytes){last, n}, text,
                                    sizeof text, NULL),
                  TEM_OK);
        add_one(text);
        CHECK_INT(decode(text, &why), TEM_E_FORMAT);
        CHECK_INT(why, TEM_MSG_DIGITS_VALUE);
        memset(text, '0', strlen(text)); /* the first one */
        CHECK_INT(decode(text, &why), TEM_OK);
        strcat(text, "0");
        CHECK_INT(decode(text, &why), TEM_E_FORMAT);
        CHECK_INT(why, TEM_MSG_DIGITS_COUNT);
        text[strlen(text) - 2] = '\0';
        CHECK_INT(decode(text, &why), TEM_E_FORMAT);
        CHECK_INT(why, TEM_MSG_DIGITS_COUNT);
        if (before != test_failures) {
            printf("# size %zu\n", n);
            return;
        }
    }
}

/* ---- URI ---- */

#define GTIN "09520124600302"
#define RETAIL "HTTPS://H/01/" GTIN "/10/L"
static const struct tem_uri retail = {.form = TEM_FORM_RETAIL,
                                      .host = "ocop.sonla.gov.vn",
                                      .gtin = GTIN,
                                      .lot = "DT9H2VW6",
                                      .serial = "000123"};

TEST(prefixes_are_written_in_capitals)
{
    char out[TEM_URI_PREFIX_SIZE];
    struct tem_uri uri = retail;
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_OK);
    CHECK_STR(out, "HTTPS://OCOP.SONLA.GOV.VN/01/" GTIN
                   "/10/DT9H2VW6/21/000123?S=");
    uri.serial[0] = '\0';
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_OK);
    CHECK_STR(out, "HTTPS://OCOP.SONLA.GOV.VN/01/" GTIN "/10/DT9H2VW6?S=");
    uri.form = TEM_FORM_PLAIN;
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_OK);
    CHECK_STR(out, "HTTPS://OCOP.SONLA.GOV.VN/T/");
    CHECK_INT(tem_uri_prefix(&uri, out, 29, NULL), TEM_OK);
    CHECK_INT(tem_uri_prefix(&uri, out, 28, NULL), TEM_E_CAPACITY);
}

TEST(prefixes_of_wrong_parts_are_refused)
{
    char out[TEM_URI_PREFIX_SIZE];
    struct tem_uri uri = retail;
    uri.form = TEM_FORM_NONE;
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
    uri = retail;
    strcpy(uri.host, "a b");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
    uri = retail;
    strcpy(uri.gtin, "09520124600303");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
    uri = retail;
    strcpy(uri.gtin, "9520124600302");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
    uri = retail;
    strcpy(uri.lot, "..");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
    uri = retail;
    strcpy(uri.serial, "a");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_E_ARGUMENT);
}

TEST(the_longest_uri_fits)
{
    char out[TEM_URI_PREFIX_SIZE];
    struct tem_uri uri = retail;
    memset(uri.host, 'A', TEM_HOST_MAX);
    strcpy(uri.lot, "12345678901234567890");
    strcpy(uri.serial, "12345678901234567890");
    CHECK_INT(tem_uri_prefix(&uri, out, sizeof out, NULL), TEM_OK);
    CHECK(strlen(out) < sizeof out);
}

TEST(uris_are_taken_apart)
{
    const char *text = "hTTps://Ocop.Sonla.gov.VN/01/" GTIN
                       "/10/DT9H2VW6/21/000123?S=0123";
    struct tem_uri uri;
    bool ours;
    REQUIRE(tem_uri_parse(B(text), &uri, &ours, NULL) == TEM_OK);
    CHECK(ours);
    CHECK_INT(uri.form, TEM_FORM_RETAIL);
    CHECK_STR(uri.host, "Ocop.Sonla.gov.VN");
    CHECK_STR(uri.gtin, GTIN);
    CHECK_STR(uri.lot, "DT9H2VW6");
    CHECK_STR(uri.serial, "000123");
    CHECK_INT(uri.digits.size, 4);
    CHECK_INT(uri.prefix.size, strlen(text) - 4);
    REQUIRE(tem_uri_parse(B("HTTPS://H/01/" GTIN "/10/L?S=1"), &uri, &ours,
                          NULL) == TEM_OK);
    CHECK_STR(uri.serial, "");
    REQUIRE(tem_uri_parse(B("HTTPS://H/T/1"), &uri, &ours, NULL) == TEM_OK);
    CHECK_INT(uri.form, TEM_FORM_PLAIN);
}

/* What was written, taken apart and written again. */
static void check_label(const struct tem_uri *uri, struct tem_bytes message)
{
    static char text[TEM_URI_SIZE], prefix[TEM_URI_PREFIX_SIZE];
    static uint8_t memory[TEM_SEALED_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_uri back;
    bool ours;
    REQUIRE(tem_uri_prefix(uri, text, sizeof text, NULL) == TEM_OK);
    size_t used = strlen(text);
    REQUIRE(tem_digits_encode(message, text + used, sizeof text - used, NULL) ==
            TEM_OK);
    REQUIRE(tem_uri_parse(B(text), &back, &ours, NULL) == TEM_OK);
    CHECK(ours && back.form == uri->form);
    CHECK_STR(back.host, uri->host);
    CHECK_STR(back.gtin, uri->gtin);
    CHECK_STR(back.lot, uri->lot);
    CHECK_STR(back.serial, uri->serial);
    CHECK_INT(back.prefix.size, used);
    CHECK(back.prefix.data + used == back.digits.data);
    REQUIRE(tem_uri_prefix(&back, prefix, sizeof prefix, NULL) == TEM_OK);
    CHECK(strlen(prefix) == used && memcmp(prefix, text, used) == 0);
    REQUIRE(tem_digits_decode(back.digits, &out, NULL) == TEM_OK);
    CHECK_INT(out.size, message.size);
    CHECK(memcmp(memory, message.data, message.size) == 0);
}

TEST(any_label_comes_apart_as_it_was_put_together)
{
    struct chance chance = {20260815};
    static uint8_t message[TEM_SEALED_MAX];
    for (int i = 0; i < 3000; i++) {
        bool plain = chance_of(&chance, 2);
        struct tem_uri uri =
            chance_uri(&chance, plain ? TEM_FORM_PLAIN : TEM_FORM_RETAIL);
        size_t size = (size_t)between(&chance, 1, TEM_SEALED_MAX);
        int before = test_failures;
        chance_bytes(&chance, message, size);
        check_label(&uri, (struct tem_bytes){message, size});
        if (before != test_failures) {
            printf("# case %d\n", i);
            return;
        }
    }
}

/* Ours but broken: malformed. Not ours: some other symbol. */
static const struct {
    const char *text;
    bool ours;
    enum tem_message_id why;
} broken_uris[] = {
    {"HTTP://H/T/1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/t/1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/T/1x", true, TEM_MSG_URI_DIGITS},
    {"HTTPS://H/T/1 ", true, TEM_MSG_URI_DIGITS},
    {"HTTPS://H/T/1#x", true, TEM_MSG_URI_DIGITS},
    {"HTTPS://H/T/1?x=1", true, TEM_MSG_URI_DIGITS},
    {"HTTPS://H:80/T/1", true, TEM_MSG_URI_HOST},
    {"HTTPS://U@H/T/1", true, TEM_MSG_URI_HOST},
    {"HTTPS://H./T/1", true, TEM_MSG_URI_HOST},
    {RETAIL "?s=1", true, TEM_MSG_URI_PART},
    {RETAIL "?S=", true, TEM_MSG_URI_NO_SEAL},
    {RETAIL "?S=1&x=2", true, TEM_MSG_URI_DIGITS},
    {RETAIL "?x=2&S=1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/01/" GTIN "/10/l?S=1", true, TEM_MSG_URI_LOT},
    {"HTTPS://H/01/" GTIN "/10/..?S=1", true, TEM_MSG_URI_LOT},
    {"HTTPS://H/01/" GTIN "/10/?S=1", true, TEM_MSG_URI_LOT},
    {"HTTPS://H/01/" GTIN "?S=1", true, TEM_MSG_URI_PART},
    {RETAIL "/21/?S=1", true, TEM_MSG_URI_SERIAL},
    {RETAIL "/21/1/?S=1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/01/" GTIN "/21/1/10/L?S=1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/01/" GTIN "/10/123456789012345678901?S=1", true,
     TEM_MSG_URI_LOT},
    {"HTTPS://H/01/09520124600303/10/L?S=1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/01/9520124600302/10/L?S=1", true, TEM_MSG_URI_PART},
    {"HTTPS://H/01/0952012460030X/10/L?S=1", true, TEM_MSG_URI_PART},
    /* cut off before the seal */
    {RETAIL, true, TEM_MSG_URI_NO_SEAL},
    {RETAIL "?", true, TEM_MSG_URI_NO_SEAL},
    {RETAIL "/21/000001?S", true, TEM_MSG_URI_NO_SEAL},
    {RETAIL "/21/000001", true, TEM_MSG_URI_NO_SEAL},
    {"HTTPS://H/T/", true, TEM_MSG_URI_NO_SEAL},
    /* any firm's GS1 Digital Link */
    {"https://h/01/" GTIN "/10/L", false, TEM_MSG_URI_UNSEALED},
    {"https://ID.GS1.ORG/01/" GTIN "/10/L/21/1", false,
     TEM_MSG_URI_UNSEALED},
    {RETAIL "?17=261231", false, TEM_MSG_URI_UNSEALED},
    {RETAIL "?X", false, TEM_MSG_URI_UNSEALED},
    {RETAIL "/21/", false, TEM_MSG_URI_UNSEALED},
    {RETAIL "/", false, TEM_MSG_URI_UNSEALED},
    {"HTTPS://H/01/" GTIN "/10/", false, TEM_MSG_URI_UNSEALED},
    {"HTTPS:///01/" GTIN "/10/L", false, TEM_MSG_URI_FOREIGN},
    {"HTTPS://H/01/" GTIN, false, TEM_MSG_URI_FOREIGN},
    {"HTTPS://H/01/0952012460030/10/L", false, TEM_MSG_URI_FOREIGN},
    {"https://h/T/", false, TEM_MSG_URI_FOREIGN},
    {"HTTPS://H/T", false, TEM_MSG_URI_FOREIGN},
    {"HTTPS://H/T/x1", false, TEM_MSG_URI_FOREIGN},
    {"HTTPS:///T/1", false, TEM_MSG_URI_FOREIGN},
    {"HTTPS://H", false, TEM_MSG_URI_FOREIGN},
    {"FTP://H/T/1", false, TEM_MSG_URI_FOREIGN},
    {"https", false, TEM_MSG_URI_FOREIGN},
    {"", false, TEM_MSG_URI_FOREIGN},
    {"mailto:a@b", false, TEM_MSG_URI_FOREIGN},
    {"WIFI:S:x;;", false, TEM_MSG_URI_FOREIGN},
};

TEST(broken_and_foreign_uris_are_told_apart)
{
    for (size_t i = 0; i < sizeof broken_uris / sizeof *broken_uris; i++) {
        struct tem_uri uri = {.host = "untouched"};
        bool ours = !broken_uris[i].ours;
        struct tem_error error;
        if (tem_uri_parse(B(broken_uris[i].text), &uri, &ours, &error) !=
                TEM_E_FORMAT ||
            ours != broken_uris[i].ours || error.message.id != broken_uris[i].why)
            printf("# \"%s\"\n", broken_uris[i].text);
        CHECK(ours == broken_uris[i].ours);
        CHECK_STR(uri.host, "untouched");
        CHECK_INT(error.message.id, broken_uris[i].why);
    }
    struct tem_uri uri;
    bool ours;
    CHECK_INT(tem_uri_parse((struct tem_bytes){(const uint8_t *)"HTTPS://H\0/T/1",
                                               14},
                            &uri, &ours, NULL),
              TEM_E_FORMAT);
    CHECK(ours);
}

TEST(the_aad_lowers_scheme_and_host_only)
{
    uint8_t memory[TEM_URI_PREFIX_SIZE + 1] = {0};
    struct tem_buffer out = {memory, TEM_URI_PREFIX_SIZE, 0};
    CHECK_INT(tem_uri_aad(B("HTTPS://OCOP.VN/01/" GTIN "/10/L?S="), &out, NULL),
              TEM_OK);
    CHECK_STR((char *)memory, "https://ocop.vn/01/" GTIN "/10/L?S=");
    out.capacity = 3;
    CHECK_INT(tem_uri_aad(B("abcd"), &out, NULL), TEM_E_CAPACITY);
}

int main(void)
{
    RUN(digit_counts_are_exact_for_every_size);
    RUN(bytes_come_back_from_their_digits);
    RUN(digits_are_the_number_in_decimal);
    RUN(digits_that_mean_nothing_are_refused);
    RUN(every_size_has_its_last_number);
    RUN(prefixes_are_written_in_capitals);
    RUN(prefixes_of_wrong_parts_are_refused);
    RUN(the_longest_uri_fits);
    RUN(uris_are_taken_apart);
    RUN(any_label_comes_apart_as_it_was_put_together);
    RUN(broken_and_foreign_uris_are_told_apart);
    RUN(the_aad_lowers_scheme_and_host_only);
    return test_done();
}
