/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/verify.h>: every lie gets its verdict, none is genuine. */
#include "../forge.h"
#include "demo_key.h"
#include "sample.h"
#include "verdicts.h"

static bool has(const struct tem_result *result, enum tem_message_id id,
                const char *rule)
{
    for (size_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].message.id == id &&
            strcmp(result->findings[i].rule, rule) == 0)
            return true;
    return false;
}

TEST(every_true_label_is_genuine)
{
    static char text[TEM_URI_SIZE + 16];
    for (int a = 0; a < 2; a++)
        for (int form = 0; form < FORGE_FORMS; form++) {
            forge_true((enum forge_form)form, keys[a], text);
            struct tem_result r = verify(text, keys[a], AT, true);
            CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
            CHECK(r.has_label);
            CHECK_STR(r.lot, "DT9H2VW6");
            CHECK_STR(r.serial, "000123");
        }
}

/* What a malformed label is told to break; every other lie is well-formed. */
static const enum tem_message_id broken[LIES] = {
    [LIE_OTHER_ALGORITHM_HIGH_S] = TEM_MSG_SEAL_SIGNATURE,
    [LIE_UNKNOWN_ALGORITHM] = TEM_MSG_SEAL_ALGORITHM,
    [LIE_NEWER_VERSION] = TEM_MSG_SEAL_VERSION,
    [LIE_HTTP] = TEM_MSG_URI_PART,
    [LIE_EXTRA_PARAMETER] = TEM_MSG_URI_DIGITS,
    [LIE_TRAILING_SPACE] = TEM_MSG_URI_DIGITS,
    [LIE_LOWER_CASE_LOT] = TEM_MSG_URI_LOT,
    [LIE_DIGIT_TOO_MANY] = TEM_MSG_DIGITS_COUNT,
    [LIE_DIGIT_TOO_FEW] = TEM_MSG_DIGITS_COUNT,
    [LIE_LEADING_ZERO] = TEM_MSG_DIGITS_COUNT,
    [LIE_VALUE_TOO_LARGE] = TEM_MSG_DIGITS_VALUE,
    [LIE_LETTER_IN_DIGITS] = TEM_MSG_URI_DIGITS,
    [LIE_NO_DIGITS] = TEM_MSG_URI_NO_SEAL,
    [LIE_SHORT_MESSAGE] = TEM_MSG_SEAL_SIZE,
    [LIE_DIGEST_DENIED] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_DIGEST_CLAIMED] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_SHORT_DIGEST] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_TRAILING_BYTE] = TEM_MSG_PAYLOAD_TRAILING,
    [LIE_LONG_INTEGER] = TEM_MSG_PAYLOAD_CANONICAL,
    [LIE_INDEFINITE_ARRAY] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_MAP_WITH_DUPLICATES] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_TEXT_FOR_NUMBER] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_EMPTY_ARRAY] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_NFD_NAME] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_LATE_DATE] = TEM_MSG_PAYLOAD_FIELD,
    [LIE_PLAIN_IN_RETAIL] = TEM_MSG_VERIFY_FORM,
    [LIE_RETAIL_IN_PLAIN] = TEM_MSG_VERIFY_FORM,
    [LIE_HIGH_S] = TEM_MSG_SEAL_SIGNATURE,
    [LIE_ZERO_R] = TEM_MSG_SEAL_SIGNATURE,
    [LIE_S_IS_N] = TEM_MSG_SEAL_SIGNATURE,
};

/* The first finding that a lie must get: the format's word or the seal's. */
static enum tem_message_id wanted(enum lie lie, int algorithm)
{
    if (lie == LIE_NONE)
        return TEM_MSG_VERIFY_EXAMPLE;
    if (lie == LIE_ZERO_SIGNATURE && algorithm == TEM_ALGORITHM_ES256)
        return TEM_MSG_SEAL_SIGNATURE; /* out of range before all else */
    return lie <= LIE_WRONG_KEY ? TEM_MSG_VERIFY_ALTERED : broken[lie];
}

static enum tem_verdict verdict_of(enum tem_message_id first)
{
    return first == TEM_MSG_VERIFY_EXAMPLE   ? TEM_VERDICT_GENUINE
           : first == TEM_MSG_VERIFY_ALTERED ? TEM_VERDICT_ALTERED
                                             : TEM_VERDICT_MALFORMED;
}

static void check_lie(enum lie lie, int algorithm)
{
    static char text[TEM_URI_SIZE + 16];
    int before = test_failures;
    enum tem_message_id why = wanted(lie, algorithm);
    forge(lie, keys[algorithm], wrong_keys[algorithm], text);
    struct tem_result r = verify(text, keys[algorithm], AT, true);
    CHECK_INT(r.verdict, verdict_of(why));
    CHECK_INT(r.findings[0].message.id, why);
    CHECK_INT(r.finding_count, lie == LIE_NONE ? 2 : 1);
    CHECK(r.has_label == (lie == LIE_NONE));
    if (!r.has_label) /* nothing unverified leaks out */
        CHECK(r.lot[0] == '\0' && r.payload.maker_id == 0);
    if (test_failures != before)
        printf("# %s, algorithm %d: %s\n", forge_name(lie), algorithm,
               tem_verdict_name(r.verdict));
}

TEST(every_lie_gets_its_verdict)
{
    for (int a = 0; a < 2; a++)
        for (int lie = 0; lie < LIES; lie++)
            if (forge_applies((enum lie)lie, (enum tem_algorithm)a))
                check_lie((enum lie)lie, a);
}

TEST(the_host_may_be_in_either_case)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[0], NULL, text);
    memcpy(text, "https://ocop.SonLa.gov.vn", 25);
    struct tem_result r = verify(text, keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    CHECK_STR(r.host, "ocop.sonla.gov.vn");
}

TEST(a_genuine_label_shows_what_was_sealed)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[1], NULL, text);
    struct tem_result r = verify(text, keys[1], AT, true);
    REQUIRE(r.has_label);
    CHECK_INT(r.form, TEM_FORM_RETAIL);
    CHECK_INT(r.algorithm, TEM_ALGORITHM_ES256);
    CHECK_INT(r.kid, 7);
    CHECK_STR(r.gtin, SAMPLE_GTIN);
    CHECK_STR(r.lot, "DT9H2VW6");
    CHECK_STR(r.serial, "000123");
    CHECK_INT(r.payload.stars, 4);
    CHECK(has(&r, TEM_MSG_VERIFY_BARE_KEY, ""));
    CHECK(has(&r, TEM_MSG_VERIFY_EXAMPLE, "A05"));
    CHECK_INT(r.finding_count, 2);
}

static const char *plain(bool example, bool serial)
{
    static char text[TEM_URI_SIZE];
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_payload p = sample_payload();
    struct tem_uri uri = {.form = TEM_FORM_PLAIN, .host = "h"};
    p.example = example;
    p.plain = true;
    strcpy(p.product_code, "CHUOI200");
    strcpy(p.lot, "CH6W9TA3");
    strcpy(p.serial, serial ? "000001" : "");
    if (tem_payload_encode(&p, &out, NULL) != TEM_OK ||
        tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) != TEM_OK ||
        tem_seal(keys[0], 1, (struct tem_bytes){memory, out.size}, prefix,
                 text, sizeof text, NULL) != TEM_OK)
        abort();
    return text;
}

TEST(the_plain_form_carries_lot_and_serial_inside)
{
    struct tem_result r = verify(plain(true, true), keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    CHECK_STR(r.gtin, "");
    CHECK_STR(r.lot, "CH6W9TA3");
    CHECK_STR(r.serial, "000001");
    r = verify(plain(true, false), keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    CHECK_STR(r.serial, "");
    CHECK(has(&r, TEM_MSG_VERIFY_NO_SERIAL, "A42"));
}

TEST(example_data_counts_only_in_a_demonstration)
{
    struct tem_result r = verify(plain(true, true), keys[0], AT, false);
    CHECK_INT(r.verdict, TEM_VERDICT_OUT_OF_SCOPE);
    CHECK(has(&r, TEM_MSG_VERIFY_EXAMPLE, "A05"));
    CHECK(r.has_label);
    r = verify(plain(false, true), keys[0], AT, false);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    r = verify(plain(false, true), keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
}

TEST(dates_are_judged_on_the_day_asked_about)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[0], NULL, text); /* packed 20680, best 21045 */
    struct tem_result r = verify(text, keys[0], 21045, true);
    CHECK(!has(&r, TEM_MSG_VERIFY_BEST_BEFORE, "A33"));
    r = verify(text, keys[0], 21046, true);
    CHECK(has(&r, TEM_MSG_VERIFY_BEST_BEFORE, "A33"));
    char said[TEM_MESSAGE_TEXT_MAX]; /* the day asked about is no expiry */
    CHECK_STR(tem_message_text(&r.findings[1].message, TEM_LANG_EN, said,
                               sizeof said),
              "past its best-before 15/08/2027 (asked about 16/08/2027)");
    CHECK_STR(tem_message_text(&r.findings[1].message, TEM_LANG_VI, said,
                               sizeof said),
              "đã quá hạn sử dụng 15/08/2027 (xét ngày 16/08/2027)");
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    r = verify(text, keys[0], 20680, true);
    CHECK(!has(&r, TEM_MSG_VERIFY_PACKED_LATER, "A43"));
    r = verify(text, keys[0], 20679, true);
    CHECK(has(&r, TEM_MSG_VERIFY_PACKED_LATER, "A43"));
    r = verify(text, keys[0], TEM_DATE_NONE, true);
    CHECK_INT(r.finding_count, 2);
}

TEST(without_usable_trust_nobody_can_tell)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[0], NULL, text);
    struct tem_result r = verify(text, NULL, AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_CANNOT_TELL);
    CHECK(has(&r, TEM_MSG_VERIFY_NO_KEY, ""));
    forge(LIE_LEADING_ZERO, keys[0], NULL, text); /* malformed comes first */
    r = verify(text, NULL, AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_MALFORMED);
}

TEST(the_demonstration_key_proves_nothing)
{
    static char text[TEM_URI_SIZE + 16];
    struct tem_key *demo = demo_key();
    REQUIRE(demo != NULL);
    forge(LIE_NONE, demo, NULL, text);
    struct tem_result r = verify(text, demo, AT, false);
    CHECK_INT(r.verdict, TEM_VERDICT_CANNOT_TELL);
    CHECK(has(&r, TEM_MSG_VERIFY_DEMO_KEY, "A05"));
    r = verify(text, demo, AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    struct tem_key *ours = keys[0];
    keys[0] = demo; /* so that plain() seals with it */
    r = verify(plain(false, true), demo, AT, true);
    keys[0] = ours;
    CHECK_INT(r.verdict, TEM_VERDICT_OUT_OF_SCOPE);
    CHECK(has(&r, TEM_MSG_VERIFY_DEMO_REAL, "A05"));
    tem_key_free(demo);
}

TEST(other_symbols_are_not_labels)
{
    static const char *const texts[] = {
        "", "https://example.com/", "WIFI:T:WPA;S:x;P:y;;",
        "https://id.gs1.org/01/09520124600302", "tem"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct tem_result r = verify(texts[i], keys[0], AT, false);
        CHECK_INT(r.verdict, TEM_VERDICT_NOT_A_LABEL);
        CHECK_INT(r.finding_count, 0);
    }
}

/* What lacks a seal is never passed over in silence. */
TEST(a_label_cut_off_before_its_seal_is_malformed)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NONE, keys[0], NULL, text);
    *strstr(text, "?S=") = '\0';
    struct tem_result r = verify(text, keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_MALFORMED);
    CHECK(has(&r, TEM_MSG_URI_NO_SEAL, ""));
    CHECK(!r.has_label);
}

TEST(the_address_of_another_firm_is_no_label)
{
    struct tem_result r = verify("https://id.gs1.org/01/09520124600302/10/ABC",
                                 keys[0], AT, true);
    CHECK_INT(r.verdict, TEM_VERDICT_NOT_A_LABEL);
    CHECK_INT(r.finding_count, 1);
    CHECK(has(&r, TEM_MSG_URI_UNSEALED, ""));
}

/* A label is one symbol, whatever the parts of several say together. */
TEST(parts_of_a_text_are_not_a_label)
{
    static char text[TEM_URI_SIZE + 16];
    static struct tem_result r;
    struct tem_verify_options options = {
        .key = keys[0], .at = AT, .demo = true};
    forge(LIE_NONE, keys[0], NULL, text);
    struct tem_scan_symbol symbol = {.text = tem_bytes_of(text)};
    CHECK_INT(tem_verify_symbol(&symbol, &options, &r, NULL), TEM_OK);
    CHECK_INT(r.verdict, TEM_VERDICT_GENUINE);
    symbol.part = true;
    CHECK_INT(tem_verify_symbol(&symbol, &options, &r, NULL), TEM_OK);
    CHECK_INT(r.verdict, TEM_VERDICT_NOT_A_LABEL);
    CHECK(has(&r, TEM_MSG_VERIFY_PART, ""));
    CHECK(!r.has_label && r.lot[0] == '\0');
}

/* What verification takes apart, and only that, may be exported. */
TEST(a_text_comes_apart_if_it_is_well_formed)
{
    static char text[TEM_URI_SIZE + 16];
    static struct tem_parts parts;
    for (int lie = 0; lie < LIES; lie++) {
        struct tem_error error = {.status = TEM_OK};
        bool ours;
        if (!forge_applies((enum lie)lie, TEM_ALGORITHM_ED25519))
            continue;
        forge((enum lie)lie, keys[0], wrong_keys[0], text);
        struct tem_result r = verify(text, keys[0], AT, true);
        enum tem_status status =
            tem_verify_parts(tem_bytes_of(text), &parts, &ours, &error);
        bool malformed = r.verdict == TEM_VERDICT_MALFORMED;
        CHECK_INT(status, malformed ? TEM_E_FORMAT : TEM_OK);
        CHECK_INT(error.status, status);
        CHECK(ours);
    }
    bool ours = true;
    CHECK_INT(tem_verify_parts(tem_bytes_of("tem"), &parts, &ours, NULL),
              TEM_E_FORMAT);
    CHECK(!ours);
}

TEST(the_unit_is_found_where_the_form_has_it)
{
    static char text[TEM_URI_SIZE + 16];
    static struct tem_parts parts;
    bool ours;
    forge(LIE_NONE, keys[0], NULL, text);
    REQUIRE(tem_verify_parts(tem_bytes_of(text), &parts, &ours, NULL) ==
            TEM_OK);
    struct tem_unit unit = tem_payload_unit(&parts.uri, &parts.payload);
    CHECK_STR(unit.product, SAMPLE_GTIN);
    CHECK_STR(unit.lot, "DT9H2VW6");
    CHECK_STR(unit.serial, "000123");
    REQUIRE(tem_verify_parts(tem_bytes_of(plain(true, true)), &parts, &ours,
                             NULL) == TEM_OK);
    unit = tem_payload_unit(&parts.uri, &parts.payload);
    CHECK_STR(unit.product, "CHUOI200");
    CHECK_STR(unit.lot, "CH6W9TA3");
    CHECK_STR(unit.serial, "000001");
}

TEST(a_newer_label_says_so)
{
    static char text[TEM_URI_SIZE + 16];
    forge(LIE_NEWER_VERSION, keys[0], NULL, text);
    struct tem_result r = verify(text, keys[0], AT, true);
    CHECK(has(&r, TEM_MSG_SEAL_VERSION, "A04"));
}

TEST(verdicts_have_permanent_names)
{
    static const char *const names[] = {
        "none",    "genuine",   "altered",     "unknown-key", "out-of-scope",
        "revoked", "malformed", "not-a-label", "cannot-tell"};
    for (int v = 0; v <= TEM_VERDICT_CANNOT_TELL; v++) {
        const char *en = tem_verdict_text((enum tem_verdict)v, TEM_LANG_EN);
        CHECK_STR(tem_verdict_name((enum tem_verdict)v), names[v]);
        CHECK(strncmp(en, names[v], strlen(names[v])) == 0);
        CHECK(en[strlen(names[v])] == ':');
        CHECK(strlen(tem_verdict_text((enum tem_verdict)v, TEM_LANG_VI)) > 5);
        CHECK(strcmp(tem_verdict_text((enum tem_verdict)v, TEM_LANG_VI),
                     tem_verdict_text((enum tem_verdict)v, TEM_LANG_EN)) != 0);
    }
    CHECK_STR(tem_verdict_name((enum tem_verdict)99), "none");
    CHECK_STR(tem_verdict_text((enum tem_verdict)99, TEM_LANG_EN),
              "none: nothing was checked");
}

int main(void)
{
    make_keys();
    RUN(every_true_label_is_genuine);
    RUN(every_lie_gets_its_verdict);
    RUN(the_host_may_be_in_either_case);
    RUN(a_genuine_label_shows_what_was_sealed);
    RUN(the_plain_form_carries_lot_and_serial_inside);
    RUN(example_data_counts_only_in_a_demonstration);
    RUN(dates_are_judged_on_the_day_asked_about);
    RUN(without_usable_trust_nobody_can_tell);
    RUN(the_demonstration_key_proves_nothing);
    RUN(other_symbols_are_not_labels);
    RUN(a_label_cut_off_before_its_seal_is_malformed);
    RUN(the_address_of_another_firm_is_no_label);
    RUN(parts_of_a_text_are_not_a_label);
    RUN(a_text_comes_apart_if_it_is_well_formed);
    RUN(the_unit_is_found_where_the_form_has_it);
    RUN(a_newer_label_says_so);
    RUN(verdicts_have_permanent_names);
    free_keys();
    return test_done();
}
