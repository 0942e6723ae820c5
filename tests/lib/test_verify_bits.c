/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/verify.h>: the least that can change in a label. */
#include "../forge.h"
#include "verdicts.h"

TEST(no_turned_bit_is_genuine)
{
    static char text[TEM_URI_SIZE + 16], changed[TEM_URI_SIZE];
    uint8_t message[TEM_SEALED_MAX];
    forge(LIE_NONE, keys[0], NULL, text);
    char *digits = strstr(text, "S=") + 2;
    size_t prefix = (size_t)(digits - text);
    struct tem_buffer out = {message, sizeof message, 0};
    REQUIRE(tem_digits_decode(tem_bytes_of(digits), &out, NULL) == TEM_OK);
    memcpy(changed, text, prefix);
    for (size_t bit = 0; bit < out.size * 8; bit++) {
        message[bit / 8] ^= (uint8_t)(1u << bit % 8);
        REQUIRE(tem_digits_encode((struct tem_bytes){message, out.size},
                                  changed + prefix, sizeof changed - prefix,
                                  NULL) == TEM_OK);
        struct tem_result r = verify(changed, keys[0], AT, true);
        CHECK(r.verdict == TEM_VERDICT_ALTERED ||
              r.verdict == TEM_VERDICT_MALFORMED);
        message[bit / 8] ^= (uint8_t)(1u << bit % 8);
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
