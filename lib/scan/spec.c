/* SPDX-License-Identifier: MIT */
/* See spec.h. What can be worked out is; typed in are the two tables of blocks,
 * which the tests hold against libqrencode for every version and level. */
#include "spec.h"

unsigned tem_qr_side(unsigned version)
{
    return 4 * version + 17;
}

/* ---- alignment patterns ---- */

/* Annex E: 6 and side - 7 at the ends, the others evenly between, counted from
 * the far end in even steps; what is left over goes to the first gap. */
unsigned tem_qr_alignments(unsigned version,
                           uint8_t centres[TEM_QR_ALIGNMENTS_MAX])
{
    if (version < 2)
        return 0;
    unsigned count = version / 7 + 2, last = tem_qr_side(version) - 7;
    unsigned gaps = count - 1;
    /* Rounded to even; table E.1 has 26 for version 32, where this gives 28. */
    unsigned step =
        version == 32 ? 26 : ((last - 6 + gaps / 2) / gaps + 1) / 2 * 2;
    centres[0] = 6;
    for (unsigned i = 1; i < count && i < TEM_QR_ALIGNMENTS_MAX; i++)
        centres[i] = (uint8_t)(last - (count - 1 - i) * step);
    return count;
}

struct tem_qr_plan tem_qr_plan(unsigned version)
{
    struct tem_qr_plan plan = {.version = version,
                               .side = tem_qr_side(version)};
    uint8_t centres[TEM_QR_ALIGNMENTS_MAX];
    unsigned count = tem_qr_alignments(version, centres);
    for (unsigned i = 0; i < count; i++)
        for (unsigned at = centres[i] - 2u; at <= centres[i] + 2u; at++)
            plan.centre[at] = centres[i];
    return plan;
}

/* Three crossings have a finder pattern instead. */
static bool is_alignment(const struct tem_qr_plan *plan, unsigned x, unsigned y)
{
    unsigned far = plan->side - 7;
    unsigned cx = plan->centre[x], cy = plan->centre[y];
    bool finder = (cx == 6 && (cy == 6 || cy == far)) || (cx == far && cy == 6);
    return cx && cy && !finder;
}

/* How far from a place, the farther of across and down. */
static unsigned distance(unsigned x, unsigned y, unsigned to_x, unsigned to_y)
{
    unsigned across = x > to_x ? x - to_x : to_x - x;
    unsigned down = y > to_y ? y - to_y : to_y - y;
    return across > down ? across : down;
}

int tem_qr_pattern(const struct tem_qr_plan *plan, unsigned x, unsigned y)
{
    unsigned far = plan->side - 8; /* of the finders there and here */
    if ((x < 8 || x >= far) && (y < 8 || y >= far) && (x < 8 || y < 8)) {
        unsigned ring =
            distance(x, y, x < 8 ? 3 : far + 4, y < 8 ? 3 : far + 4);
        return ring == 2 || ring == 4 ? -1 : 1;
    }
    if (is_alignment(plan, x, y))
        return distance(x, y, plan->centre[x], plan->centre[y]) == 1 ? -1 : 1;
    return x != 6 && y != 6 ? 0 : (x + y) % 2 == 0 ? 1 : -1;
}

bool tem_qr_is_function(const struct tem_qr_plan *plan, unsigned x, unsigned y)
{
    unsigned side = plan->side;
    bool corner =
        (x < 9 && (y < 9 || y >= side - 8)) || (x >= side - 8 && y < 9);
    bool word = plan->version >= 7 &&
                ((x < 6 && y >= side - 11) || (y < 6 && x >= side - 11));
    return corner || word || x == 6 || y == 6 || is_alignment(plan, x, y);
}

/* ---- codewords ---- */

unsigned tem_qr_data_modules(unsigned version)
{
    unsigned side = tem_qr_side(version), count = version / 7 + 2;
    unsigned modules = side * side - 3 * 8 * 8 - 2 * TEM_QR_FORMAT_BITS - 1 -
                       2 * (side - 16); /* finders, format, timing */
    if (version >= 7)
        modules -= 2 * TEM_QR_VERSION_BITS;
    if (version >= 2) /* those on the timing patterns share 5 modules with it */
        modules -= (count * count - 3) * 25 - 2 * (count - 2) * 5;
    return modules;
}

unsigned tem_qr_codewords(unsigned version)
{
    return tem_qr_data_modules(version) / 8;
}

struct tem_qr_blocks tem_qr_blocks(unsigned version, enum tem_ecc level)
{
    static const uint8_t check[4][TEM_SYMBOL_VERSION_MAX] = {
        {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30,
         22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30,
         30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
        {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24,
         24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
         28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
        {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20,
         30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
         30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
        {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24,
         24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
         30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    };
    static const uint8_t count[4][TEM_SYMBOL_VERSION_MAX] = {
        {1,  1,  1,  1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,
         6,  6,  6,  6,  7,  8,  8,  9,  9,  10, 12, 12, 12, 13,
         14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
        {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,
         10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26,
         28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
        {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16,
         12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35,
         38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
        {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16,
         18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42,
         45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
    };
    static const uint8_t guard[3][4] = {
        {3, 2, 1, 1}, {2, 0, 0, 0}, {1, 0, 0, 0}};
    struct tem_qr_blocks b = {.count = count[level][version - 1],
                              .check = check[level][version - 1]};
    unsigned all = tem_qr_codewords(version);
    b.short_blocks = b.count - all % b.count;
    b.data = all / b.count - b.check;
    b.guard = version <= 3 ? guard[version - 1][level] : 0;
    return b;
}

/* ---- words ---- */

/* @p data behind it the remainder of its division by @p generator. */
static uint32_t bch(uint32_t data, uint32_t generator, unsigned check_bits)
{
    uint32_t rest = data << check_bits;
    for (unsigned bit = 31; bit >= check_bits; bit--)
        if (rest >> bit & 1)
            rest ^= generator << (bit - check_bits);
    return data << check_bits | rest;
}

unsigned tem_qr_format_word(enum tem_ecc level, unsigned mask)
{
    static const uint8_t indicator[4] = {1, 0, 3, 2}; /* L M Q H, table 12 */
    return bch((uint32_t)indicator[level] << 3 | mask, 0x537, 10) ^ 0x5412;
}

uint32_t tem_qr_version_word(unsigned version)
{
    return bch(version, 0x1F25, 12);
}

void tem_qr_format_module(unsigned version, unsigned copy, unsigned bit,
                          unsigned *x, unsigned *y)
{
    unsigned side = tem_qr_side(version);
    if (copy == 0) { /* around the finder at the top left, past the timing */
        *x = bit < 8 ? 8 : bit == 8 ? 7 : 14 - bit;
        *y = bit < 6 ? bit : bit < 8 ? bit + 1 : 8;
    } else { /* the dark module stands at (8, side - 8) */
        *x = bit < 8 ? side - 1 - bit : 8;
        *y = bit < 8 ? 8 : side - 15 + bit;
    }
}

void tem_qr_version_module(unsigned version, unsigned copy, unsigned bit,
                           unsigned *x, unsigned *y)
{
    unsigned along = bit / 3, across = tem_qr_side(version) - 11 + bit % 3;
    *x = copy == 0 ? across : along;
    *y = copy == 0 ? along : across;
}

/* ---- placement ---- */

struct tem_qr_walk tem_qr_walk(unsigned version)
{
    struct tem_qr_walk walk = {.plan = tem_qr_plan(version), .up = true};
    walk.right = walk.plan.side - 1;
    return walk;
}

bool tem_qr_walk_next(struct tem_qr_walk *walk, unsigned *x, unsigned *y)
{
    unsigned side = walk->plan.side;
    while (walk->right < side) { /* below 0 it is far above */
        for (; walk->step < 2 * side; walk->step++) {
            unsigned down = walk->step / 2;
            *x = walk->right - walk->step % 2;
            *y = walk->up ? side - 1 - down : down;
            if (!tem_qr_is_function(&walk->plan, *x, *y)) {
                walk->step++;
                return true;
            }
        }
        walk->step = 0;
        walk->up = !walk->up;
        walk->right -= walk->right == 8 ? 3 : 2;
    }
    return false;
}

/* ---- masks ---- */

bool tem_qr_is_masked(unsigned mask, unsigned x, unsigned y)
{
    switch (mask) {
    case 0:
        return (y + x) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (y + x) % 3 == 0;
    case 4:
        return (y / 2 + x / 3) % 2 == 0;
    case 5:
        return y * x % 2 + y * x % 3 == 0;
    case 6:
        return (y * x % 2 + y * x % 3) % 2 == 0;
    default:
        return ((y + x) % 2 + y * x % 3) % 2 == 0;
    }
}
