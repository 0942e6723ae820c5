/* SPDX-License-Identifier: MIT */
/* See problems.h: the checks across fields, and those of places. */
#include "check.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *tem_record_path(char out[TEM_RECORD_FIELD_SIZE], const char *list,
                            size_t index, const char *name)
{
    snprintf(out, TEM_RECORD_FIELD_SIZE, "%s[%zu].%s", list, index + 1, name);
    return out;
}

const char *tem_record_mass(char out[TEM_RECORD_MASS_SIZE], int64_t grams)
{
    bool kilograms = grams % 1000 == 0;
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRId64,
                         kilograms ? grams / 1000 : grams);
    size_t used = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0 && digits[i - 1] != '-')
            out[used++] = ' ';
        out[used++] = digits[i];
    }
    strcpy(out + used, kilograms ? " kg" : " g");
    return out;
}

bool tem_record_reported(const struct tem_record_problems *found,
                         const char *field)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->list[i].field, field) == 0)
            return true;
    return false;
}

static void check_product(const struct tem_record *record,
                          struct tem_record_problems *found)
{
    if (!record->gtin[0] && !record->product_code[0] &&
        !tem_record_reported(found, "gtin") && !tem_record_reported(found, "product_code"))
        FAULT("gtin", "", CHECK_NO_PRODUCT, "");
    bool mass = tem_record_given(record->net_mass_g);
    bool volume = tem_record_given(record->net_volume_ml);
    if (mass && volume)
        FAULT("net_volume_ml", "", CHECK_TWO_NETS, "");
    else if (!mass && !volume && !tem_record_reported(found, "net_mass_g") &&
             !tem_record_reported(found, "net_volume_ml"))
        FAULT("net_mass_g", "", CHECK_NO_NET, "");
}

/* A34: commune codes were given other meanings on 2025-07-01. */
static void check_commune(const char *code, int32_t date, const char *field,
                          struct tem_record_problems *found)
{
    const struct tem_commune *later = NULL;
    char day[TEM_DATE_TEXT_SIZE];
    if (!code[0] || date == TEM_DATE_NONE ||
        tem_commune_on(code, date, &later) != NULL)
        return;
    tem_date_vn(date, day);
    if (later)
        FAULT(field, "A34", CHECK_COMMUNE_GONE, "ssss", code, day,
              later->code, later->name);
    else
        FAULT(field, "A34", CHECK_COMMUNE_UNKNOWN, "ss", code, day);
}

static void check_communes(struct tem_record *record,
                           struct tem_record_problems *found)
{
    const char *first =
        record->raw_lot_count > 0 ? record->raw_lots[0].commune : "";
    check_commune(record->commune, record->recorded_on, "commune", found);
    if (record->harvest_commune[0])
        check_commune(record->harvest_commune, record->packed_on,
                      "harvest_commune", found);
    else if (first[0]) /* checked below, where it was written */
        memcpy(record->harvest_commune, first, sizeof record->harvest_commune);
    else if (!tem_record_reported(found, "harvest_commune") &&
             !tem_record_reported(found, "raw_lots[1].commune"))
        FAULT("harvest_commune", "", CHECK_NO_HARVEST_COMMUNE, "");
    for (size_t i = 0; i < record->raw_lot_count; i++) {
        char field[TEM_RECORD_FIELD_SIZE];
        check_commune(record->raw_lots[i].commune, record->packed_on,
                      tem_record_path(field, "raw_lots", i, "commune"), found);
    }
}

static bool has_method(const struct tem_step *step)
{
    return tem_record_given(step->method) && step->method != TEM_DRYING_NONE;
}

/* What is roasted or pan-fired was so by that method unless it says other. */
static void complete_methods(struct tem_record *record,
                             struct tem_record_problems *found)
{
    for (size_t i = 0; i < record->step_count; i++) {
        struct tem_step *step = &record->steps[i];
        char field[TEM_RECORD_FIELD_SIZE];
        tem_record_path(field, "steps", i, "method");
        if (has_method(step) || tem_record_reported(found, field))
            continue;
        if (step->kind == TEM_STEP_ROAST)
            step->method = TEM_DRYING_ROAST;
        else if (step->kind == TEM_STEP_PAN_FIRE)
            step->method = TEM_DRYING_PAN;
        else if (step->kind == TEM_STEP_DRY)
            FAULT(field, "", CHECK_NO_METHOD, "d", (long long)i + 1);
    }
}

void tem_record_check(struct tem_record *record,
                      struct tem_record_problems *found)
{
    check_product(record, found);
    check_communes(record, found);
    tem_record_check_ocop(record, found);
    complete_methods(record, found);
    tem_record_check_quantity(record, found);
    tem_record_check_time(record, found);
}
