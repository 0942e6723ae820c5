/* SPDX-License-Identifier: MIT */
/* See problems.h. */
#include "problems.h"
#include "../error/cut.h"
#include <stdio.h>
#include <string.h>

const char *tem_problems_path(char out[TEM_PROBLEM_FIELD_SIZE],
                              const char *list, size_t index, const char *name)
{
    size_t used = 0;
    if (list)
        used = (size_t)snprintf(out, TEM_PROBLEM_FIELD_SIZE, "%s[%zu].", list,
                                index + 1);
    size_t length = strlen(name), room = TEM_PROBLEM_FIELD_SIZE - 1 - used;
    if (length > room) /* of a long name the rest says little */
        length = tem_cut(name, room);
    memcpy(out + used, name, length);
    out[used + length] = '\0';
    return out;
}

/* One too many: the last place tells of it, as grave as what it hides. */
static void note_more(struct tem_problem *last, enum tem_severity severity)
{
    if (severity > last->severity)
        last->severity = severity;
    last->field[0] = last->rule[0] = '\0';
    tem_message_set(&last->message, TEM_MSG_RECORD_MORE_PROBLEMS, "d",
                    (long long)TEM_PROBLEMS_MAX - 1);
}

void tem_problems_add(struct tem_problems *problems, const char *field,
                      const char *rule, enum tem_severity severity,
                      enum tem_message_id id, const char *kinds, ...)
{
    if (problems->count == TEM_PROBLEMS_MAX) {
        note_more(&problems->list[problems->count - 1], severity);
        return;
    }
    struct tem_problem *problem = &problems->list[problems->count++];
    memset(problem, 0, sizeof *problem);
    problem->row = problems->row;
    problem->lot = problems->lot;
    problem->row_shared = problems->row_shared;
    problem->severity = severity;
    tem_problems_path(problem->field, NULL, 0, field);
    snprintf(problem->rule, sizeof problem->rule, "%s", rule);
    va_list values;
    va_start(values, kinds);
    tem_message_vset(&problem->message, id, kinds, values);
    va_end(values);
}

bool tem_problems_have(const struct tem_problems *problems, const char *field)
{
    for (size_t i = 0; i < problems->count; i++)
        if (strcmp(problems->list[i].field, field) == 0)
            return true;
    return false;
}
