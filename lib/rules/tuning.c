/* SPDX-License-Identifier: MIT */
/* See <tem/rules.h>: a local file of changes. */
#include "../error/fail.h"
#include "../table/problems.h"
#include "../table/reader.h"
#include "tables.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row as it is read. */
struct row {
    char rule[TEM_TEXT_SIZE(3)];
    int64_t off, value;
    char limit[TEM_TEXT_SIZE(16)], of[TEM_TEXT_SIZE(16)];
    char reason[TEM_TEXT_SIZE(TEM_TUNING_REASON)];
};

#define AT(m)                                                                  \
    .offset = offsetof(struct row, m), .size = sizeof(((struct row *)0)->m)

static const struct tem_field fields[] = {
    {"rule", "Quy tắc", " quy_tac ", AT(rule), .type = TEM_FIELD_TEXT, .min = 3,
     .max = 3, .required = true},
    {"off", "Tắt", " tat ", AT(off), .type = TEM_FIELD_BOOL},
    {"limit", "Giới hạn", " gioi_han ", AT(limit), .type = TEM_FIELD_TEXT,
     .min = 1, .max = 16},
    {"of", "Của", " cua ", AT(of), .type = TEM_FIELD_TEXT, .min = 1, .max = 16},
    {"value", "Giá trị", " gia_tri ", AT(value), .type = TEM_FIELD_NUMBER,
     .min = 0, .max = INT64_C(999999999000), .decimals = 3},
    {"reason", "Lý do", " ly_do ", AT(reason), .type = TEM_FIELD_TEXT, .min = 1,
     .max = TEM_TUNING_REASON, .required = true},
    {.key = NULL}};

static const struct tem_table table = {.fields = fields,
                                       .size = sizeof(struct row)};

struct reading {
    struct tem_table_reader reader;
    struct row row;
    struct tem_tuning tuning;
    bool wrong; /* a problem was an error */
};

#define WRONG(reading, field, id, ...)                                         \
    tem_problems_add(&(reading)->reader.problems, field, "",                   \
                     TEM_SEVERITY_ERROR, TEM_MSG_##id, __VA_ARGS__)

/* Limits of these words there are in the table, of any time. */
static bool is_limit(const char *rule, const char *limit)
{
    for (size_t i = 0; i < tem_limit_count; i++)
        if (strcmp(tem_limits[i].rule, rule) == 0 &&
            strcmp(tem_limits[i].limit, limit) == 0)
            return true;
    return false;
}

/* A rule that is switched off, or a limit and its value: one of the two. */
static void check_row(struct reading *reading)
{
    const struct row *row = &reading->row;
    bool off = row->off == 1;
    if (row->rule[0] && !tem_rule_find(row->rule))
        WRONG(reading, "rule", RULE_NONE, "s", row->rule);
    else if (off == (row->limit[0] != '\0') ||
             off == (row->value != TEM_NUMBER_NONE))
        WRONG(reading, "off", RULE_CHANGE, "");
    else if (!off && !is_limit(row->rule, row->limit))
        WRONG(reading, "limit", RULE_LIMIT, "ss", row->rule, row->limit);
}

static enum tem_status keep_row(struct reading *reading,
                                struct tem_error *error)
{
    const struct row *row = &reading->row;
    struct tem_tuning *tuning = &reading->tuning;
    if (tuning->count == TEM_TUNING_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, RULE_CHANGES, "d",
                        (long long)TEM_TUNING_MAX);
    struct tem_change *change = &tuning->changes[tuning->count++];
    *change = (struct tem_change){.off = row->off == 1, .value = row->value};
    strcpy(change->rule, row->rule); /* one that there is */
    snprintf(change->limit, sizeof change->limit, "%.16s", row->limit);
    snprintf(change->of, sizeof change->of, "%.16s", row->of);
    strcpy(change->reason, row->reason);
    return TEM_OK;
}

static bool tell_all(struct reading *reading,
                     void (*tell)(void *context,
                                  const struct tem_problem *problem),
                     void *context)
{
    bool wrong = false;
    for (size_t i = 0; i < reading->reader.problems.count; i++) {
        const struct tem_problem *problem = &reading->reader.problems.list[i];
        wrong |= problem->severity == TEM_SEVERITY_ERROR;
        tell(context, problem);
    }
    reading->wrong |= wrong;
    return !wrong;
}

static enum tem_status read_all(struct reading *reading,
                                void (*tell)(void *context,
                                             const struct tem_problem *problem),
                                void *context, struct tem_error *error)
{
    struct tem_found found = {.any = true};
    enum tem_status status = TEM_OK;
    while (status == TEM_OK) {
        tem_row_init(&reading->row, &table);
        status = tem_table_next(&reading->reader, &reading->row, &found, error);
        if (status != TEM_OK || !found.any)
            break;
        if (found.table) {
            tem_table_require(&reading->reader, &table, &reading->row);
            check_row(reading);
            tem_table_name(&reading->reader);
        }
        if (reading->reader.problems.no_memory)
            status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        else if (tell_all(reading, tell, context) && found.table)
            status = keep_row(reading, error);
    }
    return status;
}

enum tem_status
tem_tuning_read(tem_read_fn read, void *read_context, enum tem_format format,
                void (*tell)(void *context, const struct tem_problem *problem),
                void *tell_context, struct tem_tuning *tuning,
                struct tem_error *error)
{
    struct tem_kinds kinds = {&table, 1, NULL};
    struct reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tem_table_open(&reading->reader, read, read_context, format, kinds, NULL);
    enum tem_status status = read_all(reading, tell, tell_context, error);
    if (status == TEM_OK && reading->wrong)
        status = TEM_FAIL(error, TEM_E_FORMAT, RULE_FILE, "");
    if (status == TEM_OK)
        *tuning = reading->tuning;
    tem_table_close(&reading->reader);
    free(reading);
    return status;
}
