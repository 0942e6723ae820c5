/* SPDX-License-Identifier: MIT */
#ifndef TEST_TRUST_CASES_H
#define TEST_TRUST_CASES_H

/* A label and a bundle that are in order, and what may be wrong with them. */

#include "demo_key.h"
#include "trust_sample.h"
#include <stdlib.h>
#include <tem/verify.h>

enum { NOT = TEM_DATE_NONE };

/* A label to be sealed, and how it is looked at. The bundle is `sample`. */
static struct label {
    struct tem_payload payload;
    struct tem_uri uri;
    int sealer;   /* which key */
    uint16_t kid; /* that the label names */
    int32_t at, now;
    bool demo, unseen;
} label;

/* A real label of today, in order in every way. */
static void make_label(void)
{
    label = (struct label){.payload = {.maker_id = 101,
                                       .harvest = DAY - 10,
                                       .packed = DAY - 5,
                                       .best_before = DAY + 300,
                                       .stars = 4,
                                       .certificate_id = 11,
                                       .net = 500,
                                       .commune = 4099},
                           .uri = {.form = TEM_FORM_RETAIL,
                                   .host = "OCOP.SONLA.GOV.VN",
                                   .gtin = "09521234543213",
                                   .lot = "L9",
                                   .serial = "000001"},
                           .sealer = 0,
                           .kid = 1,
                           .at = DAY + 1,
                           .now = DAY + 1};
}

/* One of maker 202's, with a code and without stars, under a key of his. */
static void make_honey(int sealer, uint16_t kid)
{
    label.payload.maker_id = 202;
    label.payload.plain = true;
    label.payload.volume = true;
    label.payload.net = 700;
    label.payload.stars = 0;
    label.payload.certificate_id = 0;
    strcpy(label.payload.product_code, "MO-700");
    strcpy(label.payload.lot, "H5");
    strcpy(label.payload.serial, "0001");
    label.uri.form = TEM_FORM_PLAIN;
    label.sealer = sealer;
    label.kid = kid;
}

static void seal_label(char text[TEM_URI_SIZE])
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    char prefix[TEM_URI_PREFIX_SIZE];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_error error = {0};
    if (tem_payload_encode(&label.payload, &cbor, &error) != TEM_OK ||
        tem_uri_prefix(&label.uri, prefix, sizeof prefix, &error) != TEM_OK ||
        tem_seal(keys.sealer[label.sealer], label.kid,
                 (struct tem_bytes){memory, cbor.size}, prefix, text,
                 TEM_URI_SIZE, &error) != TEM_OK) {
        printf("# no label: %d %s\n", error.message.id, error.message.args[0]);
        exit(99);
    }
}

/* ---- what may be wrong -------------------------------------------------- */

static void as_it_is(void)
{
}
static void no_serial(void)
{
    label.uri.serial[0] = '\0';
}
static void no_stars(void)
{
    label.payload.stars = label.payload.certificate_id = 0;
}
static void a_code(void)
{
    make_honey(3, 300);
}
/* keys */
static void a_kid_that_there_is_not(void)
{
    label.kid = 3;
}
static void a_kid_of_another_algorithm(void)
{
    label.kid = 2;
}
static void a_kid_of_another_key(void)
{
    label.kid = 7; /* the same algorithm */
}
static void a_damaged_key(void)
{
    static const uint8_t zero[32];
    sample.keys[0].raw = (struct tem_bytes){zero, 32};
}
static void the_demonstration_key(void)
{
    static struct tem_key *demo;
    if (!demo)
        demo = demo_key();
    sample.keys[0].raw = tem_key_raw(demo);
}
/* scope */
static void another_maker(void)
{
    label.payload.maker_id = 202;
}
static void names_of_the_register(void)
{
    label.payload.named = true;
    strcpy(label.payload.maker_name, "HTX Nông sản bản địa Mẫu");
    strcpy(label.payload.product_name, "Mận Ruby");
}
static void another_makers_name(void)
{
    names_of_the_register();
    strcpy(label.payload.maker_name, "Công ty Mẫu");
}
static void another_products_name(void)
{
    names_of_the_register();
    strcpy(label.payload.product_name, "Mận Rub");
}
static void no_note_of_bundles(void)
{
    label.unseen = true;
}
static void another_makers_product(void)
{
    strcpy(label.uri.gtin, "09521234543237");
    no_stars();
}
static void a_gtin_nobody_has(void)
{
    strcpy(label.uri.gtin, "09521234543244");
    no_stars();
}
static void a_product_not_the_keys(void)
{
    sample.keys[0].products.first = 1; /* the dried one only */
    sample.keys[0].products.count = 1;
}
static void any_product_of_the_maker(void)
{
    sample.keys[0].products.count = 0;
}
static void an_unofficial_host(void)
{
    strcpy(label.uri.host, "OCOP.SON1A.GOV.VN");
}
static void packed_on_the_keys_first_day(void)
{
    sample.keys[0].packed_from = DAY - 5;
}
static void packed_before_the_key(void)
{
    sample.keys[0].packed_from = DAY - 4;
}
static void packed_on_the_keys_last_day(void)
{
    sample.keys[0].packed_to = DAY - 5;
}
static void packed_after_the_key(void)
{
    sample.keys[0].packed_to = DAY - 6;
}
static void an_example(void)
{
    label.payload.example = true;
}
static void an_example_in_a_demo(void)
{
    label.payload.example = label.demo = true;
}
/* stars */
static void stars_nobody_gave(void)
{
    label.payload.certificate_id = 13;
}
static void stars_of_another_product(void)
{
    label.payload.certificate_id = 12;
    label.payload.stars = 3;
}
static void a_star_more(void)
{
    label.payload.stars = 5;
}
static void stars_on_their_last_day(void)
{
    label.at = sample.certificates[0].valid_to;
}
static void stars_a_day_later(void)
{
    label.at = sample.certificates[0].valid_to + 1;
}
static void stars_soon_to_end(void)
{
    label.at = sample.certificates[0].valid_to - 90;
}
static void stars_not_so_soon_to_end(void)
{
    label.at = sample.certificates[0].valid_to - 91;
}
static void stars_on_their_first_day(void)
{
    sample.certificates[0].valid_from = DAY - 5;
}
static void stars_too_early(void)
{
    sample.certificates[0].valid_from = DAY - 4;
}
static void stars_yet_to_come(void)
{
    sample.certificates[0].valid_from = DAY + 2;
}
static void stars_expired_before(void)
{
    sample.certificates[0].valid_to = DAY - 6;
}
static void stars_withdrawn(void)
{
    sample.certificate_ends[0].id = 11;
    sample.certificate_ends[0].since = DAY + 1;
}
static void stars_withdrawn_tomorrow(void)
{
    sample.certificate_ends[0].id = 11;
    sample.certificate_ends[0].since = DAY + 2;
}
static void stars_withdrawn_before(void)
{
    sample.certificate_ends[0].id = 11;
    sample.certificate_ends[0].since = DAY - 5;
}
static void no_day_asked_about(void)
{
    label.at = NOT;
}
static void another_net(void)
{
    label.payload.net = 501;
}
/* revocations */
static void a_lot_withdrawn(void)
{
    strcpy(label.uri.lot, "L1");
}
static void a_serial_withdrawn(void)
{
    strcpy(label.uri.lot, "L2");
    strcpy(label.uri.serial, "010");
}
static void the_next_serial(void)
{
    strcpy(label.uri.lot, "L2");
    strcpy(label.uri.serial, "011");
}
static void retired_on_the_day(void)
{
    sample.key_ends[0].kid = 1;
    sample.key_ends[0].since = DAY - 5;
}
static void retired_a_day_later(void)
{
    sample.key_ends[0].kid = 1;
    sample.key_ends[0].since = DAY - 4;
}
static void lost(void)
{
    make_honey(2, 7);
}
static void lost_and_back_dated(void)
{
    make_honey(2, 7);
    label.payload.harvest = DAY - 900;
    label.payload.packed = DAY - 899;
    label.payload.best_before = DAY + 99;
}
static void lost_but_known(void)
{
    make_honey(2, 7);
    strcpy(label.payload.lot, "H1");
}
static void lost_but_known_serial(void)
{
    make_honey(2, 7);
    strcpy(label.payload.lot, "H2");
    strcpy(label.payload.serial, "0500");
}
static void lost_and_a_serial_more(void)
{
    make_honey(2, 7);
    strcpy(label.payload.lot, "H2");
    strcpy(label.payload.serial, "0501");
}
static void withdrawn_and_out_of_scope(void)
{
    a_lot_withdrawn();
    an_unofficial_host();
}
/* freshness */
static void on_the_day_of_issue(void)
{
    label.now = DAY;
}
static void the_clock_is_slow(void)
{
    label.now = DAY - 1;
}
static void the_clock_is_slow_for_a_forger(void)
{
    label.now = DAY - 1;
    label.kid = 7;
}
static void no_clock(void)
{
    label.now = NOT;
}
static void update_due(void)
{
    label.now = DAY + 31;
}
static void update_due_today(void)
{
    label.now = DAY + 30;
}
static void on_the_last_day(void)
{
    label.now = DAY + 90;
}
static void stale(void)
{
    label.now = DAY + 91;
}
static void stale_and_unknown(void)
{
    stale();
    label.kid = 3;
}
static void stale_and_altered(void)
{
    stale();
    label.kid = 7;
}
static void stale_and_revoked(void)
{
    stale();
    a_lot_withdrawn();
}
static void stale_and_out_of_scope(void)
{
    stale();
    an_unofficial_host();
}
/* the day asked about is not the clock */
static void asked_about_the_past(void)
{
    label.at = DAY - 3;
}
static void past_its_best(void)
{
    label.at = DAY + 301;
}

#endif
