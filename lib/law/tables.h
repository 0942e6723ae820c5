/* SPDX-License-Identifier: MIT */
#ifndef TEM_LAW_TABLES_H
#define TEM_LAW_TABLES_H

/* The dated tables of lib/law as tables.py writes them: sorted by code (or
 * stars) and time, epochs of one code never overlap, every successor is a row
 * that is valid on the day after. */

#include <stddef.h>
#include <tem/law.h>

extern const struct tem_commune tem_communes[];
extern const size_t tem_commune_count;
extern const struct tem_ocop_rule tem_ocop_rules[];
extern const size_t tem_ocop_rule_count;

#endif
