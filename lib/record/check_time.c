/* SPDX-License-Identifier: MIT */
/* See check.h: what comes before what, and how long it may take. */
#include "check.h"

enum {
    MINUTES_PER_DAY = 24 * 60,
    HARVEST_DAYS = 31,       /* of one raw lot, first to last */
    BEST_BEFORE_DAYS = 1100, /* from packing */
    LABEL_DAYS = 9999,       /* from harvest: what a label has room for */
    COLDEST_C10 = 350,
    HOTTEST_C10 = 900,
    SHORTEST_MIN = 4 * 60,
    LONGEST_MIN = 96 * 60,
};

static int32_t day_of(int64_t minutes)
{
    int64_t day = minutes / MINUTES_PER_DAY;
    if (minutes % MINUTES_PER_DAY < 0)
        day--; /* before 1970 */
    return (int32_t)day;
}

/* Are both there, and @p earlier really before @p later? */
static bool is_before(int32_t earlier, int32_t later)
{
    return earlier != TEM_DATE_NONE && later != TEM_DATE_NONE &&
           earlier < later;
}

/* A30: a raw lot is harvested, then worked on, then packed. */
static void check_raw_lot(const struct tem_record *r, size_t i,
                          struct tem_problems *found)
{
    const struct tem_raw_lot *lot = &r->raw_lots[i];
    int32_t from = lot->harvest_from, to = lot->harvest_to;
    char field[TEM_PROBLEM_FIELD_SIZE];
    char a[TEM_DATE_TEXT_SIZE], b[TEM_DATE_TEXT_SIZE];
    long long number = (long long)i + 1;
    if (is_before(to, from))
        FAULT(tem_problems_path(field, "raw_lots", i, "harvest_from"), "A30",
              CHECK_HARVEST_ORDER, "dss", number, tem_date_vn(from, a),
              tem_date_vn(to, b));
    tem_problems_path(field, "raw_lots", i, "harvest_to");
    tem_date_vn(to, a);
    if (is_before(from, to) && to - from > HARVEST_DAYS)
        FAULT(field, "A30", CHECK_HARVEST_LONG, "ddd", number,
              (long long)to - from, (long long)HARVEST_DAYS);
    if (r->step_count > 0 && tem_record_given(r->steps[0].started_min) &&
        is_before(day_of(r->steps[0].started_min), to))
        FAULT(field, "A30", CHECK_HARVEST_LATE, "dss", number, a,
              tem_date_vn(day_of(r->steps[0].started_min), b));
    if (is_before(r->packed_on, to))
        FAULT(field, "A30", CHECK_HARVEST_PACKED, "dss", number, a,
              tem_date_vn(r->packed_on, b));
    if (is_before(lot->certification_expires, from))
        DOUBT(tem_problems_path(field, "raw_lots", i, "certification_expires"),
              "", CHECK_CERTIFICATION, "dss", number,
              tem_date_vn(lot->certification_expires, a), tem_date_vn(from, b));
}

/* A35: a drying that no dryer does so. */
static void check_drying(const struct tem_step *step, size_t i,
                         struct tem_problems *found)
{
    char field[TEM_PROBLEM_FIELD_SIZE];
    long long number = (long long)i + 1;
    if (step->kind != TEM_STEP_DRY)
        return;
    if (tem_record_given(step->temperature_c10) &&
        (step->temperature_c10 < COLDEST_C10 ||
         step->temperature_c10 > HOTTEST_C10))
        DOUBT(tem_problems_path(field, "steps", i, "temperature_c"), "A35",
              CHECK_TEMPERATURE, "d", number);
    if (tem_record_given(step->minutes) &&
        (step->minutes < SHORTEST_MIN || step->minutes > LONGEST_MIN))
        DOUBT(tem_problems_path(field, "steps", i, "hours"), "A35", CHECK_HOURS,
              "d", number);
}

static void check_steps(const struct tem_record *r, struct tem_problems *found)
{
    for (size_t i = 0; i < r->step_count; i++) {
        const struct tem_step *step = &r->steps[i];
        char field[TEM_PROBLEM_FIELD_SIZE];
        if (tem_record_given(step->started_min) &&
            tem_record_given(step->ended_min) &&
            step->ended_min < step->started_min)
            FAULT(tem_problems_path(field, "steps", i, "ended"), "A30",
                  CHECK_STEP_ORDER, "d", (long long)i + 1);
        check_drying(step, i, found);
    }
}

/* A29: packed when everything was done. */
static void check_packing(const struct tem_record *r,
                          struct tem_problems *found)
{
    char packed[TEM_DATE_TEXT_SIZE], ended[TEM_DATE_TEXT_SIZE];
    if (r->step_count == 0)
        return;
    const struct tem_step *last = &r->steps[r->step_count - 1];
    if (tem_record_given(last->ended_min) &&
        is_before(r->packed_on, day_of(last->ended_min)))
        FAULT("packed_on", "A29", CHECK_PACKED_EARLY, "ss",
              tem_date_vn(r->packed_on, packed),
              tem_date_vn(day_of(last->ended_min), ended));
}

static void check_label_days(int32_t harvest, int32_t date, const char *field,
                             struct tem_problems *found)
{
    char a[TEM_DATE_TEXT_SIZE], b[TEM_DATE_TEXT_SIZE];
    if (is_before(harvest, date) && date - harvest > LABEL_DAYS)
        FAULT(field, "A33", CHECK_LABEL_DAYS, "ssd", tem_date_vn(date, a),
              tem_date_vn(harvest, b), (long long)LABEL_DAYS);
}

/* A33: the shelf life. */
static void check_best_before(const struct tem_record *r,
                              struct tem_problems *found)
{
    int32_t packed = r->packed_on, best = r->best_before;
    int32_t harvest = tem_record_harvest(r);
    char a[TEM_DATE_TEXT_SIZE], b[TEM_DATE_TEXT_SIZE];
    if (packed != TEM_DATE_NONE && best != TEM_DATE_NONE) {
        tem_date_vn(best, a);
        tem_date_vn(packed, b);
        if (best <= packed)
            FAULT("best_before", "A33", CHECK_BEST_BEFORE, "ss", a, b);
        else if (best - packed > BEST_BEFORE_DAYS)
            FAULT("best_before", "A33", CHECK_SHELF_LIFE, "ssd", a, b,
                  (long long)BEST_BEFORE_DAYS);
    }
    check_label_days(harvest, packed, "packed_on", found);
    check_label_days(harvest, best, "best_before", found);
}

void tem_record_check_time(const struct tem_record *record,
                           struct tem_problems *found)
{
    for (size_t i = 0; i < record->raw_lot_count; i++)
        check_raw_lot(record, i, found);
    check_steps(record, found);
    check_packing(record, found);
    check_best_before(record, found);
}
