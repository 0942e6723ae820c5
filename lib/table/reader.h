/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_READER_H
#define TEM_TABLE_READER_H

/* Rows of a file, one at a time: JSON objects or rows of a sheet into structs,
 * as tables of fields say. */

#include "heading.h"
#include "value.h"

enum { READER_BUFFER = 65536 };

/* Bytes of the file, a buffer at a time. */
struct tem_input {
    tem_read_fn read;
    void *context;
    uint8_t data[READER_BUFFER];
    size_t at, size;
    uint64_t line;      /* of the next byte, from 1 */
    bool ended, failed; /* there is no more to be had from read() */
    bool missed;        /* failed, and a byte was wanted after that */
};

/* The next byte, not taken; -1 at the end or after a failure. */
int tem_input_peek(struct tem_input *input);
/* The next byte, taken. */
int tem_input_take(struct tem_input *input);
/* Fill the buffer as far as it goes; what is in it. */
struct tem_bytes tem_input_look(struct tem_input *input);

struct tem_csv;

/*
 * What a file may hold: rows of one table, one after another; or, with an
 * `outer`, in JSON one object whose members are that table's fields and lists
 * of rows, and in CSV rows of the table that the heading fits best.
 */
struct tem_kinds {
    const struct tem_table *tables;
    size_t count;
    const struct tem_table *outer; /* or NULL */
};

struct tem_table_reader {
    struct tem_kinds kinds;
    struct tem_input input;
    enum tem_format format;
    enum { STATE_START, STATE_ROWS, STATE_END } state;
    bool first, in_array, in_outer; /* JSON */
    const struct tem_table *list;   /* JSON: that is being read */
    void *outer;                    /* where its members go; the caller's */
    struct tem_csv *csv;
    struct tem_problems problems;       /* of the row last read */
    struct tem_problems outer_problems; /* told with its row */
};

/* @param outer  a row of `kinds.outer`, set as its members are met. */
void tem_table_open(struct tem_table_reader *reader, tem_read_fn read,
                    void *context, enum tem_format format,
                    struct tem_kinds kinds, void *outer);

void tem_table_close(struct tem_table_reader *reader);

/* What tem_table_next() found. */
struct tem_found {
    bool any;                      /* false at the end of the file */
    const struct tem_table *table; /* of the row, all values of which were met;
                                      NULL: there are only problems */
};

/*
 * Read the next row, problems into the reader's list; the outer object comes
 * last, when all of it is read.
 *
 * @param row  large enough for any of the tables.
 * @retval TEM_E_IO, TEM_E_MEMORY  nothing was found, nor will be.
 */
enum tem_status tem_table_next(struct tem_table_reader *reader, void *row,
                               struct tem_found *found,
                               struct tem_error *error);

/* Tell of what must be there and is not. */
void tem_table_require(struct tem_table_reader *reader,
                       const struct tem_table *table, void *row);

/* Name the sheet's columns in the problems of the row: after all are told. */
void tem_table_name(struct tem_table_reader *reader);

/* ---- between table.c, json.c and csv.c ---------------------------------- */

/* Set a field of a row, or of one of its lists' items. */
void tem_table_set(void *row, const struct tem_column *to,
                   const struct tem_value *value,
                   struct tem_problems *problems);

/* A mistake after which nothing more can be read: the last problem. */
enum tem_status tem_table_give_up(struct tem_table_reader *reader,
                                  uint64_t line, enum tem_message_id id,
                                  struct tem_found *found);

enum tem_status tem_json_next(struct tem_table_reader *reader, void *row,
                              struct tem_found *found, struct tem_error *error);
enum tem_status tem_csv_next(struct tem_table_reader *reader, void *row,
                             struct tem_found *found, struct tem_error *error);
void tem_csv_free(struct tem_csv *csv);
const struct tem_heading *tem_csv_heading(const struct tem_csv *csv);

#endif
