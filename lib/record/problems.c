/* SPDX-License-Identifier: MIT */
/* See problems.h. */
#include "problems.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* All arguments as texts: tem_message_set() takes no va_list. */
static void set_message(struct tem_message *message, enum tem_message_id id,
                        const char *kinds, va_list values)
{
    char numbers[TEM_MESSAGE_ARGS][24];
    const char *args[TEM_MESSAGE_ARGS] = {"", "", "", ""};
    size_t count = 0;
    for (; count < TEM_MESSAGE_ARGS && kinds[count]; count++) {
        if (kinds[count] == 's') {
            args[count] = va_arg(values, const char *);
        } else {
            snprintf(numbers[count], sizeof *numbers, "%lld",
                     va_arg(values, long long));
            args[count] = numbers[count];
        }
    }
    tem_message_set(message, id, &"ssss"[TEM_MESSAGE_ARGS - count], args[0],
                    args[1], args[2], args[3]);
}

/* One too many: the last place tells of it, as grave as what it hides. */
static void note_more(struct tem_problem *last, enum tem_severity severity)
{
    if (severity > last->severity)
        last->severity = severity;
    last->field[0] = last->rule[0] = '\0';
    tem_message_set(&last->message, TEM_MSG_RECORD_MORE_PROBLEMS, "d",
                    (long long)TEM_RECORD_PROBLEMS_MAX - 1);
}

void tem_record_problem(struct tem_record_problems *problems,
                        const char *field, const char *rule,
                        enum tem_severity severity, enum tem_message_id id,
                        const char *kinds, ...)
{
    if (problems->count == TEM_RECORD_PROBLEMS_MAX) {
        note_more(&problems->list[problems->count - 1], severity);
        return;
    }
    struct tem_problem *problem = &problems->list[problems->count++];
    memset(problem, 0, sizeof *problem);
    problem->row = problems->row;
    problem->severity = severity;
    /* A name from the file may be long; the rest of it says little. */
    size_t length = strlen(field);
    if (length >= sizeof problem->field) {
        length = sizeof problem->field - 1;
        while (length > 0 && ((unsigned char)field[length] & 0xC0) == 0x80)
            length--; /* not inside a character of UTF-8 */
    }
    memcpy(problem->field, field, length);
    snprintf(problem->rule, sizeof problem->rule, "%s", rule);
    va_list values;
    va_start(values, kinds);
    set_message(&problem->message, id, kinds, values);
    va_end(values);
}
