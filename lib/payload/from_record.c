/* SPDX-License-Identifier: MIT */
/* See <tem/payload.h>: which fields of a record a label carries. */
#include "../error/fail.h"
#include "content.h"
#include <string.h>

/* A number that may be absent, as zero. */
static uint32_t number(int64_t value)
{
    return value == TEM_NUMBER_NONE || value < 0 || value > UINT32_MAX
               ? 0
               : (uint32_t)value;
}

static uint32_t commune(const char *code)
{
    uint32_t value = 0;
    for (; *code >= '0' && *code <= '9'; code++)
        value = value * 10 + (uint32_t)(*code - '0');
    return value;
}

/* The growing area, when all raw lots that name one name the same. */
static const char *growing_area(const struct tem_record *record)
{
    const char *found = "";
    for (size_t i = 0; i < record->raw_lot_count; i++) {
        const char *area = record->raw_lots[i].growing_area;
        if (!area[0] || strcmp(area, found) == 0)
            continue;
        if (found[0])
            return "";
        found = area;
    }
    return found;
}

static void set_core(struct tem_payload *p, const struct tem_record *r)
{
    p->example = r->example == 1;
    p->maker_id = number(r->maker_id);
    p->farm_id = number(r->farm_id);
    p->harvest = tem_record_harvest(r);
    p->packed = r->packed_on;
    p->best_before = r->best_before;
    p->drying = tem_record_drying(r);
    p->stars = number(r->ocop_stars);
    p->certificate_id = p->stars ? number(r->certificate_id) : 0;
    p->volume = r->net_volume_ml != TEM_NUMBER_NONE;
    p->net = number(p->volume ? r->net_volume_ml : r->net_mass_g);
    p->commune = commune(r->harvest_commune);
    strcpy(p->growing_area, growing_area(r));
}

enum tem_status
tem_payload_from_record(const struct tem_record *record,
                        const struct tem_payload_options *options,
                        struct tem_payload *payload, struct tem_error *error)
{
    struct tem_payload p = {0};
    set_core(&p, record);
    if (options->digest) {
        p.has_digest = true;
        memcpy(p.digest, options->digest, TEM_DIGEST_BYTES);
    }
    p.plain = !record->gtin[0];
    if (p.plain) {
        memcpy(p.product_code, record->product_code, sizeof p.product_code);
        memcpy(p.lot, record->lot, sizeof p.lot);
        const char *serial = options->serial ? options->serial : "";
        if (strlen(serial) >= sizeof p.serial)
            return TEM_FAIL(error, TEM_E_ARGUMENT, PAYLOAD_FIELD, "s",
                            "serial");
        strcpy(p.serial, serial);
    }
    p.named = options->named;
    if (p.named) {
        memcpy(p.product_name, record->product_name, sizeof p.product_name);
        memcpy(p.maker_name, record->maker_name, sizeof p.maker_name);
    }
    enum tem_status status = tem_payload_check(&p, error);
    if (status == TEM_OK)
        *payload = p;
    return status;
}
