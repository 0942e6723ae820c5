/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/sign.h>: the sealed message of a label. */
#include "chance.h"
#include "seals.h"

static bool holds(const struct tem_sealed *sealed, const char *aad,
                  const struct tem_key *key)
{
    bool result = false;
    CHECK_INT(tem_sealed_check(sealed, B(aad), key, &result, NULL), TEM_OK);
    return result;
}

TEST(a_seal_is_framed_and_holds)
{
    static const uint16_t kids[] = {0, 1, 0x1234, 65535};
    static const size_t sizes[] = {1, 2, 33, TEM_PAYLOAD_MAX};
    for (int a = 0; a < 2; a++)
        for (int i = 0; i < 4; i++) {
            struct sealed s;
            seal(keys[a], kids[i], sizes[i], &s);
            CHECK_INT(s.size, 3 + sizes[i] + 64);
            CHECK_INT(s.bytes[0], 0x10 + a);
            CHECK_INT(s.bytes[1], kids[i] >> 8);
            CHECK_INT(s.bytes[2], kids[i] & 255);
            CHECK_INT(s.parts.algorithm, a);
            CHECK_INT(s.parts.kid, kids[i]);
            CHECK_INT(s.parts.signature.size, 64);
            CHECK(holds(&s.parts, AAD, keys[a]));
            CHECK(!holds(&s.parts, PREFIX, keys[a]));
            CHECK(!holds(&s.parts, "", keys[a]));
            CHECK(!holds(&s.parts, AAD, keys[1 - a]));
        }
}

/* One label by chance, from its content to its text and all the way back. */
static void check_label(struct chance *chance, const struct tem_key *key)
{
    static char prefix[TEM_URI_PREFIX_SIZE], text[TEM_URI_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX], whole[TEM_SEALED_MAX];
    uint8_t aad[TEM_URI_PREFIX_SIZE + 1];
    struct tem_buffer content = {memory, sizeof memory, 0};
    struct tem_buffer message = {whole, sizeof whole, 0};
    struct tem_buffer lowered = {aad, sizeof aad - 1, 0};
    struct tem_payload p = chance_payload(chance);
    struct tem_uri uri =
        chance_uri(chance, p.plain ? TEM_FORM_PLAIN : TEM_FORM_RETAIL);
    uint16_t kid = (uint16_t)between(chance, 0, 65535);
    struct tem_sealed parts;
    bool ours;
    REQUIRE(tem_payload_encode(&p, &content, NULL) == TEM_OK);
    REQUIRE(tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) == TEM_OK);
    struct tem_bytes sealed = {content.data, content.size};
    REQUIRE(tem_seal(key, kid, sealed, prefix, text, sizeof text, NULL) ==
            TEM_OK);
    REQUIRE(tem_uri_parse(B(text), &uri, &ours, NULL) == TEM_OK);
    REQUIRE(tem_digits_decode(uri.digits, &message, NULL) == TEM_OK);
    REQUIRE(tem_sealed_parse((struct tem_bytes){whole, message.size}, &parts,
                             NULL) == TEM_OK);
    CHECK_INT(parts.kid, kid);
    CHECK_INT(parts.payload.size, content.size);
    CHECK(memcmp(parts.payload.data, memory, content.size) == 0);
    REQUIRE(tem_uri_aad(uri.prefix, &lowered, NULL) == TEM_OK);
    aad[lowered.size] = '\0';
    CHECK(holds(&parts, (const char *)aad, key));
}

TEST(any_content_is_sealed_and_found_again)
{
    struct chance chance = {20270815};
    for (int i = 0; i < 1000; i++) {
        int before = test_failures;
        check_label(&chance, keys[i % 2]);
        if (before != test_failures) {
            printf("# case %d\n", i);
            return;
        }
    }
}

/* The Sig_structure of RFC 9052 section 4.4, byte for byte. */
TEST(the_signature_is_over_the_sig_structure)
{
    for (int a = 0; a < 2; a++) {
        uint8_t bytes[100];
        struct sealed s;
        seal(keys[a], 0x0102, 2, &s);
        memcpy(bytes,
               unhex("846a5369676e617475726531"
                     "47a2012704420102581c")
                   .data,
               22);
        bytes[15] = a ? 0x26 : 0x27;
        memcpy(bytes + 22, AAD, 28);
        bytes[50] = 0x42;
        bytes[51] = 5;
        bytes[52] = 36;
        bool result = false;
        CHECK_INT(tem_sign_check(keys[a], (struct tem_bytes){bytes, 53},
                                 s.parts.signature, &result, NULL),
                  TEM_OK);
        CHECK(result);
    }
}

TEST(ed25519_gives_one_text_and_es256_many)
{
    char one[TEM_URI_SIZE], other[TEM_URI_SIZE];
    for (int a = 0; a < 2; a++) {
        CHECK_INT(tem_seal(keys[a], 7, B("x"), PREFIX, one, sizeof one, NULL),
                  TEM_OK);
        CHECK_INT(
            tem_seal(keys[a], 7, B("x"), PREFIX, other, sizeof other, NULL),
            TEM_OK);
        CHECK_INT(strcmp(one, other) == 0, a == 0);
    }
}

TEST(sealing_keeps_to_its_limits)
{
    static uint8_t payload[TEM_PAYLOAD_MAX + 1];
    static char text[TEM_URI_SIZE];
    char prefix[TEM_URI_PREFIX_SIZE + 2];
    struct tem_error error;
    struct tem_bytes none = {payload, 0}, over = {payload, sizeof payload};
    struct tem_key *half = public_of(keys[0]);
    text[0] = 'x';
    CHECK_INT(tem_seal(keys[0], 1, none, PREFIX, text, sizeof text, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(error.message.id, TEM_MSG_SEAL_PAYLOAD);
    CHECK_INT(tem_seal(keys[0], 1, over, PREFIX, text, sizeof text, &error),
              TEM_E_ARGUMENT);
    CHECK_INT(atoi(error.message.args[1]), TEM_PAYLOAD_MAX + 1);
    CHECK_INT(tem_seal(half, 1, B("x"), PREFIX, text, sizeof text, &error),
              TEM_E_KEY);
    memset(prefix, 'A', sizeof prefix);
    prefix[sizeof prefix - 1] = '\0';
    CHECK_INT(tem_seal(keys[0], 1, B("x"), prefix, text, sizeof text, &error),
              TEM_E_CAPACITY);
    size_t need = strlen(PREFIX) + tem_digits_count(68) + 1;
    CHECK_INT(tem_seal(keys[0], 1, B("x"), PREFIX, text, need - 1, &error),
              TEM_E_CAPACITY);
    CHECK_INT(atoi(error.message.args[0]), need);
    CHECK_INT(text[0], 'x');
    CHECK_INT(tem_seal(keys[0], 1, B("x"), PREFIX, text, need, &error), TEM_OK);
    CHECK_INT(strlen(text), need - 1);
    tem_key_free(half);
}

static enum tem_status parse(struct sealed *s, size_t size,
                             enum tem_message_id *id)
{
    struct tem_error error = {0};
    struct tem_sealed parts = {.kid = 77};
    enum tem_status status =
        tem_sealed_parse((struct tem_bytes){s->bytes, size}, &parts, &error);
    CHECK(status == TEM_OK || parts.kid == 77);
    *id = error.message.id;
    return status;
}

TEST(messages_of_other_shapes_are_refused)
{
    struct sealed s;
    enum tem_message_id id;
    seal(keys[0], 1, TEM_PAYLOAD_MAX, &s);
    static const size_t wrong[] = {0, 1, 66, 67, TEM_SEALED_MAX + 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_INT(parse(&s, wrong[i], &id), TEM_E_FORMAT);
        CHECK_INT(id, TEM_MSG_SEAL_SIZE);
    }
    CHECK_INT(parse(&s, 68, &id), TEM_OK);
    CHECK_INT(parse(&s, TEM_SEALED_MAX, &id), TEM_OK);
    for (int head = 0; head < 256; head++) {
        s.bytes[0] = (uint8_t)head;
        enum tem_status status = parse(&s, 68, &id);
        if (head == 0x10)
            CHECK_INT(status, TEM_OK);
        else if (head != 0x11)
            CHECK_INT(id, head >> 4 == 1 ? TEM_MSG_SEAL_ALGORITHM
                                         : TEM_MSG_SEAL_VERSION);
    }
    s.bytes[0] = 0x20; /* a newer one may be shorter */
    CHECK_INT(parse(&s, 1, &id), TEM_E_FORMAT);
    CHECK_INT(id, TEM_MSG_SEAL_VERSION);
}

/* A label has one text: r and s in 1..n-1, s in 1..n/2. */
TEST(es256_has_one_form_on_a_label)
{
    static const char zero[] =
        "0000000000000000000000000000000000000000000000000000000000000000";
    static const char one[] =
        "0000000000000000000000000000000000000000000000000000000000000001";
    static const char half[] = /* (n - 1) / 2 */
        "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8";
    static const char above[] =
        "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9";
    static const char last[] = /* n - 1 */
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";
    static const char order[] =
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    static const char all[] =
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
    static const struct {
        const char *r, *s;
        bool good;
    } rows[] = {
        {one, one, true},   {last, half, true},  {last, above, false},
        {zero, one, false}, {one, zero, false},  {order, one, false},
        {all, one, false},  {one, order, false}, {one, last, false},
        {one, all, false},  {zero, zero, false}, {one, half, true},
    };
    struct sealed s;
    seal(keys[1], 1, 5, &s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum tem_message_id id;
        memcpy(s.bytes + s.size - 64, unhex(rows[i].r).data, 32);
        memcpy(s.bytes + s.size - 32, unhex(rows[i].s).data, 32);
        bool good = parse(&s, s.size, &id) == TEM_OK;
        CHECK_INT(good, rows[i].good);
        CHECK(good || id == TEM_MSG_SEAL_SIGNATURE);
    }
}

TEST(no_turned_bit_of_a_label_holds)
{
    for (int a = 0; a < 2; a++) {
        struct sealed s;
        seal(keys[a], 0x0102, 9, &s);
        struct tem_bytes bytes = {s.bytes, s.size};
        for (size_t bit = 0; bit < 8 * s.size; bit++) {
            struct tem_sealed parts;
            s.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            if (tem_sealed_parse(bytes, &parts, NULL) == TEM_OK) {
                CHECK(!holds(&parts, AAD, keys[0]));
                CHECK(!holds(&parts, AAD, keys[1]));
            }
            s.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
        char aad[] = AAD;
        for (size_t bit = 0; bit < 7 * strlen(AAD); bit++) {
            aad[bit / 7] ^= (char)(1 << bit % 7);
            CHECK(!holds(&s.parts, aad, keys[a]));
            aad[bit / 7] ^= (char)(1 << bit % 7);
        }
        CHECK(holds(&s.parts, aad, keys[a]));
    }
}

TEST(impossible_sizes_are_no_memory)
{
    struct sealed s;
    bool result = false;
    seal(keys[0], 1, 1, &s);
    struct tem_bytes huge = {s.bytes, SIZE_MAX / 2};
    CHECK_INT(tem_sealed_check(&s.parts, huge, keys[0], &result, NULL),
              TEM_E_MEMORY);
}

TEST(a_record_is_salted_and_digested)
{
    char one[2 * TEM_RECORD_SALT_BYTES + 1], other[sizeof one];
    uint8_t digest[TEM_DIGEST_BYTES];
    char hex[2 * TEM_DIGEST_BYTES + 1];
    CHECK_INT(tem_seal_salt(one, NULL), TEM_OK);
    CHECK_INT(tem_seal_salt(other, NULL), TEM_OK);
    CHECK_INT(strlen(one), 2 * TEM_RECORD_SALT_BYTES);
    CHECK_INT(strspn(one, "0123456789abcdef"), 2 * TEM_RECORD_SALT_BYTES);
    CHECK(strcmp(one, other) != 0);
    CHECK_INT(tem_seal_digest(B("abc"), digest, NULL), TEM_OK);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223"); /* FIPS 180-4 */
}

int main(void)
{
    make_keys();
    RUN(a_seal_is_framed_and_holds);
    RUN(any_content_is_sealed_and_found_again);
    RUN(the_signature_is_over_the_sig_structure);
    RUN(ed25519_gives_one_text_and_es256_many);
    RUN(sealing_keeps_to_its_limits);
    RUN(messages_of_other_shapes_are_refused);
    RUN(es256_has_one_form_on_a_label);
    RUN(no_turned_bit_of_a_label_holds);
    RUN(impossible_sizes_are_no_memory);
    RUN(a_record_is_salted_and_digested);
    free_keys();
    return test_done();
}
