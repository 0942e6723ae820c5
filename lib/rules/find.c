/* SPDX-License-Identifier: MIT */
/* See <tem/rules.h>: what the tables and the changes say. */
#include "tables.h"
#include <string.h>

size_t tem_rule_list(const struct tem_rule **rules)
{
    *rules = tem_rules;
    return tem_rule_count;
}

size_t tem_limit_list(const struct tem_limit **limits)
{
    *limits = tem_limits;
    return tem_limit_count;
}

const struct tem_rule *tem_rule_find(const char *rule)
{
    for (size_t i = 0; i < tem_rule_count; i++)
        if (strcmp(tem_rules[i].rule, rule) == 0)
            return &tem_rules[i];
    return NULL;
}

bool tem_rule_is_on(const struct tem_tuning *tuning, const char *rule)
{
    for (size_t i = 0; tuning && i < tuning->count; i++)
        if (tuning->changes[i].off &&
            strcmp(tuning->changes[i].rule, rule) == 0)
            return false;
    return true;
}

static bool holds(const struct tem_limit *limit, int32_t day)
{
    return (limit->valid_from == TEM_DATE_NONE || limit->valid_from <= day) &&
           (limit->valid_to == TEM_DATE_NONE || day <= limit->valid_to);
}

/* The later change goes before the earlier one, and both before the table. */
static bool find(const struct tem_tuning *tuning, const char *rule,
                 const char *limit, const char *of, int32_t day, int64_t *value)
{
    for (size_t i = tuning ? tuning->count : 0; i > 0; i--) {
        const struct tem_change *c = &tuning->changes[i - 1];
        if (c->off || strcmp(c->rule, rule) != 0 ||
            strcmp(c->limit, limit) != 0 || strcmp(c->of, of) != 0)
            continue;
        *value = c->value;
        return true;
    }
    for (size_t i = 0; i < tem_limit_count; i++) {
        const struct tem_limit *l = &tem_limits[i];
        if (strcmp(l->rule, rule) != 0 || strcmp(l->limit, limit) != 0 ||
            strcmp(l->of, of) != 0 || !holds(l, day))
            continue;
        *value = l->value;
        return true;
    }
    return false;
}

bool tem_limit_on(const struct tem_tuning *tuning, const char *rule,
                  const char *limit, const char *of, int32_t day,
                  int64_t *value)
{
    return (*of && find(tuning, rule, limit, of, day, value)) ||
           find(tuning, rule, limit, "", day, value);
}
