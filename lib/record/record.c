/* SPDX-License-Identifier: MIT */
/* See <tem/record.h>: the reader. */
#include "../error/fail.h"
#include "check.h"
#include "reader.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the file's bytes ---- */

static void fill(struct tem_source *source)
{
    if (source->ended || source->failed)
        return;
    ptrdiff_t got = source->read(source->context, source->data + source->size,
                                 sizeof source->data - source->size);
    if (got < 0)
        source->failed = true;
    else if (got == 0)
        source->ended = true;
    else
        source->size += (size_t)got;
}

int tem_source_peek(struct tem_source *source)
{
    if (source->at == source->size) {
        source->at = source->size = 0;
        fill(source);
    }
    if (source->at < source->size)
        return source->data[source->at];
    source->missed = source->failed;
    return -1;
}

int tem_source_take(struct tem_source *source)
{
    int c = tem_source_peek(source);
    source->at += c >= 0;
    source->line += c == '\n';
    return c;
}

struct tem_bytes tem_source_look(struct tem_source *source)
{
    size_t before;
    do {
        before = source->size;
        if (source->size < sizeof source->data)
            fill(source);
    } while (source->size > before);
    return (struct tem_bytes){source->data + source->at,
                              source->size - source->at};
}

/* ---- one lot ---- */

void tem_reader_set(struct tem_record_reader *reader, struct tem_record *record,
                    const struct tem_column *to, const struct tem_value *value)
{
    char path[TEM_PROBLEM_FIELD_SIZE];
    void *base = record;
    if (to->list) {
        size_t *count = tem_list_count(record, to->list);
        if (*count <= to->index)
            *count = to->index + 1;
        base = tem_list_item(record, to->list, to->index);
    }
    tem_column_path(to, path);
    tem_value_set(base, to->field, value, path, &reader->problems);
    if (strcmp(to->field->key, "step") == 0 && tem_value_is_heat_pump(value))
        reader->heat_pump[to->index] = true;
}

/* A column that is not there was told of with the heading. */
static void require(struct tem_record_reader *reader, const char *path)
{
    const struct tem_record_problems *heading =
        reader->csv ? &tem_csv_heading(reader->csv)->problems : NULL;
    if (!tem_record_reported(&reader->problems, path) &&
        !(heading && tem_record_reported(heading, path)))
        tem_record_problem(&reader->problems, path, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_REQUIRED, "");
}

static void require_fields(struct tem_record_reader *reader, const void *base,
                           const struct tem_field *fields, const char *list,
                           size_t index)
{
    char path[TEM_PROBLEM_FIELD_SIZE];
    for (const struct tem_field *f = fields; f->key; f++)
        if (f->required && tem_field_absent(base, f))
            require(reader, tem_record_path(path, list, index, f->key));
}

static void require_all(struct tem_record_reader *reader,
                        struct tem_record *record)
{
    require_fields(reader, record, tem_record_fields, NULL, 0);
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++) {
        size_t count = *tem_list_count(record, l);
        if (l->required && count == 0)
            require(reader, l->key);
        for (size_t i = 0; i < count; i++)
            require_fields(reader, tem_list_item(record, l, i), l->fields,
                           l->key, i);
    }
}

/* A step named say_bom_nhiet says method and energy, unless it says other. */
static void set_heat_pumps(const struct tem_record_reader *reader,
                           struct tem_record *record)
{
    for (size_t i = 0; i < record->step_count; i++) {
        struct tem_step *step = &record->steps[i];
        if (!reader->heat_pump[i])
            continue;
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
    struct tem_record_problems *problems = &reader->problems;
    uint64_t first;
    if (!tem_lots_meet(&reader->lots, record, problems->row, &first))
        problems->no_memory = true;
    else if (first)
        tem_record_problem(problems, "lot", "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_LOT_TWICE, "sd", record->lot,
                           (long long)first);
}

static void finish(struct tem_record_reader *reader, struct tem_record *record)
{
    set_heat_pumps(reader, record);
    tem_record_complete(record);
    if (record->schema_version != TEM_RECORD_SCHEMA_VERSION)
        tem_record_problem(&reader->problems, "schema_version", "",
                           TEM_SEVERITY_ERROR, TEM_MSG_RECORD_VERSION, "d",
                           (long long)record->schema_version);
    require_all(reader, record);
    tem_record_check(record, &reader->problems);
    check_once(reader, record);
    if (reader->csv)
        tem_heading_name(tem_csv_heading(reader->csv), &reader->problems);
}

/* ---- the reader ---- */

enum tem_status tem_reader_give_up(struct tem_record_reader *reader,
                                   uint64_t line, enum tem_message_id id,
                                   bool *found)
{
    reader->problems.row = line;
    tem_record_problem(&reader->problems, "", "", TEM_SEVERITY_ERROR, id, "");
    reader->state = STATE_END;
    *found = true;
    return TEM_OK;
}

enum tem_status tem_record_open(tem_read_fn read, void *context,
                                enum tem_record_format format,
                                struct tem_record_reader **reader,
                                struct tem_error *error)
{
    struct tem_record_reader *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    made->source.read = read;
    made->source.context = context;
    made->source.line = 1;
    made->format = format;
    *reader = made;
    return TEM_OK;
}

void tem_record_reader_free(struct tem_record_reader *reader)
{
    if (!reader)
        return;
    tem_csv_free(reader->csv);
    tem_lots_free(&reader->lots);
    free(reader);
}

static void skip_bom(struct tem_source *source)
{
    struct tem_bytes start = tem_source_look(source);
    if (start.size >= 3 && memcmp(start.data, "\xEF\xBB\xBF", 3) == 0)
        source->at += 3;
}

/* UTF-16 has a mark of its own, or a NUL beside each of the first letters. */
static bool is_utf16(struct tem_source *source)
{
    struct tem_bytes start = tem_source_look(source);
    return start.size >= 2 && (memcmp(start.data, "\xFF\xFE", 2) == 0 ||
                               memcmp(start.data, "\xFE\xFF", 2) == 0 ||
                               start.data[0] == '\0' || start.data[1] == '\0');
}

/* JSON when the first character that is no space is a bracket. */
static enum tem_record_format detect(struct tem_source *source)
{
    struct tem_bytes start = tem_source_look(source);
    for (size_t i = 0; i < start.size; i++)
        if (!strchr(" \t\r\n", start.data[i]))
            return start.data[i] == '{' || start.data[i] == '['
                       ? TEM_RECORD_JSON
                       : TEM_RECORD_CSV;
    return TEM_RECORD_JSON; /* an empty file */
}

enum tem_status tem_record_next(struct tem_record_reader *reader,
                                struct tem_record *record, bool *found,
                                struct tem_error *error)
{
    tem_record_init(record);
    *found = false;
    reader->problems.count = 0;
    reader->problems.lot++;
    reader->unread = false;
    memset(reader->heat_pump, 0, sizeof reader->heat_pump);
    if (reader->state == STATE_START) {
        skip_bom(&reader->source);
        if (is_utf16(&reader->source))
            return tem_reader_give_up(reader, 1, TEM_MSG_RECORD_ENCODING,
                                      found);
        if (reader->format == TEM_RECORD_AUTO)
            reader->format = detect(&reader->source);
        reader->state = STATE_LOTS;
        reader->first = true;
    }
    enum tem_status status = TEM_OK;
    if (reader->state == STATE_LOTS)
        status = reader->format == TEM_RECORD_JSON
                     ? tem_json_next(reader, record, found, error)
                     : tem_csv_next(reader, record, found, error);
    if (status == TEM_OK && reader->source.missed)
        status = TEM_FAIL(error, TEM_E_IO, RECORD_IO, "");
    /* After a syntax error there is no lot to check, only the problem. */
    if (status == TEM_OK && *found && reader->state == STATE_LOTS &&
        !reader->unread)
        finish(reader, record);
    if (status == TEM_OK && reader->problems.no_memory)
        status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (status != TEM_OK) {
        *found = false;
        reader->state = STATE_END;
    }
    return status;
}

const struct tem_problem *
tem_record_problems(const struct tem_record_reader *reader, size_t *count)
{
    *count = reader->problems.count;
    return reader->problems.list;
}

uint64_t tem_record_row(const struct tem_record_reader *reader)
{
    return reader->problems.row;
}
