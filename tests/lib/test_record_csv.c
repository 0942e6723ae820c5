/* SPDX-License-Identifier: MIT */
/* <tem/record.h>: sheets. */
#include "record_file.h"

TEST(delimiters_marks_and_line_ends)
{
    static const char *const texts[] = {
        "lot,maker_id\nA1,7\n",
        "lot;maker_id\r\nA1;7\r\n",
        "lot\tmaker_id\rA1\t7",
        "\xEF\xBB\xBFMã lô;Chủ thể mã\nA1;7",
        "\"lot\",\"maker_id\"\n\"A1\",\"7\"\n",
        "\"a;lot;;\",lot,maker_id\n,A1,7\n",
        " LOT ; maker id \n A1 ; 7 ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t piece = 1; piece < 100; piece += 98) {
            open_text(texts[i], piece);
            CHECK(next_lot());
            CHECK_STR(file_record.lot, "A1");
            CHECK_INT(file_record.maker_id, 7);
            CHECK_INT(tem_record_row(file_reader), 2);
            CHECK(!next_lot());
            CHECK(!next_lot());
        }
}

TEST(cells_in_quotes)
{
    open_text("storage;usage\n\"Khô; mát\";\"Gọi là \"\"mận\"\"\"\n", 2);
    CHECK(next_lot());
    CHECK_STR(file_record.storage, "Khô; mát");
    CHECK_STR(file_record.usage, "Gọi là \"mận\"");
    open_text("storage;lot\n\"a\nb\";A1\n;A2\n", 2);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("storage", TEM_MSG_TEXT_CONTROL));
    CHECK(next_lot());
    CHECK_STR(file_record.lot, "A2");
}

TEST(empty_rows_count_but_are_no_lots)
{
    open_text("lot;maker_id\r\n\r\n;\r\nA1;7\r\n\n  ; \nA2;8\n\n", 1);
    CHECK(next_lot());
    CHECK_INT(tem_record_row(file_reader), 4);
    CHECK_STR(file_record.lot, "A1");
    CHECK(next_lot());
    CHECK_INT(tem_record_row(file_reader), 7);
    CHECK_INT(file_record.maker_id, 8);
    CHECK(!next_lot());
    open_text("\n\nlot;maker_id\nA1;7", 1);
    CHECK(next_lot());
    CHECK_INT(tem_record_row(file_reader), 4);
    CHECK(!next_lot());
    open_text("lot;maker_id", 1); /* no lots: what lacks is told once */
    CHECK(next_lot());
    CHECK(!next_lot());
    open_text("\n \n", 1);
    CHECK(!next_lot());
}

TEST(columns_of_lists)
{
    open_text("raw_lots_1_mass_kg;raw_lots[2].mass_kg;Nguyên liệu 2 mã lô;"
              "Công đoạn 12 bước;steps_1_hours;QĐ GTIN\n"
              "1,5;2;NL-2;rửa;2;9520124600104 09520124600203\n"
              "1;;;;;\n",
              5);
    CHECK(next_lot());
    CHECK_STR(first_problem(), "");
    CHECK_INT(file_record.raw_lot_count, 2);
    CHECK_INT(file_record.raw_lots[0].mass_g, 1500);
    CHECK_INT(file_record.raw_lots[1].mass_g, 2000);
    CHECK_STR(file_record.raw_lots[1].lot, "NL-2");
    CHECK_INT(file_record.step_count, 12);
    CHECK_INT(file_record.steps[0].minutes, 120);
    CHECK_INT(file_record.steps[11].kind, TEM_STEP_WASH);
    CHECK_INT(file_record.certificate_gtin_count, 2);
    CHECK(next_lot());
    CHECK_INT(file_record.raw_lot_count, 1);
    CHECK_INT(file_record.step_count, 0);
    CHECK_INT(file_record.certificate_gtin_count, 0);
}

/* Read one row of sevens under a heading. @return the first problem. */
static const char *read_heading(const char *heading)
{
    static char text[200];
    snprintf(text, sizeof text, "lot;%s\nA1;7\n", heading);
    open_text(text, 1000);
    CHECK(next_lot());
    return first_problem();
}

TEST(headings_that_mean_nothing)
{
    static const struct {
        const char *heading, *key, *vi; /* the nearest */
        bool close;
    } rows[] = {
        {"colour", "commune", "Mã xã", false},
        {"Tên hàg", "product_name", "Tên hàng", true},
        {"Ngày đóng go", "packed_on", "NSX", true},
        {"steps", "steps", "Công đoạn", true},
        {"steps_0_step", "steps", "Công đoạn", false},
        {"steps_13_step", "steps", "Công đoạn", false},
        {"steps_step", "steps", "Công đoạn", false},
        {"steps_2_kg_vo", "steps_2_mass_in_kg", "Công đoạn 2 kg vào", true},
        {"steps_2_", "steps", "Công đoạn", true},
        {"steps_2_x", "steps_2_hours", "Công đoạn 2 Giờ", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_heading(rows[i].heading);
        const struct tem_problem *problem =
            problem_of(rows[i].close ? TEM_MSG_RECORD_HEADING
                                     : TEM_MSG_RECORD_HEADING_FAR);
        CHECK_STR(problem->column, rows[i].heading);
        CHECK_STR(problem->message.args[0], rows[i].key);
        CHECK_STR(problem->message.args[1], rows[i].vi);
        CHECK_STR(problem->field, "");
        CHECK_INT(problem->row, 1);
    }
    CHECK_STR(read_heading("Mã lô"), told("Mã lô", TEM_MSG_RECORD_TWICE));
    CHECK_STR(read_heading("steps_1_hours;steps_1_minutes"), "");
}

TEST(a_missing_column_is_told_once)
{
    size_t count;
    open_text("lot;raw_lots_2_kind\nA1;x\nA2;longan\n", 1);
    CHECK(next_lot());
    const struct tem_problem *problem = problem_of(TEM_MSG_RECORD_COLUMN);
    CHECK_STR(problem->field, "recorded_on");
    CHECK_STR(problem->column, "Ngày lập");
    CHECK_INT(problem->row, 1);
    CHECK(
        problem_of(TEM_MSG_RECORD_REQUIRED)->row == 0 ||
        strcmp(problem_of(TEM_MSG_RECORD_REQUIRED)->field, "raw_lots[1].kind"));
    CHECK_INT(problem_of(TEM_MSG_RECORD_CHOICE)->row, 2);
    CHECK(next_lot());
    CHECK_INT(problem_of(TEM_MSG_RECORD_HEADING_FIRST)->row, 3);
    CHECK_INT(problem_of(TEM_MSG_RECORD_COLUMN)->row, 0);
    tem_record_problems(file_reader, &count);
    CHECK(count < 8); /* not one for each column that lacks */
}

TEST(every_lot_under_a_bad_heading_is_told)
{
    open_text("lot;colour\nA1;1\nA2;2\n", 1);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("colour", TEM_MSG_RECORD_HEADING_FAR));
    CHECK(next_lot());
    CHECK_INT(problem_of(TEM_MSG_RECORD_HEADING_FIRST)->row, 3);
    CHECK_STR(problem_of(TEM_MSG_RECORD_HEADING_FIRST)->message.args[0], "1");
    CHECK_STR(file_record.lot, "A2");
    CHECK(!next_lot());
}

TEST(what_is_no_sheet_is_told_in_one_line)
{
    static const struct {
        const char *text;
        size_t size;
        enum tem_message_id id;
    } rows[] = {
        {"DANH SÁCH;;\nlot;nsx;hsd\n", 0, TEM_MSG_RECORD_NO_HEADING},
        {"colour", 0, TEM_MSG_RECORD_NO_HEADING},
        {"lot;M\xe3 s\xf4\nA1;2", 0, TEM_MSG_RECORD_ENCODING},
        {"\xff\xfel\0o\0t\0;\0n\0", 12, TEM_MSG_RECORD_ENCODING},
        {"lot;a\0b\nA;1\n", 12, TEM_MSG_RECORD_ENCODING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count;
        open_text(rows[i].text, 1000);
        if (rows[i].size)
            file_text.size = rows[i].size;
        CHECK(next_lot());
        tem_record_problems(file_reader, &count);
        CHECK_INT(count, 1);
        CHECK_INT(problem_of(rows[i].id)->row, 1);
        CHECK(!next_lot());
    }
}

TEST(a_spreadsheet_may_say_its_separator)
{
    open_text("sep=;\r\nlot;storage\r\nA1;a,b,c,d\r\n", 3);
    CHECK(next_lot());
    CHECK_INT(tem_record_row(file_reader), 3);
    CHECK_STR(file_record.storage, "a,b,c,d");
    CHECK(!next_lot());
    open_text("sep=;x;lot\nA1;2;3\n", 3); /* a heading like any */
    CHECK(next_lot());
    CHECK_STR(file_record.lot, "3");
    open_text("\n\n\"a;b;;\nc\",lot,storage\ny,A1,2\n", 3);
    CHECK(next_lot()); /* guessed outside quotes, past empty lines */
    CHECK_STR(file_record.storage, "2");
}

TEST(cells_without_a_heading_are_not_lost)
{
    open_text("lot;;maker_id;\nA1;;7;\nA2;x;7;\nA3;;7;;y\n", 1);
    CHECK(next_lot());
    CHECK_STR(first_problem(), "");
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_UNTITLED));
    CHECK_STR(problem_of(TEM_MSG_RECORD_UNTITLED)->message.args[0], "B");
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_CELLS));
    CHECK(!next_lot());
    char text[200] = "lot";
    memset(text + 3, ';', 30);
    strcpy(text + 33, "\nA1");
    memset(text + 36, ';', 30);
    strcpy(text + 66, "x\n");
    open_text(text, 7);
    CHECK(next_lot());
    CHECK_STR(problem_of(TEM_MSG_RECORD_UNTITLED)->message.args[0], "AE");
}

TEST(long_headings_are_cut_between_characters)
{
    char text[300] = "lot;x";
    for (int i = 0; i < 80; i++)
        strcat(text, "ộ");
    strcat(text, "\nA1;7\n");
    open_text(text, 7);
    CHECK(next_lot());
    CHECK_INT(strlen(problem_of(TEM_MSG_RECORD_HEADING_FAR)->column),
              1 + 3 * 20);
}

TEST(quotes_that_do_not_match)
{
    static const char *const texts[] = {"lot;usage\nA1;\"a\"b\n",
                                        "lot;usage\nA1;a\"b\n",
                                        "lot;usage\nA1;\"ab\n"};
    size_t count;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        open_text(texts[i], 3);
        CHECK(next_lot());
        const struct tem_problem *problem =
            tem_record_problems(file_reader, &count);
        CHECK(count > 0);
        CHECK_INT(problem[count - 1].message.id, TEM_MSG_RECORD_QUOTES);
        CHECK_INT(problem[count - 1].row, 2);
        CHECK(!next_lot());
    }
}

TEST(sheets_are_bounded)
{
    char *text = malloc(TEM_ROW_MAX + 100);
    REQUIRE(text != NULL);
    strcpy(text, "lot;usage\nA1;");
    size_t begun = strlen(text);
    memset(text + begun, ' ', TEM_ROW_MAX);
    strcpy(text + 10 + TEM_ROW_MAX - 1, "\n"); /* fits with it */
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), "");
    strcpy(text + 10 + TEM_ROW_MAX - 1, " \n");
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_LONG));
    CHECK(!next_lot());
    strcpy(text, "lot");
    memset(text + 3, ';', 1024);
    strcpy(text + 3 + 1023, "\nA1\n"); /* 1024 columns */
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), "");
    strcpy(text + 3 + 1023, ";\nA1\n");
    text[3 + 1023] = ';';
    open_text(text, 70000);
    CHECK(next_lot());
    CHECK_STR(first_problem(), told("", TEM_MSG_RECORD_LONG));
    CHECK(!next_lot());
    free(text);
}

TEST(input_errors)
{
    struct tem_error error;
    bool found;
    open_text("lot;maker_id\nA1;7", 1);
    file_text.fails = true;
    CHECK_INT(tem_record_next(file_reader, &file_record, &found, &error),
              TEM_E_IO);
}

int main(void)
{
    RUN(delimiters_marks_and_line_ends);
    RUN(cells_in_quotes);
    RUN(empty_rows_count_but_are_no_lots);
    RUN(columns_of_lists);
    RUN(headings_that_mean_nothing);
    RUN(a_missing_column_is_told_once);
    RUN(what_is_no_sheet_is_told_in_one_line);
    RUN(a_spreadsheet_may_say_its_separator);
    RUN(every_lot_under_a_bad_heading_is_told);
    RUN(cells_without_a_heading_are_not_lost);
    RUN(long_headings_are_cut_between_characters);
    RUN(quotes_that_do_not_match);
    RUN(sheets_are_bounded);
    RUN(input_errors);
    close_text();
    return test_done();
}
