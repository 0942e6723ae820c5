/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>: templates, what they may say and what is refused. */
#include "label_sample.h"

/* A sound template of code labels, with a hole for one thing more. */
#define HEAD(more)                                                             \
    "{\"schema_version\": 1, \"name\": \"mine\", \"title\": \"Của tôi\", "  \
    "\"title_en\": \"Mine\", \"contents\": \"code\", \"width_mm\": 40, "       \
    "\"height_mm\": 25, \"font\": \"DejaVu Sans Condensed\", " more            \
    "\"boxes\": ["
#define SYMBOL                                                                 \
    "{\"kind\": \"symbol\", \"x_mm\": 0, \"y_mm\": 0, \"width_mm\": 25, "      \
    "\"height_mm\": 25}"
#define TEXT(x, width, more)                                                   \
    ",{\"kind\": \"text\", \"x_mm\": " #x                                      \
    ", \"y_mm\": 1, \"width_mm\": " #width ", \"height_mm\": 20, " more "}"

/* Its problems as "line field MESSAGE_ID; ", in the order told. */
static const char *problems_of(const char *json)
{
    static char out[4096];
    struct tem_template *made;
    size_t count;
    out[0] = '\0';
    if (tem_template_read(tem_bytes_of(json), &made, NULL) != TEM_OK)
        return "failed";
    const struct tem_problem *p = tem_template_problems(made, &count);
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(out);
        CHECK_INT(p[i].severity, TEM_SEVERITY_ERROR);
        snprintf(out + used, sizeof out - used, "%d %s %d; ", (int)p[i].row,
                 p[i].field, p[i].message.id);
    }
    tem_template_free(made);
    return out;
}

TEST(a_sound_template_has_no_problems)
{
    CHECK_STR(problems_of(HEAD("") SYMBOL "]}"), "");
    struct tem_template *made = template_of(
        HEAD("\"columns\": 3, \"rows\": 2, \"gap_x_mm\": 2.5, \"left_mm\": 5, "
             "\"page_width_mm\": 130, \"page_height_mm\": 50, "
             "\"feed_gap_mm\": 3, ") SYMBOL "]}");
    struct tem_template_info info = tem_template_describe(made);
    CHECK_STR(info.name, "mine");
    CHECK_STR(info.title, "Của tôi");
    CHECK_STR(info.title_en, "Mine");
    CHECK_INT(info.contents, TEM_TEMPLATE_CODE);
    CHECK_INT(info.width_um, 40000);
    CHECK_INT(info.height_um, 25000);
    CHECK_INT(info.page_width_um, 130000);
    CHECK_INT(info.page_height_um, 50000);
    CHECK_INT(info.columns, 3);
    CHECK_INT(info.rows, 2);
    CHECK_INT(info.feed_gap_um, 3000);
    CHECK_INT(info.letters_um, 1200);
    CHECK(info.sheet && !info.ean13 && !info.logo && !info.picture);
    tem_template_free(made);
    tem_template_free(NULL);
}

TEST(a_roll_is_as_wide_as_its_labels)
{
    struct tem_template *made = template_of(
        HEAD("\"columns\": 3, \"gap_x_mm\": 2.5, \"pack_face_cm2\": 79, ")
            SYMBOL "]}");
    struct tem_template_info info = tem_template_describe(made);
    CHECK_INT(info.page_width_um, 125000);
    CHECK_INT(info.page_height_um, 25000);
    CHECK_INT(info.letters_um, 900);
    CHECK(!info.sheet);
    tem_template_free(made);
}

TEST(what_is_no_template_is_told)
{
    CHECK_STR(problems_of(""), "1  202; ");
    CHECK_STR(problems_of("[]"), "1  201; ");
    CHECK_STR(problems_of("{\"boxes\": ["), "1  202; ");
    CHECK_STR(problems_of("not JSON"), "1  201; ");
    CHECK(strstr(problems_of("{}"), "name 210"));
}

TEST(members_have_limits)
{
    static const struct {
        const char *json, *want;
    } rows[] = {
        {HEAD("\"colums\": 3, ") SYMBOL "]}", "1 colums 206; "},
        {HEAD("\"columns\": 41, ") SYMBOL "]}", "1 columns 221; "},
        {HEAD("") "{\"kind\": \"symbol\", \"x_mm\": -1, \"y_mm\": 0, "
                  "\"width_mm\": 25, \"height_mm\": 25}]}",
         "1 x_mm 221; "},
        {HEAD("") "{\"kind\": \"round\", \"x_mm\": 1, \"y_mm\": 0, "
                  "\"width_mm\": 25, \"height_mm\": 25}]}",
         "1 kind 224; "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = problems_of(rows[i].json);
        const char *field = strrchr(rows[i].want, ' ') - 4;
        CHECK(strncmp(got, rows[i].want, (size_t)(field - rows[i].want)) == 0);
    }
}

static const struct {
    const char *json, *want;
} together[] = {
    /* a box ends where the label does, not beyond */
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot}\"], "
                          "\"letters_mm\": 1.2") "]}",
     ""},
    {HEAD("") SYMBOL TEXT(25, 15.001,
                          "\"text\": [\"{lot}\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 width_mm 633; "},
    {HEAD("") SYMBOL TEXT(24.999, 15,
                          "\"text\": [\"{lot}\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 x_mm 634; "},
    /* letters */
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot}\"], "
                          "\"letters_mm\": 1.199") "]}",
     "1 letters_mm 637; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot}\"], \"letters_mm\": 1.3, "
                          "\"letters_min_mm\": 1.1") "]}",
     "1 letters_min_mm 637; "},
    {HEAD("\"pack_face_cm2\": 79, ") SYMBOL TEXT(25, 15,
                                                 "\"text\": [\"{lot}\"], "
                                                 "\"letters_mm\": 0.9") "]}",
     ""},
    {HEAD("\"pack_face_cm2\": 79, ") SYMBOL TEXT(25, 15,
                                                 "\"text\": [\"{lot}\"], "
                                                 "\"letters_mm\": 0.899") "]}",
     "1 letters_mm 637; "},
    {HEAD("\"pack_face_cm2\": 80, ") SYMBOL TEXT(25, 15,
                                                 "\"text\": [\"{lot}\"], "
                                                 "\"letters_mm\": 0.9") "]}",
     "1 letters_mm 637; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot}\"], \"letters_mm\": 1.3, "
                          "\"letters_min_mm\": 1.4") "]}",
     "1 letters_min_mm 638; "},
    {HEAD("") SYMBOL TEXT(25, 15, "\"letters_mm\": 1.3") "]}", "1 text 210; "},
    {HEAD("") SYMBOL TEXT(25, 15, "\"text\": [\"{lot}\"]") "]}",
     "1 letters_mm 210; "},
    /* fields and marks */
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lott}\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 text[1] 639; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot.value}{lot.caption}\", "
                          "\"{lot.nothing}\"], \"letters_mm\": 1.2") "]}",
     "1 text[2] 639; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"{lot\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 text[1] 640; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"lot}\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 text[1] 640; "},
    {HEAD("") SYMBOL TEXT(25, 15,
                          "\"text\": [\"*{lot}\"], "
                          "\"letters_mm\": 1.2") "]}",
     "1 text[1] 640; "},
    /* symbols */
    {HEAD("") SYMBOL "," SYMBOL "]}", "1 x_mm 634; 1 boxes 635; "},
    {HEAD("") "]}", "1 boxes 635; "},
    {HEAD("") "{\"kind\": \"symbol\", \"x_mm\": 0, \"y_mm\": 0, "
              "\"width_mm\": 14.25, \"height_mm\": 14.25}]}",
     ""},
    {HEAD("") "{\"kind\": \"symbol\", \"x_mm\": 0, \"y_mm\": 0, "
              "\"width_mm\": 15, \"height_mm\": 14.249}]}",
     "1 height_mm 636; "},
    /* pages */
    {HEAD("\"columns\": 3, \"gap_x_mm\": 2, \"left_mm\": 6, "
          "\"page_width_mm\": 130, \"page_height_mm\": 25, ") SYMBOL "]}",
     ""},
    {HEAD("\"columns\": 3, \"gap_x_mm\": 2, \"left_mm\": 6.001, "
          "\"page_width_mm\": 130, \"page_height_mm\": 25, ") SYMBOL "]}",
     "1 page_width_mm 642; "},
    {HEAD("\"rows\": 2, \"top_mm\": 1, "
          "\"page_width_mm\": 130, \"page_height_mm\": 50, ") SYMBOL "]}",
     "1 page_height_mm 642; "},
    {HEAD("\"page_width_mm\": 130, ") SYMBOL "]}", "1 page_height_mm 210; "},
};

TEST(what_members_say_together_is_checked)
{
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        CHECK_STR(problems_of(together[i].json), together[i].want);
}

/* Every field that the law wants, and each without. */
TEST(a_full_label_says_all_that_the_law_wants)
{
    static const char *const fields[] = {
        "name",    "ingredients", "net",      "made",  "best_before", "lot",
        "storage", "usage",       "warnings", "maker", "origin"};
    for (size_t left_out = 0; left_out <= 11; left_out++) {
        char json[4096], text[512] = "", want[32] = "";
        for (size_t i = 0; i < 11; i++)
            if (i != left_out)
                sprintf(text + strlen(text), "{%s}", fields[i]);
        snprintf(json, sizeof json,
                 "{\"schema_version\": 1, \"name\": \"m\", \"title\": \"a\", "
                 "\"title_en\": \"a\", \"contents\": \"full\", "
                 "\"width_mm\": 70, \"height_mm\": 50, \"font\": \"x\", "
                 "\"boxes\": [" SYMBOL TEXT(
                     25, 40, "\"text\": [\"%s\"], \"letters_mm\": 1.2") "]}",
                 text);
        if (left_out < 11)
            strcpy(want, "1 boxes 641; ");
        CHECK_STR(problems_of(json), want);
    }
}

TEST(there_are_limits_to_boxes)
{
    static char json[65536];
    for (int count = 40; count <= 41; count++) {
        strcpy(json, HEAD("") SYMBOL);
        for (int i = 1; i < count; i++)
            sprintf(json + strlen(json),
                    ",{\"kind\": \"line\", \"x_mm\": 26, \"y_mm\": %d.%d, "
                    "\"width_mm\": 2, \"height_mm\": 0.1}",
                    i / 2, i % 2 * 5);
        strcat(json, "]}");
        CHECK_STR(problems_of(json), count == 40 ? "" : "1 boxes 632; ");
    }
}

TEST(all_that_ship_are_sound)
{
    static const char *const names[] = {
        "box-70x50",      "pack-50x30",     "code-35x22", "carton-100x75",
        "sheet-a4-70x50", "sheet-a4-38x21", "card-a5"};
    size_t count = 0;
    for (; tem_template_shipped(count); count++) {
        struct tem_template *made = template_of(tem_template_shipped(count));
        CHECK_STR(tem_template_describe(made).name, names[count]);
        tem_template_free(made);
    }
    CHECK_INT(count, 7);
    CHECK(tem_template_shipped(1000) == NULL);
    CHECK_STR(specimen()->lot, "DT9H2VW6");
}

int main(void)
{
    RUN(a_sound_template_has_no_problems);
    RUN(a_roll_is_as_wide_as_its_labels);
    RUN(what_is_no_template_is_told);
    RUN(members_have_limits);
    RUN(what_members_say_together_is_checked);
    RUN(a_full_label_says_all_that_the_law_wants);
    RUN(there_are_limits_to_boxes);
    RUN(all_that_ship_are_sound);
    return test_done();
}
