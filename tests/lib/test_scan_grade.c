/* SPDX-License-Identifier: MIT */
/* tem_scan_grade() and tem_grade_hints() of tem/scan.h: each fault of a print
 * alone, on both sides of its edge. */
#include "press.h"
#include "starve.h"
#include <stdbool.h>
#include <tem/error.h>
#include <tem/scan.h>

/* For what a test cannot go on without. */
static void need(bool ok)
{
    if (!ok)
        exit(99);
}

static const struct tem_symbol *symbol_of(unsigned version)
{
    static struct tem_symbol symbol;
    static const size_t sizes[] = {[1] = 18, [7] = 170, [15] = 550};
    char text[551];
    for (size_t i = 0; i < sizes[version]; i++)
        text[i] = "0123456789ABCDEF"[(i * 7 + i / 3) % 16];
    text[sizes[version]] = '\0';
    need(tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, NULL) ==
         TEM_OK);
    need(symbol.version == version);
    return &symbol;
}

static struct press plain(void)
{
    return (struct press){.symbol = symbol_of(7), .pixels = 5};
}

/* @return the status, and with TEM_OK the grade. */
static enum tem_status grade_print(const struct press *press,
                                   struct tem_grade *grade,
                                   struct tem_error *error)
{
    struct tem_image *image = press_print(press);
    struct tem_scan *scan;
    need(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
    need(scan->count == 1);
    enum tem_status status =
        tem_scan_grade(image, &scan->symbols[0], grade, error);
    tem_scan_free(scan);
    tem_image_free(image);
    return status;
}

static struct tem_grade grade_of(struct press press)
{
    struct tem_grade grade;
    need(grade_print(&press, &grade, NULL) == TEM_OK);
    return grade;
}

static bool is_near(double value, double want, double by)
{
    bool near = fabs(value - want) <= by;
    if (!near)
        printf("# %.3f is not within %.3f of %.3f\n", value, by, want);
    return near;
}

/* All hints of a grade, "722 18; 725 1; ". */
static const char *hints_of(const struct tem_grade *grade)
{
    static char text[TEM_GRADE_HINTS_MAX * 80];
    struct tem_message hints[TEM_GRADE_HINTS_MAX];
    size_t count = tem_grade_hints(grade, hints), size = 0;
    need(count <= TEM_GRADE_HINTS_MAX);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%d %s %s;",
                             hints[i].id, hints[i].args[0], hints[i].args[1]);
    return text;
}

/* @p growth: how exact. */
static void check_plain(unsigned version, double pixels, double offset,
                        unsigned least, double growth)
{
    struct tem_grade grade =
        grade_of((struct press){.symbol = symbol_of(version),
                                .pixels = pixels,
                                .offset = 6 * pixels + offset});
    CHECK(grade.overall >= least);
    CHECK_INT(grade.wrong, 0);
    CHECK(grade.sharpness > 0.9);
    CHECK(is_near(grade.growth_x, 0, growth));
    CHECK(is_near(grade.growth_y, 0, growth));
    CHECK(is_near(grade.value[TEM_GRADE_UNUSED], 1, 0));
    CHECK_STR(hints_of(&grade), "");
}

/* What has no fault is graded 4 all over, however pixels lie on it; where they
 * are large they may cost a grade. */
TEST(no_fault)
{
    static const unsigned versions[] = {1, 7};
    for (size_t v = 0; v < 2; v++)
        for (int turn = 0; turn < 3; turn++) {
            check_plain(versions[v], 3.6, turn * 0.37, 3, 0.03);
            check_plain(versions[v], 5.3, turn * 0.37, 4, 0.015);
        }
    check_plain(1, 13.1, 0, 4, 0.01);
    check_plain(15, 5.3, 0.37, 4, 0.015);
    check_plain(7, 8, 0.5, 4, 0.01);
}

static void check_contrast(double paper, double ink, unsigned want,
                           const char *hints)
{
    struct press press = plain();
    press.paper = paper;
    press.ink = ink;
    struct tem_grade grade = grade_of(press);
    CHECK(is_near(grade.light, paper, 0.01));
    CHECK(is_near(grade.dark, ink, 0.01));
    CHECK(is_near(grade.value[TEM_GRADE_CONTRAST], paper - ink, 0.01));
    CHECK_INT(grade.grade[TEM_GRADE_CONTRAST], want);
    CHECK_INT(grade.overall, want);
    CHECK_STR(hints_of(&grade), hints);
}

TEST(contrast)
{
    check_contrast(0.90, 0.18, 4, "");
    check_contrast(0.90, 0.22, 3, "724 22 ;");
    check_contrast(0.90, 0.33, 3, "724 33 ;");
    check_contrast(0.90, 0.37, 2, "724 37 ;");
    check_contrast(0.90, 0.48, 2, "724 48 ;");
    check_contrast(0.90, 0.52, 1, "724 52 ;");
    check_contrast(0.90, 0.68, 1, "724 68 ;");
    check_contrast(0.90, 0.72, 0, "724 72 ;");
    check_contrast(0.60, 0.02, 3, "732 60 ;");
    check_contrast(0.60, 0.17, 2, "724 17 ;732 60 ;");
}

static void check_growth(double growth, double pixels, const char *hints)
{
    struct press press = plain();
    press.pixels = pixels;
    press.growth = growth;
    press.paper = 0.85;
    press.ink = 0.03;
    struct tem_grade grade = grade_of(press);
    CHECK(is_near(grade.growth_x, growth, 0.02));
    CHECK(is_near(grade.growth_y, growth, 0.02));
    CHECK_INT(grade.wrong, 0);
    CHECK_INT(strncmp(hints_of(&grade), hints, strlen(hints) ? 4 : 1), 0);
}

/* Ink that spreads, and ink that is too thin. */
TEST(growth)
{
    check_growth(0.08, 5, "");
    check_growth(-0.08, 5, "");
    check_growth(0.18, 5, "722 ");
    check_growth(0.18, 8.3, "722 ");
    check_growth(-0.18, 5, "723 ");
    check_growth(-0.30, 6.1, "723 ");
}

/* Of a symbol light on dark it is the dark part that spreads. */
TEST(inverted)
{
    struct press press = plain();
    press.inverted = true;
    press.growth = 0.18;
    struct tem_grade grade = grade_of(press);
    CHECK(is_near(grade.growth_x, 0.18, 0.02));
    CHECK_INT(grade.wrong, 0);
    CHECK(strncmp(hints_of(&grade), "722 ", 4) == 0);
}

TEST(mirrored)
{
    struct press press = plain();
    press.mirrored = true;
    struct tem_grade grade = grade_of(press);
    CHECK_INT(grade.overall, 4);
    CHECK_INT(grade.wrong, 0);
}

/* A spread so wide that light modules between dark ones fill in. */
TEST(modulation)
{
    struct press press = plain();
    press.growth = 0.35;
    struct tem_grade wide = grade_of(press);
    press.growth = 0.45;
    struct tem_grade wider = grade_of(press);
    CHECK(wide.grade[TEM_GRADE_MODULATION] < 4);
    CHECK(wider.grade[TEM_GRADE_MODULATION] < wide.grade[TEM_GRADE_MODULATION]);
    CHECK(wider.value[TEM_GRADE_MODULATION] < wide.value[TEM_GRADE_MODULATION]);
    CHECK(wider.overall <= wider.grade[TEM_GRADE_MODULATION]);
}

static void check_stretch(double stretch, unsigned want, const char *hints)
{
    struct press press = plain();
    press.stretch = stretch;
    struct tem_grade grade = grade_of(press);
    CHECK(is_near(grade.value[TEM_GRADE_AXIAL],
                  2 * (stretch - 1) / (stretch + 1), 0.003));
    CHECK_INT(grade.grade[TEM_GRADE_AXIAL], want);
    CHECK_STR(hints_of(&grade), hints);
}

TEST(axial)
{
    check_stretch(1.055, 4, "");
    check_stretch(1.067, 3, "729 6 ;");
    check_stretch(1.09, 2, "729 8 ;");
    check_stretch(1.115, 1, "729 11 ;");
    check_stretch(1.14, 0, "729 13 ;");
    check_stretch(0.945, 4, "");
    check_stretch(0.93, 3, "730 7 ;");
}

/* Lines that bow down in the middle of a symbol. */
TEST(grid)
{
    struct press press = plain();
    press.sag = 0.3;
    struct tem_grade little = grade_of(press);
    press.sag = 0.9;
    struct tem_grade much = grade_of(press);
    CHECK_INT(little.grade[TEM_GRADE_GRID], 4);
    CHECK_INT(much.grade[TEM_GRADE_GRID], 2);
    CHECK(strncmp(hints_of(&much), "731 0.", 6) == 0);
    CHECK_INT(much.wrong, 0);
}

static void stain(struct press *press, double x, double y, double size,
                  double reflectance)
{
    need(press->spot_count < PRESS_SPOTS);
    press->spots[press->spot_count++] = (struct spot){x, y, size, reflectance};
}

/* Spots of whole modules: exactly those that differ from them are wrong. */
TEST(unused)
{
    struct press press = plain();
    stain(&press, 20, 20, 6, 0);
    unsigned light = 0;
    for (int y = 20; y < 26; y++)
        for (int x = 20; x < 26; x++) {
            bool alignment = x <= 24 && y <= 24;
            light += !alignment && !tem_symbol_dark(press.symbol, x, y);
        }
    struct tem_grade one = grade_of(press);
    CHECK_INT(one.wrong, light);
    CHECK(one.value[TEM_GRADE_UNUSED] < 1);
    stain(&press, 28, 28, 8, 0);
    stain(&press, 12, 28, 7, 0);
    struct tem_grade more = grade_of(press);
    CHECK(more.value[TEM_GRADE_UNUSED] < one.value[TEM_GRADE_UNUSED]);
    CHECK(more.grade[TEM_GRADE_UNUSED] < 4);
    CHECK(strstr(hints_of(&more), "727 ") != NULL);
}

/* Each module of a finder pattern costs one grade. */
TEST(patterns)
{
    struct press press = plain();
    for (unsigned spots = 0; spots < 4; spots++) {
        struct tem_grade grade = grade_of(press);
        CHECK_INT(grade.grade[TEM_GRADE_PATTERNS], 4 - spots);
        CHECK_INT(grade.wrong, 0);
        if (spots < 3)
            stain(&press, spots, 0, 1, 1);
    }
    struct tem_grade grade = grade_of(press);
    CHECK(strncmp(hints_of(&grade), "728 ", 4) == 0);
}

/* So does print in the quiet zone beside one. */
TEST(quiet_zone)
{
    struct press press = plain();
    stain(&press, -3, 3, 1, 0);
    CHECK_INT(grade_of(press).grade[TEM_GRADE_PATTERNS], 3);
    press.spots[0].x = -5;
    CHECK_INT(grade_of(press).grade[TEM_GRADE_PATTERNS], 4);
}

/* Light from one side is the camera's, not the printer's. */
TEST(slope)
{
    struct press press = plain();
    press.slope = 0.25;
    struct tem_grade little = grade_of(press);
    press.slope = 0.5;
    struct tem_grade much = grade_of(press);
    CHECK_STR(hints_of(&little), "");
    CHECK(is_near(much.slope, 0.5, 0.08));
    CHECK(strncmp(hints_of(&much), "733 ", 4) == 0);
    CHECK_INT(much.overall, 4);
}

/* A dead dot of four a module, in the middle of one or at its edge; not so
 * where the line ends halfway. */
TEST(streak)
{
    static const double at[] = {17.25, 22.75};
    for (int i = 0; i < 2; i++) {
        struct press press = plain();
        press.pixels = 8;
        double side = press.symbol->side;
        for (double y = 0; y < side; y += 0.25)
            stain(&press, at[i], y, 0.25, 1);
        struct tem_grade grade = grade_of(press);
        CHECK_INT(grade.streaks, 1);
        CHECK(strstr(hints_of(&grade), "725 1 ;") != NULL);
        press.spot_count /= 2;
        CHECK_INT(grade_of(press).streaks, 0);
    }
}

/* What the camera did is not held against the printer. */
TEST(sharpness)
{
    struct press press = plain();
    press.growth = 0.15;
    press.blur = 0.8;
    struct tem_grade little = grade_of(press);
    press.blur = 1.1;
    struct tem_grade much = grade_of(press);
    CHECK(little.sharpness > 0.5);
    CHECK(much.sharpness < 0.5);
    CHECK(strncmp(hints_of(&little), "722 ", 4) == 0);
    CHECK_STR(hints_of(&much), "734  ;");
}

/* What cannot be graded. */
TEST(refused)
{
    struct press press = plain();
    struct tem_grade grade;
    struct tem_error error;
    press.pixels = 3.6;
    CHECK_INT(grade_print(&press, &grade, &error), TEM_OK);
    press.pixels = 3.4;
    CHECK_INT(grade_print(&press, &grade, &error), TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_GRADE_MODULE);
    CHECK_STR(error.message.args[0], "3.4");
    CHECK_STR(error.message.args[1], "3.5");

    struct tem_image *image = press_print(&press);
    struct tem_scan_symbol bar = {.symbology = TEM_EAN_13};
    CHECK_INT(tem_scan_grade(image, &bar, &grade, &error), TEM_E_UNSUPPORTED);
    struct tem_scan_symbol nowhere = {.drawn = press.symbol, .module = 4};
    CHECK_INT(tem_scan_grade(image, &nowhere, &grade, &error),
              TEM_E_UNSUPPORTED);
    tem_image_free(image);
}

static struct tem_image *starved_image;
static struct tem_scan *starved_scan;

static enum tem_status grade_it(struct tem_error *error)
{
    struct tem_grade grade;
    return tem_scan_grade(starved_image, &starved_scan->symbols[0], &grade,
                          error);
}

TEST(memory)
{
    struct press press = plain();
    starved_image = press_print(&press);
    REQUIRE(tem_scan_image(starved_image, NULL, &starved_scan, NULL) == TEM_OK);
    starve(grade_it, 1);
    tem_scan_free(starved_scan);
    tem_image_free(starved_image);
}

int main(void)
{
    RUN(no_fault);
    RUN(contrast);
    RUN(growth);
    RUN(inverted);
    RUN(mirrored);
    RUN(modulation);
    RUN(axial);
    RUN(grid);
    RUN(unused);
    RUN(patterns);
    RUN(quiet_zone);
    RUN(slope);
    RUN(streak);
    RUN(sharpness);
    RUN(refused);
    RUN(memory);
    return test_done();
}
