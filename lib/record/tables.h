/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_TABLES_H
#define TEM_RECORD_TABLES_H

/* The dated tables of lib/record as tables.py writes them: sorted by code (or
 * stars) and time, epochs of one code never overlap, every successor is a row
 * that is valid on the day after. */

#include <stddef.h>
#include <tem/record.h>

/** Who recognises so many stars while the row is valid. */
struct tem_record_rule {
    unsigned stars;
    int32_t valid_from; /**< day of the decision, first and last */
    int32_t valid_to;   /**< or TEM_DATE_NONE: still so */
    enum tem_authority authority;
};

extern const struct tem_commune tem_record_communes[];
extern const size_t tem_record_commune_count;
extern const struct tem_record_rule tem_record_rules[];
extern const size_t tem_record_rule_count;

#endif
