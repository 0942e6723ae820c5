/* SPDX-License-Identifier: MIT */
/* See check.h: stars, certificate and decision. Who may recognise how many
 * stars and when: ocop_rules.csv; points: Decision 26/2026/QĐ-TTg. */
#include "check.h"
#include "fields.h"
#include "rules.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The points, in tenths, for which so many stars are given. */
static const struct band {
    int64_t stars, from, to;
    const char *text;
} bands[] = {
    {0, 0, 499, "0-49.9"},
    {3, 500, 699, "50-69.9"},
    {4, 700, 899, "70-89.9"},
    {5, 900, 1000, "90-100"},
};

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

/* One or two stars get no decision, so nobody may print them. */
static bool is_rating(int64_t stars)
{
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++)
        if (bands[i].stars == stars)
            return true;
    return false;
}

/* A15: points outside the band of the stars. */
static void check_points(const struct tem_record *r,
                         struct tem_problems *found)
{
    int64_t points = r->ocop_points10;
    if (!tem_record_given(points))
        return;
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
        const struct band *band = &bands[i];
        char text[32];
        if (r->ocop_stars != band->stars ||
            (points >= band->from && points <= band->to))
            continue;
        snprintf(text, sizeof text, "%" PRId64 ".%" PRId64, points / 10,
                 points % 10);
        FAULT("ocop_points", "A15", CHECK_POINTS, "ndn", text,
              (long long)band->stars, band->text);
    }
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
static void check_number(const struct tem_record *r,
                         struct tem_problems *found)
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
    enum tem_authority right = TEM_AUTHORITY_NONE;
    char day[TEM_DATE_TEXT_SIZE];
    long long stars = r->ocop_stars;
    if (!tem_record_given(r->decision_authority) ||
        r->decision_date == TEM_DATE_NONE)
        return;
    tem_date_vn(r->decision_date, day);
    if (!tem_rules_authority((unsigned)stars, r->decision_date, &right)) {
        FAULT("decision_date", "A13", CHECK_DECISION_EARLY, "ds", stars, day);
        return;
    }
    if (r->decision_authority == (int64_t)right)
        return;
    if (right == TEM_AUTHORITY_DISTRICT)
        FAULT("decision_authority", "A13", CHECK_OF_DISTRICT, "ds", stars, day);
    else if (right == TEM_AUTHORITY_PROVINCE)
        FAULT("decision_authority", "A13", CHECK_OF_PROVINCE, "ds", stars, day);
    else
        FAULT("decision_authority", "A13", CHECK_OF_CENTRE, "ds", stars, day);
}

/* A16: a certificate lasts its months and no more. */
static void check_expiry(const struct tem_record *r,
                         struct tem_problems *found)
{
    char given[TEM_DATE_TEXT_SIZE], due[TEM_DATE_TEXT_SIZE];
    if (r->decision_date == TEM_DATE_NONE ||
        r->certificate_expires == TEM_DATE_NONE)
        return;
    int32_t end =
        tem_date_add_months(r->decision_date, TEM_CERTIFICATE_MONTHS);
    if (r->certificate_expires != end)
        DOUBT("certificate_expires", "A16", CHECK_EXPIRY, "ss",
              tem_date_vn(r->certificate_expires, given),
              tem_date_vn(end, due));
}

/* A12: the stars were not valid when the goods were packed. */
static void check_period(const struct tem_record *r,
                         struct tem_problems *found)
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
