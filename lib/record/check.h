/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_CHECK_H
#define TEM_RECORD_CHECK_H

/* What the parts of tem_record_check() share. A check whose figures are not
 * all there is left out: a field that must be there is missed by reading. */

#include "problems.h"

#define TEM_RECORD_FIELD_SIZE 64 /* a name as in struct tem_problem */
#define TEM_RECORD_MASS_SIZE 40

/* An error, or a warning, in the list `found`. */
#define FAULT(field, rule, name, ...)                                          \
    tem_record_problem(found, field, rule, TEM_SEVERITY_ERROR,                 \
                       TEM_MSG_##name, __VA_ARGS__)
#define DOUBT(field, rule, name, ...)                                          \
    tem_record_problem(found, field, rule, TEM_SEVERITY_WARNING,               \
                       TEM_MSG_##name, __VA_ARGS__)

static inline bool tem_record_given(int64_t number)
{
    return number != TEM_NUMBER_NONE;
}

static inline int64_t tem_record_or_zero(int64_t number)
{
    return number == TEM_NUMBER_NONE ? 0 : number;
}

/* Has fault been found with the field already? Then its absence is known. */
bool tem_record_reported(const struct tem_record_problems *found,
                         const char *field);

/* `list[index].name`. @return @p out. */
const char *tem_record_path(char out[TEM_RECORD_FIELD_SIZE], const char *list,
                            size_t index, const char *name);

/* "2 500 kg", or "2 500 300 g" if it is no whole number of kilograms: no point
 * or comma, which one language reads as the other's. @return @p out. */
const char *tem_record_mass(char out[TEM_RECORD_MASS_SIZE], int64_t grams);

/* The number GTIN or code, the stars and the decision that gave them. Fills in
 * certificate_expires. */
void tem_record_check_ocop(struct tem_record *record,
                           struct tem_record_problems *found);

/* Masses, solids, units and labels. */
void tem_record_check_quantity(const struct tem_record *record,
                               struct tem_record_problems *found);

/* Days and hours, and how hot and long was dried. */
void tem_record_check_time(const struct tem_record *record,
                           struct tem_record_problems *found);

#endif
