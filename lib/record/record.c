/* SPDX-License-Identifier: MIT */
/* See <tem/record.h>: the reader. */
#include "../error/fail.h"
#include "../table/reader.h"
#include "check.h"
#include "fields.h"
#include "lots.h"
#include <stdlib.h>

struct tem_record_reader {
    struct tem_table_reader table;
    struct tem_lots lots;
};

/* A step named say_bom_nhiet says method and energy, unless it says other. */
static void set_heat_pumps(struct tem_record *record)
{
    for (size_t i = 0; i < record->step_count; i++) {
        struct tem_step *step = &record->steps[i];
        if (step->kind != TEM_STEP_HEAT_PUMP)
            continue;
        step->kind = TEM_STEP_DRY;
        if (step->method == TEM_NUMBER_NONE)
            step->method = TEM_DRYING_HEAT_PUMP;
        if (step->energy == TEM_NUMBER_NONE)
            step->energy = TEM_ENERGY_ELECTRICITY;
    }
}

/* One lot stands in one row: else its numbers are counted twice. */
static void check_once(struct tem_record_reader *reader,
                       const struct tem_record *record)
{
    struct tem_problems *problems = &reader->table.problems;
    uint64_t first;
    if (!tem_lots_meet(&reader->lots, record, problems->row, &first))
        problems->no_memory = true;
    else if (first)
        tem_problems_add(problems, "lot", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_LOT_TWICE, "sd", record->lot,
                         (long long)first);
}

static void finish(struct tem_record_reader *reader, struct tem_record *record)
{
    struct tem_problems *problems = &reader->table.problems;
    set_heat_pumps(record);
    tem_record_complete(record);
    if (record->schema_version != TEM_RECORD_SCHEMA_VERSION)
        tem_problems_add(problems, "schema_version", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_VERSION, "d",
                         (long long)record->schema_version);
    tem_table_require(&reader->table, &tem_record_table, record);
    tem_record_check(record, problems);
    check_once(reader, record);
    tem_table_name(&reader->table);
}

enum tem_status tem_record_open(tem_read_fn read, void *context,
                                enum tem_format format,
                                struct tem_record_reader **reader,
                                struct tem_error *error)
{
    struct tem_kinds kinds = {&tem_record_table, 1, NULL};
    struct tem_record_reader *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tem_table_open(&made->table, read, context, format, kinds, NULL);
    *reader = made;
    return TEM_OK;
}

void tem_record_reader_free(struct tem_record_reader *reader)
{
    if (!reader)
        return;
    tem_table_close(&reader->table);
    tem_lots_free(&reader->lots);
    free(reader);
}

enum tem_status tem_record_next(struct tem_record_reader *reader,
                                struct tem_record *record, bool *found,
                                struct tem_error *error)
{
    struct tem_found row;
    tem_record_init(record);
    enum tem_status status =
        tem_table_next(&reader->table, record, &row, error);
    if (status == TEM_OK && row.table)
        finish(reader, record);
    if (status == TEM_OK && reader->table.problems.no_memory) {
        reader->table.state = STATE_END;
        row.any = false;
        status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    *found = row.any;
    return status;
}

const struct tem_problem *
tem_record_problems(const struct tem_record_reader *reader, size_t *count)
{
    *count = reader->table.problems.count;
    return reader->table.problems.list;
}

uint64_t tem_record_row(const struct tem_record_reader *reader)
{
    return reader->table.problems.row;
}
