/* SPDX-License-Identifier: MIT */
/* See <tem/record.h>: what a label says that follows from several fields. */
#include <tem/record.h>

enum { MOST_DEGREES = 255, MOST_HOURS = 999 };

static bool is_drying(const struct tem_step *step)
{
    return step->kind == TEM_STEP_DRY || step->kind == TEM_STEP_ROAST ||
           step->kind == TEM_STEP_PAN_FIRE;
}

static int64_t or_zero(int64_t value)
{
    return value < 0 ? 0 : value; /* TEM_NUMBER_NONE is negative too */
}

static unsigned at_most(int64_t value, unsigned most)
{
    return value > most ? most : (unsigned)value;
}

struct tem_drying tem_record_drying(const struct tem_record *record)
{
    struct tem_drying sum = {TEM_DRYING_NONE, TEM_ENERGY_NONE, 0, 0};
    int64_t longest = -1, hottest = 0, minutes = 0;
    for (size_t i = 0; i < record->step_count; i++) {
        const struct tem_step *step = &record->steps[i];
        if (!is_drying(step))
            continue;
        if (or_zero(step->minutes) > longest) { /* of equals the first */
            longest = or_zero(step->minutes);
            sum.method = (enum tem_drying_method)or_zero(step->method);
            sum.energy = (enum tem_energy)or_zero(step->energy);
        }
        if (step->temperature_c10 > hottest)
            hottest = step->temperature_c10;
        minutes += or_zero(step->minutes);
    }
    sum.temperature_c = at_most((hottest + 5) / 10, MOST_DEGREES);
    sum.hours = at_most((minutes + 30) / 60, MOST_HOURS);
    return sum;
}

int32_t tem_record_harvest(const struct tem_record *record)
{
    int32_t last = TEM_DATE_NONE; /* the smallest int32_t */
    for (size_t i = 0; i < record->raw_lot_count; i++)
        if (record->raw_lots[i].harvest_to > last)
            last = record->raw_lots[i].harvest_to;
    return last;
}
