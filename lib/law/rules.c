/* SPDX-License-Identifier: MIT */
/* See <tem/law.h>: who gives how many OCOP stars. */
#include "tables.h"

const struct tem_ocop_rule *tem_ocop_rule_on(unsigned stars,
                                             int32_t decision_date)
{
    for (size_t i = 0; i < tem_ocop_rule_count; i++) {
        const struct tem_ocop_rule *rule = &tem_ocop_rules[i];
        if (rule->stars == stars && decision_date >= rule->valid_from &&
            (rule->valid_to == TEM_DATE_NONE ||
             decision_date <= rule->valid_to))
            return rule;
    }
    return NULL;
}
