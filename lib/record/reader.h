/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_READER_H
#define TEM_RECORD_READER_H

/* Inside of a reader, shared by record.c, json.c and csv.c. */

#include "heading.h"
#include "lots.h"
#include "value.h"

enum { READER_BUFFER = 65536 };

/* Bytes of the file, a buffer at a time. */
struct tem_source {
    tem_read_fn read;
    void *context;
    uint8_t data[READER_BUFFER];
    size_t at, size;
    uint64_t line;      /* of the next byte, from 1 */
    bool ended, failed; /* there is no more to be had from read() */
    bool missed;        /* failed, and a byte was wanted after that */
};

/* The next byte, not taken; -1 at the end or after a failure. */
int tem_source_peek(struct tem_source *source);
/* The next byte, taken. */
int tem_source_take(struct tem_source *source);
/* Fill the buffer as far as it goes; what is in it. */
struct tem_bytes tem_source_look(struct tem_source *source);

struct tem_csv; /* csv.c */

struct tem_record_reader {
    struct tem_source source;
    enum tem_record_format format;
    enum { STATE_START, STATE_LOTS, STATE_END } state;
    bool in_array, first; /* JSON */
    bool unread;          /* the lot could not be taken, the next one may be */
    struct tem_csv *csv;
    struct tem_record_problems problems;
    struct tem_lots lots;
    bool heat_pump[TEM_RECORD_STEPS_MAX]; /* step named say_bom_nhiet */
};

/* Set a field, and remember what its word says of other fields. */
void tem_reader_set(struct tem_record_reader *reader, struct tem_record *record,
                    const struct tem_column *to, const struct tem_value *value);

/* A mistake after which nothing more can be read: the last problem. */
enum tem_status tem_reader_give_up(struct tem_record_reader *reader,
                                   uint64_t line, enum tem_message_id id,
                                   bool *found);

/* Read the next lot into @p record, problems into the reader's list; false at
 * the end (or a failure of the source). */
enum tem_status tem_json_next(struct tem_record_reader *reader,
                              struct tem_record *record, bool *found,
                              struct tem_error *error);
enum tem_status tem_csv_next(struct tem_record_reader *reader,
                             struct tem_record *record, bool *found,
                             struct tem_error *error);
void tem_csv_free(struct tem_csv *csv);
const struct tem_heading *tem_csv_heading(const struct tem_csv *csv);

#endif
