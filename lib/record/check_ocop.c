/* SPDX-License-Identifier: MIT */
/* See check.h: stars, certificate and decision. Who may give how many
 * stars when, for how many points and how long: ocop_rules.csv. */
#include "../table/decimal.h"
#include "check.h"
#include "fields.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A10: stars without the decision that gave them, and the other way round. */
static void check_decision_given(const struct tem_record *r,
                                 struct tem_problems *found)
{
    bool id = tem_record_given(r->certificate_id);
    bool authority = tem_record_given(r->decision_authority) &&
                     r->decision_authority != TEM_AUTHORITY_NONE;
    bool date = r->decision_date != TEM_DATE_NONE;
    bool number = r->decision_number[0] != '\0';
    long long stars = r->ocop_stars;
    if (stars == 0) {
        if (id || number || date || authority)
            DOUBT("ocop_stars", "A10", CHECK_NO_STARS, "");
        return;
    }
    if (!id && !tem_problems_have(found, "certificate_id"))
        FAULT("certificate_id", "A10", CHECK_NO_CERTIFICATE, "d", stars);
    if (!number && !tem_problems_have(found, "decision_number"))
        FAULT("decision_number", "A10", CHECK_NO_DECISION_NUMBER, "d", stars);
    if (!date && !tem_problems_have(found, "decision_date"))
        FAULT("decision_date", "A10", CHECK_NO_DECISION_DATE, "d", stars);
    if (!authority && !tem_problems_have(found, "decision_authority"))
        FAULT("decision_authority", "A10", CHECK_NO_AUTHORITY, "d", stars);
}

/* The rule of the day of the decision; of today's, where none is given. */
static const struct tem_ocop_rule *rule_of(const struct tem_record *r,
                                           int64_t stars)
{
    int32_t day =
        r->decision_date == TEM_DATE_NONE ? TEM_DATE_MAX : r->decision_date;
    return tem_ocop_rule_on((unsigned)stars, day);
}

int32_t tem_record_stars_end(const struct tem_record *record)
{
    const struct tem_ocop_rule *rule = rule_of(record, record->ocop_stars);
    if (!rule) /* nobody could give them that day; how long may still be said */
        rule = tem_ocop_rule_on((unsigned)record->ocop_stars, TEM_DATE_MAX);
    return rule && record->decision_date != TEM_DATE_NONE
               ? tem_date_add_months(record->decision_date, rule->months)
               : TEM_DATE_NONE;
}

/* One or two stars get no decision, so nobody may print them. */
static bool is_rating(int64_t stars)
{
    return stars == 0 ||
           tem_ocop_rule_on((unsigned)stars, TEM_DATE_MAX) != NULL;
}

/* "50-69.9" */
static void show_band(int from, int to, char text[32])
{
    char low[TEM_DECIMAL_SIZE], high[TEM_DECIMAL_SIZE];
    snprintf(text, 32, "%.12s-%.12s", tem_decimal_show(from, 1, low),
             tem_decimal_show(to, 1, high));
}

/* A15: points outside the band of the stars; none are given below the first. */
static void check_points(const struct tem_record *r, struct tem_problems *found)
{
    char text[32], band[32];
    int64_t points = r->ocop_points10, stars = r->ocop_stars;
    const struct tem_ocop_rule *rule = rule_of(r, stars > 0 ? stars : 3);
    if (!tem_record_given(points) || !rule)
        return;
    int from = stars > 0 ? rule->points_from : 0;
    int to = stars > 0 ? rule->points_to : rule->points_from - 1;
    if (points >= from && points <= to)
        return;
    snprintf(text, sizeof text, "%" PRId64 ".%" PRId64, points / 10,
             points % 10);
    show_band(from, to, band);
    FAULT("ocop_points", "A15", CHECK_POINTS, "ndn", text, (long long)stars,
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
static void check_number(const struct tem_record *r, struct tem_problems *found)
{
    int64_t authority = r->decision_authority;
    if (!r->decision_number[0])
        return;
    bool committee = is_committee_number(r->decision_number);
    if ((authority == TEM_AUTHORITY_DISTRICT ||
         authority == TEM_AUTHORITY_PROVINCE) &&
        !tem_pattern_fits("9{1,5}/QĐ-UBND", r->decision_number))
        FAULT("decision_number", "A13", CHECK_NUMBER_COMMITTEE, "ss",
              r->decision_number, committee_suffix);
    if (authority == TEM_AUTHORITY_CENTRE && committee)
        FAULT("decision_number", "A13", CHECK_NUMBER_CENTRE, "s",
              r->decision_number);
}

/* A13: the wrong authority for these stars on that day. */
static void check_authority(const struct tem_record *r,
                            struct tem_problems *found)
{
    char day[TEM_DATE_TEXT_SIZE];
    long long stars = r->ocop_stars;
    if (!tem_record_given(r->decision_authority) ||
        r->decision_date == TEM_DATE_NONE)
        return;
    tem_date_vn(r->decision_date, day);
    const struct tem_ocop_rule *rule = rule_of(r, stars);
    if (!rule)
        FAULT("decision_date", "A13", CHECK_DECISION_EARLY, "ds", stars, day);
    else if (r->decision_authority == (int64_t)rule->authority)
        return;
    else if (rule->authority == TEM_AUTHORITY_DISTRICT)
        FAULT("decision_authority", "A13", CHECK_OF_DISTRICT, "ds", stars, day);
    else if (rule->authority == TEM_AUTHORITY_PROVINCE)
        FAULT("decision_authority", "A13", CHECK_OF_PROVINCE, "ds", stars, day);
    else
        FAULT("decision_authority", "A13", CHECK_OF_CENTRE, "ds", stars, day);
}

/* A16: a certificate lasts its months and no more. */
static void check_expiry(const struct tem_record *r, struct tem_problems *found)
{
    char given[TEM_DATE_TEXT_SIZE], due[TEM_DATE_TEXT_SIZE];
    int32_t end = tem_record_stars_end(r);
    if (end != TEM_DATE_NONE && r->certificate_expires != TEM_DATE_NONE &&
        r->certificate_expires != end)
        DOUBT("certificate_expires", "A16", CHECK_EXPIRY, "ss",
              tem_date_vn(r->certificate_expires, given),
              tem_date_vn(end, due));
}

/* A12: the stars were not valid when the goods were packed. */
static void check_period(const struct tem_record *r, struct tem_problems *found)
{
    char packed[TEM_DATE_TEXT_SIZE], edge[TEM_DATE_TEXT_SIZE];
    if (r->packed_on == TEM_DATE_NONE)
        return;
    tem_date_vn(r->packed_on, packed);
    if (r->decision_date != TEM_DATE_NONE && r->packed_on < r->decision_date)
        FAULT("packed_on", "A12", CHECK_BEFORE_DECISION, "ss", packed,
              tem_date_vn(r->decision_date, edge));
    if (r->certificate_expires != TEM_DATE_NONE &&
        r->packed_on > r->certificate_expires)
        FAULT("packed_on", "A12", CHECK_AFTER_EXPIRY, "ss", packed,
              tem_date_vn(r->certificate_expires, edge));
}

/* A14: a certificate that names its products, and not this one. */
static void check_certified(const struct tem_record *r,
                            struct tem_problems *found)
{
    if (r->certificate_gtin_count == 0 || !r->gtin[0])
        return;
    for (size_t i = 0; i < r->certificate_gtin_count; i++)
        if (strcmp(r->certificate_gtins[i], r->gtin) == 0)
            return;
    FAULT("gtin", "A14", CHECK_NOT_CERTIFIED, "s", r->gtin);
}

void tem_record_check_ocop(const struct tem_record *record,
                           struct tem_problems *found)
{
    if (!tem_record_given(record->ocop_stars))
        return;
    if (!is_rating(record->ocop_stars)) {
        FAULT("ocop_stars", "A10", CHECK_STARS, "d",
              (long long)record->ocop_stars);
        return;
    }
    check_decision_given(record, found);
    check_points(record, found);
    if (record->ocop_stars == 0)
        return;
    check_number(record, found);
    check_authority(record, found);
    check_expiry(record, found);
    check_period(record, found);
    check_certified(record, found);
}
