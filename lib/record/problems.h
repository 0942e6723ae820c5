/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_PROBLEMS_H
#define TEM_RECORD_PROBLEMS_H

/* The list of problems of one lot, as reading and checking fill it. */

#include <tem/record.h>

struct tem_record_problems {
    uint64_t row; /* put into every problem */
    size_t count;
    struct tem_problem list[TEM_RECORD_PROBLEMS_MAX];
};

/* Add one. @p field as in the file ("steps[2].mass_out_kg"), @p rule "" or an
 * audit rule; @p kinds and what follows as for tem_message_set(). Past
 * TEM_RECORD_PROBLEMS_MAX the last one says that there are more. */
void tem_record_problem(struct tem_record_problems *problems,
                        const char *field, const char *rule,
                        enum tem_severity severity, enum tem_message_id id,
                        const char *kinds, ...);

/* The checks across fields (check.c), after every field was read. Fills in
 * what follows from other fields: certificate_expires, harvest_commune. */
void tem_record_check(struct tem_record *record,
                      struct tem_record_problems *problems);

#endif
