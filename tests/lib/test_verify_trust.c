/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/verify.h>, against a trust bundle: one row for each combination
 * of key, scope, stars, dates, revocation, freshness and clock that matters. */
#include "trust_cases.h"

enum { IDS = 4 };

static struct tem_result judged(void)
{
    static char text[TEM_URI_SIZE];
    struct tem_trust *trust = opened();
    struct tem_verify_options options = {.trust = trust,
                                         .at = label.at,
                                         .now = label.now,
                                         .demo = label.demo,
                                         .unseen = label.unseen};
    struct tem_result result;
    seal_label(text);
    CHECK_INT(tem_verify_text(B(text), &options, &result, NULL), TEM_OK);
    tem_trust_free(trust);
    return result;
}

/* ---- the table ---------------------------------------------------------- */

#define V(name) TEM_VERDICT_##name
#define O(name) TEM_OCOP_##name
#define M(name) TEM_MSG_VERIFY_##name

static const struct row {
    void (*change)(void);
    enum tem_verdict verdict;
    enum tem_ocop packed, at;
    enum tem_message_id ids[IDS]; /* findings, in their order; 0: no more */
} rows[] = {
    {as_it_is, V(GENUINE), O(VALID), O(VALID), {0}},
    {no_serial, V(GENUINE), O(VALID), O(VALID), {M(NO_SERIAL)}},
    {no_stars, V(GENUINE), O(NONE), O(NONE), {0}},
    {a_code, V(GENUINE), O(NONE), O(NONE), {0}},
    {a_kid_that_there_is_not,
     V(UNKNOWN_KEY),
     O(NONE),
     O(NONE),
     {M(UNKNOWN_KEY)}},
    {a_kid_of_another_algorithm,
     V(ALTERED),
     O(NONE),
     O(NONE),
     {M(ALTERED_TRUST)}},
    {a_kid_of_another_key, V(ALTERED), O(NONE), O(NONE), {M(ALTERED_TRUST)}},
    {a_damaged_key, V(ALTERED), O(NONE), O(NONE), {M(ALTERED_TRUST)}},
    {the_demonstration_key, V(CANNOT_TELL), O(NONE), O(NONE), {M(DEMO_KEY)}},
    {another_maker, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(OTHER_MAKER)}},
    {names_of_the_register, V(GENUINE), O(VALID), O(VALID), {0}},
    {another_makers_name, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(NAME)}},
    {another_products_name, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(NAME)}},
    {no_note_of_bundles, V(GENUINE), O(VALID), O(VALID), {M(UNSEEN)}},
    {another_makers_product,
     V(OUT_OF_SCOPE),
     O(NONE),
     O(NONE),
     {M(PRODUCT_UNKNOWN)}},
    {a_gtin_nobody_has,
     V(OUT_OF_SCOPE),
     O(NONE),
     O(NONE),
     {M(PRODUCT_UNKNOWN)}},
    {a_product_not_the_keys,
     V(OUT_OF_SCOPE),
     O(VALID),
     O(VALID),
     {M(PRODUCT_NOT_KEYS)}},
    {any_product_of_the_maker, V(GENUINE), O(VALID), O(VALID), {0}},
    {an_unofficial_host, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(HOST)}},
    {packed_on_the_keys_first_day, V(GENUINE), O(VALID), O(VALID), {0}},
    {packed_before_the_key,
     V(OUT_OF_SCOPE),
     O(VALID),
     O(VALID),
     {M(KEY_EARLY)}},
    {packed_on_the_keys_last_day, V(GENUINE), O(VALID), O(VALID), {0}},
    {packed_after_the_key, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(KEY_LATE)}},
    {an_example, V(OUT_OF_SCOPE), O(VALID), O(VALID), {M(EXAMPLE)}},
    {an_example_in_a_demo, V(GENUINE), O(VALID), O(VALID), {M(EXAMPLE)}},
    {stars_nobody_gave, V(GENUINE), O(UNKNOWN), O(UNKNOWN), {M(OCOP_UNKNOWN)}},
    {stars_of_another_product,
     V(GENUINE),
     O(OTHER_PRODUCT),
     O(OTHER_PRODUCT),
     {M(OCOP_OTHER_PRODUCT)}},
    {a_star_more,
     V(GENUINE),
     O(OTHER_STARS),
     O(OTHER_STARS),
     {M(OCOP_OTHER_STARS)}},
    {stars_on_their_last_day, V(GENUINE), O(VALID), O(VALID), {M(OCOP_SOON)}},
    {stars_a_day_later, V(GENUINE), O(VALID), O(EXPIRED), {M(OCOP_EXPIRED)}},
    {stars_soon_to_end, V(GENUINE), O(VALID), O(VALID), {M(OCOP_SOON)}},
    {stars_not_so_soon_to_end, V(GENUINE), O(VALID), O(VALID), {0}},
    {stars_on_their_first_day, V(GENUINE), O(VALID), O(VALID), {0}},
    {stars_too_early, V(GENUINE), O(EARLY), O(VALID), {M(OCOP_PACKED)}},
    {stars_yet_to_come,
     V(GENUINE),
     O(EARLY),
     O(EARLY),
     {M(OCOP_PACKED), M(OCOP_EARLY)}},
    {stars_expired_before,
     V(GENUINE),
     O(EXPIRED),
     O(EXPIRED),
     {M(OCOP_PACKED), M(OCOP_EXPIRED)}},
    {stars_withdrawn, V(GENUINE), O(VALID), O(WITHDRAWN), {M(OCOP_WITHDRAWN)}},
    {stars_withdrawn_tomorrow, V(GENUINE), O(VALID), O(VALID), {0}},
    {stars_withdrawn_before,
     V(GENUINE),
     O(WITHDRAWN),
     O(WITHDRAWN),
     {M(OCOP_WITHDRAWN)}},
    {no_day_asked_about, V(GENUINE), O(VALID), O(NONE), {0}},
    {another_net, V(GENUINE), O(VALID), O(VALID), {M(NET)}},
    {a_lot_withdrawn, V(REVOKED), O(VALID), O(VALID), {M(LOT_WITHDRAWN)}},
    {a_serial_withdrawn, V(REVOKED), O(VALID), O(VALID), {M(SERIAL_WITHDRAWN)}},
    {the_next_serial, V(GENUINE), O(VALID), O(VALID), {0}},
    {retired_on_the_day, V(REVOKED), O(VALID), O(VALID), {M(KEY_RETIRED)}},
    {retired_a_day_later, V(GENUINE), O(VALID), O(VALID), {0}},
    {lost, V(REVOKED), O(NONE), O(NONE), {M(KEY_LOST)}},
    {lost_and_back_dated, V(REVOKED), O(NONE), O(NONE), {M(KEY_LOST)}},
    {lost_but_known, V(GENUINE), O(NONE), O(NONE), {0}},
    {lost_but_known_serial, V(GENUINE), O(NONE), O(NONE), {0}},
    {lost_and_a_serial_more, V(REVOKED), O(NONE), O(NONE), {M(KEY_LOST)}},
    {withdrawn_and_out_of_scope,
     V(REVOKED),
     O(VALID),
     O(VALID),
     {M(LOT_WITHDRAWN), M(HOST)}},
    {on_the_day_of_issue, V(GENUINE), O(VALID), O(VALID), {0}},
    {the_clock_is_slow, V(CANNOT_TELL), O(NONE), O(NONE), {M(CLOCK)}},
    {the_clock_is_slow_for_a_forger,
     V(CANNOT_TELL),
     O(NONE),
     O(NONE),
     {M(CLOCK)}},
    {no_clock, V(GENUINE), O(VALID), O(VALID), {M(NO_CLOCK)}},
    {update_due_today, V(GENUINE), O(VALID), O(VALID), {0}},
    {update_due, V(GENUINE), O(VALID), O(VALID), {M(UPDATE_DUE)}},
    {on_the_last_day, V(GENUINE), O(VALID), O(VALID), {M(UPDATE_DUE)}},
    {stale, V(CANNOT_TELL), O(VALID), O(NONE), {M(STALE)}},
    {stale_and_unknown,
     V(CANNOT_TELL),
     O(NONE),
     O(NONE),
     {M(UNKNOWN_KEY), M(STALE)}},
    {stale_and_altered, V(ALTERED), O(NONE), O(NONE), {M(ALTERED_TRUST)}},
    {stale_and_revoked,
     V(REVOKED),
     O(VALID),
     O(NONE),
     {M(LOT_WITHDRAWN), M(STALE)}},
    {stale_and_out_of_scope,
     V(CANNOT_TELL),
     O(VALID),
     O(NONE),
     {M(HOST), M(STALE)}},
    {asked_about_the_past, V(GENUINE), O(VALID), O(VALID), {0}},
    {past_its_best,
     V(GENUINE),
     O(VALID),
     O(EXPIRED),
     {M(OCOP_EXPIRED), M(BEST_BEFORE)}},
};

TEST(each_case_has_its_verdict)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        int failures = test_failures;
        sample_make(&sample, &keys);
        make_label();
        row->change();
        struct tem_result r = judged();
        CHECK_INT(r.verdict, row->verdict);
        CHECK_INT(r.ocop_packed, row->packed);
        CHECK_INT(r.ocop_at, row->at);
        size_t count = 0;
        while (count < IDS && row->ids[count])
            count++;
        CHECK_INT(r.finding_count, count);
        for (size_t k = 0; k < r.finding_count && k < count; k++)
            CHECK_INT(r.findings[k].message.id, row->ids[k]);
        if (test_failures > failures)
            printf("# in row %zu\n", i);
    }
    sample_make(&sample, &keys);
}

/* ---- what is shown ------------------------------------------------------ */

TEST(names_are_the_bundles)
{
    make_label();
    struct tem_result r = judged();
    CHECK_STR(r.maker_name[TEM_LANG_VI], "HTX Nông sản bản địa Mẫu");
    CHECK_STR(r.maker_name[TEM_LANG_EN], "Sample Cooperative");
    CHECK_STR(r.product_name[TEM_LANG_VI], "Mận Ruby");
    CHECK_STR(r.product_name[TEM_LANG_EN], "Ruby plum");
    CHECK_INT(r.ocop_expires, DAY + 296);
    CHECK_INT(r.trust_version, 5);
    CHECK_INT(r.trust_issued, DAY);
    make_honey(3, 300);
    r = judged();
    CHECK_STR(r.maker_name[TEM_LANG_EN], "Công ty Mẫu"); /* it has one only */
    CHECK_INT(r.ocop_expires, TEM_DATE_NONE);
    make_label();
    label.kid = 7; /* nothing of it is believed */
    r = judged();
    CHECK(!r.has_label);
    CHECK_STR(r.maker_name[0], "");
    CHECK_STR(r.product_name[0], "");
}

/* Whatever pretends to be the province's, and nothing else. */
TEST(what_bears_an_official_address_is_no_other_code)
{
    static const struct {
        const char *text;
        enum tem_verdict verdict;
    } texts[] = {
        {"https://ocop.sonla.gov.vn/foo", V(MALFORMED)},
        {"HTTPS://OCOP.SONLA.GOV.VN", V(MALFORMED)},
        {"http://ocop.sonla.gov.vn:8080/", V(MALFORMED)},
        {"https://ocop.sonla.gov.vn?x=1", V(MALFORMED)},
        {"HTTPS://OCOP.SONLA.GOV.VN/01/09521234543213/10/L1", V(MALFORMED)},
        {"https://ocop.sonla.gov.vn.example.com/foo", V(NOT_A_LABEL)},
        {"https://ocop.sonla.gov.v", V(NOT_A_LABEL)},
        {"https://ocop.sonla.gov.vn@example.com/", V(NOT_A_LABEL)},
        {"ftp://ocop.sonla.gov.vn/foo", V(NOT_A_LABEL)},
        {"ocop.sonla.gov.vn", V(NOT_A_LABEL)},
        {"https://", V(NOT_A_LABEL)},
        {"x", V(NOT_A_LABEL)},
    };
    struct tem_trust *trust = opened();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct tem_verify_options options = {
            .trust = trust, .at = DAY, .now = DAY};
        struct tem_result r;
        CHECK_INT(tem_verify_text(B(texts[i].text), &options, &r, NULL),
                  TEM_OK);
        if (r.verdict != texts[i].verdict)
            printf("# %s\n", texts[i].text);
        CHECK_INT(r.verdict, texts[i].verdict);
        CHECK_INT(r.finding_count, r.verdict == V(MALFORMED) ? 1 : 0);
        options.trust = NULL; /* whose address it is nobody knows */
        CHECK_INT(tem_verify_text(B(texts[i].text), &options, &r, NULL),
                  TEM_OK);
        CHECK(r.verdict == V(NOT_A_LABEL) || strstr(texts[i].text, "/01/"));
    }
    tem_trust_free(trust);
}

/* A reason of the longest, in letters of three bytes. */
TEST(long_reasons_are_cut_between_characters)
{
    static char reason[3 * TEM_TRUST_REASON_MAX + 1];
    for (int i = 0; i < TEM_TRUST_REASON_MAX; i++)
        memcpy(reason + 3 * i, "ậ", 4);
    make_label();
    strcpy(label.uri.lot, "L1");
    sample.withdrawals[0].reason = B(reason);
    struct tem_result r = judged();
    REQUIRE(r.finding_count == 1);
    CHECK_INT(strlen(r.findings[0].message.args[2]) % 3, 0);
    CHECK(strlen(r.findings[0].message.args[2]) > 100);
    sample_make(&sample, &keys);
}

TEST(stars_have_names)
{
    static const char *const names[] = {
        "none",      "valid",         "expired",     "early",
        "withdrawn", "other-product", "other-stars", "unknown"};
    for (int i = 0; i < 8; i++)
        CHECK_STR(tem_ocop_name((enum tem_ocop)i), names[i]);
    CHECK_STR(tem_ocop_name((enum tem_ocop)8), "none");
}

int main(void)
{
    keys = sample_keys();
    sample_make(&sample, &keys);
    RUN(each_case_has_its_verdict);
    RUN(names_are_the_bundles);
    RUN(what_bears_an_official_address_is_no_other_code);
    RUN(long_reasons_are_cut_between_characters);
    RUN(stars_have_names);
    sample_keys_free(&keys);
    return test_done();
}
