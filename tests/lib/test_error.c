/* SPDX-License-Identifier: MIT */
/* <tem/error.h>: messages and their arguments. */
#include "error/fail.h"
#include "test.h"
#include <tem/base.h>

static struct tem_message message;
static char text[TEM_MESSAGE_TEXT_MAX];

TEST(a_message_speaks_both_languages)
{
    tem_message_set(&message, TEM_MSG_CAPACITY, "d", 12LL);
    CHECK_STR(tem_message_text(&message, TEM_LANG_EN, text, sizeof text),
              "the buffer is too small: 12 bytes needed");
    CHECK_STR(tem_message_text(&message, TEM_LANG_VI, text, sizeof text),
              "vùng đệm quá nhỏ: cần 12 byte");
    tem_message_set(&message, TEM_MSG_ARGUMENT, "s", "dpi");
    CHECK_STR(tem_message_text(&message, TEM_LANG_EN, text, sizeof text),
              "argument out of range: dpi");
}

TEST(a_number_that_no_message_has_says_nothing_wrong)
{
    tem_message_set(&message, (enum tem_message_id)9999, "");
    CHECK_STR(tem_message_text(&message, TEM_LANG_EN, text, sizeof text),
              "no error");
}

TEST(arguments_in_any_order_and_number)
{
    const char *const all[] = {"a", "-1", "7", ""};
    CHECK_STR(tem_message_format("{3}|{1}|{2}{4}|{1}", all, 4, text, 64),
              "7|a|-1|a");
    CHECK_STR(tem_message_format("{0}{5}{x}{1", all, 4, text, 64),
              "{0}{5}{x}{1");
    CHECK_STR(tem_message_format("[{2}]", all, 1, text, 64), "[{2}]");
    CHECK_STR(tem_message_format("", all, 4, text, 64), "");
    tem_message_set(&message, TEM_MSG_NONE, "sdd", "a", -1LL, INT64_MAX);
    CHECK_STR(message.args[0], "a");
    CHECK_STR(message.args[1], "-1");
    CHECK_STR(message.args[2], "9223372036854775807");
    CHECK_STR(message.args[3], "");
}

TEST(numbers_take_the_mark_of_the_language)
{
    tem_message_set(&message, TEM_MSG_RECORD_RANGE, "snn", "1.5", "0.05",
                    "336");
    CHECK_STR(tem_message_text(&message, TEM_LANG_EN, text, sizeof text),
              "'1.5' is out of range: 0.05 to 336");
    CHECK_STR(tem_message_text(&message, TEM_LANG_VI, text, sizeof text),
              "'1.5' ngoài giới hạn: từ 0,05 đến 336");
}

TEST(a_long_argument_ends_in_an_ellipsis)
{
    char in[2 * TEM_MESSAGE_ARG_SIZE], *out = message.args[0];
    memset(in, 'x', sizeof in);
    in[TEM_MESSAGE_ARG_SIZE - 1] = '\0'; /* just fits */
    tem_message_set(&message, TEM_MSG_ARGUMENT, "s", in);
    CHECK_STR(out, in);
    in[TEM_MESSAGE_ARG_SIZE - 1] = 'x';
    in[TEM_MESSAGE_ARG_SIZE] = '\0';
    tem_message_set(&message, TEM_MSG_ARGUMENT, "s", in);
    CHECK_INT(strlen(out), TEM_MESSAGE_ARG_SIZE - 1);
    CHECK_STR(out + TEM_MESSAGE_ARG_SIZE - 5, "x…");
    for (size_t shift = 0; shift < 3; shift++) { /* never inside a character */
        memset(in, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof in; i += 3)
            strcpy(in + i, "ộ");
        tem_message_set(&message, TEM_MSG_ARGUMENT, "s", in);
        size_t kept = strlen(out) - strlen("…");
        CHECK_STR(out + kept, "…");
        CHECK_INT((kept - shift) % 3, 0);
        CHECK(memcmp(out, in, kept) == 0);
        CHECK(strlen(out) + 3 >= TEM_MESSAGE_ARG_SIZE - 1);
    }
}

TEST(a_text_is_cut_between_characters)
{
    const char *const all[] = {"ộộ"};
    CHECK_STR(tem_message_format("a{1}b", all, 1, text, 9), "aộộb");
    CHECK_STR(tem_message_format("a{1}b", all, 1, text, 8), "aộộ");
    CHECK_STR(tem_message_format("a{1}b", all, 1, text, 7), "aộ");
    CHECK_STR(tem_message_format("a{1}b", all, 1, text, 2), "a");
    CHECK_STR(tem_message_format("a{1}b", all, 1, text, 1), "");
    CHECK_STR(tem_message_format("ộộ{1}", all, 1, text, 6), "ộ");
}

TEST(failing_fills_the_error_in_and_gives_the_status)
{
    struct tem_error error;
    CHECK_INT(TEM_FAIL(&error, TEM_E_CAPACITY, CAPACITY, "d", 7LL),
              TEM_E_CAPACITY);
    CHECK_INT(error.status, TEM_E_CAPACITY);
    CHECK_INT(error.message.id, TEM_MSG_CAPACITY);
    CHECK_STR(error.message.args[0], "7");
    CHECK_INT(error.offset, 0);
    CHECK_INT(TEM_FAIL_AT(&error, TEM_E_FORMAT, 5, TEXT_UTF8, ""),
              TEM_E_FORMAT);
    CHECK_INT(error.offset, 5);
    struct tem_error *none = NULL;
    CHECK_INT(TEM_FAIL(none, TEM_E_MEMORY, MEMORY, ""), TEM_E_MEMORY);
}

int main(void)
{
    RUN(a_message_speaks_both_languages);
    RUN(a_number_that_no_message_has_says_nothing_wrong);
    RUN(arguments_in_any_order_and_number);
    RUN(numbers_take_the_mark_of_the_language);
    RUN(a_long_argument_ends_in_an_ellipsis);
    RUN(a_text_is_cut_between_characters);
    RUN(failing_fills_the_error_in_and_gives_the_status);
    return test_done();
}
