/* SPDX-License-Identifier: MIT */
#ifndef TEST_RECORD_SAMPLE_H
#define TEST_RECORD_SAMPLE_H

/* The record of the sample lot of dried longan (lot 3 of examples/sonla), made
 * without reading a file. */

#include <string.h>
#include <tem/record.h>

enum { KG = 1000 };

static inline int32_t day(const char *text)
{
    return tem_date_parse(tem_bytes_of(text));
}

/* Minutes of a time on a day. */
static inline int64_t at(const char *text, int hour)
{
    return ((int64_t)day(text) * 24 + hour) * 60;
}

static inline void sample_steps(struct tem_record *r)
{
    struct tem_step *peel = &r->steps[0], *dry = &r->steps[1];
    r->step_count = 2;
    peel->kind = TEM_STEP_PEEL;
    peel->mass_in_g = 10000 * KG;
    peel->mass_out_g = 5000 * KG;
    dry->kind = TEM_STEP_DRY;
    dry->method = TEM_DRYING_HEAT_PUMP;
    dry->energy = TEM_ENERGY_ELECTRICITY;
    dry->temperature_c10 = 620;
    dry->minutes = 14 * 60;
    dry->mass_in_g = 5000 * KG;
    dry->mass_out_g = 940 * KG;
    dry->moisture_in = 840;
    dry->moisture_out = 160;
    dry->sugar_g = dry->salt_g = 0;
}

static inline void sample_origin(struct tem_record *r)
{
    struct tem_raw_lot *lot = &r->raw_lots[0];
    r->farm_id = 14;
    strcpy(r->harvest_commune, "04105");
    r->raw_lot_count = 1;
    lot->kind = TEM_RAW_LONGAN;
    strcpy(lot->lot, "NL-260812-01");
    strcpy(lot->commune, "04105");
    lot->area_m2 = 16000;
    lot->harvest_from = day("2026-08-12");
    lot->harvest_to = day("2026-08-13");
    lot->mass_g = 10000 * KG;
}

static inline void sample_ocop(struct tem_record *r)
{
    r->ocop_stars = 4;
    r->certificate_id = 103;
    strcpy(r->decision_number, "0000/QĐ-UBND");
    r->decision_date = day("2023-12-28");
    r->decision_authority = TEM_AUTHORITY_PROVINCE;
    r->certificate_expires = day("2026-12-28");
    strcpy(r->certificate_gtins[0], "09520124600302");
    r->certificate_gtin_count = 1;
}

static inline void sample_record(struct tem_record *r)
{
    tem_record_init(r);
    r->schema_version = TEM_RECORD_SCHEMA_VERSION;
    r->example = 1;
    r->recorded_on = day("2026-08-15");
    r->maker_id = 3;
    strcpy(r->commune, "04105");
    strcpy(r->gtin, "09520124600302");
    r->net_mass_g = 500;
    sample_ocop(r);
    sample_origin(r);
    sample_steps(r);
    strcpy(r->lot, "DT9H2VW6");
    r->packed_on = day("2026-08-15");
    r->best_before = day("2027-08-15");
    r->units = 1860;
    r->samples = 4;
    r->labels_issued = 1900;
    r->labels_void = 36;
}

#endif
