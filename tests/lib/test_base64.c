/* SPDX-License-Identifier: MIT */
/* Mirrors base64 of lib/tem/sign.h. */
#include "test.h"
#include <string.h>
#include <tem/sign.h>

static const char *encoded(const char *text)
{
    static char out[TEM_BASE64_SIZE(64)];
    return tem_base64_encode(tem_bytes_of(text), out);
}

/* @return the size, or -1. */
static int decoded(const char *text, size_t capacity, uint8_t *data)
{
    struct tem_buffer out = {data, capacity, 0};
    return tem_base64_decode(tem_bytes_of(text), &out) ? (int)out.size : -1;
}

/* RFC 4648 section 10. */
TEST(vectors)
{
    static const char *const texts[] = {"",     "f",     "fo",    "foo",
                                        "foob", "fooba", "foobar"};
    static const char *const coded[] = {
        "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < 7; i++) {
        uint8_t data[16];
        CHECK_STR(encoded(texts[i]), coded[i]);
        CHECK_INT(TEM_BASE64_SIZE(i), strlen(coded[i]) + 1);
        CHECK_INT(decoded(coded[i], sizeof data, data), i);
        CHECK_INT(memcmp(data, texts[i], i), 0);
    }
}

/* One text for each, and no other. */
TEST(strict)
{
    static const char *const bad[] = {
        "Zg",       "Zg=",      "Zg===", "Zh==",  "Zm9=",         "Zm8",
        "=Zg=",     "Z===",     "====",  " Zg==", "Zg==\n",       "Zg== ",
        "Zm9v Zg=", "Zg==Zg==", "Zm-v",  "Zm_v",  "Zm9v\n\n\n\n", "-m9v"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t data[16];
        if (decoded(bad[i], sizeof data, data) != -1)
            printf("# %s\n", bad[i]);
        CHECK_INT(decoded(bad[i], sizeof data, data), -1);
    }
}

TEST(capacity)
{
    uint8_t data[6];
    CHECK_INT(decoded("Zm9vYmFy", 6, data), 6);
    CHECK_INT(decoded("Zm9vYmFy", 5, data), -1);
    CHECK_INT(decoded("Zg==", 3, data), 1);
    CHECK_INT(decoded("", 0, data), 0);
}

int main(void)
{
    RUN(vectors);
    RUN(strict);
    RUN(capacity);
    return test_done();
}
