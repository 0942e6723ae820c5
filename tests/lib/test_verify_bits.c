/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/verify.h>: the least that can change in a label. */
#include "../forge.h"
#include "verdicts.h"

/* Is it a signature that an ES256 label may have: r in 1..n-1, s in
 * 1..(n-1)/2, FORMAT.md section 3? */
static bool in_range(const uint8_t signature[TEM_SIGNATURE_BYTES])
{
    static const uint8_t zero[32];
    static const uint8_t n[] = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
                                0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
                                0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
    static const uint8_t half[] = {
        0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b,
        0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8};
    const uint8_t *s = signature + 32;
    return memcmp(signature, zero, 32) != 0 && memcmp(signature, n, 32) < 0 &&
           memcmp(s, zero, 32) != 0 && memcmp(s, half, 32) <= 0;
}

/* A sealed message of which one bit was turned, and the address it is at. */
struct turned {
    uint8_t bytes[TEM_SEALED_MAX];
    size_t size, bit;
    bool plain;
};

/* Is what was turned in the content still a content? Where FORMAT.md section
 * 4 says it in a word, that is asked; else the decoder, whose own tests are in
 * test_content.c. */
static bool is_content(const struct turned *t)
{
    struct tem_payload p;
    size_t at = t->bit / 8 - TEM_SEALED_HEAD;
    struct tem_bytes content = {t->bytes + TEM_SEALED_HEAD,
                                t->size - TEM_SEALED_HEAD -
                                    TEM_SIGNATURE_BYTES};
    if (at == 0) /* how many fields there are hangs on the form */
        return false;
    if (at == 1) /* of the form, only "example" changes no other field */
        return t->bit % 8 == 0;
    return tem_payload_decode(content, &p, NULL) == TEM_OK &&
           p.plain == t->plain;
}

/* Malformed is what breaks a rule that can be read off the text without a key;
 * it is looked for before the signature, which tells all the rest: altered.
 * So one turned bit has one verdict, whatever the key. */
static enum tem_verdict turned_to(const struct turned *t)
{
    size_t at = t->bit / 8, seal = t->size - TEM_SIGNATURE_BYTES;
    bool right = true;
    if (t->bit < 8 && t->bit != 0) /* version 1; algorithm 0 or 1 */
        right = false;
    else if (at >= TEM_SEALED_HEAD && at < seal)
        right = is_content(t);
    else if (t->bytes[0] & 1) /* ES256, or Ed25519 turned into it */
        right = in_range(t->bytes + seal);
    return right ? TEM_VERDICT_ALTERED : TEM_VERDICT_MALFORMED;
}

/* Turn every bit of a label; @return how many were altered in the content. */
static size_t turn_all(char *text, const struct tem_key *key)
{
    static struct turned t;
    size_t altered = 0;
    char *digits = strstr(text, "/T/");
    digits = digits ? digits + 3 : strstr(text, "?S=") + 3;
    struct tem_buffer out = {t.bytes, sizeof t.bytes, 0};
    CHECK_INT(tem_digits_decode(tem_bytes_of(digits), &out, NULL), TEM_OK);
    t.size = out.size;
    t.plain = digits[-1] == '/';
    for (t.bit = 0; t.bit < t.size * 8; t.bit++) {
        uint8_t *byte = &t.bytes[t.bit / 8];
        *byte ^= (uint8_t)(1u << t.bit % 8);
        CHECK_INT(tem_digits_encode((struct tem_bytes){t.bytes, t.size}, digits,
                                    TEM_DIGITS_SIZE, NULL),
                  TEM_OK);
        struct tem_result r = verify(text, key, AT, true);
        int before = test_failures;
        CHECK_INT(r.verdict, turned_to(&t));
        CHECK(!r.has_label);
        if (before != test_failures)
            printf("# bit %zu of byte %zu\n", t.bit % 8, t.bit / 8);
        altered += r.verdict == TEM_VERDICT_ALTERED &&
                   t.bit / 8 >= TEM_SEALED_HEAD &&
                   t.bit / 8 < t.size - TEM_SIGNATURE_BYTES;
        *byte ^= (uint8_t)(1u << t.bit % 8);
    }
    return altered;
}

/* How many bits of the content make another content is known beforehand: it was
 * counted once by another decoder, written after FORMAT.md section 4. */
TEST(no_turned_bit_is_genuine)
{
    static char text[TEM_URI_SIZE + 16];
    static const size_t altered[FORGE_FORMS] = {139, 267, 222, 384, 595};
    for (int a = 0; a < 2; a++)
        for (int form = 0; form < FORGE_FORMS; form++) {
            forge_true((enum forge_form)form, keys[a], text);
            CHECK_INT(turn_all(text, keys[a]), altered[form]);
        }
}

TEST(no_changed_character_is_genuine)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[0], NULL, text);
    for (size_t i = 0; text[i]; i++) {
        char before = text[i];
        text[i] = before == '9' ? '8' : (char)(before + 1);
        struct tem_result r = verify(text, keys[0], AT, true);
        if (r.verdict == TEM_VERDICT_GENUINE)
            printf("# character %zu\n", i);
        CHECK(r.verdict != TEM_VERDICT_GENUINE);
        text[i] = before;
    }
}

int main(void)
{
    make_keys();
    RUN(no_turned_bit_is_genuine);
    RUN(no_changed_character_is_genuine);
    free_keys();
    return test_done();
}
