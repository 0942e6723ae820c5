/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_RULES_H
#define TEM_RECORD_RULES_H

#include <tem/record.h>

/**
 * Who may recognise @p stars by a decision signed on @p decision_date
 * (lib/record/ocop_rules.csv); on any day it is one authority.
 *
 * @param[out] right  written only when the result is true.
 * @return false if no rule covers these stars on that day.
 */
bool tem_rules_authority(unsigned stars, int32_t decision_date,
                         enum tem_authority *right);

#endif
