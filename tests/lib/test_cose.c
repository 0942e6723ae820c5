/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/sign.h>: COSE_Sign1 out and in. */
#include "seals.h"

struct cose {
    uint8_t bytes[TEM_COSE_MAX];
    size_t size;
};

static void to_cose(const struct tem_sealed *sealed, struct cose *cose)
{
    struct tem_buffer out = {cose->bytes, sizeof cose->bytes, 0};
    CHECK_INT(tem_cose_encode(sealed, &out, NULL), TEM_OK);
    cose->size = out.size;
}

static enum tem_status check_cose(struct tem_bytes message, const char *aad,
                                  struct tem_bytes detached,
                                  const struct tem_key *key, bool *result,
                                  enum tem_message_id *id)
{
    struct tem_error error = {0};
    *result = false;
    enum tem_status status =
        tem_cose_check(message, B(aad), detached, key, result, &error);
    *id = error.message.id;
    CHECK(status == TEM_OK || !*result);
    return status;
}

static const struct tem_bytes absent = {NULL, 0};

TEST(a_label_as_cose_is_the_same_seal)
{
    static const size_t sizes[] = {1, 23, 24, 255, 256, TEM_PAYLOAD_MAX};
    for (int a = 0; a < 2; a++)
        for (int i = 0; i < 6; i++) {
            struct sealed s;
            struct cose cose;
            bool result;
            enum tem_message_id id;
            seal(keys[a], 0xFFFE, sizes[i], &s);
            to_cose(&s.parts, &cose);
            uint8_t start[11];
            memcpy(start, unhex("d28447a201270442fffea0").data, sizeof start);
            start[5] = a ? 0x26 : 0x27;
            CHECK(memcmp(cose.bytes, start, sizeof start) == 0);
            struct tem_bytes bytes = {cose.bytes, cose.size};
            CHECK_INT(check_cose(bytes, AAD, absent, keys[a], &result, &id),
                      TEM_OK);
            CHECK(result);
            CHECK_INT(check_cose(bytes, PREFIX, absent, keys[a], &result, &id),
                      TEM_OK);
            CHECK(!result);
            CHECK_INT(check_cose(bytes, AAD, absent, keys[1 - a], &result, &id),
                      TEM_E_UNSUPPORTED);
            CHECK_INT(id, TEM_MSG_COSE_OTHER_KEY);
        }
}

TEST(cose_encoding_keeps_to_its_limits)
{
    struct sealed s;
    seal(keys[0], 1, 1, &s);
    uint8_t memory[TEM_COSE_MAX] = {7};
    struct tem_buffer out = {memory, 78, 0};
    struct tem_error error;
    CHECK_INT(tem_cose_encode(&s.parts, &out, &error), TEM_E_CAPACITY);
    CHECK_STR(error.message.args[0], "79");
    CHECK(memory[0] == 7 && out.size == 0);
    out.capacity = 79;
    CHECK_INT(tem_cose_encode(&s.parts, &out, &error), TEM_OK);
    CHECK_INT(out.size, 79);
    struct tem_sealed bad = s.parts;
    bad.algorithm = (enum tem_algorithm)2;
    CHECK_INT(tem_cose_encode(&bad, &out, &error), TEM_E_ARGUMENT);
    bad = s.parts;
    bad.signature.size = 63;
    CHECK_INT(tem_cose_encode(&bad, &out, &error), TEM_E_ARGUMENT);
    bad = s.parts;
    bad.payload.size = 0;
    CHECK_INT(tem_cose_encode(&bad, &out, &error), TEM_E_ARGUMENT);
    bad.payload.size = TEM_PAYLOAD_MAX + 1;
    CHECK_INT(tem_cose_encode(&bad, &out, &error), TEM_E_ARGUMENT);
}

TEST(no_turned_bit_of_a_cose_message_holds)
{
    for (int a = 0; a < 2; a++) {
        struct sealed s;
        struct cose cose;
        seal(keys[a], 0x0102, 9, &s);
        to_cose(&s.parts, &cose);
        struct tem_bytes bytes = {cose.bytes, cose.size};
        for (size_t bit = 0; bit < 8 * cose.size; bit++) {
            bool result;
            enum tem_message_id id;
            cose.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            check_cose(bytes, AAD, absent, keys[a], &result, &id);
            CHECK(!result);
            cose.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        for (size_t size = 0; size < cose.size; size++) {
            bool result;
            enum tem_message_id id;
            struct tem_bytes cut = {cose.bytes, size};
            CHECK_INT(check_cose(cut, AAD, absent, keys[a], &result, &id),
                      TEM_E_FORMAT);
        }
    }
}

/* Sign by hand: a message with these headers, in hexadecimal; payload "mn". */
static size_t write_message(const char *start, const char *header,
                            const char *others, const char *payload, int a,
                            uint8_t out[700])
{
    uint8_t bytes[700], signature[64];
    struct tem_bytes inner = unhex(header);
    /* an empty map stands as no bytes in the Sig_structure */
    size_t signed_size = strcmp(header, "a0") == 0 ? 0 : inner.size;
    size_t size = 12;
    memcpy(bytes, "\x84\x6aSignature1", 12);
    if (signed_size >= 24)
        bytes[size++] = 0x58;
    bytes[size++] = (uint8_t)(signed_size + (signed_size < 24 ? 0x40 : 0));
    memcpy(bytes + size, inner.data, signed_size);
    size += signed_size;
    memcpy(bytes + size, "\x40\x42mn", 4);
    size += 4;
    if (tem_sign(keys[a], (struct tem_bytes){bytes, size}, signature, NULL))
        abort();
    struct tem_bytes head = unhex(start), rest = unhex(others);
    struct tem_bytes content = unhex(payload);
    memcpy(out, head.data, head.size);
    size = head.size;
    if (inner.size >= 24)
        out[size++] = 0x58;
    out[size++] = (uint8_t)(inner.size + (inner.size < 24 ? 0x40 : 0));
    memcpy(out + size, inner.data, inner.size);
    size += inner.size;
    memcpy(out + size, rest.data, rest.size);
    size += rest.size;
    memcpy(out + size, content.data, content.size);
    size += content.size;
    memcpy(out + size, "\x58\x40", 2);
    memcpy(out + size + 2, signature, 64);
    return size + 66;
}

#define NESTED16 "81818181818181818181818181818180" /* 16 arrays */
#define LABELS32                                                               \
    "b8200126"                                                                 \
    "0a00"                                                                     \
    "0b00"                                                                     \
    "0c00"                                                                     \
    "0d00"                                                                     \
    "0e00"                                                                     \
    "0f00"                                                                     \
    "1000"                                                                     \
    "1100"                                                                     \
    "1200"                                                                     \
    "1300"                                                                     \
    "1400"                                                                     \
    "1500"                                                                     \
    "1600"                                                                     \
    "1700"                                                                     \
    "181800"                                                                   \
    "181900"                                                                   \
    "181a00"                                                                   \
    "181b00"                                                                   \
    "181c00"                                                                   \
    "181d00"                                                                   \
    "181e00"                                                                   \
    "181f00"                                                                   \
    "182000"                                                                   \
    "182100"                                                                   \
    "182200"                                                                   \
    "182300"                                                                   \
    "182400"                                                                   \
    "182500"                                                                   \
    "182600"                                                                   \
    "182700"                                                                   \
    "182800"

struct header_row {
    const char *start, *header, *others;
    int algorithm;
    enum tem_status status;
    enum tem_message_id id;
};

static void check_rows(const struct header_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[700];
        bool result;
        enum tem_message_id id;
        int before = test_failures, a = rows[i].algorithm;
        size_t size = write_message(rows[i].start, rows[i].header,
                                    rows[i].others, "426d6e", a, bytes);
        enum tem_status status = check_cose((struct tem_bytes){bytes, size}, "",
                                            absent, keys[a], &result, &id);
        CHECK_INT(status, rows[i].status);
        if (status != TEM_OK)
            CHECK_INT(id, rows[i].id);
        CHECK_INT(result, rows[i].status == TEM_OK);
        if (before != test_failures)
            printf("# row %zu: %s %s\n", i, rows[i].header, rows[i].others);
    }
}

TEST(headers_are_honoured_or_refused)
{
    static const struct header_row rows[] = {
        {"d284", "a10126", "a0", 1, TEM_OK, 0},
        {"84", "a10126", "a0", 1, TEM_OK, 0},
        {"84", "a10128", "a0", 1, TEM_OK, 0}, /* -9 */
        {"84", "a10127", "a0", 0, TEM_OK, 0}, /* -8 */
        {"84", "a10132", "a0", 0, TEM_OK, 0}, /* -19 */
        {"84", "a1013800", "a0", 0, TEM_E_UNSUPPORTED, TEM_MSG_COSE_ALGORITHM},
        {"84", "a10107", "a0", 0, TEM_E_UNSUPPORTED, TEM_MSG_COSE_ALGORITHM},
        {"84", "a1013822", "a0", 1, TEM_E_UNSUPPORTED, TEM_MSG_COSE_ALGORITHM},
        {"84", "a1013bffffffffffffffff", "a0", 1, TEM_E_UNSUPPORTED,
         TEM_MSG_COSE_ALGORITHM},
        {"84", "a1016161", "a0", 1, TEM_E_UNSUPPORTED, TEM_MSG_COSE_ALGORITHM},
        {"84", "a10126", "a0", 0, TEM_E_UNSUPPORTED, TEM_MSG_COSE_OTHER_KEY},
        {"84", "a10132", "a0", 1, TEM_E_UNSUPPORTED, TEM_MSG_COSE_OTHER_KEY},
        /* the algorithm in the other map, nothing protected */
        {"84", "", "a10126", 1, TEM_OK, 0},
        {"84", "a0", "a10126", 1, TEM_OK, 0},
        {"84", "", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_NO_ALGORITHM},
        {"84", "a10126", "a10126", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a201260126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a20126180126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a30126616100616100", "a0", 1, TEM_E_FORMAT,
         TEM_MSG_COSE_HEADER},
        {"84", "a30126616100616200", "a0", 1, TEM_OK, 0},
        {"84", "a301266000616000", "a0", 1, TEM_OK, 0},
        {"84", "a3012660006000", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a301260a00290a", "a0", 1, TEM_OK, 0},
        {"84", "a301260a000a01", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a201260441aa", "a1044100", 1, TEM_E_FORMAT,
         TEM_MSG_COSE_HEADER},
        {"84", "a101f6", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a201260400", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a2012640f6", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "a10126", "a1f6f6", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "a20126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "a1012600", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "80", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "bf0126ff", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "a10126", "80", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84", "a10126", "f6", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        /* nested values are passed over, 16 deep */
        {"84", "a10126", "a10a" NESTED16, 1, TEM_OK, 0},
        {"84", "a10126", "a10a81" NESTED16, 1, TEM_E_FORMAT,
         TEM_MSG_COSE_SYNTAX},
        {"84", "a10126", "a10aa2010201a10102", 1, TEM_OK, 0},
        /* so many parameters and no more */
        {"84", LABELS32, "a0", 1, TEM_OK, 0},
        {"84", LABELS32, "a1182900", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADERS},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

/* RFC 9052 section 3.1. */
TEST(critical_parameters_must_be_understood)
{
    static const struct header_row rows[] = {
        {"84", "a2012602820102", "a0", 1, TEM_OK, 0},
        {"84", "a30126028301020404413100", "a0", 1, TEM_E_FORMAT,
         TEM_MSG_COSE_SYNTAX},
        {"84", "a301260283010204044131", "a0", 1, TEM_OK, 0},
        {"84", "a20126028104", "a1044131", 1, TEM_E_FORMAT,
         TEM_MSG_COSE_CRITICAL},
        {"84", "a301260281030300", "a0", 1, TEM_E_FORMAT,
         TEM_MSG_COSE_CRITICAL},
        {"84", "a20126028121", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_CRITICAL},
        {"84", "a2012602816161", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_CRITICAL},
        {"84", "a201260280", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a201260201", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a10126", "a1028101", 1, TEM_E_FORMAT, TEM_MSG_COSE_HEADER},
        {"84", "a1028101", "a10126", 1, TEM_E_FORMAT, TEM_MSG_COSE_CRITICAL},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

TEST(other_shapes_are_no_cose_sign1)
{
    static const struct header_row rows[] = {
        {"d18084", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"d83dd284", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"d2d284", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"83", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"85", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"9f", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
        {"84f6", "a10126", "a0", 1, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

TEST(payloads_may_be_detached)
{
    static const struct {
        const char *payload, *detached;
        enum tem_status status;
        enum tem_message_id id;
        bool holds;
    } rows[] = {
        {"426d6e", NULL, TEM_OK, 0, true},
        {"426d6d", NULL, TEM_OK, 0, false},
        {"f6", "mn", TEM_OK, 0, true},
        {"f6", "mm", TEM_OK, 0, false},
        {"f6", "", TEM_OK, 0, false},
        {"f6", NULL, TEM_E_FORMAT, TEM_MSG_COSE_DETACHED, false},
        {"426d6e", "mn", TEM_E_ARGUMENT, TEM_MSG_COSE_TWO_PAYLOADS, false},
        {"626d6e", NULL, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX, false},
        {"f7", NULL, TEM_E_FORMAT, TEM_MSG_COSE_SYNTAX, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t bytes[700];
        bool result;
        enum tem_message_id id;
        size_t size =
            write_message("84", "a10126", "a0", rows[i].payload, 1, bytes);
        CHECK_INT(check_cose((struct tem_bytes){bytes, size}, "",
                             rows[i].detached ? B(rows[i].detached) : absent,
                             keys[1], &result, &id),
                  rows[i].status);
        CHECK_INT(result, rows[i].holds);
        CHECK_INT(id, rows[i].id);
    }
}

TEST(the_end_of_a_message_is_looked_at)
{
    uint8_t bytes[701];
    bool result;
    enum tem_message_id id;
    size_t size = write_message("84", "a10126", "a0", "426d6e", 1, bytes);
    bytes[size] = 0;
    CHECK_INT(check_cose((struct tem_bytes){bytes, size + 1}, "", absent,
                         keys[1], &result, &id),
              TEM_E_FORMAT);
    /* a signature of another length never holds; of another type is none */
    bytes[size - 65] = 0x3F;
    CHECK_INT(check_cose((struct tem_bytes){bytes, size - 1}, "", absent,
                         keys[1], &result, &id),
              TEM_OK);
    CHECK(!result);
    bytes[size - 66] = 0x78;
    CHECK_INT(check_cose((struct tem_bytes){bytes, size - 1}, "", absent,
                         keys[1], &result, &id),
              TEM_E_FORMAT);
}

TEST(errors_name_the_byte_in_the_message)
{
    static const struct {
        const char *header, *others;
        uint64_t offset;
    } rows[] = {
        {"a201260126", "a0", 5},     /* the second label 1 */
        {"a2012640f6", "a0", 6},     /* after what is no label */
        {"a10126", "a20a000a00", 8}, /* the second label 10 */
        {"a10126", "80", 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t bytes[700];
        bool result = false;
        struct tem_error error;
        size_t size = write_message("84", rows[i].header, rows[i].others,
                                    "426d6e", 1, bytes);
        CHECK_INT(tem_cose_check((struct tem_bytes){bytes, size}, absent,
                                 absent, keys[1], &result, &error),
                  TEM_E_FORMAT);
        CHECK_INT(error.offset, rows[i].offset);
    }
}

/* Longer than the memory that labels need. */
TEST(long_messages_are_checked_too)
{
    const size_t size = 100000;
    uint8_t *payload = calloc(1, size + 200), signature[64];
    REQUIRE(payload != NULL);
    struct tem_bytes head =
        unhex("846a5369676e61747572653143a10126405a000186a0");
    memcpy(payload, head.data, head.size);
    CHECK_INT(tem_sign(keys[1], (struct tem_bytes){payload, head.size + size},
                       signature, NULL),
              TEM_OK);
    head = unhex("8443a10126a05a000186a0");
    memset(payload, 0, 30);
    memcpy(payload, head.data, head.size);
    memcpy(payload + head.size + size, "\x58\x40", 2);
    memcpy(payload + head.size + size + 2, signature, 64);
    bool result;
    enum tem_message_id id;
    struct tem_bytes bytes = {payload, head.size + size + 66};
    CHECK_INT(check_cose(bytes, "", absent, keys[1], &result, &id), TEM_OK);
    CHECK(result);
    payload[5000] = 1;
    CHECK_INT(check_cose(bytes, "", absent, keys[1], &result, &id), TEM_OK);
    CHECK(!result);
    free(payload);
}

int main(void)
{
    make_keys();
    RUN(a_label_as_cose_is_the_same_seal);
    RUN(cose_encoding_keeps_to_its_limits);
    RUN(no_turned_bit_of_a_cose_message_holds);
    RUN(headers_are_honoured_or_refused);
    RUN(critical_parameters_must_be_understood);
    RUN(other_shapes_are_no_cose_sign1);
    RUN(payloads_may_be_detached);
    RUN(the_end_of_a_message_is_looked_at);
    RUN(errors_name_the_byte_in_the_message);
    RUN(long_messages_are_checked_too);
    free_keys();
    return test_done();
}
