/* SPDX-License-Identifier: MIT */
/* tem_key_from_token() and tem_key_words() of <tem/sign.h>. */
#include "keys.h"

/* What is refused before any token is looked for; tests/cli/token.sh has one.
 */
TEST(a_tokens_uri_and_pin_have_their_limits)
{
    char uri[TEM_TOKEN_URI_MAX + 2];
    uint8_t digits[TEM_PIN_MAX + 1];
    memset(uri, 'a', sizeof uri);
    memcpy(uri, TEM_TOKEN_SCHEME, strlen(TEM_TOKEN_SCHEME));
    uri[sizeof uri - 1] = '\0';
    memset(digits, '1', sizeof digits);
    const struct tem_bytes none = {digits, 0},
                           long_pin = {digits, sizeof digits};
    const struct {
        const char *uri;
        const struct tem_bytes *pin;
        enum tem_message_id why;
    } rows[] = {
        {"", NULL, TEM_MSG_TOKEN_URI},
        {"pkcs11", NULL, TEM_MSG_TOKEN_URI},
        {"PKCS11:token=a", NULL, TEM_MSG_TOKEN_URI},
        {uri, NULL, TEM_MSG_TOKEN_URI},
        {"pkcs11:token=a;pin-value=1", NULL, TEM_MSG_TOKEN_PIN_IN_URI},
        {"pkcs11:token=a?pin-source=f", NULL, TEM_MSG_TOKEN_PIN_IN_URI},
        {"pkcs11:token=a", &none, TEM_MSG_TOKEN_PIN_SIZE},
        {"pkcs11:token=a", &long_pin, TEM_MSG_TOKEN_PIN_SIZE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_key *key = NULL;
        struct tem_error error;
        CHECK_INT(tem_key_from_token(rows[i].uri, rows[i].pin, &key, &error),
                  TEM_E_ARGUMENT);
        CHECK_INT(error.message.id, rows[i].why);
        CHECK(key == NULL);
    }
}

/* Eight words of ten bits; a bit of difference is heard. */
TEST(a_fingerprint_is_said_in_eight_words)
{
    static const struct {
        const char *hex, *words;
    } rows[] = {
        {"0000000000000000000000000000000000000000000000000000000000000000",
         "ba ba ba ba ba ba ba ba"},
        {"ffffffffffffffffffff00000000000000000000000000000000000000000000",
         "xợi xợi xợi xợi xợi xợi xợi xợi"},
        {"fcf9ffdc4b5332447e610f8789c519dc84c99742a5578477a6b2393794e102ff",
         "xụa vịa xụi cạo ham to ghịa nghíu"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[TEM_KEY_WORDS_SIZE];
        CHECK_STR(tem_key_words(unhex(rows[i].hex).data, words), rows[i].words);
    }
    for (unsigned bit = 0; bit < 80; bit++) {
        char words[TEM_KEY_WORDS_SIZE];
        uint8_t print[TEM_SHA256_BYTES] = {0};
        print[bit / 8] = (uint8_t)(0x80u >> bit % 8);
        CHECK(strcmp(tem_key_words(print, words), rows[0].words) != 0);
        CHECK(strlen(words) < TEM_KEY_WORDS_SIZE - 8);
    }
}

int main(void)
{
    RUN(a_tokens_uri_and_pin_have_their_limits);
    RUN(a_fingerprint_is_said_in_eight_words);
    return test_done();
}
