/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_VALUE_H
#define TEM_TABLE_VALUE_H

/* One value of a file into one field of a row. */

#include "field.h"

/* A value as a file gives it. */
struct tem_value {
    enum {
        TEM_VALUE_TEXT,   /* a JSON string or a cell */
        TEM_VALUE_NUMBER, /* a JSON number, written out */
        TEM_VALUE_BOOL,   /* "true" or "false" */
        TEM_VALUE_OTHER,  /* an array or object: never right here */
    } kind;
    struct tem_bytes text;
};

/* Put @p value into @p field of @p base, or say what is wrong with it under
 * the name @p path. An empty text is an absent value. */
void tem_value_set(void *base, const struct tem_field *field,
                   const struct tem_value *value, const char *path,
                   struct tem_problems *problems);

/* Add one to the several of a field. */
void tem_value_add(void *base, const struct tem_field *field,
                   const struct tem_value *value, const char *path,
                   struct tem_problems *problems);

/* Without the spaces around it, no-break ones and tabs too. */
struct tem_bytes tem_value_trim(struct tem_bytes text);

#endif
