/* SPDX-License-Identifier: MIT */
/*
 * See <tem/symbol.h>. Dynamic programming over the characters: for each mode,
 * the least cost of the text so far with its last character in that mode.
 *
 * A run of n digits takes ceil(10 n / 3) bits and one of n alphanumeric
 * characters ceil(11 n / 2) (ISO/IEC 18004:2015, 7.4.3, 7.4.4), so costs are
 * counted in sixths of a bit and rounded up where a run ends. A run begins on
 * a whole bit, hence of two ways to the same mode the one with fewer sixths
 * never ends with more bits: keeping one cost a mode is exact.
 */
#include "split.h"
#include "../error/fail.h"

enum { MODES = 3, SIXTHS = 6 };

/* Sixths of a bit a character takes: 10/3, 11/2, 8 bits. */
static const uint8_t character_cost[MODES] = {20, 33, 48};

/* Bits of mode and character count indicators: tables 2 and 3. */
static const uint8_t head_bits[TEM_SYMBOL_RANGES][MODES] = {
    {4 + 10, 4 + 9, 4 + 8},
    {4 + 12, 4 + 11, 4 + 16},
    {4 + 14, 4 + 13, 4 + 16},
};

#define UNREACHABLE (UINT32_C(1) << 30) /* over any cost; sums do not wrap */

/* The first mode that can hold a character; those after it can too. */
static unsigned narrowest_mode(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return TEM_SEGMENT_NUMERIC;
    if (c >= 'A' && c <= 'Z')
        return TEM_SEGMENT_ALPHANUMERIC;
    switch (c) {
    case ' ':
    case '$':
    case '%':
    case '*':
    case '+':
    case '-':
    case '.':
    case '/':
    case ':':
        return TEM_SEGMENT_ALPHANUMERIC;
    default:
        return TEM_SEGMENT_BYTE;
    }
}

static uint32_t whole_bits(uint32_t sixths)
{
    return (sixths + SIXTHS - 1) / SIXTHS * SIXTHS;
}

/*
 * Add a character to every way. @return for each mode m, in bits 2m and up,
 * the mode of the character before on the best way. Equal costs stay in their
 * mode: a run less.
 */
static uint8_t add_character(uint32_t cost[MODES], uint8_t c,
                             const uint8_t head[MODES])
{
    uint32_t closed[MODES];
    for (unsigned m = 0; m < MODES; m++)
        closed[m] = whole_bits(cost[m]);
    unsigned step = 0;
    unsigned narrowest = narrowest_mode(c);
    for (unsigned m = 0; m < MODES; m++) {
        uint32_t best = cost[m];
        unsigned from = m;
        for (unsigned k = 0; k < MODES; k++) {
            uint32_t through = closed[k] + (uint32_t)head[m] * SIXTHS;
            if (k != m && through < best) {
                best = through;
                from = k;
            }
        }
        cost[m] = m < narrowest ? UNREACHABLE : best + character_cost[m];
        step |= from << (2 * m);
    }
    return (uint8_t)step;
}

static unsigned range_of(unsigned version)
{
    unsigned range = 0;
    while (version > tem_symbol_range_last[range])
        range++;
    return range;
}

void tem_symbol_plan(struct tem_bytes text, unsigned range,
                     struct tem_symbol_plan *plan)
{
    const uint8_t *head = head_bits[range];
    uint32_t cost[MODES];
    for (unsigned m = 0; m < MODES; m++)
        cost[m] = (uint32_t)head[m] * SIXTHS;
    uint8_t *steps = plan->modes; /* each replaced by its mode on the way back */
    for (size_t i = 0; i < text.size; i++)
        steps[i] = add_character(cost, text.data[i], head);

    unsigned mode = 0;
    for (unsigned m = 1; m < MODES; m++)
        if (cost[m] < cost[mode])
            mode = m;
    plan->bits = whole_bits(cost[mode]) / SIXTHS;
    for (size_t i = text.size; i-- > 0;) {
        unsigned before = steps[i] >> (2 * mode) & 3;
        plan->modes[i] = (uint8_t)mode;
        mode = before;
    }
}

size_t tem_symbol_runs(const struct tem_symbol_plan *plan, size_t size,
                       struct tem_segment *segments, size_t capacity)
{
    size_t count = 0;
    for (size_t start = 0, end; start < size; start = end) {
        end = start + 1;
        while (end < size && plan->modes[end] == plan->modes[start])
            end++;
        if (count < capacity) {
            segments[count].mode = (enum tem_segment_mode)plan->modes[start];
            segments[count].length = end - start;
        }
        count++;
    }
    return count;
}

enum tem_status tem_symbol_split(struct tem_bytes text, unsigned version,
                                 struct tem_segment *segments, size_t capacity,
                                 size_t *count, size_t *bits,
                                 struct tem_error *error)
{
    if (text.size < 1 || text.size > TEM_SYMBOL_TEXT_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SYMBOL_TEXT, "dd",
                        (long long)text.size, (long long)TEM_SYMBOL_TEXT_MAX);
    if (version < 1 || version > TEM_SYMBOL_VERSION_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, SYMBOL_VERSION, "dd",
                        (long long)version, (long long)TEM_SYMBOL_VERSION_MAX);
    struct tem_symbol_plan plan;
    tem_symbol_plan(text, range_of(version), &plan);
    size_t runs = tem_symbol_runs(&plan, text.size, NULL, 0);
    if (runs > capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, SYMBOL_SEGMENTS, "dd",
                        (long long)runs, (long long)capacity);
    *count = tem_symbol_runs(&plan, text.size, segments, capacity);
    *bits = plan.bits;
    return TEM_OK;
}
