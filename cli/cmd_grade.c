/* SPDX-License-Identifier: MIT */
/* tem grade: how well symbols were printed, as far as pictures tell. */
#include "failure.h"
#include "pictures.h"
#include <stdio.h>
#include <stdlib.h>

enum { O_MAX_PIXELS = O_OWN, O_EFFORT };

const struct option grade_options[] = {COMMON_OPTIONS, PICTURE_OPTIONS, {0}};

enum { BEST = 4 };

/* Of all pictures. */
struct grading {
    struct cli *cli;
    long long count;
    unsigned worst;
};

/* "3 (B)": labels are ordered by letters too (ISO/IEC 15415, 7.1). */
static const char *grade_text(unsigned grade)
{
    static const char *const texts[] = {"0 (F)", "1 (D)", "2 (C)", "3 (B)",
                                        "4 (A)"};
    return texts[grade];
}

/* ---- for people --------------------------------------------------------- */

static void print_part(const struct cli *cli, const struct tem_grade *grade,
                       enum tem_grade_part part)
{
    static const struct {
        enum text_id id;
        double times;
        int places;
    } lines[TEM_GRADE_PARTS] = {
        [TEM_GRADE_CONTRAST] = {TEXT_GRADE_CONTRAST, 100, 0},
        [TEM_GRADE_MODULATION] = {TEXT_GRADE_MODULATION, 100, 0},
        [TEM_GRADE_PATTERNS] = {TEXT_GRADE_PATTERNS, 100, 1},
        [TEM_GRADE_AXIAL] = {TEXT_GRADE_AXIAL, 100, 1},
        [TEM_GRADE_GRID] = {TEXT_GRADE_GRID, 1, 2},
        [TEM_GRADE_UNUSED] = {TEXT_GRADE_UNUSED, 100, 0},
    };
    char value[32];
    decimal_text(cli, grade->value[part] * lines[part].times,
                 lines[part].places, value, sizeof value);
    say_at(cli, lines[part].id,
           ARGUMENTS(number_text(grade->grade[part]).text, value));
}

static void print_parts(const struct cli *cli, const struct tem_grade *grade,
                        double pixels)
{
    char across[32], down[32], sharp[32], module[32];
    for (int part = 0; part < TEM_GRADE_PARTS; part++)
        print_part(cli, grade, (enum tem_grade_part)part);
    decimal_text(cli, 100 * grade->growth_x, 0, across, sizeof across);
    decimal_text(cli, 100 * grade->growth_y, 0, down, sizeof down);
    decimal_text(cli, 100 * grade->sharpness, 0, sharp, sizeof sharp);
    decimal_text(cli, pixels, 1, module, sizeof module);
    SAY(cli, GRADE_GROWTH, across, down);
    SAY(cli, GRADE_SHARPNESS, sharp, module);
}

static void print_hints(const struct cli *cli, const struct tem_grade *grade)
{
    struct tem_message hints[TEM_GRADE_HINTS_MAX];
    size_t count = tem_grade_hints(grade, hints);
    for (size_t i = 0; i < count; i++) {
        char text[TEM_MESSAGE_TEXT_MAX];
        SAY(cli, GRADE_HINT, message_text(cli, &hints[i], text, sizeof text));
    }
}

/* Of a picture with one symbol everything; of one with several, where each is
 * and what to better. */
static void print_grade(const struct cli *cli, const char *file,
                        const struct tem_scan_symbol *symbol,
                        const struct tem_grade *grade, bool alone)
{
    const char *overall = grade_text(grade->overall);
    if (alone) {
        SAY(cli, GRADED, file, overall);
        print_parts(cli, grade, symbol->module);
    } else {
        SAY(cli, GRADED_AT, file, number_text(symbol->corners[0].x).text,
            number_text(symbol->corners[0].y).text, overall);
    }
    print_hints(cli, grade);
}

/* ---- for programs ------------------------------------------------------- */

static void json_parts(struct json *json, const struct tem_grade *grade)
{
    static const char *const names[TEM_GRADE_PARTS] = {
        [TEM_GRADE_CONTRAST] = "contrast",
        [TEM_GRADE_MODULATION] = "modulation",
        [TEM_GRADE_PATTERNS] = "fixed_patterns",
        [TEM_GRADE_AXIAL] = "axial",
        [TEM_GRADE_GRID] = "grid",
        [TEM_GRADE_UNUSED] = "unused_error_correction"};
    for (int part = 0; part < TEM_GRADE_PARTS; part++) {
        json_open(json, names[part], '{');
        json_number(json, "grade", grade->grade[part]);
        json_decimal(json, "value", grade->value[part], 4);
        json_close(json, '}');
    }
    json_decimal(json, "dark", grade->dark, 4);
    json_decimal(json, "light", grade->light, 4);
    json_decimal(json, "slope", grade->slope, 4);
    json_decimal(json, "sharpness", grade->sharpness, 4);
    json_decimal(json, "growth_x", grade->growth_x, 4);
    json_decimal(json, "growth_y", grade->growth_y, 4);
    json_number(json, "wrong", grade->wrong);
    json_number(json, "streaks", grade->streaks);
}

static void json_hints(struct json *json, const struct tem_grade *grade)
{
    struct tem_message hints[TEM_GRADE_HINTS_MAX];
    size_t count = tem_grade_hints(grade, hints);
    json_open(json, "hints", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(json, NULL, '{');
        json_message(json, TEM_SEVERITY_INFO, &hints[i]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void json_grade(const char *file, const struct tem_scan_symbol *symbol,
                       const struct tem_grade *grade)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    pictures_text(&json, symbol);
    json_corners(&json, symbol->corners);
    json_decimal(&json, "module", symbol->module, 2);
    json_bool(&json, "calibrated", false);
    json_number(&json, "grade", grade->overall);
    json_parts(&json, grade);
    json_hints(&json, grade);
    json_close(&json, '}');
    json_end(&json);
}

/* ---- the whole ---------------------------------------------------------- */

static void each_picture(void *context, const char *file,
                         const struct tem_image *image,
                         const struct tem_scan *scan)
{
    struct grading *grading = context;
    for (size_t i = 0; i < scan->count; i++) {
        const struct tem_scan_symbol *symbol = &scan->symbols[i];
        struct tem_grade grade;
        struct tem_error error;
        if (tem_scan_grade(image, symbol, &grade, &error) != TEM_OK) {
            failure_error(grading->cli, (struct place){file, 0}, "not-graded",
                          &error);
            continue;
        }
        if (grading->cli->json)
            json_grade(file, symbol, &grade);
        else
            print_grade(grading->cli, file, symbol, &grade, scan->count == 1);
        grading->count++;
        if (grade.overall < grading->worst)
            grading->worst = grade.overall;
    }
}

int cmd_grade(struct cli *cli, const struct args *args)
{
    struct looking looking;
    struct grading grading = {.cli = cli, .worst = BEST};
    if (!pictures_operands(cli, args, "IMAGE, FOLDER, -") ||
        !pictures_options(cli, args, O_MAX_PIXELS, O_EFFORT, &looking))
        return EXIT_USAGE;
    looking.closely = true;
    pictures_walk(cli, args, &looking, each_picture, &grading);
    if (grading.count > 1)
        TELL(cli, GRADE_SUMMARY, number_text(grading.count).text,
             grade_text(grading.worst));
    if (grading.count > 0)
        TELL(cli, GRADE_NOTE, NULL);
    return cli->status;
}
