/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_FIELDS_H
#define TEM_RECORD_FIELDS_H

/* The fields of a lot's record. The canonical form walks them, too. */

#include "../table/field.h"
#include <tem/record.h>

extern const struct tem_field tem_record_fields[];     /* key NULL ends it */
extern const struct tem_field_list tem_record_lists[]; /* likewise */
extern const struct tem_table tem_record_table;

extern const struct tem_choice tem_record_maker_kinds[];
extern const struct tem_choice tem_record_raw_kinds[];
extern const struct tem_choice tem_record_step_kinds[];
extern const struct tem_choice tem_record_methods[];
extern const struct tem_choice tem_record_energies[];

/* Drying with a heat pump, which says method and energy too; only while a
 * record is read. */
enum { TEM_STEP_HEAT_PUMP = TEM_STEP_OTHER + 1 };

#endif
