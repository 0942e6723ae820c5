/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_CHECK_H
#define TEM_RECORD_CHECK_H

/* The checks across fields, after every field was read and what follows from
 * others was filled in. A check whose figures are not all there is left out: a
 * field that must be there is missed by reading. */

#include "../table/problems.h"
#include <tem/record.h>

#define TEM_RECORD_MASS_SIZE 40

/* An error, or a warning, in the list `found`. */
#define FAULT(field, rule, name, ...)                                          \
    tem_problems_add(found, field, rule, TEM_SEVERITY_ERROR, TEM_MSG_##name,   \
                     __VA_ARGS__)
#define DOUBT(field, rule, name, ...)                                          \
    tem_problems_add(found, field, rule, TEM_SEVERITY_WARNING, TEM_MSG_##name, \
                     __VA_ARGS__)

static inline bool tem_record_given(int64_t number)
{
    return number != TEM_NUMBER_NONE;
}

/* Does the step say how it was dried? */
static inline bool tem_record_has_method(const struct tem_step *step)
{
    return tem_record_given(step->method) && step->method != TEM_DRYING_NONE;
}

static inline int64_t tem_record_or_zero(int64_t number)
{
    return number == TEM_NUMBER_NONE ? 0 : number;
}

/* "2 500 kg", or "2 500 300 g" if it is no whole number of kilograms: no point
 * or comma, which one language reads as the other's. @return @p out. */
const char *tem_record_mass(char out[TEM_RECORD_MASS_SIZE], int64_t grams);

/* Fill in what follows from other fields: version, origin, the commune of
 * harvest, methods and the end of the certificate (FORMAT.md). */
void tem_record_complete(struct tem_record *record);

/* All checks. */
void tem_record_check(const struct tem_record *record,
                      struct tem_problems *found);

/* The stars, and the decision that gave them. */
void tem_record_check_ocop(const struct tem_record *record,
                           struct tem_problems *found);

/* Masses, solids, units and labels. */
void tem_record_check_quantity(const struct tem_record *record,
                               struct tem_problems *found);

/* Days and hours, and how hot and long was dried. */
void tem_record_check_time(const struct tem_record *record,
                           struct tem_problems *found);

#endif
