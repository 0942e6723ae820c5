/* SPDX-License-Identifier: MIT */
/* Mirrors lib/base/cbor.h: RFC 8949 with the examples of its appendix A. */
#include "base/cbor.h"
#include "test.h"

static struct tem_bytes hex(const char *text)
{
    static uint8_t memory[4][512];
    static int turn;
    uint8_t *out = memory[turn++ % 4];
    size_t size = 0;
    for (; text[0] && text[1]; text += 2) {
        char pair[3] = {text[0], text[1], '\0'};
        out[size++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return (struct tem_bytes){out, size};
}

/* Copied to memory of its very size, so that a sanitizer sees over-reads. */
static bool get(const char *text, struct tem_cbor_item *item, size_t *left)
{
    struct tem_bytes bytes = hex(text);
    uint8_t *exact = malloc(bytes.size ? bytes.size : 1);
    if (!exact)
        abort();
    if (bytes.size)
        memcpy(exact, bytes.data, bytes.size);
    struct tem_cbor_reader reader = {{exact, bytes.size}, 0};
    bool got = tem_cbor_get(&reader, item);
    CHECK(got || reader.at == 0);
    *left = bytes.size - reader.at;
    item->data.data = NULL;
    free(exact);
    return got;
}

TEST(heads_are_written_in_their_shortest_form)
{
    static const struct {
        uint64_t value;
        const char *want;
    } rows[] = {
        {0, "00"},          {23, "17"},
        {24, "1818"},       {255, "18ff"},
        {256, "190100"},    {65535, "19ffff"},
        {65536, "1a00010000"}, {UINT32_MAX, "1affffffff"},
        {1ull << 32, "1b0000000100000000"},
        {UINT64_MAX, "1bffffffffffffffff"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t memory[16];
        struct tem_cbor_writer writer = {memory, sizeof memory, 0};
        tem_cbor_put_uint(&writer, rows[i].value);
        struct tem_bytes want = hex(rows[i].want);
        CHECK_INT(writer.size, want.size);
        CHECK(memcmp(memory, want.data, want.size) == 0);
    }
}

TEST(every_kind_is_written)
{
    uint8_t memory[64];
    struct tem_cbor_writer writer = {memory, sizeof memory, 0};
    tem_cbor_put_tag(&writer, 18);
    tem_cbor_put_array(&writer, 6);
    tem_cbor_put_int(&writer, -1);
    tem_cbor_put_int(&writer, 1000);
    tem_cbor_put_int(&writer, INT64_MIN);
    tem_cbor_put_bytes(&writer, hex("0102"));
    tem_cbor_put_text(&writer, tem_bytes_of("\xc3\xbc"));
    tem_cbor_put_map(&writer, 1);
    tem_cbor_put_bytes(&writer, (struct tem_bytes){NULL, 0});
    tem_cbor_put_null(&writer);
    struct tem_bytes want =
        hex("d286201903e83b7fffffffffffffff42010262c3bca140f6");
    CHECK_INT(writer.size, want.size);
    CHECK(memcmp(memory, want.data, want.size) == 0);
}

TEST(a_writer_measures_and_never_overruns)
{
    uint8_t memory[5] = {7, 7, 7, 7, 7};
    struct tem_cbor_writer writer = {memory, 4, 0};
    tem_cbor_put_bytes(&writer, hex("010203"));
    CHECK_INT(writer.size, 4);
    CHECK_INT(memory[3], 3);
    tem_cbor_put_uint(&writer, 1);
    CHECK_INT(writer.size, 5);
    tem_cbor_put_uint(&writer, 1000);
    CHECK_INT(writer.size, 8);
    CHECK_INT(memory[4], 7);
    struct tem_cbor_writer ruler = {NULL, 0, 0};
    tem_cbor_put_text(&ruler, tem_bytes_of("Signature1"));
    tem_cbor_put_null(&ruler);
    CHECK_INT(ruler.size, 12);
}

TEST(every_kind_is_read)
{
    static const struct {
        const char *text;
        enum tem_cbor_type type;
        uint64_t value;
    } rows[] = {
        {"00", TEM_CBOR_UINT, 0},
        {"17", TEM_CBOR_UINT, 23},
        {"1817", TEM_CBOR_UINT, 23},
        {"1818", TEM_CBOR_UINT, 24},
        {"1900ff", TEM_CBOR_UINT, 255},
        {"190100", TEM_CBOR_UINT, 256},
        {"1a0000ffff", TEM_CBOR_UINT, 65535},
        {"1a00010000", TEM_CBOR_UINT, 65536},
        {"1b00000000ffffffff", TEM_CBOR_UINT, UINT32_MAX},
        {"1b0000000100000000", TEM_CBOR_UINT, 1ull << 32},
        {"1bffffffffffffffff", TEM_CBOR_UINT, UINT64_MAX},
        {"20", TEM_CBOR_NINT, 0},
        {"3800", TEM_CBOR_NINT, 0},
        {"3863", TEM_CBOR_NINT, 99},
        {"3903e7", TEM_CBOR_NINT, 999},
        {"3a00010000", TEM_CBOR_NINT, 65536},
        {"3bffffffffffffffff", TEM_CBOR_NINT, UINT64_MAX},
        {"40", TEM_CBOR_BYTES, 0},
        {"4401020304", TEM_CBOR_BYTES, 4},
        {"5801ff", TEM_CBOR_BYTES, 1},
        {"590001ff", TEM_CBOR_BYTES, 1},
        {"60", TEM_CBOR_TEXT, 0},
        {"6161", TEM_CBOR_TEXT, 1},
        {"61ff", TEM_CBOR_TEXT, 1},
        {"780161", TEM_CBOR_TEXT, 1},
        {"80", TEM_CBOR_ARRAY, 0},
        {"9800", TEM_CBOR_ARRAY, 0},
        {"a0", TEM_CBOR_MAP, 0},
        {"b800", TEM_CBOR_MAP, 0},
        {"c0", TEM_CBOR_TAG, 0},
        {"c6", TEM_CBOR_TAG, 6},
        {"d2", TEM_CBOR_TAG, 18},
        {"d7", TEM_CBOR_TAG, 23},
        {"d812", TEM_CBOR_TAG, 18},
        {"d83d", TEM_CBOR_TAG, 61},
        {"d903e6", TEM_CBOR_TAG, 998},
        {"f4", TEM_CBOR_FALSE, 0},
        {"f5", TEM_CBOR_TRUE, 0},
        {"f6", TEM_CBOR_NULL, 0},
        {"f7", TEM_CBOR_OTHER, 0},
        {"f93c00", TEM_CBOR_OTHER, 0},
        {"fa47c35000", TEM_CBOR_OTHER, 0},
        {"fb3ff199999999999a", TEM_CBOR_OTHER, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_cbor_item item;
        size_t left;
        int before = test_failures;
        CHECK(get(rows[i].text, &item, &left));
        CHECK_INT(item.type, rows[i].type);
        CHECK(item.value == rows[i].value);
        CHECK_INT(item.start, 0);
        CHECK_INT(left, 0);
        if (test_failures != before)
            printf("# row %zu: %s\n", i, rows[i].text);
    }
}

TEST(cut_and_malformed_items_are_refused)
{
    static const char *const rows[] = {
        "",                   /* nothing */
        "18", "19ff", "1affffff", "1bffffffffffffff", /* cut heads */
        "38", "39ff", "3affffff", "3bffffffffffffff",
        "41", "4200", "5801", "58", "5900", "61", "6261", "7802ff",
        "5bffffffffffffffff", "7bffffffffffffffff", /* lengths that lie */
        "5b7fffffffffffffff00", "5a8000000000",
        "1c", "1d", "1e", "1f", "3c", "5c", "7c", "9c", "bc", "dc", "fc",
        "5f", "5f4101ff", "7f", "7f6161ff", "9f", "9fff", "bf", "bfff",
        "ff", "df",                 /* indefinite lengths, a break */
        "81", "8200", "9affffffff", "9bffffffffffffffff00",
        "a1", "a100", "a20000ff", "a2000000", "baffffffff",
        "bb8000000000000000", /* twice as many is none */
        "f9", "fa000000", "fb00", "d8", "d9ff", "e0", "f3", "f820", "f8",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_cbor_item item;
        size_t left;
        if (get(rows[i], &item, &left)) {
            printf("# row %zu: %s\n", i, rows[i]);
            CHECK(false);
        }
    }
}

TEST(items_follow_one_another)
{
    struct tem_cbor_reader reader = {hex("8301a2024103f6616120"), 0};
    struct tem_cbor_item item;
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_ARRAY);
    CHECK_INT(item.value, 3);
    CHECK(tem_cbor_get(&reader, &item) && item.value == 1);
    CHECK_INT(item.start, 1);
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_MAP);
    CHECK(tem_cbor_get(&reader, &item) && item.value == 2);
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_BYTES);
    CHECK_INT(item.data.size, 1);
    CHECK_INT(item.data.data[0], 3);
    CHECK_INT(item.start, 4);
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_NULL);
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_TEXT);
    CHECK(item.data.data == reader.input.data + 8);
    CHECK(tem_cbor_get(&reader, &item) && item.type == TEM_CBOR_NINT);
    CHECK_INT(reader.at, reader.input.size);
    CHECK(!tem_cbor_get(&reader, &item));
    struct tem_cbor_reader nothing = {{NULL, 0}, 0};
    CHECK(!tem_cbor_get(&nothing, &item));
    CHECK(!tem_cbor_skip(&nothing));
}

TEST(whole_items_are_skipped)
{
    static const char *const whole[] = {
        "00", "8301820203820405", "a201020304", "d28443a10126a104423131f640",
        "c1fb3ff199999999999a", "a1a1010280",
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        struct tem_cbor_reader reader = {hex(whole[i]), 0};
        CHECK(tem_cbor_skip(&reader));
        CHECK_INT(reader.at, reader.input.size);
    }
    static const char *const broken[] = {
        "830102", "a2010203", "8201", "d2", "c19f", "8181815f", "a101ff",
        "82018201",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct tem_cbor_reader reader = {hex(broken[i]), 0};
        CHECK(!tem_cbor_skip(&reader));
        CHECK_INT(reader.at, 0);
    }
}

TEST(sixteen_deep_is_as_deep_as_it_goes)
{
    uint8_t nest[32];
    memset(nest, 0x81, sizeof nest);
    for (size_t depth = 1; depth <= 20; depth++) {
        nest[depth - 1] = 0x80;
        struct tem_cbor_reader reader = {{nest, depth}, 0};
        CHECK_INT(tem_cbor_skip(&reader), depth <= 16);
        CHECK_INT(reader.at, depth <= 16 ? depth : 0);
        nest[depth - 1] = 0x81;
    }
    memset(nest, 0xc1, sizeof nest); /* tags nest as arrays do */
    nest[16] = 0;
    struct tem_cbor_reader reader = {{nest, 17}, 0};
    CHECK(!tem_cbor_skip(&reader));
}

int main(void)
{
    RUN(heads_are_written_in_their_shortest_form);
    RUN(every_kind_is_written);
    RUN(a_writer_measures_and_never_overruns);
    RUN(every_kind_is_read);
    RUN(cut_and_malformed_items_are_refused);
    RUN(items_follow_one_another);
    RUN(whole_items_are_skipped);
    RUN(sixteen_deep_is_as_deep_as_it_goes);
    return test_done();
}
