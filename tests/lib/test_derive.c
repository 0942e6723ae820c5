/* SPDX-License-Identifier: MIT */
/* What a label says of drying and harvest (lib/record/derive.c). */
#include "record_sample.h"
#include "test.h"

static struct tem_record r;

static void add_step(int64_t kind, int64_t method, int64_t energy,
                     int64_t temperature_c10, int64_t minutes)
{
    struct tem_step *step = &r.steps[r.step_count++];
    step->kind = kind;
    step->method = method;
    step->energy = energy;
    step->temperature_c10 = temperature_c10;
    step->minutes = minutes;
}

static void check_drying(int method, int energy, unsigned degrees,
                         unsigned hours)
{
    struct tem_drying d = tem_record_drying(&r);
    CHECK_INT(d.method, method);
    CHECK_INT(d.energy, energy);
    CHECK_INT(d.temperature_c, degrees);
    CHECK_INT(d.hours, hours);
}

TEST(the_sample_was_dried_for_14_hours_at_62_degrees)
{
    sample_record(&r);
    check_drying(TEM_DRYING_HEAT_PUMP, TEM_ENERGY_ELECTRICITY, 62, 14);
    CHECK_INT(tem_record_harvest(&r), day("2026-08-13"));
}

TEST(no_drying_is_all_zero)
{
    tem_record_init(&r);
    check_drying(0, 0, 0, 0);
    add_step(TEM_STEP_PEEL, TEM_DRYING_SUN, TEM_ENERGY_GAS, 620, 840);
    add_step(TEM_STEP_SUGAR, TEM_DRYING_SUN, TEM_ENERGY_GAS, 620, 840);
    check_drying(0, 0, 0, 0);
    add_step(TEM_STEP_DRY, TEM_NUMBER_NONE, TEM_NUMBER_NONE, TEM_NUMBER_NONE,
             TEM_NUMBER_NONE);
    check_drying(0, 0, 0, 0);
}

TEST(the_longest_step_gives_the_method)
{
    tem_record_init(&r);
    add_step(TEM_STEP_DRY, TEM_DRYING_SUN, TEM_ENERGY_SOLAR, 400, 600);
    add_step(TEM_STEP_PAN_FIRE, TEM_DRYING_PAN, TEM_ENERGY_WOOD, 900, 601);
    add_step(TEM_STEP_ROAST, TEM_DRYING_ROAST, TEM_ENERGY_GAS, 2100, 601);
    add_step(TEM_STEP_DRY, TEM_DRYING_KILN, TEM_NUMBER_NONE, 500,
             TEM_NUMBER_NONE);
    check_drying(TEM_DRYING_PAN, TEM_ENERGY_WOOD, 210, 30);
}

TEST(halves_are_rounded_up_and_sums_capped)
{
    static const struct {
        int64_t c10, minutes;
        unsigned degrees, hours;
    } rows[] = {
        {624, 869, 62, 14},          {625, 870, 63, 15},
        {0, 29, 0, 0},               {-200, 30, 0, 1},
        {2550, 999 * 60 + 29, 255, 999}, {2555, 999 * 60 + 30, 255, 999},
        {2545, 998 * 60 + 30, 255, 999}, {9990, 1000000, 255, 999},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tem_record_init(&r);
        add_step(TEM_STEP_DRY, TEM_DRYING_FREEZE, TEM_ENERGY_ELECTRICITY,
                 rows[i].c10, rows[i].minutes);
        check_drying(TEM_DRYING_FREEZE, TEM_ENERGY_ELECTRICITY,
                     rows[i].degrees, rows[i].hours);
    }
    tem_record_init(&r); /* the sum is rounded, not each step */
    for (int i = 0; i < 4; i++)
        add_step(TEM_STEP_DRY, TEM_DRYING_SUN, TEM_ENERGY_SOLAR, 500, 25);
    check_drying(TEM_DRYING_SUN, TEM_ENERGY_SOLAR, 50, 2);
}

TEST(the_harvest_is_the_last_day_of_any_raw_lot)
{
    tem_record_init(&r);
    CHECK_INT(tem_record_harvest(&r), TEM_DATE_NONE);
    r.raw_lots[3].harvest_to = 50; /* beyond the count */
    r.raw_lot_count = 3;
    CHECK_INT(tem_record_harvest(&r), TEM_DATE_NONE);
    r.raw_lots[1].harvest_to = -5;
    CHECK_INT(tem_record_harvest(&r), -5);
    r.raw_lots[0].harvest_to = 20;
    r.raw_lots[2].harvest_to = 10;
    CHECK_INT(tem_record_harvest(&r), 20);
}

int main(void)
{
    RUN(the_sample_was_dried_for_14_hours_at_62_degrees);
    RUN(no_drying_is_all_zero);
    RUN(the_longest_step_gives_the_method);
    RUN(halves_are_rounded_up_and_sums_capped);
    RUN(the_harvest_is_the_last_day_of_any_raw_lot);
    return test_done();
}
