/* SPDX-License-Identifier: MIT */
/* See check.h: the checks together, and those of product, place and method. */
#include "check.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

static void check_product(const struct tem_record *record,
                          struct tem_problems *found)
{
    if (!record->gtin[0] && !record->product_code[0] &&
        !tem_problems_have(found, "gtin") &&
        !tem_problems_have(found, "product_code"))
        FAULT("gtin", "", CHECK_NO_PRODUCT, "");
    bool mass = tem_record_given(record->net_mass_g);
    bool volume = tem_record_given(record->net_volume_ml);
    if (mass && volume)
        FAULT("net_volume_ml", "", CHECK_TWO_NETS, "");
    else if (!mass && !volume && !tem_problems_have(found, "net_mass_g") &&
             !tem_problems_have(found, "net_volume_ml"))
        FAULT("net_mass_g", "", CHECK_NO_NET, "");
}

/* A34: commune codes were given other meanings on 2025-07-01. */
static void check_commune(const char *code, int32_t date, const char *field,
                          struct tem_problems *found)
{
    const struct tem_commune *later = NULL;
    char day[TEM_DATE_TEXT_SIZE];
    if (!code[0] || date == TEM_DATE_NONE ||
        tem_commune_on(code, date, &later) != NULL)
        return;
    tem_date_vn(date, day);
    if (later)
        FAULT(field, "A34", CHECK_COMMUNE_GONE, "ssss", code, day, later->code,
              later->name);
    else
        FAULT(field, "A34", CHECK_COMMUNE_UNKNOWN, "ss", code, day);
}

static void check_communes(const struct tem_record *record,
                           struct tem_problems *found)
{
    const char *harvest = record->harvest_commune;
    bool from_raw_lot = record->raw_lot_count > 0 &&
                        strcmp(harvest, record->raw_lots[0].commune) == 0;
    check_commune(record->commune, record->recorded_on, "commune", found);
    if (harvest[0] && !from_raw_lot) /* that one is told of below */
        check_commune(harvest, record->packed_on, "harvest_commune", found);
    if (!harvest[0] && !tem_problems_have(found, "harvest_commune") &&
        !tem_problems_have(found, "raw_lots[1].commune"))
        FAULT("harvest_commune", "", CHECK_NO_HARVEST_COMMUNE, "");
    for (size_t i = 0; i < record->raw_lot_count; i++) {
        char field[TEM_PROBLEM_FIELD_SIZE];
        check_commune(record->raw_lots[i].commune, record->packed_on,
                      tem_problems_path(field, "raw_lots", i, "commune"),
                      found);
    }
}

/* What is dried says how. */
static void check_methods(const struct tem_record *record,
                          struct tem_problems *found)
{
    for (size_t i = 0; i < record->step_count; i++) {
        const struct tem_step *step = &record->steps[i];
        char field[TEM_PROBLEM_FIELD_SIZE];
        tem_problems_path(field, "steps", i, "method");
        if (step->kind == TEM_STEP_DRY && !tem_record_has_method(step) &&
            !tem_problems_have(found, field))
            FAULT(field, "", CHECK_NO_METHOD, "d", (long long)i + 1);
    }
}

void tem_record_check(const struct tem_record *record,
                      struct tem_problems *found)
{
    check_product(record, found);
    check_communes(record, found);
    tem_record_check_ocop(record, found);
    check_methods(record, found);
    tem_record_check_quantity(record, found);
    tem_record_check_time(record, found);
}
