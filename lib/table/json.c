/* SPDX-License-Identifier: MIT */
/* See reader.h: from one JSON object to the next. jansson is given one value at
 * a time, so that one is in memory and its line is known. */
#include "json.h"
#include <string.h>

static int skip_space(struct tem_input *input)
{
    int c;
    while ((c = tem_input_peek(input)) == ' ' || c == '\t' || c == '\r' ||
           c == '\n')
        tem_input_take(input);
    return c;
}

/* Something stands here that should not, or nothing that should. */
static enum tem_status give_up(struct tem_table_reader *reader,
                               struct tem_found *found)
{
    return tem_table_give_up(reader, reader->input.line,
                             tem_input_peek(&reader->input) < 0
                                 ? TEM_MSG_RECORD_CUT
                                 : TEM_MSG_RECORD_SYNTAX,
                             found);
}

/* ---- rows one after another, or in an array ---- */

/* Go on to the next row of the array; what stands before it on its line is
 * noted. */
static int skip_to_item(struct tem_table_reader *reader)
{
    struct tem_input *input = &reader->input;
    tem_input_take(input);
    uint64_t line = input->line;
    int c = skip_space(input);
    reader->problems.row_shared = input->line == line;
    return c;
}

/* Go to the next row's brace. False when there is none: the end of the array
 * or the file or, with @p broken, something else than a row. */
static bool find_row(struct tem_table_reader *reader, bool *broken)
{
    struct tem_input *input = &reader->input;
    uint64_t line = input->line;
    int c = skip_space(input);
    *broken = false;
    reader->problems.row_shared = !reader->first && input->line == line;
    if (reader->first && c == '[') {
        reader->in_array = true;
        c = skip_to_item(reader);
    } else if (reader->in_array && !reader->first && c == ',') {
        c = skip_to_item(reader);
        *broken = c != '{';
        return c == '{';
    }
    if (reader->in_array && c == ']') {
        tem_input_take(input);
        reader->in_array = false;
        *broken = !reader->list && skip_space(input) >= 0;
        return false;
    }
    bool wanted = c == '{' && (!reader->in_array || reader->first);
    *broken = !wanted && (c >= 0 || reader->in_array);
    return wanted;
}

static enum tem_status next_row(struct tem_table_reader *reader, void *row,
                                struct tem_found *found,
                                struct tem_error *error)
{
    bool broken;
    if (find_row(reader, &broken)) {
        reader->first = false;
        return tem_json_read_row(reader, reader->kinds.tables, row, found,
                                 error);
    }
    reader->state = STATE_END;
    return broken ? give_up(reader, found) : TEM_OK;
}

/* ---- lists of rows in one object ---- */

static const struct tem_table *find_table(const struct tem_table_reader *reader,
                                          const char *key)
{
    char folded[TEM_FOLDED_SIZE];
    tem_text_fold(tem_bytes_of(key), folded, sizeof folded);
    for (size_t i = 0; i < reader->kinds.count; i++) {
        const struct tem_table *t = &reader->kinds.tables[i];
        if (tem_field_named(t->key, t->also, folded))
            return t;
    }
    return NULL;
}

/* The colon behind a name. */
static bool take_colon(struct tem_input *input)
{
    if (skip_space(input) != ':')
        return false;
    tem_input_take(input);
    return true;
}

/* A list of rows begins, or a member of the object itself is read. */
static enum tem_status read_named(struct tem_table_reader *reader,
                                  struct tem_found *found,
                                  struct tem_error *error)
{
    char key[TEM_PROBLEM_FIELD_SIZE];
    enum tem_status status = tem_json_read_key(reader, key, found, error);
    if (status != TEM_OK || found->any)
        return status;
    if (!take_colon(&reader->input))
        return give_up(reader, found);
    const struct tem_table *list = find_table(reader, key);
    bool array = skip_space(&reader->input) == '[';
    if (list && array) {
        reader->list = list;
        reader->first = true;
        return TEM_OK;
    }
    if (list) {
        reader->problems.row = reader->input.line;
        tem_problems_add(&reader->problems, key, "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_WANTS_ARRAY, "");
        reader->state = STATE_END;
        found->any = true;
        return TEM_OK;
    }
    return tem_json_read_member(reader, key, found, error);
}

/* All of the object was read: its own members are its row, and what is wrong
 * with them. */
static enum tem_status end_outer(struct tem_table_reader *reader, void *row,
                                 struct tem_found *found)
{
    uint64_t number = reader->problems.lot;
    tem_input_take(&reader->input);
    reader->state = STATE_END;
    reader->problems = reader->outer_problems;
    reader->problems.lot = number;
    memcpy(row, reader->outer, reader->kinds.outer->size);
    *found = (struct tem_found){true, reader->kinds.outer};
    if (skip_space(&reader->input) >= 0)
        return give_up(reader, found);
    return TEM_OK;
}

/* Go on to the next member, or the object's end. @return '"', '}', or what
 * else stands there. */
static int find_member(struct tem_table_reader *reader)
{
    struct tem_input *input = &reader->input;
    int c = skip_space(input);
    if (!reader->in_outer && c == '{') {
        reader->in_outer = true;
        tem_input_take(input);
        return skip_space(input);
    }
    if (reader->in_outer && c == ',') {
        tem_input_take(input);
        c = skip_space(input);
        return c == '"' ? c : 0;
    }
    return reader->in_outer && c == '}' ? c : 0;
}

/* Members are read until one of them gives a row. */
static enum tem_status next_listed(struct tem_table_reader *reader, void *row,
                                   struct tem_found *found,
                                   struct tem_error *error)
{
    while (!found->any) {
        bool broken = false;
        if (reader->list && find_row(reader, &broken)) {
            reader->first = false;
            return tem_json_read_row(reader, reader->list, row, found, error);
        }
        reader->list = NULL;
        int c = broken ? 0 : find_member(reader);
        if (c == '}')
            return end_outer(reader, row, found);
        if (c != '"')
            return give_up(reader, found);
        enum tem_status status = read_named(reader, found, error);
        if (status != TEM_OK)
            return status;
    }
    return TEM_OK;
}

enum tem_status tem_json_next(struct tem_table_reader *reader, void *row,
                              struct tem_found *found, struct tem_error *error)
{
    return reader->kinds.outer ? next_listed(reader, row, found, error)
                               : next_row(reader, row, found, error);
}
