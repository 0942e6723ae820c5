/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/base.h>. */
#include "test.h"
#include <tem/base.h>

static struct tem_bytes B(const char *s)
{
    return tem_bytes_of(s);
}

TEST(dates_round_trip_over_the_whole_range)
{
    for (int32_t d = TEM_DATE_MIN; d <= TEM_DATE_MAX; d++) {
        int y, m, day;
        tem_date_to_civil(d, &y, &m, &day);
        if (tem_date_from_civil(y, m, day) != d) {
            CHECK_INT(tem_date_from_civil(y, m, day), d);
            return;
        }
    }
    CHECK_INT(tem_date_from_civil(1970, 1, 1), 0);
    CHECK_INT(tem_date_from_civil(1900, 1, 1), TEM_DATE_MIN);
    CHECK_INT(tem_date_from_civil(2199, 12, 31), TEM_DATE_MAX);
    CHECK_INT(tem_date_from_civil(1899, 12, 31), TEM_DATE_NONE);
    CHECK_INT(tem_date_from_civil(2200, 1, 1), TEM_DATE_NONE);
}

TEST(dates_are_read_in_every_form)
{
    static const struct {
        const char *text;
        int32_t want;
    } rows[] = {
        {"2026-08-13", 20678},         {"13/08/2026", 20678},
        {"13-8-2026", 20678},          {"13.08.2026", 20678},
        {"2024-02-29", 19782},         {"2026-02-29", TEM_DATE_NONE},
        {"1900-02-29", TEM_DATE_NONE}, {"2000-02-29", 11016},
        {"31/04/2026", TEM_DATE_NONE}, {"00/01/2026", TEM_DATE_NONE},
        {"2026-8-13", TEM_DATE_NONE},  {"2026-13-01", TEM_DATE_NONE},
        {"", TEM_DATE_NONE},           {"2026-08-13 ", TEM_DATE_NONE},
        {" 2026-08-13", TEM_DATE_NONE}, {"13/08/26", TEM_DATE_NONE},
        {"13/08-2026", TEM_DATE_NONE}, {"13", TEM_DATE_NONE},
        {"13/", TEM_DATE_NONE},        {"13/8", TEM_DATE_NONE},
        {"2026-", TEM_DATE_NONE},      {"2026-08", TEM_DATE_NONE},
        {"2026-08-", TEM_DATE_NONE},   {"13x08/2026", TEM_DATE_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (tem_date_parse(B(rows[i].text)) != rows[i].want)
            printf("# row %zu \"%s\"\n", i, rows[i].text);
        CHECK_INT(tem_date_parse(B(rows[i].text)), rows[i].want);
    }
}

TEST(dates_are_written)
{
    char out[TEM_DATE_TEXT_SIZE];
    CHECK_STR(tem_date_iso(20678, out), "2026-08-13");
    CHECK_STR(tem_date_vn(20678, out), "13/08/2026");
    CHECK_STR(tem_date_iso(TEM_DATE_NONE, out), "");
    CHECK_STR(tem_date_vn(TEM_DATE_MAX + 1, out), "");
}

TEST(months_are_added_to_the_same_day_or_the_last)
{
    char out[TEM_DATE_TEXT_SIZE];
    int32_t jan31 = tem_date_from_civil(2024, 1, 31);
    CHECK_STR(tem_date_iso(tem_date_add_months(jan31, 1), out), "2024-02-29");
    CHECK_STR(tem_date_iso(tem_date_add_months(jan31, 36), out), "2027-01-31");
    CHECK_STR(tem_date_iso(tem_date_add_months(jan31, -1), out), "2023-12-31");
    CHECK_INT(tem_date_add_months(TEM_DATE_MAX, 1), TEM_DATE_NONE);
    CHECK_INT(tem_date_add_months(TEM_DATE_NONE, 1), TEM_DATE_NONE);
    CHECK_INT(tem_date_add_months(0, 4001), TEM_DATE_NONE);
}

static const char *nfc(const char *text, enum tem_status want)
{
    static uint8_t memory[200];
    struct tem_buffer out = {memory, sizeof memory - 1, 0};
    struct tem_error error;
    size_t characters = 999;
    CHECK_INT(tem_text_nfc(B(text), &out, &characters, &error), want);
    memory[out.size] = 0;
    return (const char *)memory;
}

TEST(names_come_out_in_nfc)
{
    CHECK_STR(nfc("Noo\xcc\xa3ng Pie\xcc\x82u", TEM_OK), "Noọng Piêu");
    CHECK_STR(nfc("Noọng Piêu", TEM_OK), "Noọng Piêu");
    CHECK_STR(nfc("", TEM_OK), "");
    uint8_t memory[4];
    struct tem_buffer out = {memory, sizeof memory, 0};
    size_t characters = 0;
    CHECK_INT(tem_text_nfc(B("e\xcc\x82\xcc\x81"), &out, &characters, NULL),
              TEM_OK);
    CHECK_INT(characters, 1); /* ế */
    CHECK_INT(out.size, 3);
}

TEST(bad_text_is_refused_and_nothing_written)
{
    nfc("a\xff", TEM_E_FORMAT);
    nfc("\xed\xa0\x80", TEM_E_FORMAT); /* surrogate */
    nfc("\xc0\x80", TEM_E_FORMAT);     /* overlong */
    nfc("a\tb", TEM_E_FORMAT);
    nfc("a\x7f", TEM_E_FORMAT);
    nfc("a\xc2\x85", TEM_E_FORMAT);     /* C1 */
    nfc("a\xe2\x80\xae", TEM_E_FORMAT); /* right-to-left override */
    nfc("a\xe2\x80\xa8", TEM_E_FORMAT); /* line separator */
    uint8_t memory[2] = {7, 7};
    struct tem_buffer out = {memory, 2, 0};
    struct tem_error error;
    CHECK_INT(tem_text_nfc(B("abc"), &out, NULL, &error), TEM_E_CAPACITY);
    CHECK_STR(error.message.args[0], "3");
    CHECK(memory[0] == 7 && out.size == 0);
    CHECK_INT(tem_text_nfc(B("ab"), &out, NULL, &error), TEM_OK);
    CHECK_INT(tem_text_nfc(B("abc\xff"), &out, NULL, &error), TEM_E_FORMAT);
    CHECK_INT(error.offset, 3);
}

TEST(headings_fold_alike)
{
    char out[64];
    CHECK_STR(tem_text_fold(B(" Mã số thuế "), out, 64), "ma_so_thue");
    CHECK_STR(tem_text_fold(B("ma_so_thue"), out, 64), "ma_so_thue");
    CHECK_STR(tem_text_fold(B("ĐỊA CHỈ"), out, 64), "dia_chi");
    CHECK_STR(tem_text_fold(B("steps[2].mass_in_kg"), out, 64),
              "steps_2_mass_in_kg");
    CHECK_STR(tem_text_fold(B("\xff"), out, 64), "");
    CHECK_STR(tem_text_fold(B("abcd"), out, 4), "abc");
    CHECK_STR(tem_text_fold(B("ab c"), out, 4), "ab");
}

TEST(gtins_have_a_check_digit)
{
    CHECK(tem_gtin_valid(B("09520124600104")));
    CHECK(tem_gtin_valid(B("9520124600104")));
    CHECK(!tem_gtin_valid(B("09520124600105")));
    CHECK(tem_gtin_valid(B("96385074")));
    CHECK(tem_gtin_valid(B("036000291452")));
    CHECK(!tem_gtin_valid(B("")));
    CHECK(!tem_gtin_valid(B("0952012460010X")));
    CHECK(!tem_gtin_valid(B("X9520124600104")));
    CHECK(!tem_gtin_valid(B("009520124600104")));
    CHECK(!tem_gtin_valid(B("963850740")));
    CHECK_INT(tem_gs1_check_digit(B("952012469010")), '5');
    CHECK_INT(tem_gs1_check_digit(B("")), 0);
}

TEST(lots_keep_to_their_characters)
{
    CHECK(tem_lot_valid(B("DT9H2VW6")));
    CHECK(tem_lot_valid(B("A")));
    CHECK(tem_lot_valid(B("A-.B")));
    CHECK(tem_lot_valid(B("12345678901234567890")));
    CHECK(!tem_lot_valid(B("123456789012345678901")));
    CHECK(!tem_lot_valid(B("")));
    CHECK(!tem_lot_valid(B("..")));
    CHECK(!tem_lot_valid(B("-A")));
    CHECK(!tem_lot_valid(B("A.")));
    CHECK(!tem_lot_valid(B("dt9h2vw6")));
    CHECK(!tem_lot_valid(B("A/B")));
    CHECK(!tem_lot_valid(B("A B")));
}

TEST(hosts_are_plain_names)
{
    char long_host[TEM_HOST_MAX + 2];
    CHECK(tem_host_valid(B("OCOP.SONLA.GOV.VN")));
    CHECK(tem_host_valid(B("localhost")));
    CHECK(tem_host_valid(B("a-b.c1")));
    CHECK(!tem_host_valid(B("")));
    CHECK(!tem_host_valid(B("a.vn.")));
    CHECK(!tem_host_valid(B(".vn")));
    CHECK(!tem_host_valid(B("a..vn")));
    CHECK(!tem_host_valid(B("-a.vn")));
    CHECK(!tem_host_valid(B("a-.vn")));
    CHECK(!tem_host_valid(B("a.-vn")));
    CHECK(!tem_host_valid(B("a.vn-")));
    CHECK(!tem_host_valid(B("a:80")));
    CHECK(!tem_host_valid(B("u@a")));
    CHECK(!tem_host_valid(B("a%41")));
    memset(long_host, 'a', sizeof long_host);
    long_host[TEM_HOST_MAX] = '\0';
    CHECK(tem_host_valid(B(long_host)));
    CHECK(!tem_host_valid((struct tem_bytes){(uint8_t *)long_host,
                                             TEM_HOST_MAX + 1}));
}

TEST(arguments_of_any_length_fill_a_template)
{
    static char wide[400], out[1000];
    const char *const arguments[] = {"ộộ", wide, ""};
    memset(wide, 'x', sizeof wide - 1);
    tem_message_format("{2}{2}", arguments, 3, out, sizeof out);
    CHECK_INT(strlen(out), 2 * (sizeof wide - 1));
    CHECK_STR(tem_message_format("{3}|{1}|{4}{0}{x}{", arguments, 3, out, 64),
              "|ộộ|{4}{0}{x}{");
    CHECK_STR(tem_message_format("{1}", arguments, 0, out, 64), "{1}");
    CHECK_STR(tem_message_format("a{1}b", arguments, 1, out, 8), "aộộ");
    CHECK_STR(tem_message_format("a{1}b", arguments, 1, out, 7), "aộ");
    CHECK_STR(tem_message_format("ộộ{1}", arguments, 1, out, 6), "ộ");
    CHECK_STR(tem_message_format("{1}", arguments, 1, out, 1), "");
}

/* ---- times of day ---- */

static int64_t time_of(const char *text)
{
    return tem_time_parse(tem_bytes_of(text));
}

TEST(times_are_read)
{
    CHECK_INT(time_of("1970-01-01T07:00"), 0);
    CHECK_INT(time_of("1970-01-01T00:00:00Z"), 0);
    CHECK_INT(time_of("2026-11-24T08:05:59+07:00"), 1795482359);
    CHECK_INT(time_of("2026-11-24 08:05:59"), 1795482359);
    CHECK_INT(time_of("24/11/2026 08:05"), 1795482300);
    CHECK_INT(time_of("2026-11-23T20:05:59-05:00"), 1795482359);
    static const char *const bad[] = {
        "",
        "2026-11-24",
        "2026-11-24T",
        "2026-11-24T8:05",
        "2026-11-24T24:00",
        "2026-11-24T08:60",
        "2026-11-24T08:05:60",
        "2026-11-24T08:05:5",
        "2026-11-24T08:05Z ",
        "2026-11-24T08:05+7",
        "2026-11-24T08:05+14:01",
        "2026-11-24T08:05+07:00:00",
        "2026-02-30T08:05",
        "1970-01-01T06:59",
        "x 08:05",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(time_of(bad[i]) == TEM_TIME_NONE);
    CHECK(time_of("2026-11-24T08:05+14:00") != TEM_TIME_NONE);
}

TEST(times_are_written)
{
    char text[TEM_TIME_TEXT_SIZE];
    CHECK_STR(tem_time_iso(1795482359, text), "2026-11-24T08:05:59+07:00");
    CHECK_STR(tem_time_iso(0, text), "1970-01-01T07:00:00+07:00");
    CHECK_STR(tem_time_iso(-1, text), "");
    CHECK_STR(tem_time_iso(TEM_TIME_NONE, text), "");
    CHECK_STR(tem_time_iso(INT64_MAX, text), "");
    char day[TEM_DATE_TEXT_SIZE];
    CHECK_STR(tem_date_iso(tem_time_day(61199), day), "1970-01-01");
    CHECK_STR(tem_date_iso(tem_time_day(61200), day), "1970-01-02");
    CHECK_INT(tem_time_day(TEM_TIME_MAX + 1), TEM_DATE_NONE);
}

int main(void)
{
    RUN(dates_round_trip_over_the_whole_range);
    RUN(dates_are_read_in_every_form);
    RUN(dates_are_written);
    RUN(months_are_added_to_the_same_day_or_the_last);
    RUN(names_come_out_in_nfc);
    RUN(bad_text_is_refused_and_nothing_written);
    RUN(headings_fold_alike);
    RUN(gtins_have_a_check_digit);
    RUN(lots_keep_to_their_characters);
    RUN(hosts_are_plain_names);
    RUN(arguments_of_any_length_fill_a_template);
    RUN(times_are_read);
    RUN(times_are_written);
    return test_done();
}
