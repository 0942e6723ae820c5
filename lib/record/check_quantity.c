/* SPDX-License-Identifier: MIT */
/* See check.h: no lot may hold more than went into it. Masses are at most 10^10
 * grams and the factors below 10^6 in all, so that 64 bits hold the products.
 */
#include "check.h"

enum {
    SOLIDS_MOST = 105, /* per cent of the dry mass that goes in */
    SOLIDS_LEAST = 80,
    PER_MILLE = 1000,
};

static int64_t added(const struct tem_step *step)
{
    return tem_record_or_zero(step->sugar_g) + tem_record_or_zero(step->salt_g);
}

/* Grams of all raw lots, or TEM_NUMBER_NONE if one does not say. */
static int64_t raw_mass(const struct tem_record *r)
{
    int64_t sum = 0;
    for (size_t i = 0; i < r->raw_lot_count; i++) {
        if (!tem_record_given(r->raw_lots[i].mass_g))
            return TEM_NUMBER_NONE;
        sum += r->raw_lots[i].mass_g;
    }
    return r->raw_lot_count > 0 ? sum : TEM_NUMBER_NONE;
}

/* A20: a step takes in what came before and gives out no more. */
static void check_masses(const struct tem_record *r, struct tem_problems *found)
{
    char field[TEM_PROBLEM_FIELD_SIZE];
    char in[TEM_RECORD_MASS_SIZE], out[TEM_RECORD_MASS_SIZE];
    int64_t before = raw_mass(r);
    for (size_t i = 0; i < r->step_count; i++) {
        const struct tem_step *step = &r->steps[i];
        bool takes = tem_record_given(step->mass_in_g);
        bool gives = tem_record_given(step->mass_out_g);
        if (takes && tem_record_given(before) && step->mass_in_g > before) {
            tem_problems_path(field, "steps", i, "mass_in_kg");
            tem_record_mass(in, before);
            tem_record_mass(out, step->mass_in_g);
            if (i == 0)
                FAULT(field, "A20", CHECK_RAW_MASS, "ss", in, out);
            else
                FAULT(field, "A20", CHECK_MASS_CHAIN, "dsds", (long long)i, in,
                      (long long)i + 1, out);
        }
        if (takes && gives && step->mass_out_g > step->mass_in_g + added(step))
            FAULT(tem_problems_path(field, "steps", i, "mass_out_kg"), "A20",
                  CHECK_MASS_OUT, "dss", (long long)i + 1,
                  tem_record_mass(in, step->mass_in_g + added(step)),
                  tem_record_mass(out, step->mass_out_g));
        before = step->mass_out_g;
    }
}

/* A22: dry matter neither appears nor gets lost. */
static void check_solids(const struct tem_record *r, struct tem_problems *found)
{
    for (size_t i = 0; i < r->step_count; i++) {
        const struct tem_step *step = &r->steps[i];
        if (!tem_record_given(step->mass_in_g) ||
            !tem_record_given(step->mass_out_g) ||
            !tem_record_given(step->moisture_in) ||
            !tem_record_given(step->moisture_out))
            continue;
        char field[TEM_PROBLEM_FIELD_SIZE];
        char before[TEM_RECORD_MASS_SIZE], after[TEM_RECORD_MASS_SIZE];
        int64_t in = step->mass_in_g * (PER_MILLE - step->moisture_in) +
                     added(step) * PER_MILLE;
        int64_t out = step->mass_out_g * (PER_MILLE - step->moisture_out);
        tem_problems_path(field, "steps", i, "moisture_out");
        tem_record_mass(before, in / PER_MILLE);
        tem_record_mass(after, out / PER_MILLE);
        if (out * 100 > in * SOLIDS_MOST)
            FAULT(field, "A22", CHECK_SOLIDS_MORE, "dss", (long long)i + 1,
                  before, after);
        else if (out * 100 < in * SOLIDS_LEAST)
            DOUBT(field, "A22", CHECK_SOLIDS_LESS, "dss", (long long)i + 1,
                  before, after);
    }
}

/* A23: no more packed than the last step gave. */
static void check_units(const struct tem_record *r, struct tem_problems *found)
{
    char packed[TEM_RECORD_MASS_SIZE], there[TEM_RECORD_MASS_SIZE];
    if (r->step_count == 0 || !tem_record_given(r->units) ||
        !tem_record_given(r->net_mass_g))
        return;
    int64_t last = r->steps[r->step_count - 1].mass_out_g;
    int64_t units = r->units + tem_record_or_zero(r->samples);
    if (tem_record_given(last) && units * r->net_mass_g > last)
        FAULT("units", "A23", CHECK_UNITS, "dss", (long long)units,
              tem_record_mass(packed, units * r->net_mass_g),
              tem_record_mass(there, last));
}

/* A24: a label a unit, and each unit a label. */
static void check_labels(const struct tem_record *r, struct tem_problems *found)
{
    if (!tem_record_given(r->labels_issued) || !tem_record_given(r->units))
        return;
    int64_t used = r->labels_issued - tem_record_or_zero(r->labels_void);
    int64_t units = r->units + tem_record_or_zero(r->samples);
    if (used > units)
        FAULT("labels_issued", "A24", CHECK_LABELS_MORE, "ddd", (long long)used,
              (long long)units, (long long)(used - units));
    else if (used < units)
        DOUBT("labels_issued", "A24", CHECK_LABELS_FEWER, "ddd",
              (long long)used, (long long)units, (long long)(units - used));
}

void tem_record_check_quantity(const struct tem_record *record,
                               struct tem_problems *found)
{
    check_masses(record, found);
    check_solids(record, found);
    check_units(record, found);
    check_labels(record, found);
}
