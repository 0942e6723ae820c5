/* SPDX-License-Identifier: MIT */
/* Files of lots as the reader goes through them: which lot, which line, and
 * where it ends. */
#include "record_file.h"

TEST(lots_alone_in_a_list_or_in_a_row)
{
    static const struct {
        const char *text;
        int lots;
    } rows[] = {
        {"", 0},
        {"[]", 0},
        {" [ ] \n", 0},
        {"{}", 1},
        {"\xEF\xBB\xBF{}", 1},
        {"[{}]", 1},
        {"[{},{} , {}]\n", 3},
        {"{}{}\n{}", 3},
        {"{\"lot\": \"}\\\"{\"}{}", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t piece = 1; piece < 100; piece += 98) {
            int lots = 0;
            open_text(rows[i].text, piece);
            while (next_lot())
                lots++;
            CHECK_INT(lots, rows[i].lots);
            CHECK(!next_lot());
        }
}

/* Lots that share a line are told apart by their number. */
TEST(lots_are_numbered)
{
    static const struct {
        const char *text;
        int lines[3];
        bool shared[3];
    } rows[] = {
        {"[{\"lot\":\"A1\"},{\"lot\":\"A2\"}, {\"lot\":\"A3\"}]",
         {1, 1, 1},
         {true, true, true}},
        {"[\n{\"lot\":\"A1\"},\n{\"lot\":\"A2\"},\r\n\r\n{\"lot\":\"A3\"}]",
         {2, 3, 5},
         {false, false, false}},
        {"{\"lot\":\"A1\"} {\"lot\":\"A2\"}\n{\"lot\":\"A3\"}",
         {1, 1, 2},
         {false, true, false}},
        {"\n[{\"lot\":\"A1\"\n},\n{\"lot\":\"A2\"\n}, {\"lot\":\"A3\"}\n]",
         {2, 4, 5},
         {true, false, true}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        open_text(rows[i].text, 3);
        for (int k = 0; k < 3; k++) {
            size_t count;
            CHECK(next_lot());
            const struct tem_problem *problem =
                tem_record_problems(file_reader, &count);
            CHECK(count > 0);
            CHECK_INT(problem->row, rows[i].lines[k]);
            CHECK_INT(problem->lot, k + 1);
            CHECK_INT(problem->row_shared, rows[i].shared[k]);
        }
        CHECK(!next_lot());
    }
    open_text("{\"lot\":\"A1\"}", 3); /* alone on its line */
    CHECK(next_lot());
    CHECK(!problem_of(TEM_MSG_RECORD_REQUIRED)->row_shared);
}

TEST(a_lot_stands_once_in_a_file)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"\"gtin\":\"8930000000019\",\"lot\":\"A1\"",
         "\"gtin\":\"8930000000019\",\"lot\":\"A1\"", true},
        {"\"gtin\":\"8930000000019\",\"lot\":\"A1\",\"maker_id\":1",
         "\"gtin\":\"8930000000019\",\"lot\":\"A1\",\"maker_id\":2", true},
        {"\"gtin\":\"8930000000019\",\"lot\":\"A1\"",
         "\"gtin\":\"8930000000026\",\"lot\":\"A1\"", false},
        {"\"gtin\":\"8930000000019\",\"lot\":\"A1\"",
         "\"gtin\":\"8930000000019\",\"lot\":\"A2\"", false},
        {"\"maker_id\":7,\"product_code\":\"MH\",\"lot\":\"A1\"",
         "\"maker_id\":7,\"product_code\":\"MH\",\"lot\":\"A1\"", true},
        {"\"maker_id\":7,\"product_code\":\"MH\",\"lot\":\"A1\"",
         "\"maker_id\":8,\"product_code\":\"MH\",\"lot\":\"A1\"", false},
        {"\"maker_id\":12289,\"product_code\":\"12\",\"lot\":\"A1\"",
         "\"maker_id\":1,\"product_code\":\"012\",\"lot\":\"A1\"", false},
        {"\"product_code\":\"MH\",\"lot\":\"1A\"",
         "\"product_code\":\"MH1\",\"lot\":\"A\"", false},
        {"\"lot\":\"A1\"", "\"lot\":\"A1\"", false}, /* of which product? */
        {"\"product_code\":\"MH\"", "\"product_code\":\"MH\"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, "[\n{%s},\n{%s}]", rows[i].one,
                 rows[i].other);
        open_text(text, 3);
        CHECK(next_lot());
        CHECK(!problem_of(TEM_MSG_RECORD_LOT_TWICE)->message.id);
        CHECK(next_lot());
        const struct tem_problem *problem =
            problem_of(TEM_MSG_RECORD_LOT_TWICE);
        CHECK_INT(problem->message.id != 0, rows[i].same);
        if (rows[i].same) {
            CHECK_INT(problem->row, 3);
            CHECK_STR(problem->message.args[1], "2");
        }
    }
}

/* As many lots as make the table of them grow, and the first one again. */
TEST(many_lots_are_remembered)
{
    static char text[200000];
    size_t used = 0;
    for (int i = 0; i <= 1000; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%s{\"product_code\":\"MH\",\"lot\":\"L%d\"}",
                                 i ? ",\n" : "[", i % 1000);
    snprintf(text + used, sizeof text - used, "]");
    open_text(text, sizeof text);
    for (int i = 0; i < 1000; i++) {
        CHECK(next_lot());
        CHECK(!problem_of(TEM_MSG_RECORD_LOT_TWICE)->message.id);
    }
    CHECK(next_lot());
    CHECK_STR(problem_of(TEM_MSG_RECORD_LOT_TWICE)->message.args[1], "1");
}

TEST(broken_files_name_the_line)
{
    static const struct {
        const char *text;
        int id, line;
    } rows[] = {
        {"{\"lot\" 1}", TEM_MSG_RECORD_SYNTAX, 1},
        {"{\n\"lot\": 1\n\"gtin\"}", TEM_MSG_RECORD_SYNTAX, 3},
        {"{\n\"lot\":\n", TEM_MSG_RECORD_CUT, 3},
        {"[\n{\"lot\": \"", TEM_MSG_RECORD_CUT, 2},
        {"{\"a\": 1,\n\"a\": 2}", TEM_MSG_RECORD_DUPLICATE_KEY, 2},
        {"{\"lot\":\n\"\xE9\"}", TEM_MSG_TEXT_UTF8, 2},
        {"{\"a\":[[[[[[[[", TEM_MSG_RECORD_DEEP, 1},
        {"[\n7]", TEM_MSG_RECORD_SYNTAX, 2},
        {"[[", TEM_MSG_RECORD_SYNTAX, 1},
        {"[", TEM_MSG_RECORD_CUT, 1},
        {"[] x", TEM_MSG_RECORD_SYNTAX, 1},
        {"{\"lot\": 1e999}", TEM_MSG_RECORD_OVERFLOW, 1},
        {"{\"lot\": 99999999999999999999}", TEM_MSG_RECORD_OVERFLOW, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count;
        open_text(rows[i].text, 3);
        CHECK(next_lot());
        const struct tem_problem *problem =
            tem_record_problems(file_reader, &count);
        REQUIRE(count == 1);
        CHECK_INT(problem->message.id, rows[i].id);
        CHECK_INT(problem->row, rows[i].line);
        CHECK_INT(problem->severity, TEM_SEVERITY_ERROR);
        CHECK(!next_lot());
    }
    open_text("{}\n\n{} x", 3); /* reading goes well until it is broken */
    CHECK(next_lot() && tem_record_row(file_reader) == 1);
    CHECK(next_lot() && tem_record_row(file_reader) == 3);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_SYNTAX));
    CHECK(!next_lot());
}

/* What jansson does not take ends its lot, not the file. */
TEST(lots_after_one_that_cannot_be_taken_are_read)
{
    static const struct {
        const char *text;
        int id;
    } rows[] = {
        {"[\n{\"lot\": 1e400, \"steps\": [{\"a\": \"]\"}]},\n{\"lot\":\"A2\"}]",
         TEM_MSG_RECORD_OVERFLOW},
        {"[\n{\"lot\":\"A1\", \"lot\":\"A1\"},\n{\"lot\":\"A2\"}]",
         TEM_MSG_RECORD_DUPLICATE_KEY},
        {"[\n{\"lot\":\"\xE9\"},\n{\"lot\":\"A2\"}]", TEM_MSG_TEXT_UTF8},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count;
        open_text(rows[i].text, 3);
        CHECK(next_lot());
        const struct tem_problem *problem =
            tem_record_problems(file_reader, &count);
        CHECK_INT(count, 1);
        CHECK_INT(problem->message.id, rows[i].id);
        CHECK_INT(problem->row, 2);
        CHECK(next_lot());
        CHECK_STR(file_record.lot, "A2");
        CHECK_INT(problem_of(TEM_MSG_RECORD_REQUIRED)->row, 3);
        CHECK(!next_lot());
    }
}

TEST(a_list_is_given_once)
{
    open_text("{\"steps\":[{\"step\":\"sort\"}],"
              "\"cong_doan\":[{\"mass_in_kg\":1}],"
              "\"certificate_gtins\":[\"8930000000019\"],"
              "\"QĐ GTIN\":[\"8930000000026\"]}",
              3);
    CHECK(next_lot());
    CHECK_INT(problem_of(TEM_MSG_RECORD_TWICE)->row, 1);
    CHECK_STR(problem_of(TEM_MSG_RECORD_TWICE)->field, "steps");
    CHECK_INT(file_record.certificate_gtin_count, 1);
    open_text("{\"certificate_gtins\":[\"8930000000019\"],"
              "\"QĐ GTIN\":[\"8930000000026\"]}",
              3);
    CHECK(next_lot());
    CHECK_STR(problem_of(TEM_MSG_RECORD_TWICE)->field, "certificate_gtins");
}

/* Letters of other scripts make another name, marks and spaces do not. */
TEST(keys_are_not_found_by_half)
{
    open_text("{\"lotж\":\"A1\"}", 3);
    CHECK(next_lot());
    CHECK_STR(file_record.lot, "");
    open_text("{\"Mã  lô (*)\":\"A1\"}", 3);
    CHECK(next_lot());
    CHECK_STR(file_record.lot, "A1");
}

TEST(what_nobody_sees_is_no_text)
{
    static const char *const refused[] = {
        "\u200B\u200B\u200B",
        "M\u00ADM",
        "\uE000\uE000",
        "\uFEFF\uFEFF",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char text[100];
        snprintf(text, sizeof text, "{\"maker_name\":\"%s\"}", refused[i]);
        open_text(text, 3);
        CHECK(next_lot());
        CHECK(problem_of(TEM_MSG_TEXT_CONTROL)->message.id != 0);
    }
    open_text("{\"maker_name\":\"\u3000\u3000\u3000\","
              "\"lot\":\" \u2003A1\u202F\"}",
              3);
    CHECK(next_lot());
    CHECK_STR(file_record.maker_name, "");
    CHECK_STR(file_record.lot, "A1");
}

TEST(a_lot_is_bounded)
{
    const size_t size = TEM_ROW_MAX;
    char *text = malloc(size + 2);
    REQUIRE(text != NULL);
    memset(text, ' ', size + 1);
    text[0] = '{';
    text[size - 1] = '}';
    text[size] = '\0';
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), "");
    text[size - 1] = ' ';
    text[size] = '}';
    text[size + 1] = '\0';
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_LONG));
    CHECK(!next_lot());
    free(text);
}

TEST(an_input_error_is_the_calls_and_no_lot)
{
    struct tem_error error;
    bool found = true;
    tem_record_reader_free(NULL);
    open_text("{} ", 1);
    file_text.fails = true;
    CHECK(next_lot());
    CHECK_INT(tem_record_next(file_reader, &file_record, &found, &error),
              TEM_E_IO);
    CHECK_INT(error.message.id, TEM_MSG_RECORD_IO);
    CHECK(!found);
    CHECK_INT(tem_record_next(file_reader, &file_record, &found, &error),
              TEM_E_IO); /* and so it stays */
    CHECK(!found);
}

int main(void)
{
    RUN(lots_alone_in_a_list_or_in_a_row);
    RUN(lots_are_numbered);
    RUN(a_lot_stands_once_in_a_file);
    RUN(many_lots_are_remembered);
    RUN(broken_files_name_the_line);
    RUN(lots_after_one_that_cannot_be_taken_are_read);
    RUN(a_list_is_given_once);
    RUN(keys_are_not_found_by_half);
    RUN(what_nobody_sees_is_no_text);
    RUN(a_lot_is_bounded);
    RUN(an_input_error_is_the_calls_and_no_lot);
    close_text();
    return test_done();
}
