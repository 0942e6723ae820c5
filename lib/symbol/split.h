/* SPDX-License-Identifier: MIT */
#ifndef TEM_SYMBOL_SPLIT_H
#define TEM_SYMBOL_SPLIT_H

/* Which mode each character of a text is written in. */

#include <tem/symbol.h>

/* The last versions of the ranges in which character counts have the same
 * widths (ISO/IEC 18004:2015 table 3). */
#define TEM_SYMBOL_RANGES 3
static const uint8_t tem_symbol_range_last[TEM_SYMBOL_RANGES] = {
    9, 26, TEM_SYMBOL_VERSION_MAX};

struct tem_symbol_plan {
    size_t bits;                        /* mode and count indicators too */
    uint8_t modes[TEM_SYMBOL_TEXT_MAX]; /* enum tem_segment_mode */
};

/* Find the fewest bits. @p text has 1..TEM_SYMBOL_TEXT_MAX bytes, @p range is
 * 0..2. */
void tem_symbol_plan(struct tem_bytes text, unsigned range,
                     struct tem_symbol_plan *plan);

/* The runs of a plan, the first @p capacity of them. @return how many runs. */
size_t tem_symbol_runs(const struct tem_symbol_plan *plan, size_t size,
                       struct tem_segment *segments, size_t capacity);

#endif
