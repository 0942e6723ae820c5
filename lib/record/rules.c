/* SPDX-License-Identifier: MIT */
/* See rules.h. */
#include "rules.h"
#include "tables.h"

bool tem_rules_authority(unsigned stars, int32_t decision_date,
                         enum tem_authority *right)
{
    for (size_t i = 0; i < tem_record_rule_count; i++) {
        const struct tem_record_rule *rule = &tem_record_rules[i];
        if (rule->stars != stars || decision_date < rule->valid_from ||
            (rule->valid_to != TEM_DATE_NONE && decision_date > rule->valid_to))
            continue;
        *right = rule->authority;
        return true;
    }
    return false;
}
