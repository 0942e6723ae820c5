/* SPDX-License-Identifier: MIT */
#ifndef TEM_LAW_AWARD_H
#define TEM_LAW_AWARD_H

/* A decision that gave OCOP stars, against the law of its day: for lots and for
 * the province's own list. */

#include "../table/field.h"
#include <tem/law.h>

struct tem_award {
    int64_t stars;      /* 0, or as tem_award_is_rating() */
    int64_t points10;   /* tenths, or TEM_NUMBER_NONE */
    const char *number; /* of the decision, or "" */
    int32_t decided;    /* its day, or TEM_DATE_NONE */
    int64_t authority;  /* enum tem_authority, or TEM_NUMBER_NONE */
};

/* How an authority may be written. */
extern const struct tem_choice tem_authority_words[];

/* One or two stars get no decision, so nobody may print them. */
bool tem_award_is_rating(int64_t stars);

/* The last day of stars by a decision of that day, or TEM_DATE_NONE without
 * one. */
int32_t tem_award_end(unsigned stars, int32_t decided);

/* Add what is wrong, under the names ocop_points, decision_number,
 * decision_date and decision_authority. */
void tem_award_check(const struct tem_award *award, struct tem_problems *found);

#endif
