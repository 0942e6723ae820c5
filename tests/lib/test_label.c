/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>. */
#include "test.h"
#include <tem/label.h>

static char text[TEM_MESSAGE_TEXT_MAX];

/* Dots for a wanted size, or 0 with the message in `text`. */
static unsigned dots(unsigned dpi, unsigned module_um)
{
    struct tem_layout layout, before;
    struct tem_error error;
    memset(&layout, 0x5A, sizeof layout);
    memcpy(&before, &layout, sizeof layout);
    enum tem_status status = tem_label_fit(dpi, module_um, 4, &layout, &error);
    if (status == TEM_OK) {
        CHECK_INT(layout.dpi, dpi);
        CHECK_INT(layout.quiet, 4);
        return layout.dots;
    }
    CHECK_INT(status, TEM_E_LIMIT);
    CHECK_INT(error.status, TEM_E_LIMIT);
    CHECK(memcmp(&layout, &before, sizeof layout) == 0);
    CHECK_INT(tem_label_fit(dpi, module_um, 4, &layout, NULL), TEM_E_LIMIT);
    tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
    return 0;
}

TEST(sizes_are_whole_dots_within_one_per_cent)
{
    static const struct {
        unsigned dpi, module_um, dots;
    } rows[] = {
        {203, 375, 3},  {203, 250, 2},  {203, 372, 3},   {203, 371, 0},
        {203, 379, 3},  {203, 380, 0},  {203, 248, 2},   {203, 247, 0},
        {203, 125, 0},  {203, 500, 4},  {203, 1000, 8},  {300, 420, 5},
        {300, 419, 0},  {300, 400, 0},  {300, 427, 5},   {300, 428, 0},
        {300, 339, 4},  {300, 254, 3},  {300, 250, 0},   {600, 250, 0},
        {600, 254, 6},  {600, 375, 0},  {600, 381, 9},   {600, 396, 0},
        {204, 249, 0},  {204, 250, 0},  {4800, 250, 0},  {4800, 252, 48},
        {203, 10000, 0}, {203, 9885, 79}, {254, 10000, 100},
        {254, 10001, 100}, {254, 10101, 0}, {254, 9900, 99}, {254, 9800, 98},
        {72, 250, 0},   {72, 353, 1},   {72, 10000, 0},  {72, 9878, 28},
        {72, 1, 0},     {4800, 4294967295u, 0}, {254, 10051, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned got = dots(rows[i].dpi, rows[i].module_um);
        if (got != rows[i].dots)
            printf("# %u dpi, %u um\n", rows[i].dpi, rows[i].module_um);
        CHECK_INT(got, rows[i].dots);
    }
}

TEST(every_result_keeps_its_promises)
{
    for (unsigned dpi = TEM_LABEL_DPI_MIN; dpi <= TEM_LABEL_DPI_MAX; dpi += 7) {
        for (unsigned um = 0; um <= 11000; um += um < 600 ? 1 : 97) {
            struct tem_layout made;
            if (tem_label_fit(dpi, um, 4, &made, NULL) != TEM_OK)
                continue;
            double size = 25400.0 * made.dots / dpi;
            double off = um ? size / um - 1 : 0;
            bool kept = size >= 250 && size <= 10000 && off < 0.01001 &&
                        off > -0.01001 &&
                        made.module_um == (unsigned)(size + 0.5) &&
                        made.small == (size < 330) &&
                        made.no_till == (size < 396);
            if (!kept)
                printf("# %u dpi, %u um: %u dots\n", dpi, um, made.dots);
            REQUIRE(kept);
        }
    }
}

TEST(a_refusal_names_the_nearest_sizes)
{
    char vi[TEM_MESSAGE_TEXT_MAX];
    CHECK_INT(dots(203, 380), 0);
    CHECK_STR(text, "a module of 0.380 mm is not a whole number of dots at 203 "
                    "dpi: choose, in mm (dots), 0.375 (3) or 0.500 (4)");
    CHECK_INT(dots(300, 400), 0);
    CHECK_STR(text, "a module of 0.400 mm is not a whole number of dots at 300 "
                    "dpi: choose, in mm (dots), 0.339 (4) or 0.423 (5)");
    CHECK_INT(dots(600, 250), 0);
    CHECK_STR(text, "a module of 0.250 mm is not a whole number of dots at 600 "
                    "dpi: the nearest size that works, in mm (dots), is 0.254 "
                    "(6)");
    CHECK_INT(dots(72, 10000), 0);
    CHECK_STR(text, "a module of 10.000 mm is not a whole number of dots at 72 "
                    "dpi: the nearest size that works, in mm (dots), is 9.878 "
                    "(28)");
    CHECK_INT(dots(203, 125), 0);
    CHECK_STR(text, "a module of 0.125 mm is too small for phones: the smallest "
                    "at 203 dpi, in mm (dots), is 0.250 (2)");
    CHECK_INT(dots(254, 20000), 0);
    CHECK_STR(text, "a module of 20.000 mm is too large: the largest at 254 "
                    "dpi, in mm (dots), is 10.000 (100)");
    struct tem_layout layout;
    struct tem_error error;
    CHECK_INT(tem_label_fit(203, 380, 4, &layout, &error), TEM_E_LIMIT);
    tem_message_text(&error.message, TEM_LANG_VI, vi, sizeof vi);
    CHECK_STR(vi, "ô 0,380 mm không phải là số chấm nguyên ở 203 dpi: hãy chọn, "
                  "theo mm (số chấm), 0,375 (3) hoặc 0,500 (4)");
}

TEST(a_named_size_is_accepted)
{
    for (unsigned dpi = TEM_LABEL_DPI_MIN; dpi <= 1200; dpi++) {
        for (unsigned um = 200; um <= 700; um += 3) {
            struct tem_layout layout;
            struct tem_error error;
            if (tem_label_fit(dpi, um, 4, &layout, &error) == TEM_OK)
                continue;
            for (size_t i = 2; i < 4; i++) {
                const char *arg = error.message.args[i];
                if (*arg == '\0')
                    continue;
                unsigned mm, um_part, want;
                REQUIRE(sscanf(arg, "%u.%u (%u)", &mm, &um_part, &want) == 3);
                unsigned named = mm * 1000 + um_part;
                if (dots(dpi, named) != want)
                    printf("# %u dpi, %u um: %s\n", dpi, um, arg);
                REQUIRE(dots(dpi, named) == want);
            }
        }
    }
}

TEST(the_default_is_a_size_that_phones_read)
{
    static const unsigned rows[][2] = {{203, 3}, {300, 5},  {600, 9}, {72, 2},
                                       {204, 3}, {205, 3},  {206, 4}, {201, 3},
                                       {254, 4}, {1200, 18}, {4800, 71}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(dots(rows[i][0], 0), rows[i][1]);
}

TEST(small_sizes_are_marked)
{
    struct tem_layout layout;
    REQUIRE(tem_label_fit(203, 250, 4, &layout, NULL) == TEM_OK);
    CHECK_INT(layout.module_um, 250);
    CHECK(layout.small && layout.no_till);
    REQUIRE(tem_label_fit(203, 375, 4, &layout, NULL) == TEM_OK);
    CHECK_INT(layout.module_um, 375);
    CHECK(!layout.small && layout.no_till);
    REQUIRE(tem_label_fit(300, 423, 4, &layout, NULL) == TEM_OK);
    CHECK_INT(layout.module_um, 423);
    CHECK(!layout.small && !layout.no_till);
    /* at 2540 dpi a dot is 10 micrometres */
    REQUIRE(tem_label_fit(2540, 320, 4, &layout, NULL) == TEM_OK);
    CHECK(layout.small);
    REQUIRE(tem_label_fit(2540, 330, 4, &layout, NULL) == TEM_OK);
    CHECK(!layout.small && layout.no_till);
    REQUIRE(tem_label_fit(2540, 390, 4, &layout, NULL) == TEM_OK);
    CHECK(layout.no_till);
    REQUIRE(tem_label_fit(2540, 400, 4, &layout, NULL) == TEM_OK);
    CHECK(!layout.no_till);
}

TEST(resolution_and_quiet_zone_have_ranges)
{
    static const struct {
        unsigned dpi, quiet;
        enum tem_status want;
        const char *en;
    } rows[] = {
        {72, 4, TEM_OK, ""},
        {4800, 64, TEM_OK, ""},
        {71, 4, TEM_E_ARGUMENT,
         "a printer's resolution is 72 to 4800 dpi, not 71"},
        {4801, 4, TEM_E_ARGUMENT,
         "a printer's resolution is 72 to 4800 dpi, not 4801"},
        {203, 3, TEM_E_ARGUMENT,
         "the quiet zone is 4 to 64 modules wide, not 3"},
        {203, 65, TEM_E_ARGUMENT,
         "the quiet zone is 4 to 64 modules wide, not 65"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_layout layout = {.dots = 77};
        struct tem_error error;
        CHECK_INT(tem_label_fit(rows[i].dpi, 0, rows[i].quiet, &layout, &error),
                  rows[i].want);
        if (rows[i].want == TEM_OK) {
            CHECK_INT(layout.quiet, rows[i].quiet);
            continue;
        }
        CHECK_INT(layout.dots, 77);
        tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
        CHECK_STR(text, rows[i].en);
    }
}

TEST(the_side_counts_both_quiet_zones)
{
    struct tem_layout layout = {.dots = 3, .quiet = 4};
    struct tem_symbol symbol = {.version = 8, .side = 49};
    CHECK_INT(tem_label_side(&layout, &symbol), (49 + 8) * 3);
}

int main(void)
{
    RUN(sizes_are_whole_dots_within_one_per_cent);
    RUN(every_result_keeps_its_promises);
    RUN(a_refusal_names_the_nearest_sizes);
    RUN(a_named_size_is_accepted);
    RUN(the_default_is_a_size_that_phones_read);
    RUN(small_sizes_are_marked);
    RUN(resolution_and_quiet_zone_have_ranges);
    RUN(the_side_counts_both_quiet_zones);
    return test_done();
}
