/* SPDX-License-Identifier: MIT */
/* The checks across a record's fields (lib/record/check.h): one sound lot,
 * then a fault a row, on both sides of every edge. */
#include "record_check.h"

TEST(the_sample_is_sound)
{
    struct tem_record before;
    begin();
    memcpy(&before, &r, sizeof before);
    tem_record_check(&r, &found);
    CHECK_STR(told(), "");
    CHECK(memcmp(&before, &r, sizeof before) == 0);
}

TEST(an_empty_record_lacks_only_what_no_field_alone_must_have)
{
    begin();
    tem_record_init(&r);
    tem_record_check(&r, &found);
    CHECK_STR(told(),
              "error gtin; error net_mass_g; error harvest_commune");
}

TEST(what_reading_has_reported_is_not_missed_again)
{
    static const char *const fields[][2] = {
        {"gtin", "net_mass_g"}, {"product_code", "net_volume_ml"}};
    for (size_t i = 0; i < 2; i++) {
        begin();
        tem_record_init(&r);
        r.raw_lot_count = 1;
        r.step_count = 1;
        r.steps[0].kind = TEM_STEP_DRY;
        r.ocop_stars = 3;
        const char *all[] = {fields[i][0],         fields[i][1],
                             i ? "harvest_commune" : "raw_lots[1].commune",
                             "steps[1].method",    "certificate_id",
                             "decision_number",    "decision_date",
                             "decision_authority"};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            tem_problems_add(&found, all[k], "", TEM_SEVERITY_ERROR,
                               TEM_MSG_ARGUMENT, "s", all[k]);
        tem_record_check(&r, &found);
        CHECK_INT(found.count, sizeof all / sizeof *all);
    }
}

TEST(a_product_has_one_number_and_one_net_quantity)
{
    ROW(r.gtin[0] = '\0', "error gtin");
    ROW((r.gtin[0] = '\0', strcpy(r.product_code, "NHAN500")), "");
    ROW(strcpy(r.product_code, "NHAN500"), "");
    ROW(r.net_volume_ml = 500, "error net_volume_ml");
    ROW(r.net_mass_g = TEM_NUMBER_NONE, "error net_mass_g");
    ROW((r.net_mass_g = TEM_NUMBER_NONE, r.net_volume_ml = 500), "");
}

TEST(a20_no_step_takes_in_more_than_came_before)
{
    ROW(r.raw_lots[0].mass_g = 10000 * KG - 1,
        "A20 error steps[1].mass_in_kg");
    ROW(r.raw_lots[0].mass_g = 2000 * KG, "A20 error steps[1].mass_in_kg");
    CHECK_STR(first_text(TEM_LANG_VI),
              "chỉ có 2 000 kg nguyên liệu thì công đoạn đầu không thể nhận "
              "10 000 kg: hãy sửa một trong hai số");
    ROW((r.raw_lot_count = 2, r.raw_lots[0].mass_g = 4000 * KG,
         r.raw_lots[1].mass_g = 6000 * KG),
        "");
    ROW((r.raw_lot_count = 2, r.raw_lots[0].mass_g = 4000 * KG), "");
    ROW((r.raw_lot_count = 2, r.raw_lots[0].mass_g = 4000 * KG,
         r.raw_lots[1].mass_g = 5999 * KG),
        "A20 error steps[1].mass_in_kg");
    ROW(r.raw_lot_count = 0, "");
    ROW(r.steps[0].mass_out_g = 5000 * KG - 1,
        "A20 error steps[2].mass_in_kg");
    CHECK_STR(first_text(TEM_LANG_EN),
              "step 1 gives 4 999 999 g, so step 2 cannot take in 5 000 kg: "
              "mend one of the two");
    ROW(r.steps[0].mass_out_g = TEM_NUMBER_NONE, "");
    ROW(r.steps[1].mass_in_g = TEM_NUMBER_NONE, "");
}

TEST(a20_no_step_gives_more_than_it_takes)
{
    ROW(r.steps[0].mass_out_g = 10000 * KG, "");
    ROW(r.steps[0].mass_out_g = 10000 * KG + 1,
        "A20 error steps[1].mass_out_kg");
    ROW((r.steps[0].mass_out_g = 10050 * KG, r.steps[0].sugar_g = 30 * KG,
         r.steps[0].salt_g = 20 * KG),
        "");
    ROW((r.steps[0].mass_out_g = 10050 * KG + 1, r.steps[0].sugar_g = 30 * KG,
         r.steps[0].salt_g = 20 * KG),
        "A20 error steps[1].mass_out_kg");
}

/* In: 5000 kg at 840, 800 kg of dry matter. Out: mass at moisture 160. */
TEST(a22_dry_matter_neither_appears_nor_gets_lost)
{
    ROW(r.steps[1].mass_out_g = 1000 * KG, "");             /* 840: 1.05 */
    ROW(r.steps[1].mass_out_g = 1000 * KG + 1,
        "A22 error steps[2].moisture_out");
    ROW((r.steps[1].moisture_out = 200, r.steps[1].mass_out_g = 800 * KG,
         r.units = TEM_NUMBER_NONE), /* 640: 0.80 */
        "");
    ROW((r.steps[1].moisture_out = 200, r.steps[1].mass_out_g = 800 * KG - 1,
         r.units = TEM_NUMBER_NONE),
        "A22 warning steps[2].moisture_out");
    ROW((r.steps[1].mass_out_g = 1025 * KG, r.steps[1].sugar_g = 10 * KG,
         r.steps[1].salt_g = 10 * KG), /* 820 in, 861 out */
        "");
    ROW((r.steps[1].mass_out_g = 1025 * KG + 1, r.steps[1].sugar_g = 10 * KG,
         r.steps[1].salt_g = 10 * KG),
        "A22 error steps[2].moisture_out");
    ROW((r.steps[1].mass_out_g = 4000 * KG,
         r.steps[1].moisture_in = TEM_NUMBER_NONE),
        "");
    ROW((r.steps[1].mass_out_g = 4000 * KG,
         r.steps[1].moisture_out = TEM_NUMBER_NONE),
        "");
    ROW((r.units = TEM_NUMBER_NONE, r.steps[1].mass_in_g = TEM_NUMBER_NONE),
        "");
    ROW((r.units = TEM_NUMBER_NONE, r.steps[1].mass_out_g = TEM_NUMBER_NONE),
        "");
}

TEST(a22_the_greatest_masses_do_not_overflow)
{
    const int64_t most = INT64_C(10000000000);
    ROW((r.raw_lots[0].mass_g = r.steps[0].mass_in_g = most,
         r.steps[0].mass_out_g = r.steps[1].mass_in_g = most,
         r.steps[1].mass_out_g = most, r.steps[1].sugar_g = most,
         r.steps[1].salt_g = most, r.steps[1].moisture_in = 0,
         r.steps[1].moisture_out = 0),
        "A22 warning steps[2].moisture_out");
}

TEST(a23_units_weigh_no_more_than_there_is)
{
    ROW(r.steps[1].mass_out_g = 932 * KG, ""); /* (1860 + 4) x 0,5 kg */
    ROW(r.steps[1].mass_out_g = 932 * KG - 1, "A23 error units");
    ROW((r.steps[1].mass_out_g = 930 * KG, r.samples = TEM_NUMBER_NONE,
         r.labels_void = 40),
        "");
    ROW((r.steps[1].mass_out_g = 930 * KG - 1, r.samples = TEM_NUMBER_NONE,
         r.labels_void = 40),
        "A23 error units");
    ROW((r.net_mass_g = TEM_NUMBER_NONE, r.net_volume_ml = 5000), "");
    ROW(r.step_count = 0, "");
}

TEST(a24_a_label_a_unit)
{
    ROW(r.labels_void = 35, "A24 error labels_issued");
    CHECK_STR(first_text(TEM_LANG_EN),
              "1865 labels used for 1864 units and samples, 1 too many: "
              "account for them or void them");
    ROW(r.labels_void = 37, "A24 warning labels_issued");
    ROW((r.labels_void = TEM_NUMBER_NONE, r.labels_issued = 1864), "");
    ROW((r.samples = TEM_NUMBER_NONE, r.labels_void = 40), "");
    ROW(r.labels_issued = TEM_NUMBER_NONE, "");
    ROW(r.units = TEM_NUMBER_NONE, "");
}

TEST(a29_packed_when_all_is_done)
{
    ROW(r.steps[1].ended_min = at("2026-08-15", 23), "");
    ROW(r.steps[1].ended_min = at("2026-08-16", 0), "A29 error packed_on");
    ROW(r.steps[0].ended_min = at("2026-08-16", 0), ""); /* not the last */
    ROW((r.packed_on = -1, r.steps[1].ended_min = -1,
         r.ocop_stars = TEM_NUMBER_NONE, r.raw_lot_count = 0,
         r.best_before = TEM_DATE_NONE, r.harvest_commune[0] = '\0'),
        "error harvest_commune"); /* the last minute of 1969 */
}

TEST(a30_harvest_comes_first)
{
    ROW(r.steps[0].started_min = at("2026-08-13", 0), "");
    ROW(r.steps[0].started_min = at("2026-08-13", 0) - 1,
        "A30 error raw_lots[1].harvest_to");
    ROW(r.raw_lots[0].harvest_to = r.packed_on, "");
    ROW(r.raw_lots[0].harvest_to = r.packed_on + 1,
        "A30 error raw_lots[1].harvest_to");
    ROW(r.raw_lots[0].harvest_from = r.raw_lots[0].harvest_to, "");
    ROW(r.raw_lots[0].harvest_from = r.raw_lots[0].harvest_to + 1,
        "A30 error raw_lots[1].harvest_from");
    ROW(r.raw_lots[0].harvest_from = r.raw_lots[0].harvest_to - 31, "");
    ROW(r.raw_lots[0].harvest_from = r.raw_lots[0].harvest_to - 32,
        "A30 error raw_lots[1].harvest_to");
    ROW((r.steps[1].started_min = 1000, r.steps[1].ended_min = 1000), "");
    ROW((r.steps[1].started_min = 1000, r.steps[1].ended_min = 999),
        "A30 error steps[2].ended");
    ROW((r.raw_lots[0].harvest_from = TEM_DATE_NONE,
         r.raw_lots[0].harvest_to = TEM_DATE_NONE),
        "");
}

TEST(a33_best_before_is_in_reach)
{
    ROW(r.best_before = r.packed_on, "A33 error best_before");
    ROW(r.best_before = r.packed_on + 1, "");
    ROW(r.best_before = r.packed_on + 1100, "");
    ROW(r.best_before = r.packed_on + 1101, "A33 error best_before");
#define HARVEST(days)                                                          \
    r.raw_lots[0].harvest_from = r.raw_lots[0].harvest_to = (days),            \
    r.best_before = r.packed_on + 1, strcpy(r.harvest_commune, "04105")
    ROW((HARVEST(r.packed_on + 1 - 9999)), "");
    ROW((HARVEST(r.packed_on - 9999)), "A33 error best_before");
    ROW((HARVEST(r.packed_on - 10000)),
        "A33 error packed_on; A33 error best_before");
}

TEST(a34_a_commune_is_one_on_the_day)
{
    ROW(strcpy(r.commune, "04138"), "A34 error commune");
    CHECK_STR(first_text(TEM_LANG_EN),
              "04138 is not a commune on 15/08/2026; use 04105 (Xã Mai Sơn)");
    ROW((strcpy(r.commune, "04138"), r.recorded_on = day("2025-06-30")), "");
    ROW((strcpy(r.commune, "04138"), r.recorded_on = day("2025-07-01")),
        "A34 error commune");
    ROW((strcpy(r.commune, "04138"), r.recorded_on = TEM_DATE_NONE), "");
    ROW(r.commune[0] = '\0', "");
    ROW(strcpy(r.commune, "99999"), "A34 error commune");
    CHECK_STR(first_text(TEM_LANG_EN),
              "99999 is not a commune of Son La on 15/08/2026: look up the "
              "code that is valid then");
    ROW(strcpy(r.harvest_commune, "04138"), "A34 error harvest_commune");
    ROW(strcpy(r.raw_lots[0].commune, "04138"),
        "A34 error raw_lots[1].commune");
}

TEST(a34_the_harvest_was_where_the_first_raw_lot_says)
{
    ROW(r.harvest_commune[0] = '\0', "");
    CHECK_STR(r.harvest_commune, "04105");
    ROW((r.harvest_commune[0] = '\0', strcpy(r.raw_lots[0].commune, "04138")),
        "A34 error raw_lots[1].commune");
    ROW((r.harvest_commune[0] = '\0', r.raw_lots[0].commune[0] = '\0'),
        "error harvest_commune");
    ROW(r.raw_lots[0].commune[0] = '\0', "");
}

TEST(a35_drying_is_neither_cold_nor_hot_nor_short_nor_long)
{
    ROW(r.steps[1].temperature_c10 = 350, "");
    ROW(r.steps[1].temperature_c10 = 349,
        "A35 warning steps[2].temperature_c");
    ROW(r.steps[1].temperature_c10 = 900, "");
    ROW(r.steps[1].temperature_c10 = 901,
        "A35 warning steps[2].temperature_c");
    ROW(r.steps[1].minutes = 240, "");
    ROW(r.steps[1].minutes = 239, "A35 warning steps[2].hours");
    ROW(r.steps[1].minutes = 5760, "");
    ROW(r.steps[1].minutes = 5761, "A35 warning steps[2].hours");
    ROW((r.steps[1].temperature_c10 = TEM_NUMBER_NONE,
         r.steps[1].minutes = TEM_NUMBER_NONE),
        "");
    ROW((r.steps[1].kind = TEM_STEP_ROAST, r.steps[1].temperature_c10 = 2100,
         r.steps[1].minutes = 20),
        "");
}

TEST(drying_has_a_method)
{
    ROW(r.steps[1].method = TEM_NUMBER_NONE, "error steps[2].method");
    ROW(r.steps[1].method = TEM_DRYING_NONE, "error steps[2].method");
    ROW((r.steps[1].kind = TEM_STEP_ROAST,
         r.steps[1].method = TEM_NUMBER_NONE),
        "");
    CHECK_INT(r.steps[1].method, TEM_DRYING_ROAST);
    ROW((r.steps[1].kind = TEM_STEP_PAN_FIRE,
         r.steps[1].method = TEM_NUMBER_NONE),
        "");
    CHECK_INT(r.steps[1].method, TEM_DRYING_PAN);
    CHECK_INT(r.steps[0].method, TEM_NUMBER_NONE);
    ROW((r.steps[1].kind = TEM_STEP_ROAST,
         r.steps[1].method = TEM_DRYING_HOT_AIR),
        "");
    CHECK_INT(r.steps[1].method, TEM_DRYING_HOT_AIR);
}

TEST(a_certification_outlasts_the_harvest)
{
    ROW(r.raw_lots[0].certification_expires = day("2026-08-12"), "");
    ROW(r.raw_lots[0].certification_expires = day("2026-08-11"),
        "warning raw_lots[1].certification_expires");
}

static void add(const char *field, enum tem_severity severity)
{
    tem_problems_add(&found, field, "A20", severity, TEM_MSG_ARGUMENT, "s",
                       field);
}

TEST(the_hundred_and_first_problem_is_told_of_by_the_last)
{
    begin();
    for (int i = 0; i < TEM_PROBLEMS_MAX; i++)
        add("lot", TEM_SEVERITY_WARNING);
    const struct tem_problem *last = &found.list[TEM_PROBLEMS_MAX - 1];
    CHECK_INT(found.count, TEM_PROBLEMS_MAX);
    CHECK_INT(last->message.id, TEM_MSG_ARGUMENT);
    add("lot", TEM_SEVERITY_WARNING);
    CHECK_INT(found.count, TEM_PROBLEMS_MAX);
    CHECK_INT(last->message.id, TEM_MSG_RECORD_MORE_PROBLEMS);
    CHECK_INT(last->severity, TEM_SEVERITY_WARNING);
    CHECK_STR(last->field, "");
    CHECK_STR(last->rule, "");
    CHECK_INT(last->row, 7);
    add("lot", TEM_SEVERITY_ERROR); /* must not get lost as an error */
    add("lot", TEM_SEVERITY_WARNING);
    CHECK_INT(last->severity, TEM_SEVERITY_ERROR);
    CHECK_STR(last->message.args[0], "99");
}

TEST(a_problem_has_its_arguments_and_a_name_that_fits)
{
    char name[100];
    begin();
    tem_problems_add(&found, "lot", "A20", TEM_SEVERITY_INFO,
                       TEM_MSG_ARGUMENT, "sdsd", "a", -5LL, "b", 9LL);
    CHECK_STR(found.list[0].message.args[0], "a");
    CHECK_STR(found.list[0].message.args[1], "-5");
    CHECK_STR(found.list[0].message.args[2], "b");
    CHECK_STR(found.list[0].message.args[3], "9");
    CHECK_STR(found.list[0].rule, "A20");
    CHECK_INT(found.list[0].severity, TEM_SEVERITY_INFO);
    memset(name, 'x', sizeof name);
    name[63] = '\0';
    add(name, TEM_SEVERITY_ERROR);
    CHECK_STR(found.list[1].field, name);
    strcpy(name + 62, "à"); /* two bytes, of which one had room */
    add(name, TEM_SEVERITY_ERROR);
    CHECK_INT(strlen(found.list[2].field), 62);
}

int main(void)
{
    RUN(the_sample_is_sound);
    RUN(an_empty_record_lacks_only_what_no_field_alone_must_have);
    RUN(what_reading_has_reported_is_not_missed_again);
    RUN(a_product_has_one_number_and_one_net_quantity);
    RUN(a20_no_step_takes_in_more_than_came_before);
    RUN(a20_no_step_gives_more_than_it_takes);
    RUN(a22_dry_matter_neither_appears_nor_gets_lost);
    RUN(a22_the_greatest_masses_do_not_overflow);
    RUN(a23_units_weigh_no_more_than_there_is);
    RUN(a24_a_label_a_unit);
    RUN(a29_packed_when_all_is_done);
    RUN(a30_harvest_comes_first);
    RUN(a33_best_before_is_in_reach);
    RUN(a34_a_commune_is_one_on_the_day);
    RUN(a34_the_harvest_was_where_the_first_raw_lot_says);
    RUN(a35_drying_is_neither_cold_nor_hot_nor_short_nor_long);
    RUN(drying_has_a_method);
    RUN(a_certification_outlasts_the_harvest);
    RUN(the_hundred_and_first_problem_is_told_of_by_the_last);
    RUN(a_problem_has_its_arguments_and_a_name_that_fits);
    return test_done();
}
