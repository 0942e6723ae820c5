/* SPDX-License-Identifier: MIT */
/* See check.h: what a record need not say because it follows from the rest. */
#include "../law/award.h"
#include "check.h"
#include <string.h>

static void complete_header(struct tem_record *record)
{
    if (!tem_record_given(record->schema_version))
        record->schema_version = TEM_RECORD_SCHEMA_VERSION;
    if (!tem_record_given(record->example))
        record->example = 0;
    if (!record->origin[0])
        strcpy(record->origin, "Việt Nam");
}

static void complete_harvest_commune(struct tem_record *record)
{
    if (!record->harvest_commune[0] && record->raw_lot_count > 0)
        memcpy(record->harvest_commune, record->raw_lots[0].commune,
               sizeof record->harvest_commune);
}

/* What is roasted or pan-fired was so by that method unless it says other. */
static void complete_methods(struct tem_record *record)
{
    for (size_t i = 0; i < record->step_count; i++) {
        struct tem_step *step = &record->steps[i];
        if (tem_record_has_method(step))
            continue;
        if (step->kind == TEM_STEP_ROAST)
            step->method = TEM_DRYING_ROAST;
        else if (step->kind == TEM_STEP_PAN_FIRE)
            step->method = TEM_DRYING_PAN;
    }
}

static void complete_expiry(struct tem_record *record)
{
    bool has_stars =
        tem_record_given(record->ocop_stars) && record->ocop_stars > 0;
    if (has_stars && record->decision_date != TEM_DATE_NONE &&
        record->certificate_expires == TEM_DATE_NONE)
        record->certificate_expires =
            tem_award_end((unsigned)record->ocop_stars, record->decision_date);
}

void tem_record_complete(struct tem_record *record)
{
    complete_header(record);
    complete_harvest_commune(record);
    complete_methods(record);
    complete_expiry(record);
}
