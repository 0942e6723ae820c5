/* SPDX-License-Identifier: MIT */
#ifndef TEST_RECORD_FILE_H
#define TEST_RECORD_FILE_H

/* Record files in memory, and what reading them says. */

#include "test.h"
#include <tem/record.h>

/* A text given in pieces of so many bytes; fails at the end if asked to. */
struct text_file {
    const char *text;
    size_t size, at, piece;
    bool fails;
};

static struct tem_record_reader *file_reader;
static struct tem_record file_record;
static struct text_file file_text;

static ptrdiff_t read_text_file(void *context, void *data, size_t size)
{
    struct text_file *file = context;
    size_t left = file->size - file->at;
    if (file->fails && left == 0)
        return -1;
    if (size > left)
        size = left;
    if (size > file->piece)
        size = file->piece;
    memcpy(data, file->text + file->at, size);
    file->at += size;
    return (ptrdiff_t)size;
}

static inline void open_text(const char *text, size_t piece)
{
    struct tem_error error;
    tem_record_reader_free(file_reader);
    file_reader = NULL;
    file_text = (struct text_file){text, strlen(text), 0, piece, false};
    CHECK_INT(tem_record_open(read_text_file, &file_text, TEM_FORMAT_AUTO,
                              &file_reader, &error),
              TEM_OK);
}

/* Read the next lot of the open text. @return false at the end. */
static inline bool next_lot(void)
{
    struct tem_error error;
    bool found = false;
    CHECK_INT(tem_record_next(file_reader, &file_record, &found, &error),
              TEM_OK);
    return found;
}

/* The first problem that is no missing field or column and of no check across
 * fields, as "name: number", or "". The name is the heading's in a sheet. */
static inline const char *first_problem(void)
{
    static char text[200];
    size_t count;
    const struct tem_problem *problem =
        tem_record_problems(file_reader, &count);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++, problem++) {
        int id = (int)problem->message.id;
        bool reading = (id >= 200 && id < 300) || (id >= 100 && id < 200);
        if (!reading || id == TEM_MSG_RECORD_REQUIRED ||
            id == TEM_MSG_RECORD_COLUMN || id == TEM_MSG_RECORD_HEADING_FIRST)
            continue;
        const char *name =
            problem->column[0] ? problem->column : problem->field;
        snprintf(text, sizeof text, "%s: %d", name, id);
        break;
    }
    return text;
}

/* The first problem of the kind, or one without a name or arguments. */
static inline const struct tem_problem *problem_of(enum tem_message_id id)
{
    static const struct tem_problem none;
    size_t count;
    const struct tem_problem *problem =
        tem_record_problems(file_reader, &count);
    for (size_t i = 0; i < count; i++)
        if (problem[i].message.id == id)
            return &problem[i];
    return &none;
}

/* What first_problem() says of such a problem. */
static inline const char *told(const char *field, enum tem_message_id id)
{
    static char text[200];
    snprintf(text, sizeof text, "%s: %d", field, (int)id);
    return text;
}

static inline void close_text(void)
{
    tem_record_reader_free(file_reader);
    file_reader = NULL;
}

#endif
