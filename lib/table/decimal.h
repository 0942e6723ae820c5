/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_DECIMAL_H
#define TEM_TABLE_DECIMAL_H

/* Numbers as people write them, "1185,5" or "1185.5", as whole ones of a
 * smaller unit. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TEM_DECIMAL_DIGITS = 14, /* and four decimals stay within int64_t */
    TEM_DECIMAL_SIZE = 32,   /* of one shown, and its NUL */
};

/* A decimal number taken apart. */
struct tem_decimal {
    bool negative, well_formed, two_marks;
    bool too_long; /* over TEM_DECIMAL_DIGITS: digits has the first of them */
    size_t whole, places; /* digits before and after the mark */
    char mark;            /* ',' or '.', 0 for none */
    int64_t digits;       /* all of them as one number */
};

struct tem_decimal tem_decimal_parse(const char *text);

/* "1.185" may be a thousand and some or one and some: a cell does not tell. */
bool tem_decimal_is_ambiguous(const struct tem_decimal *decimal,
                              const char *text);

/* Bring `digits` to so many decimals, with its sign; false if it has more, or
 * is too long. */
bool tem_decimal_scale(struct tem_decimal *decimal, unsigned decimals);

/* As short as it goes: "1.5" for 1500 with three decimals. @return @p out. */
const char *tem_decimal_show(int64_t value, unsigned decimals,
                             char out[TEM_DECIMAL_SIZE]);

#endif
