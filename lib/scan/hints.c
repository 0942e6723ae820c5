/* SPDX-License-Identifier: MIT */
/* tem_grade_hints() of tem/scan.h: figures of a grade to advice. */
#include "../error/fail.h"
#include <math.h>
#include <stdio.h>
#include <tem/scan.h>

enum { BEST = 4 };

struct hints {
    struct tem_message *at;
    size_t count;
};

struct figure {
    char text[24];
};

static struct figure decimal(double value, int places)
{
    struct figure figure;
    snprintf(figure.text, sizeof figure.text, "%.*f", places, value);
    return figure;
}

static struct figure percent(double part)
{
    return decimal(100 * fabs(part), 0);
}

static void add(struct hints *hints, enum tem_message_id id, const char *figure)
{
    tem_message_set(&hints->at[hints->count++], id, "n", figure);
}

static void ink(struct hints *hints, const struct tem_grade *grade)
{
    static const double much = 0.10;
    double growth = fabs(grade->growth_x) > fabs(grade->growth_y)
                        ? grade->growth_x
                        : grade->growth_y;
    bool ill = fabs(growth) > much;
    if (ill)
        add(hints, growth > 0 ? TEM_MSG_GRADE_SPREAD : TEM_MSG_GRADE_SHRUNK,
            percent(growth).text);
    if (grade->streaks > 0)
        tem_message_set(&hints->at[hints->count++], TEM_MSG_GRADE_STREAKS, "d",
                        (long long)grade->streaks);
    if (grade->grade[TEM_GRADE_MODULATION] < BEST && !ill &&
        grade->streaks == 0 && grade->grade[TEM_GRADE_UNUSED] == BEST)
        tem_message_set(&hints->at[hints->count++], TEM_MSG_GRADE_UNEVEN, "");
}

static void contrast(struct hints *hints, const struct tem_grade *grade)
{
    static const double pale = 0.15, dim = 0.75;
    if (grade->grade[TEM_GRADE_CONTRAST] == BEST)
        return;
    if (grade->dark > pale)
        add(hints, TEM_MSG_GRADE_PALE, percent(grade->dark).text);
    if (grade->light < dim)
        add(hints, TEM_MSG_GRADE_DIM, percent(grade->light).text);
}

static void damage(struct hints *hints, const struct tem_grade *grade)
{
    if (grade->grade[TEM_GRADE_UNUSED] < BEST)
        tem_message_set(&hints->at[hints->count++], TEM_MSG_GRADE_WRONG, "dn",
                        (long long)grade->wrong,
                        percent(grade->value[TEM_GRADE_UNUSED]).text);
    if (grade->value[TEM_GRADE_PATTERNS] > 0 &&
        grade->grade[TEM_GRADE_PATTERNS] < BEST)
        add(hints, TEM_MSG_GRADE_PATTERNS,
            decimal(100 * grade->value[TEM_GRADE_PATTERNS], 1).text);
}

static void shape(struct hints *hints, const struct tem_grade *grade)
{
    double axial = grade->value[TEM_GRADE_AXIAL];
    if (grade->grade[TEM_GRADE_AXIAL] < BEST)
        add(hints, axial > 0 ? TEM_MSG_GRADE_WIDE : TEM_MSG_GRADE_HIGH,
            percent(axial).text);
    if (grade->grade[TEM_GRADE_GRID] < BEST)
        add(hints, TEM_MSG_GRADE_BENT,
            decimal(grade->value[TEM_GRADE_GRID], 2).text);
}

size_t tem_grade_hints(const struct tem_grade *grade,
                       struct tem_message hints[TEM_GRADE_HINTS_MAX])
{
    static const double uneven = 0.3, blurred = 0.5;
    struct hints all = {hints, 0};
    if (grade->sharpness < blurred) {
        tem_message_set(&all.at[all.count++], TEM_MSG_GRADE_BLURRED, "");
    } else {
        ink(&all, grade);
        damage(&all, grade);
        shape(&all, grade);
    }
    contrast(&all, grade);
    if (grade->slope > uneven)
        add(&all, TEM_MSG_GRADE_SHADE, percent(grade->slope).text);
    return all.count;
}
