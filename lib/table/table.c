/* SPDX-License-Identifier: MIT */
/* See reader.h. */
#include "../error/fail.h"
#include "reader.h"
#include <stdlib.h>
#include <string.h>

void tem_table_set(void *row, const struct tem_column *to,
                   const struct tem_value *value, struct tem_problems *problems)
{
    char path[TEM_PROBLEM_FIELD_SIZE];
    void *base = row;
    if (to->list) {
        size_t *count = tem_list_count(row, to->list);
        if (*count <= to->index)
            *count = to->index + 1;
        base = tem_list_item(row, to->list, to->index);
    }
    tem_column_path(to, path);
    tem_value_set(base, to->field, value, path, problems);
}

/* ---- what must be there ------------------------------------------------- */

/* A column that is not there was told of with the heading. */
static void require(struct tem_table_reader *reader, const char *path)
{
    const struct tem_problems *heading =
        reader->csv ? &tem_csv_heading(reader->csv)->problems : NULL;
    if (!tem_problems_have(&reader->problems, path) &&
        !(heading && tem_problems_have(heading, path)))
        tem_problems_add(&reader->problems, path, "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_REQUIRED, "");
}

static void require_fields(struct tem_table_reader *reader, const void *base,
                           const struct tem_field *fields, const char *list,
                           size_t index)
{
    char path[TEM_PROBLEM_FIELD_SIZE];
    for (const struct tem_field *f = fields; f->key; f++)
        if (f->required && tem_field_absent(base, f))
            require(reader, tem_problems_path(path, list, index, f->key));
}

void tem_table_require(struct tem_table_reader *reader,
                       const struct tem_table *table, void *row)
{
    require_fields(reader, row, table->fields, NULL, 0);
    for (const struct tem_field_list *l = table->lists; l && l->key; l++) {
        size_t count = *tem_list_count(row, l);
        if (l->required && count == 0)
            require(reader, l->key);
        for (size_t i = 0; i < count; i++)
            require_fields(reader, tem_list_item(row, l, i), l->fields, l->key,
                           i);
    }
}

void tem_table_name(struct tem_table_reader *reader)
{
    if (reader->csv)
        tem_heading_name(tem_csv_heading(reader->csv), &reader->problems);
}

/* ---- the reader --------------------------------------------------------- */

enum tem_status tem_table_give_up(struct tem_table_reader *reader,
                                  uint64_t line, enum tem_message_id id,
                                  struct tem_found *found)
{
    reader->problems.row = line;
    tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR, id, "");
    reader->state = STATE_END;
    found->any = true;
    return TEM_OK;
}

void tem_table_open(struct tem_table_reader *reader, tem_read_fn read,
                    void *context, enum tem_format format,
                    struct tem_kinds kinds, void *outer)
{
    memset(reader, 0, sizeof *reader);
    reader->kinds = kinds;
    reader->input.read = read;
    reader->input.context = context;
    reader->input.line = 1;
    reader->format = format;
    reader->outer = outer;
}

void tem_table_close(struct tem_table_reader *reader)
{
    tem_csv_free(reader->csv);
    reader->csv = NULL;
}

static void skip_bom(struct tem_input *input)
{
    struct tem_bytes start = tem_input_look(input);
    if (start.size >= 3 && memcmp(start.data, "\xEF\xBB\xBF", 3) == 0)
        input->at += 3;
}

/* UTF-16 has a mark of its own, or a NUL beside each of the first letters. */
static bool is_utf16(struct tem_input *input)
{
    struct tem_bytes start = tem_input_look(input);
    return start.size >= 2 && (memcmp(start.data, "\xFF\xFE", 2) == 0 ||
                               memcmp(start.data, "\xFE\xFF", 2) == 0 ||
                               start.data[0] == '\0' || start.data[1] == '\0');
}

/* JSON when the first character that is no space is a bracket. */
static enum tem_format detect(struct tem_input *input)
{
    struct tem_bytes start = tem_input_look(input);
    for (size_t i = 0; i < start.size; i++)
        if (!strchr(" \t\r\n", start.data[i]))
            return start.data[i] == '{' || start.data[i] == '['
                       ? TEM_FORMAT_JSON
                       : TEM_FORMAT_CSV;
    return TEM_FORMAT_JSON; /* an empty file */
}

static enum tem_status begin(struct tem_table_reader *reader,
                             struct tem_found *found)
{
    skip_bom(&reader->input);
    if (is_utf16(&reader->input))
        return tem_table_give_up(reader, 1, TEM_MSG_RECORD_ENCODING, found);
    if (reader->format == TEM_FORMAT_AUTO)
        reader->format = detect(&reader->input);
    reader->state = STATE_ROWS;
    reader->first = true;
    return TEM_OK;
}

enum tem_status tem_table_next(struct tem_table_reader *reader, void *row,
                               struct tem_found *found, struct tem_error *error)
{
    *found = (struct tem_found){false, NULL};
    reader->problems.count = 0;
    reader->problems.lot++;
    enum tem_status status =
        reader->state == STATE_START ? begin(reader, found) : TEM_OK;
    if (reader->state == STATE_ROWS)
        status = reader->format == TEM_FORMAT_JSON
                     ? tem_json_next(reader, row, found, error)
                     : tem_csv_next(reader, row, found, error);
    if (status == TEM_OK && reader->input.missed)
        status = TEM_FAIL(error, TEM_E_IO, RECORD_IO, "");
    if (status == TEM_OK && reader->problems.no_memory)
        status = TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (status != TEM_OK) {
        *found = (struct tem_found){false, NULL};
        reader->state = STATE_END;
    }
    return status;
}
