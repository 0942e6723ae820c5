/* SPDX-License-Identifier: MIT */
/* The sample lots of examples/sonla, through <tem/record.h>. */
#include "test.h"
#include <tem/record.h>

enum { LOTS = 8 };

/* What one lot of a file came to. */
struct lot {
    struct tem_record record;
    uint8_t text[TEM_RECORD_CANONICAL_MAX]; /* its canonical form, if sound */
    size_t size;
    size_t errors, problems;
    char rules[100]; /* of the errors: "A20 A24 " */
    char field[64];  /* of the first error */
};

static struct lot from_json[LOTS + 1], from_csv[LOTS + 1];

static ptrdiff_t read_file(void *context, void *data, size_t size)
{
    size_t got = fread(data, 1, size, context);
    return ferror((FILE *)context) ? -1 : (ptrdiff_t)got;
}

static FILE *open_example(const char *name)
{
    const char *source = getenv("TEM_SOURCE");
    char path[1000];
    snprintf(path, sizeof path, "%s/examples/sonla/%s", source ? source : ".",
             name);
    FILE *file = fopen(path, "rb");
    if (!file)
        printf("# cannot open %s\n", path);
    return file;
}

static void note_problems(const struct tem_record_reader *reader,
                          struct lot *lot, const char *file)
{
    const struct tem_problem *problem =
        tem_record_problems(reader, &lot->problems);
    for (size_t i = 0; i < lot->problems; i++, problem++) {
        char text[TEM_MESSAGE_TEXT_MAX];
        tem_message_text(&problem->message, TEM_LANG_EN, text, sizeof text);
        printf("# %s:%llu: %s: %s %s\n", file, (unsigned long long)problem->row,
               problem->field, problem->rule, text);
        if (problem->severity != TEM_SEVERITY_ERROR)
            continue;
        size_t used = strlen(lot->rules);
        snprintf(lot->rules + used, sizeof lot->rules - used, "%s ",
                 problem->rule);
        if (lot->errors++ == 0)
            memcpy(lot->field,
                   problem->field[0] ? problem->field : problem->column,
                   sizeof lot->field);
    }
}

/* Read a file's lots, at most @p room. @return how many there are. */
static size_t read_lots(const char *name, struct lot *lots, size_t room)
{
    FILE *file = open_example(name);
    struct tem_record_reader *reader = NULL;
    struct tem_error error;
    size_t count = 0;
    CHECK(file != NULL);
    if (!file)
        return 0;
    CHECK_INT(
        tem_record_open(read_file, file, TEM_FORMAT_AUTO, &reader, &error),
        TEM_OK);
    while (reader && count < room) {
        struct lot *lot = &lots[count];
        bool found = false;
        memset(lot, 0, sizeof *lot);
        CHECK_INT(tem_record_next(reader, &lot->record, &found, &error),
                  TEM_OK);
        if (!found)
            break;
        count++;
        note_problems(reader, lot, name);
        struct tem_buffer out = {lot->text, sizeof lot->text, 0};
        if (lot->errors == 0)
            CHECK_INT(tem_record_canonical(&lot->record, &out, &error), TEM_OK);
        lot->size = out.size;
    }
    tem_record_reader_free(reader);
    fclose(file);
    return count;
}

static size_t read_json(struct lot *lots)
{
    size_t first = read_lots("01-man-ruby.json", lots, 2);
    CHECK_INT(first, 1); /* alone in the file that sorts first */
    return first +
           read_lots("02-cac-lo-khac.json", lots + first, LOTS + 1 - first);
}

TEST(json_holds_eight_sound_lots)
{
    REQUIRE(read_json(from_json) == LOTS);
    for (size_t i = 0; i < LOTS; i++) {
        const struct lot *lot = &from_json[i];
        CHECK_INT(lot->problems, 0);
        CHECK(lot->size > 0);
        CHECK_INT(lot->record.example, 1);
        CHECK_INT(lot->record.maker_id, (long long)i + 1);
        CHECK_INT(lot->record.labels_issued - lot->record.labels_void,
                  lot->record.units + lot->record.samples);
    }
    CHECK_STR(from_json[0].record.lot, "NP7K3Q9M");
    CHECK_STR(from_json[2].record.commune, "04105");
    CHECK_INT(from_json[2].record.raw_lots[0].area_m2, 16000);
    CHECK_STR(from_json[6].record.product_code, "CHUOI200");
    CHECK_STR(from_json[6].record.gtin, "");
}

static void check_same(const struct lot *a, const struct lot *b)
{
    CHECK(a->size > 0);
    CHECK_INT(a->size, b->size);
    CHECK(a->size == b->size && memcmp(a->text, b->text, a->size) == 0);
    /* what the canonical form leaves out */
    CHECK_INT(a->record.units, b->record.units);
    CHECK_INT(a->record.samples, b->record.samples);
    CHECK_INT(a->record.labels_issued, b->record.labels_issued);
    CHECK_INT(a->record.labels_void, b->record.labels_void);
}

TEST(csv_gives_the_same_records_as_json)
{
    REQUIRE(read_json(from_json) == LOTS);
    REQUIRE(read_lots("sonla.csv", from_csv, LOTS + 1) == LOTS);
    for (size_t i = 0; i < LOTS; i++) {
        CHECK_INT(from_csv[i].problems, 0);
        check_same(&from_csv[i], &from_json[i]);
    }
}

TEST(names_in_nfd_are_the_same_record)
{
    REQUIRE(read_lots("01-man-ruby.json", from_json, 2) == 1);
    REQUIRE(read_lots("bad/b12-ten-nfd.json", from_csv, 2) == 1);
    CHECK_INT(from_csv[0].errors, 0);
    check_same(&from_csv[0], &from_json[0]);
}

TEST(each_bad_file_is_told_by_its_fault)
{
    static const struct {
        const char *file, *rules, *field;
    } rows[] = {
        {"bad/b01-nhan-it-tem-nhieu.json", "A20 A24 ", "steps[1].mass_in_kg"},
        {"bad/b03-trai-vu.json", "", ""},
        {"bad/b05-huyen-ky-sau-2025-07.json", "A13 ", "decision_authority"},
        {"bad/b06-ma-xa-cu.json", "A34 ", "commune"},
        {"bad/b07-long-nhan-am.json", "", ""},
        {"bad/b08-nsx-truoc-khi-say-xong.json", "A29 ", "packed_on"},
        {"bad/b09-5-sao-cua-tinh.json", "A13 ", "decision_authority"},
        {"bad/b10-chung-nhan-hang-khac.json", "A14 ", "gtin"},
        {"bad/lot-lower-case.json", " ", "lot"},
        {"bad/lot-too-long.json", " ", "lot"},
        {"bad/no-such-day.json", " ", "best_before"},
        {"bad/unknown-field.json", " ", "colour"},
        {"bad/broken.json", " ", ""},
        {"bad/unknown-heading.csv", "  ", "Tên hàg"},
        {"bad/latin-1.json", " ", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        REQUIRE(read_lots(rows[i].file, from_csv, 2) == 1);
        CHECK_STR(from_csv[0].rules, rows[i].rules);
        CHECK_STR(from_csv[0].field, rows[i].field);
    }
}

int main(void)
{
    RUN(json_holds_eight_sound_lots);
    RUN(csv_gives_the_same_records_as_json);
    RUN(names_in_nfd_are_the_same_record);
    RUN(each_bad_file_is_told_by_its_fault);
    return test_done();
}
