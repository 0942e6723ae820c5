/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_HEADING_H
#define TEM_TABLE_HEADING_H

/* The first row of a sheet: where the cells below go. */

#include "field.h"

enum { TEM_COLUMNS_MAX = 1024 };

/* Where a column's cells go. */
struct tem_column {
    const struct tem_field *field;     /* NULL: not known */
    const struct tem_field_list *list; /* NULL: a field of the row itself */
    size_t index;
};

struct tem_heading {
    const struct tem_table *table; /* that its names fit best */
    struct tem_column columns[TEM_COLUMNS_MAX];
    char names[TEM_COLUMNS_MAX][TEM_PROBLEM_FIELD_SIZE]; /* "": no heading */
    size_t count;
    bool useless;                 /* nothing below it can be read */
    struct tem_problems problems; /* its row set before reading */
};

/* Take the cells of the first row apart; at most TEM_COLUMNS_MAX. */
void tem_heading_read(struct tem_heading *heading,
                      const struct tem_table *tables, size_t table_count,
                      const struct tem_bytes *cells, size_t count);

/* Put the headings of their columns into problems of a row below. */
void tem_heading_name(const struct tem_heading *heading,
                      struct tem_problems *problems);

/* How problems name the field: "key" or "list[2].key". @return @p out. */
const char *tem_column_path(const struct tem_column *column,
                            char out[TEM_PROBLEM_FIELD_SIZE]);

#endif
