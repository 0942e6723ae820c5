/* SPDX-License-Identifier: MIT */
/* tem_scan_grade() of tem/scan.h: a printed symbol, module by module, beside
 * what it should be. */
#include "../error/fail.h"
#include "decode.h"
#include "printed.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUIET = TEM_PRINTED_QUIET, BEST = 4 };

/* ---- grades ------------------------------------------------------------- */

/* 4..0: of the first limit that is reached. Limits fall where more is better,
 * and rise where less is. */
static unsigned grade_of(double value, const double limits[BEST])
{
    bool more = limits[0] > limits[BEST - 1];
    for (unsigned i = 0; i < BEST; i++)
        if (more ? value >= limits[i] : value <= limits[i])
            return BEST - i;
    return 0;
}

static const double contrast_limits[] = {0.70, 0.55, 0.40, 0.20};
static const double modulation_limits[] = {0.50, 0.40, 0.30, 0.20};
static const double unused_limits[] = {0.62, 0.50, 0.37, 0.25};
static const double axial_limits[] = {0.06, 0.08, 0.10, 0.12};
static const double grid_limits[] = {0.38, 0.50, 0.63, 0.75};
static const double timing_limits[] = {0, 0.07, 0.11, 0.14};
static const double alignment_limits[] = {0, 0.10, 0.20, 0.30};

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Is a module on the wrong side, or so weak that its grade is below the view's?
 * View 0 is what a reader sees, that takes every module for what it is. */
static bool is_damaged(const struct tem_printed *p, int x, int y, unsigned view)
{
    double modulation = tem_printed_modulation(p, x, y);
    return modulation <= 0 || grade_of(modulation, modulation_limits) < view;
}

/* The grade that damage deserves if all below a grade of modulation is taken
 * for damage; at best that grade itself: the best of all such views (7.8.4). */
static unsigned best_view(unsigned (*grade)(const struct tem_printed *,
                                            unsigned view),
                          const struct tem_printed *p)
{
    unsigned best = 0;
    for (unsigned view = 1; view <= BEST; view++) {
        unsigned now = least(grade(p, view), view);
        best = now > best ? now : best;
    }
    return best;
}

/* ---- error correction --------------------------------------------------- */

/* Of the worst block, if all codewords with a damaged module are. */
static double unused(const struct tem_printed *p, unsigned view)
{
    uint8_t whole[TEM_QR_CODEWORDS_MAX];
    unsigned version = p->drawn->version, x, y;
    unsigned bits = 8 * tem_qr_codewords(version);
    struct tem_qr_walk walk = tem_qr_walk(version);
    memset(whole, 1, sizeof whole);
    for (unsigned i = 0; i < bits && tem_qr_walk_next(&walk, &x, &y); i++)
        if (is_damaged(p, (int)x, (int)y, view))
            whole[i / 8] = 0;
    return tem_qr_unused(version, (enum tem_ecc)p->drawn->ecc, whole, 1);
}

static unsigned unused_grade(const struct tem_printed *p, unsigned view)
{
    return grade_of(unused(p, view), unused_limits);
}

static double mean_modulation(const struct tem_printed *p)
{
    double sum = 0;
    int side = p->drawn->side;
    for (int i = 0; i < side * side; i++)
        sum += tem_printed_modulation(p, i % side, i / side);
    return sum / (side * side);
}

/* ---- fixed patterns ----------------------------------------------------- */

/* A finder pattern, its separator and the quiet zone that it adjoins: modules
 * from (left, top) on. */
static unsigned finder_grade(const struct tem_printed *p, int left, int top,
                             unsigned view)
{
    unsigned wrong = 0;
    for (int y = top; y < top + 8 + QUIET; y++)
        for (int x = left; x < left + 8 + QUIET; x++)
            wrong += is_damaged(p, x, y, view);
    return BEST - least(wrong, BEST);
}

/* A timing pattern, from separator to separator. */
static unsigned timing_grade(const struct tem_printed *p, bool down,
                             unsigned view)
{
    int end = p->drawn->side - 8, wrong = 0;
    for (int i = 8; i < end; i++)
        wrong += down ? is_damaged(p, 6, i, view) : is_damaged(p, i, 6, view);
    return grade_of((double)wrong / (end - 8), timing_limits);
}

static bool is_whole_alignment(const struct tem_printed *p, int cx, int cy,
                               unsigned view)
{
    for (int y = cy - 2; y <= cy + 2; y++)
        for (int x = cx - 2; x <= cx + 2; x++)
            if (is_damaged(p, x, y, view))
                return false;
    return true;
}

static unsigned alignment_grade(const struct tem_printed *p, unsigned view)
{
    uint8_t centre[TEM_QR_ALIGNMENTS_MAX];
    unsigned count = tem_qr_alignments(p->drawn->version, centre);
    int wrong = 0, all = 0;
    for (unsigned i = 0; i < count * count; i++) {
        unsigned a = i % count, b = i / count;
        if ((a == 0 && (b == 0 || b == count - 1)) ||
            (b == 0 && a == count - 1))
            continue;
        all++;
        wrong += !is_whole_alignment(p, centre[a], centre[b], view);
    }
    return all ? grade_of((double)wrong / all, alignment_limits) : BEST;
}

static unsigned pattern_grade(const struct tem_printed *p, unsigned view)
{
    int far = p->drawn->side - 8;
    unsigned grade = finder_grade(p, -QUIET, -QUIET, view);
    grade = least(grade, finder_grade(p, far, -QUIET, view));
    grade = least(grade, finder_grade(p, -QUIET, far, view));
    grade = least(grade, timing_grade(p, false, view));
    grade = least(grade, timing_grade(p, true, view));
    return least(grade, alignment_grade(p, view));
}

/* What is on the wrong side, of patterns and quiet zone and of all else. */
struct wrong {
    unsigned fixed, fixed_all, data;
};

static struct wrong count_wrong(const struct tem_printed *p)
{
    struct wrong wrong = {0};
    struct tem_qr_plan plan = tem_qr_plan(p->drawn->version);
    int side = p->drawn->side;
    for (int y = -QUIET; y < side + QUIET; y++)
        for (int x = -QUIET; x < side + QUIET; x++) {
            bool outside = x < 0 || y < 0 || x >= side || y >= side;
            bool fixed =
                outside || tem_qr_pattern(&plan, (unsigned)x, (unsigned)y);
            bool damaged = is_damaged(p, x, y, 0);
            wrong.fixed_all += fixed;
            wrong.fixed += fixed && damaged;
            wrong.data += !fixed && damaged;
        }
    return wrong;
}

/* ---- streaks ----------------------------------------------------------- */

/* A line of ink that is lighter than other ink all along, though not at each
 * module: half as wide as one, it may lie between two of them. */
static bool is_streak(const struct tem_printed *p, int line, bool down,
                      double usual)
{
    static const double lighter = 0.2, nearly_all = 0.9;
    int ink = 0, weak = 0, side = p->drawn->side;
    for (int i = 0; i < side; i++) {
        int x = down ? line : i, y = down ? i : line;
        if (!tem_printed_ink(p, x, y))
            continue;
        ink++;
        weak += tem_printed_modulation(p, x, y) < usual - lighter;
    }
    return weak >= nearly_all * ink;
}

static double usual_ink(const struct tem_printed *p)
{
    int side = p->drawn->side, count = 0;
    double sum = 0;
    for (int i = 0; i < side * side; i++) {
        if (!tem_printed_ink(p, i % side, i / side))
            continue;
        sum += tem_printed_modulation(p, i % side, i / side);
        count++;
    }
    return sum / count;
}

/* Lines beside each other are one streak. */
static unsigned count_streaks(const struct tem_printed *p)
{
    unsigned count = 0;
    double usual = usual_ink(p);
    for (int down = 0; down < 2; down++) {
        bool before = false;
        for (int line = 0; line < p->drawn->side; line++) {
            bool now = is_streak(p, line, down, usual);
            count += now && !before;
            before = now;
        }
    }
    return count;
}

/* ---- where modules lie -------------------------------------------------- */

static double length(struct tem_spot a, struct tem_spot b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* The one map that lies best over the crossings of a bent lattice. */
static bool flatten(const struct tem_lattice *bent, struct tem_projective *map)
{
    enum { KNOTS = TEM_QR_ALIGNMENTS_MAX };
    struct tem_pair pairs[KNOTS * KNOTS];
    size_t count = 0;
    for (unsigned y = 0; y <= bent->cells; y++)
        for (unsigned x = 0; x <= bent->cells; x++) {
            double u = bent->knot[x], v = bent->knot[y];
            pairs[count++] =
                (struct tem_pair){{u, v}, tem_lattice_at(bent, u, v), 1};
        }
    return tem_projective_fit(pairs, count, map);
}

/* How much wider than high modules are, by the sides of the whole symbol. */
static double axial(const struct tem_projective *map, unsigned side)
{
    struct tem_spot at[4];
    for (int i = 0; i < 4; i++)
        at[i] = tem_project(map, i % 2 ? side : 0, i / 2 ? side : 0);
    double across = length(at[0], at[1]) + length(at[2], at[3]);
    double down = length(at[0], at[2]) + length(at[1], at[3]);
    return 2 * (across - down) / (across + down);
}

/* The farthest that a crossing lies from where it should, in modules. */
static double grid(const struct tem_lattice *bent,
                   const struct tem_projective *map, double module)
{
    double worst = 0;
    for (unsigned v = 0; v <= bent->side; v++)
        for (unsigned u = 0; u <= bent->side; u++) {
            double far =
                length(tem_lattice_at(bent, u, v), tem_project(map, u, v));
            worst = far > worst ? far : worst;
        }
    return worst / module;
}

/* ---- the whole ---------------------------------------------------------- */

static void set(struct tem_grade *grade, enum tem_grade_part part, double value,
                unsigned one)
{
    grade->value[part] = value;
    grade->grade[part] = one;
    grade->overall = least(grade->overall, one);
}

static void measure(const struct tem_printed *p, double module,
                    struct tem_grade *grade)
{
    struct tem_projective map = p->lattice.cell[0][0];
    struct wrong wrong = count_wrong(p);
    flatten(&p->lattice, &map);
    double far = grid(&p->lattice, &map, module);
    double axes = axial(&map, p->drawn->side);
    double contrast = p->light - p->dark, left = unused(p, 0);
    *grade = (struct tem_grade){.overall = BEST,
                                .dark = p->dark,
                                .light = p->light,
                                .slope = tem_printed_slope(p),
                                .growth_x = p->growth_x,
                                .growth_y = p->growth_y,
                                .sharpness = p->sharpness,
                                .wrong = wrong.data,
                                .streaks = count_streaks(p)};
    set(grade, TEM_GRADE_CONTRAST, contrast,
        grade_of(contrast, contrast_limits));
    set(grade, TEM_GRADE_MODULATION, mean_modulation(p),
        best_view(unused_grade, p));
    set(grade, TEM_GRADE_PATTERNS, (double)wrong.fixed / wrong.fixed_all,
        best_view(pattern_grade, p));
    set(grade, TEM_GRADE_AXIAL, axes, grade_of(fabs(axes), axial_limits));
    set(grade, TEM_GRADE_GRID, far, grade_of(far, grid_limits));
    set(grade, TEM_GRADE_UNUSED, left, grade_of(left, unused_limits));
}

static enum tem_status too_small(double module, struct tem_error *error)
{
    char is[16], least[16];
    snprintf(is, sizeof is, "%.1f", module);
    snprintf(least, sizeof least, "%.1f", TEM_GRADE_MODULE_MIN);
    return TEM_FAIL(error, TEM_E_LIMIT, GRADE_MODULE, "nn", is, least);
}

enum tem_status tem_scan_grade(const struct tem_image *image,
                               const struct tem_scan_symbol *symbol,
                               struct tem_grade *grade, struct tem_error *error)
{
    if (!symbol->drawn)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, GRADE_NONE, "");
    if (symbol->module < TEM_GRADE_MODULE_MIN)
        return too_small(symbol->module, error);
    struct tem_printed *printed = malloc(sizeof *printed);
    if (!printed)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    bool laid = tem_printed_read(printed, image, symbol);
    if (laid)
        measure(printed, symbol->module, grade);
    free(printed);
    return laid ? TEM_OK : TEM_FAIL(error, TEM_E_UNSUPPORTED, GRADE_NONE, "");
}
