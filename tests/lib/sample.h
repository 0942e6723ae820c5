/* SPDX-License-Identifier: MIT */
#ifndef TEST_SAMPLE_H
#define TEST_SAMPLE_H

/* The label of the sample lot of dried longan, as several tests need it. */

#include <string.h>
#include <tem/payload.h>

#define SAMPLE_GTIN "09520124600302"

static inline struct tem_payload sample_payload(void)
{
    struct tem_payload p = {
        .example = true,
        .maker_id = 3,
        .farm_id = 14,
        .harvest = 20678, /* 2026-08-13 */
        .packed = 20680,
        .best_before = 21045,
        .drying = {TEM_DRYING_HEAT_PUMP, TEM_ENERGY_ELECTRICITY, 62, 14},
        .stars = 4,
        .certificate_id = 103,
        .net = 500,
        .commune = 4105,
        .growing_area = "VN-SLOR-0000",
    };
    return p;
}

static inline struct tem_uri sample_uri(void)
{
    struct tem_uri uri = {.form = TEM_FORM_RETAIL,
                          .host = "OCOP.SONLA.GOV.VN",
                          .gtin = SAMPLE_GTIN,
                          .lot = "DT9H2VW6",
                          .serial = "000123"};
    return uri;
}

/* The plain, self-contained form with every field at its longest. */
static inline struct tem_payload longest_payload(void)
{
    struct tem_payload p = {
        .example = true,
        .has_digest = true,
        .plain = true,
        .named = true,
        .maker_id = 65535,
        .farm_id = 65535,
        .harvest = 74000,
        .packed = 74000 + 9998,
        .best_before = 74000 + 9999,
        .drying = {TEM_DRYING_OTHER, TEM_ENERGY_OTHER, 255, 999},
        .stars = 5,
        .certificate_id = 1000000,
        .volume = true,
        .net = 50000,
        .commune = 99999,
        .growing_area = "VN-ZZZZ-999",
        .product_code = "ABCDEFGHIJKL",
        .lot = "12345678901234567890",
        .serial = "12345678901234567890",
    };
    memset(p.digest, 0xFF, sizeof p.digest);
    for (size_t i = 0; i < 80; i++) /* four bytes a character */
        memcpy(p.product_name + 4 * i, "\xf0\x9f\x8d\x91", 4);
    for (size_t i = 0; i < 120; i++)
        memcpy(p.maker_name + 4 * i, "\xf0\x9f\x8d\x91", 4);
    return p;
}

#endif
