/* SPDX-License-Identifier: MIT */
/* See award.h. Who may give how many stars when, for how many points and how
 * long: ocop_rules.csv. */
#include "award.h"
#include "../table/decimal.h"
#include <stdio.h>
#include <string.h>

#define FAULT(field, rule, name, ...)                                          \
    tem_problems_add(found, field, rule, TEM_SEVERITY_ERROR, TEM_MSG_##name,   \
                     __VA_ARGS__)

const struct tem_choice tem_authority_words[] = {
    {"district", "huyện", TEM_AUTHORITY_DISTRICT},
    {"province", "tỉnh", TEM_AUTHORITY_PROVINCE},
    {"centre", "bộ", TEM_AUTHORITY_CENTRE},
    {"trung_uong", NULL, TEM_AUTHORITY_CENTRE},
    {NULL, NULL, 0}};

/* The rule of the day of the decision; of today's, where none is given. */
static const struct tem_ocop_rule *rule_on(int64_t stars, int32_t decided)
{
    return tem_ocop_rule_on((unsigned)stars,
                            decided == TEM_DATE_NONE ? TEM_DATE_MAX : decided);
}

bool tem_award_is_rating(int64_t stars)
{
    return stars == 0 || (stars > 0 && stars <= 5 &&
                          tem_ocop_rule_on((unsigned)stars, TEM_DATE_MAX));
}

int32_t tem_award_end(unsigned stars, int32_t decided)
{
    const struct tem_ocop_rule *rule = rule_on(stars, decided);
    if (!rule) /* nobody could give them that day; how long may still be said */
        rule = tem_ocop_rule_on(stars, TEM_DATE_MAX);
    return rule && decided != TEM_DATE_NONE
               ? tem_date_add_months(decided, rule->months)
               : TEM_DATE_NONE;
}

/* A15: points outside the band of the stars; none are given below the first. */
static void check_points(const struct tem_award *award,
                         struct tem_problems *found)
{
    char points[TEM_DECIMAL_SIZE], low[TEM_DECIMAL_SIZE],
        high[TEM_DECIMAL_SIZE], band[2 * TEM_DECIMAL_SIZE];
    bool none = award->stars == 0;
    const struct tem_ocop_rule *rule =
        rule_on(none ? 3 : award->stars, award->decided);
    if (award->points10 == TEM_NUMBER_NONE || !rule)
        return;
    int from = none ? 0 : rule->points_from;
    int to = none ? rule->points_from - 1 : rule->points_to;
    if (award->points10 >= from && award->points10 <= to)
        return;
    snprintf(band, sizeof band, "%s-%s", tem_decimal_show(from, 1, low),
             tem_decimal_show(to, 1, high));
    FAULT("ocop_points", "A15", CHECK_POINTS, "ndn",
          tem_decimal_show(award->points10, 1, points), (long long)award->stars,
          band);
}

static const char committee_suffix[] = "/QĐ-UBND";

/* Is it numbered as the decisions of a people's committee are? */
static bool is_committee_number(const char *number)
{
    size_t length = strlen(number), end = sizeof committee_suffix - 1;
    return length >= end &&
           strcmp(number + length - end, committee_suffix) == 0;
}

/* A13: whose number it is shows who decided. */
static void check_number(const struct tem_award *award,
                         struct tem_problems *found)
{
    if (!award->number[0])
        return;
    bool committee = is_committee_number(award->number);
    if ((award->authority == TEM_AUTHORITY_DISTRICT ||
         award->authority == TEM_AUTHORITY_PROVINCE) &&
        !tem_pattern_fits("9{1,5}/QĐ-UBND", award->number))
        FAULT("decision_number", "A13", CHECK_NUMBER_COMMITTEE, "ss",
              award->number, committee_suffix);
    if (award->authority == TEM_AUTHORITY_CENTRE && committee)
        FAULT("decision_number", "A13", CHECK_NUMBER_CENTRE, "s",
              award->number);
}

/* A13: the wrong authority for these stars on that day. */
static void check_authority(const struct tem_award *award,
                            struct tem_problems *found)
{
    char day[TEM_DATE_TEXT_SIZE];
    long long stars = award->stars;
    if (award->authority == TEM_NUMBER_NONE || award->decided == TEM_DATE_NONE)
        return;
    tem_date_vn(award->decided, day);
    const struct tem_ocop_rule *rule = rule_on(stars, award->decided);
    if (!rule)
        FAULT("decision_date", "A13", CHECK_DECISION_EARLY, "ds", stars, day);
    else if (award->authority == (int64_t)rule->authority)
        return;
    else if (rule->authority == TEM_AUTHORITY_DISTRICT)
        FAULT("decision_authority", "A13", CHECK_OF_DISTRICT, "ds", stars, day);
    else if (rule->authority == TEM_AUTHORITY_PROVINCE)
        FAULT("decision_authority", "A13", CHECK_OF_PROVINCE, "ds", stars, day);
    else
        FAULT("decision_authority", "A13", CHECK_OF_CENTRE, "ds", stars, day);
}

void tem_award_check(const struct tem_award *award, struct tem_problems *found)
{
    check_points(award, found);
    if (award->stars == 0)
        return;
    check_number(award, found);
    check_authority(award, found);
}
