/* SPDX-License-Identifier: MIT */
/* Rows of a sheet; the only file that sees libcsv. It is fed a byte at
 * a time, so that one row is in memory and its number is the sheet's. */
#include "../error/fail.h"
#include "reader.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct tem_csv {
    struct csv_parser parser;
    struct tem_heading heading;
    bool heading_told; /* with the first row */
    /* the row being read */
    char text[TEM_ROW_MAX];
    size_t used;
    struct tem_bytes cells[TEM_COLUMNS_MAX];
    size_t cell_count;
    bool complete, in_quotes;
    int last;                   /* byte fed, to take CR LF as one */
    enum tem_message_id broken; /* why no more can be read, or TEM_MSG_NONE */
    uint64_t next_row;          /* of the sheet, from 1 */
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
    if (csv->cell_count == TEM_COLUMNS_MAX ||
        size > sizeof csv->text - csv->used) {
        csv->broken = TEM_MSG_RECORD_LONG;
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
        if (tem_value_trim(csv->cells[i]).size > 0)
            return false;
    return true;
}

/* Does the byte end a row of the sheet, empty or not? */
static bool ends_row(const struct tem_csv *csv, int c)
{
    return !csv->in_quotes && (c == '\r' || (c == '\n' && csv->last != '\r'));
}

static void feed(struct tem_csv *csv, int c)
{
    char byte = (char)c;
    csv->in_quotes ^= c == '"';
    csv->next_row += ends_row(csv, c);
    csv->last = c;
    if (csv_parse(&csv->parser, &byte, 1, on_cell, on_row, csv) != 1)
        csv->broken = csv_error(&csv->parser) == CSV_EPARSE
                          ? TEM_MSG_RECORD_QUOTES
                          : TEM_MSG_MEMORY;
}

static void feed_end(struct tem_csv *csv)
{
    if (csv_fini(&csv->parser, on_cell, on_row, csv) != 0)
        csv->broken = TEM_MSG_RECORD_QUOTES;
}

/* Read one row. @return false at the end of the file. */
static bool read_row(struct tem_csv *csv, struct tem_input *input,
                     uint64_t *row)
{
    size_t given = 0;
    csv->used = csv->cell_count = 0;
    csv->complete = false;
    *row = csv->next_row;
    while (!csv->complete && !csv->broken) {
        int c = tem_input_take(input);
        if (c < 0) {
            feed_end(csv);
            return csv->cell_count > 0 || csv->broken;
        }
        feed(csv, c);
        if (++given > TEM_ROW_MAX)
            csv->broken = TEM_MSG_RECORD_LONG;
        if (!csv->complete && csv->cell_count == 0 && !csv->in_quotes &&
            (c == '\n' || c == '\r'))
            *row = csv->next_row; /* an empty line before the row */
    }
    return true;
}

/* Read the next row that has something in it. */
static enum tem_status read_full_row(struct tem_csv *csv,
                                     struct tem_input *input, uint64_t *row,
                                     bool *more, struct tem_error *error)
{
    do
        *more = read_row(csv, input, row);
    while (*more && !csv->broken && is_blank(csv));
    if (csv->broken == TEM_MSG_MEMORY)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_OK;
}

/* ---- the separator ---- */

static const char marks[] = ",;\t";

static bool is_line_end(int c)
{
    return c == '\r' || c == '\n';
}

/* The mark that stands most often in the first line with something in it,
 * outside quotes. */
static char guess_mark(struct tem_bytes start)
{
    size_t counts[3] = {0, 0, 0}, best = 0, at = 0;
    bool quoted = false;
    while (at < start.size && is_line_end(start.data[at]))
        at++;
    for (; at < start.size && (quoted || !is_line_end(start.data[at])); at++) {
        quoted ^= start.data[at] == '"';
        for (size_t k = 0; k < 3 && !quoted; k++)
            counts[k] += start.data[at] == (unsigned char)marks[k];
    }
    for (size_t k = 1; k < 3; k++)
        best = counts[k] > counts[best] ? k : best;
    return marks[best];
}

/* A first line "sep=;", as a spreadsheet may write, says it. */
static char find_mark(struct tem_csv *csv, struct tem_input *input)
{
    struct tem_bytes start = tem_input_look(input);
    if (start.size < 6 || memcmp(start.data, "sep=", 4) != 0 ||
        !memchr(marks, start.data[4], sizeof marks - 1) ||
        !is_line_end(start.data[5]))
        return guess_mark(start);
    char mark = (char)start.data[4];
    for (int i = 0; i < 5; i++)
        tem_input_take(input);
    if (tem_input_take(input) == '\r' && tem_input_peek(input) == '\n')
        tem_input_take(input);
    csv->next_row++;
    return mark;
}

/* ---- the sheet ---- */

/* "A" .. "Z", "AA" .. as a spreadsheet counts; TEM_COLUMNS_MAX ends in "AMJ".
 */
static const char *column_letters(size_t column, char out[4])
{
    char *at = out + 3;
    *at = '\0';
    for (size_t n = column + 1; n > 0; n = (n - 1) / 26)
        *--at = (char)('A' + (n - 1) % 26);
    return at;
}

static enum tem_status open_sheet(struct tem_table_reader *reader,
                                  struct tem_error *error)
{
    struct tem_csv *csv = calloc(1, sizeof *csv);
    bool more;
    if (!csv || csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        free(csv);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    reader->csv = csv;
    csv->next_row = 1;
    csv_set_delim(&csv->parser, (unsigned char)find_mark(csv, &reader->input));
    enum tem_status status = read_full_row(
        csv, &reader->input, &csv->heading.problems.row, &more, error);
    if (status != TEM_OK || !more)
        return status;
    tem_heading_read(&csv->heading, reader->kinds.tables, reader->kinds.count,
                     csv->cells, csv->cell_count);
    if (csv->broken)
        tem_problems_add(&csv->heading.problems, "", "", TEM_SEVERITY_ERROR,
                         csv->broken, "");
    return TEM_OK;
}

/* Something stands where the heading has nothing. @return false to stop. */
static bool tell_stray(struct tem_table_reader *reader, size_t i)
{
    const struct tem_csv *csv = reader->csv;
    char letters[4];
    if (i >= csv->heading.count)
        tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_CELLS, "dd", (long long)csv->cell_count,
                         (long long)csv->heading.count);
    else if (!csv->heading.names[i][0])
        tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_UNTITLED, "s",
                         column_letters(i, letters));
    return i < csv->heading.count;
}

static void set_cells(struct tem_table_reader *reader, void *row)
{
    const struct tem_csv *csv = reader->csv;
    bool go_on = true;
    for (size_t i = 0; i < csv->cell_count && go_on; i++) {
        struct tem_value value = {TEM_VALUE_TEXT, csv->cells[i]};
        if (value.text.size == 0)
            continue;
        if (i < csv->heading.count && csv->heading.columns[i].field)
            tem_table_set(row, &csv->heading.columns[i], &value,
                          &reader->problems);
        else
            go_on = tell_stray(reader, i);
    }
}

/* The first row brings the heading's problems; each later one says that the
 * heading must be mended first, so that none of them is used. */
static void tell_heading(struct tem_table_reader *reader, uint64_t row)
{
    struct tem_csv *csv = reader->csv;
    const struct tem_problems *heading = &csv->heading.problems;
    reader->problems.row = row;
    if (!csv->heading_told) {
        reader->problems.count = heading->count;
        memcpy(reader->problems.list, heading->list,
               heading->count * sizeof *heading->list);
    }
    if (heading->count > 0 && csv->heading_told)
        tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_HEADING_FIRST, "d",
                         (long long)heading->row);
    csv->heading_told = true;
}

/* No further row: a sheet without rows but with a bad heading still says so. */
static void end_sheet(struct tem_table_reader *reader, struct tem_found *found)
{
    struct tem_csv *csv = reader->csv;
    found->any = csv->heading.problems.count > 0 && !csv->heading_told;
    if (found->any)
        tell_heading(reader, csv->heading.problems.row);
    reader->state = STATE_END;
}

enum tem_status tem_csv_next(struct tem_table_reader *reader, void *row,
                             struct tem_found *found, struct tem_error *error)
{
    uint64_t number;
    enum tem_status status = reader->csv ? TEM_OK : open_sheet(reader, error);
    if (status != TEM_OK)
        return status;
    struct tem_csv *csv = reader->csv;
    if (!csv->broken && !csv->heading.useless)
        status =
            read_full_row(csv, &reader->input, &number, &found->any, error);
    if (status != TEM_OK)
        return status;
    if (!found->any) {
        end_sheet(reader, found);
        return TEM_OK;
    }
    tell_heading(reader, number);
    if (csv->broken) {
        tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR,
                         csv->broken, "");
        reader->state = STATE_END;
        return TEM_OK;
    }
    found->table = csv->heading.table;
    tem_row_init(row, found->table);
    set_cells(reader, row);
    return TEM_OK;
}

const struct tem_heading *tem_csv_heading(const struct tem_csv *csv)
{
    return &csv->heading;
}
