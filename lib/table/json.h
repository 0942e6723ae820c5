/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_JSON_H
#define TEM_TABLE_JSON_H

/* JSON values where the reader stands, between json.c and json_value.c. A value
 * that is broken is told of in found and problems, and the call succeeds. */

#include "reader.h"

/* The object that begins here, as a row of @p table. */
enum tem_status tem_json_read_row(struct tem_table_reader *reader,
                                  const struct tem_table *table, void *row,
                                  struct tem_found *found,
                                  struct tem_error *error);

/* The string that begins here, cut to fit. */
enum tem_status tem_json_read_key(struct tem_table_reader *reader,
                                  char key[TEM_PROBLEM_FIELD_SIZE],
                                  struct tem_found *found,
                                  struct tem_error *error);

/* The value that begins here, into the field of the outer object. */
enum tem_status tem_json_read_member(struct tem_table_reader *reader,
                                     const char *key, struct tem_found *found,
                                     struct tem_error *error);

#endif
