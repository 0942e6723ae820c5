/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_PROBLEMS_H
#define TEM_TABLE_PROBLEMS_H

/* The list of problems of one row, as reading and checking fill it. */

#include <tem/table.h>

struct tem_problems {
    uint64_t row, lot; /* put into every problem, */
    bool row_shared;   /* and this too */
    bool no_memory; /* reading met it: the row is not whole, the call fails */
    size_t count;
    struct tem_problem list[TEM_PROBLEMS_MAX];
};

/* Add one. @p field as in the file ("steps[2].mass_out_kg"), @p rule "" or an
 * audit rule; @p kinds and what follows as for tem_message_set(). Past
 * TEM_PROBLEMS_MAX the last one says that there are more. */
void tem_problems_add(struct tem_problems *problems, const char *field,
                      const char *rule, enum tem_severity severity,
                      enum tem_message_id id, const char *kinds, ...);

/* Was something told of this field already? */
bool tem_problems_have(const struct tem_problems *problems, const char *field);

/* `list[index + 1].name`, or @p name alone when @p list is NULL, cut to fit.
 * @return @p out. */
const char *tem_problems_path(char out[TEM_PROBLEM_FIELD_SIZE],
                              const char *list, size_t index, const char *name);

#endif
