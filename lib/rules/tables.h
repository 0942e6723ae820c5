/* SPDX-License-Identifier: MIT */
#ifndef TEM_RULES_TABLES_H
#define TEM_RULES_TABLES_H

/* The tables of lib/rules as rules.py writes them: rules by number; limits by
 * rule, name, of what and time, and epochs of one never overlap. */

#include <stddef.h>
#include <tem/rules.h>

extern const struct tem_rule tem_rules[];
extern const size_t tem_rule_count;
extern const struct tem_limit tem_limits[];
extern const size_t tem_limit_count;

#endif
