/* SPDX-License-Identifier: MIT */
/* See check.h: stars, certificate and decision. */
#include "../law/award.h"
#include "check.h"
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

/* A16: a certificate lasts its months and no more. */
static void check_expiry(const struct tem_record *r, struct tem_problems *found)
{
    char given[TEM_DATE_TEXT_SIZE], due[TEM_DATE_TEXT_SIZE];
    int32_t end = tem_award_end((unsigned)r->ocop_stars, r->decision_date);
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
    struct tem_award award = {.stars = record->ocop_stars,
                              .points10 = record->ocop_points10,
                              .number = record->decision_number,
                              .decided = record->decision_date,
                              .authority = record->decision_authority};
    if (!tem_record_given(record->ocop_stars))
        return;
    if (!tem_award_is_rating(record->ocop_stars)) {
        FAULT("ocop_stars", "A10", CHECK_STARS, "d",
              (long long)record->ocop_stars);
        return;
    }
    check_decision_given(record, found);
    tem_award_check(&award, found);
    if (record->ocop_stars == 0)
        return;
    check_expiry(record, found);
    check_period(record, found);
    check_certified(record, found);
}
