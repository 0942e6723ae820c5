/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/charset.h. */
#include "../../lib/scan/charset.h"
#include "test.h"

static struct tem_qr_text text;

static const char *told(const char *bytes, bool kanji, long eci)
{
    text.size = strlen(bytes);
    memcpy(text.bytes, bytes, text.size);
    text.has_kanji = kanji;
    text.has_eci = eci >= 0;
    text.eci = eci >= 0 ? (uint32_t)eci : 0;
    return tem_charset_of(&text);
}

static const char *guessed(const char *bytes)
{
    return tem_charset_guess(tem_bytes_of(bytes));
}

/* First and last of each form of RFC 3629, table 3-7 of Unicode, and what is
 * next to them. */
TEST(utf8_is_what_the_standard_says)
{
    static const struct {
        const char *bytes;
        bool valid;
    } rows[] = {
        {"", true},
        {"plain", true},
        {"\x7F", true},
        {"\x80", false},
        {"\xBF", false},
        {"\xC0\x80", false},
        {"\xC1\xBF", false},
        {"\xC2\x80", true},
        {"\xDF\xBF", true},
        {"\xC2\x7F", false},
        {"\xC2\xC0", false},
        {"\xE0\x9F\xBF", false},
        {"\xE0\xA0\x80", true},
        {"\xEC\xBF\xBF", true},
        {"\xED\x9F\xBF", true},
        {"\xED\xA0\x80", false},
        {"\xEF\xBF\xBF", true},
        {"\xE1\x80\x7F", false},
        {"\xE1\x80\xC0", false},
        {"\xF0\x8F\xBF\xBF", false},
        {"\xF0\x90\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\xF4\x90\x80\x80", false},
        {"\xF5\x80\x80\x80", false},
        {"\xF1\x80\x80\xC0", false},
        {"\xFF", false},
        {"a\xC3", false},
        {"a\xE1\x80", false},
        {"a\xF1\x80\x80", false},
        {"Ch\xC3\xA8 Shan tuy\xE1\xBA\xBFt", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool valid = strcmp(guessed(rows[i].bytes), "UTF-8") == 0;
        if (valid != rows[i].valid)
            printf("# row %zu\n", i);
        CHECK_INT(valid, rows[i].valid);
    }
}

/* A character that is cut short by the end, right before memory ends. */
TEST(nothing_past_the_end_is_read)
{
    static const char *const cut[] = {"\xC2", "\xE1\x80", "\xF1\x80\x80",
                                      "\x83\x41\x83\x41\x83\x41\x83"};
    for (int i = 0; i < 4; i++) {
        size_t size = strlen(cut[i]);
        uint8_t *exact = malloc(size);
        if (exact == NULL)
            exit(99);
        memcpy(exact, cut[i], size);
        CHECK_STR(tem_charset_guess((struct tem_bytes){exact, size}),
                  "ISO-8859-1");
        free(exact);
    }
}

TEST(three_japanese_characters_are_no_accident)
{
    CHECK_STR(guessed("\x93\xFA\x96\x7B"), "ISO-8859-1");
    CHECK_STR(guessed("\x93\xFA\x96\x7B\x8C\xEA"), "Shift_JIS");
    CHECK_STR(guessed("a\xB1\xB2 \xB3"), "ISO-8859-1"); /* not in a row */
    CHECK_STR(guessed("a\xB1\xB2\xB3 z"), "Shift_JIS"); /* half as wide */
    CHECK_STR(guessed("caf\xE9"), "ISO-8859-1");
    CHECK_STR(guessed("caf\xE9 \xE0 la"), "ISO-8859-1");
    CHECK_STR(guessed("\x93\xFA\x96\x7B\x8C\xEA\xFD"), "ISO-8859-1");
    CHECK_STR(guessed("\x93\xFA\x96\x7B\x8C\x7F"), "ISO-8859-1");
    CHECK_STR(guessed("\x81\x40\x9F\xFC\xE0\x40\xEF\xFC"), "Shift_JIS");
    CHECK_STR(guessed("\x81\x40\x9F\xFC\xE0\x40\xF0\x40"), "ISO-8859-1");
    CHECK_STR(guessed("\x93\xFA\x96\x7B\x8C\x3F"), "ISO-8859-1");
    CHECK_STR(guessed("\x93\xFA\x96\x7B\xA0\x40"), "ISO-8859-1");
}

/* Where the symbol has kanji segments one character is enough. */
TEST(a_kanji_segment_says_it)
{
    CHECK_STR(told("\x93\xFA", false, -1), "ISO-8859-1");
    CHECK_STR(told("\x93\xFA", true, -1), "Shift_JIS");
    CHECK_STR(told("\x93\xFA\xFF", true, -1), "ISO-8859-1");
}

TEST(an_eci_is_believed)
{
    CHECK_STR(told("abc", false, 26), "UTF-8");
    CHECK_STR(told("\xFF", false, 26), "UTF-8");
    CHECK_STR(told("abc", false, 3), "ISO-8859-1");
    CHECK_STR(told("abc", false, 0), "IBM437");
    CHECK_STR(told("abc", false, 20), "Shift_JIS");
    CHECK_STR(told("abc", false, 30), "EUC-KR");
}

/* Unassigned ones and those past the table: as if none was said. */
TEST(an_unknown_eci_says_nothing)
{
    static const long none[] = {14, 19, 31, 170, 899, 999999};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        CHECK_STR(told("abc", false, none[i]), "UTF-8");
        CHECK_STR(told("caf\xE9", false, none[i]), "ISO-8859-1");
    }
}

int main(void)
{
    RUN(utf8_is_what_the_standard_says);
    RUN(nothing_past_the_end_is_read);
    RUN(three_japanese_characters_are_no_accident);
    RUN(a_kanji_segment_says_it);
    RUN(an_eci_is_believed);
    RUN(an_unknown_eci_says_nothing);
    return test_done();
}
