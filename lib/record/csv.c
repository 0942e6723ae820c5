/* SPDX-License-Identifier: MIT */
/* Lots as rows of a sheet; the only file that sees libcsv. It is fed a byte at
 * a time, so that one row is in memory and its number is the sheet's. */
#include "../error/fail.h"
#include "reader.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct tem_csv {
    struct csv_parser parser;
    struct tem_column columns[COLUMNS_MAX];
    size_t column_count;
    bool heading_read;
    struct tem_record_problems heading; /* told with the first lot */
    /* the row being read */
    char text[TEM_RECORD_TEXT_MAX];
    size_t used;
    struct tem_bytes cells[COLUMNS_MAX];
    size_t cell_count;
    bool complete, too_long, in_quotes;
    uint64_t next_row; /* of the sheet, from 1 */
};

void tem_csv_free(struct tem_csv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    free(csv);
}

/* ---- rows ---- */

static void on_cell(void *data, size_t size, void *context)
{
    struct tem_csv *csv = context;
    if (csv->cell_count == COLUMNS_MAX || size > sizeof csv->text - csv->used) {
        csv->too_long = true;
        return;
    }
    char *at = csv->text + csv->used;
    if (size > 0)
        memcpy(at, data, size);
    csv->used += size;
    csv->cells[csv->cell_count++] =
        (struct tem_bytes){(const uint8_t *)at, size};
}

static void on_row(int terminator, void *context)
{
    struct tem_csv *csv = context;
    (void)terminator;
    csv->complete = true;
}

static bool is_blank(const struct tem_csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++)
        if (csv->cells[i].size > 0)
            return false;
    return true;
}

/* Read one row. @return false at the end of the file. */
static bool read_row(struct tem_csv *csv, struct tem_source *source,
                     uint64_t *row)
{
    size_t given = 0;
    csv->used = csv->cell_count = 0;
    csv->complete = csv->too_long = false;
    *row = csv->next_row;
    while (!csv->complete && !csv->too_long) {
        int c = tem_source_take(source);
        char byte = (char)c;
        if (c < 0) {
            csv_fini(&csv->parser, on_cell, on_row, csv);
            return csv->cell_count > 0;
        }
        csv->in_quotes ^= c == '"';
        csv->next_row += c == '\n' && !csv->in_quotes;
        csv->too_long = ++given > TEM_RECORD_TEXT_MAX ||
                        csv_parse(&csv->parser, &byte, 1, on_cell, on_row,
                                  csv) != 1;
        if (!csv->complete && csv->cell_count == 0 && c == '\n' &&
            !csv->in_quotes)
            *row = csv->next_row; /* an empty line before the row */
    }
    return true;
}

static bool read_full_row(struct tem_csv *csv, struct tem_source *source,
                          uint64_t *row)
{
    bool more;
    do
        more = read_row(csv, source, row);
    while (more && !csv->too_long && is_blank(csv));
    return more;
}

/* ---- the heading ---- */

/* The mark that stands most often in the first line, outside quotes. */
static unsigned char delimiter(struct tem_bytes start)
{
    static const unsigned char marks[] = {',', ';', '\t'};
    size_t counts[3] = {0, 0, 0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < start.size && (quoted || start.data[i] != '\n');
         i++) {
        quoted ^= start.data[i] == '"';
        for (size_t k = 0; k < 3 && !quoted; k++)
            counts[k] += start.data[i] == marks[k];
    }
    for (size_t k = 1; k < 3; k++)
        best = counts[k] > counts[best] ? k : best;
    return marks[best];
}

/* "steps_2_mass_in_kg" is of the list if it begins with one of its names, a
 * number and a field of it. */
static bool match_item(const struct tem_field_list *list, const char *name,
                       size_t length, const char *folded,
                       struct tem_column *column)
{
    if (strncmp(folded, name, length) != 0 || folded[length] != '_')
        return false;
    char *end;
    unsigned long index = strtoul(folded + length + 1, &end, 10);
    if (end == folded + length + 1 || *end != '_' || index < 1 ||
        index > list->most)
        return false;
    for (const struct tem_field *f = list->fields; f->key; f++)
        if (tem_field_named(f->key, f->also, end + 1)) {
            *column = (struct tem_column){f, list, index - 1};
            return true;
        }
    return false;
}

static bool match_list(const struct tem_field_list *list, const char *folded,
                       struct tem_column *column)
{
    if (match_item(list, list->key, strlen(list->key), folded, column))
        return true;
    for (const char *at = list->also; *at;) {
        size_t length = strcspn(at, " ");
        if (length && match_item(list, at, length, folded, column))
            return true;
        at += length + (at[length] != '\0');
    }
    return false;
}

static struct tem_column find_column(const char *folded)
{
    struct tem_column column = {NULL, NULL, 0};
    for (const struct tem_field *f = tem_record_fields; f->key; f++)
        if (tem_field_named(f->key, f->also, folded))
            return (struct tem_column){f, NULL, 0};
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++)
        if (match_list(l, folded, &column))
            break;
    return column;
}

static bool same(const struct tem_column *a, const struct tem_column *b)
{
    return a->field == b->field && a->list == b->list && a->index == b->index;
}

static void read_heading_cell(struct tem_csv *csv, size_t i)
{
    char folded[PATH_SIZE], name[PATH_SIZE];
    struct tem_bytes cell = csv->cells[i];
    tem_text_fold(cell, folded, sizeof folded);
    struct tem_column *column = &csv->columns[i];
    *column = find_column(folded);
    size_t shown = cell.size < PATH_SIZE - 1 ? cell.size : PATH_SIZE - 1;
    memcpy(name, cell.data, shown);
    name[shown] = '\0';
    if (!column->field && cell.size > 0)
        tem_record_problem(&csv->heading, name, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_HEADING, "s",
                           tem_field_nearest(tem_record_fields, folded));
    for (size_t k = 0; k < i && column->field; k++)
        if (same(&csv->columns[k], column))
            tem_record_problem(&csv->heading, name, "", TEM_SEVERITY_ERROR,
                               TEM_MSG_RECORD_TWICE, "");
}

static enum tem_status open_sheet(struct tem_record_reader *reader,
                                  struct tem_error *error)
{
    struct tem_csv *csv = calloc(1, sizeof *csv);
    uint64_t row;
    if (!csv || csv_init(&csv->parser, 0) != 0) {
        free(csv);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    reader->csv = csv;
    csv->next_row = 1;
    csv_set_delim(&csv->parser, delimiter(tem_source_look(&reader->source)));
    if (read_full_row(csv, &reader->source, &row)) {
        csv->heading.row = row;
        csv->column_count = csv->cell_count;
        for (size_t i = 0; i < csv->cell_count; i++)
            read_heading_cell(csv, i);
        if (csv->too_long)
            tem_record_problem(&csv->heading, "", "", TEM_SEVERITY_ERROR,
                               TEM_MSG_RECORD_LONG, "");
    }
    return TEM_OK;
}

/* ---- lots ---- */

static void set_cells(struct tem_record_reader *reader,
                      struct tem_record *record)
{
    struct tem_csv *csv = reader->csv;
    for (size_t i = 0; i < csv->cell_count; i++) {
        struct tem_value value = {TEM_VALUE_TEXT, csv->cells[i]};
        if (i >= csv->column_count && value.text.size > 0)
            tem_record_problem(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                               TEM_MSG_RECORD_CELLS, "dd",
                               (long long)csv->cell_count,
                               (long long)csv->column_count);
        if (i >= csv->column_count && value.text.size > 0)
            break;
        if (i < csv->column_count && csv->columns[i].field &&
            value.text.size > 0)
            tem_reader_set(reader, record, &csv->columns[i], &value);
    }
}

/* The first lot brings the heading's problems; each later one says that the
 * heading must be mended first, so that none of them is sealed. */
static void tell_heading(struct tem_record_reader *reader, uint64_t row)
{
    struct tem_csv *csv = reader->csv;
    if (csv->heading.count > 0 && !csv->heading_read)
        reader->problems = csv->heading;
    reader->problems.row = row;
    if (csv->heading.count > 0 && csv->heading_read)
        tem_record_problem(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_HEADING_FIRST, "d",
                           (long long)csv->heading.row);
    csv->heading_read = true;
}

enum tem_status tem_csv_next(struct tem_record_reader *reader,
                             struct tem_record *record, bool *found,
                             struct tem_error *error)
{
    uint64_t row;
    enum tem_status status =
        reader->csv ? TEM_OK : open_sheet(reader, error);
    if (status != TEM_OK)
        return status;
    *found = read_full_row(reader->csv, &reader->source, &row);
    if (!*found) {
        /* A sheet without lots but with a bad heading still says so. */
        *found = reader->csv->heading.count > 0 && !reader->csv->heading_read;
        if (*found)
            tell_heading(reader, reader->csv->heading.row);
        reader->state = STATE_END;
        return TEM_OK;
    }
    tell_heading(reader, row);
    if (reader->csv->too_long) {
        tem_record_problem(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_LONG, "");
        reader->state = STATE_END;
        return TEM_OK;
    }
    set_cells(reader, record);
    return TEM_OK;
}
