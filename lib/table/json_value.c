/* SPDX-License-Identifier: MIT */
/* See json.h; the only file that sees jansson. jansson is fed a byte
 * at a time and told not to look for the end, so it never reads past its object
 * and the file may go on with the next row. */
#include "../error/fail.h"
#include "json.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum {
    DEPTH_MAX = 4, /* row, array, object, and one to be told of */
    NUMBER_SIZE = 64,
};

/* What is handed to jansson, and why it was cut off if it was. */
struct feed {
    struct tem_input *input;
    size_t given;
    int depth;
    bool in_string, escaped, done, too_long, too_deep;
};

/* Follow brackets, so that depth is bounded and the value's end is known. */
static void follow(struct feed *feed, int c)
{
    bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
    if (feed->in_string) {
        bool quote = c == '"' && !feed->escaped;
        feed->escaped = c == '\\' && !feed->escaped;
        feed->in_string = !quote;
        feed->done = quote && feed->depth == 0;
        return;
    }
    feed->in_string = c == '"';
    feed->depth += opens - closes;
    feed->too_deep |= feed->depth > DEPTH_MAX;
    feed->done = closes && feed->depth == 0;
}

/* A number or a word ends before what cannot be part of it. */
static bool ends_word(const struct feed *feed)
{
    if (feed->depth > 0 || feed->in_string || feed->given == 0)
        return false;
    int c = tem_input_peek(feed->input);
    return c < 0 || strchr(" \t\r\n,]}", c) != NULL;
}

static size_t give_byte(void *buffer, size_t size, void *context)
{
    struct feed *feed = context;
    feed->too_long |= !feed->done && feed->given == TEM_ROW_MAX;
    feed->done |= ends_word(feed);
    if (size == 0 || feed->done || feed->too_long || feed->too_deep)
        return 0;
    int c = tem_input_take(feed->input);
    if (c < 0)
        return 0;
    follow(feed, c);
    feed->given++;
    *(char *)buffer = (char)c;
    return 1;
}

/* ---- one object into the record ---- */

/* As digits with a decimal point, for no field knows an exponent: as many
 * places as a double can tell apart, without noughts at the end. */
static void show_real(double value, char number[NUMBER_SIZE])
{
    bool fits = value > -1e18 && value < 1e18;
    int length = snprintf(number, NUMBER_SIZE, "%.15g", value);
    if (!strchr(number, 'e'))
        return;
    length = snprintf(number, NUMBER_SIZE, "%.18f", fits ? value : 1e18);
    while (number[length - 1] == '0')
        length--;
    number[length - (number[length - 1] == '.')] = '\0';
}

static struct tem_value value_of(const json_t *json, char number[NUMBER_SIZE])
{
    struct tem_value value = {.kind = TEM_VALUE_OTHER};
    switch (json_typeof(json)) {
    case JSON_STRING:
        value.kind = TEM_VALUE_TEXT;
        value.text = (struct tem_bytes){
            (const uint8_t *)json_string_value(json), json_string_length(json)};
        return value;
    case JSON_INTEGER:
        value.kind = TEM_VALUE_NUMBER;
        snprintf(number, NUMBER_SIZE, "%lld",
                 (long long)json_integer_value(json));
        break;
    case JSON_REAL:
        value.kind = TEM_VALUE_NUMBER;
        show_real(json_real_value(json), number);
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        value.kind = TEM_VALUE_BOOL;
        snprintf(number, NUMBER_SIZE, "%s",
                 json_is_true(json) ? "true" : "false");
        break;
    default:
        return value;
    }
    value.text = tem_bytes_of(number);
    return value;
}

static const struct tem_field_list *find_list(const struct tem_table *table,
                                              const char *folded)
{
    for (const struct tem_field_list *l = table->lists; l && l->key; l++)
        if (tem_field_named(l->key, l->also, folded))
            return l;
    return NULL;
}

/* @p lists that could have been meant too, or NULL. */
static void unknown_key(struct tem_problems *problems, const char *path,
                        const struct tem_field *fields,
                        const struct tem_field_list *lists, const char *folded)
{
    struct tem_nearest nearest = tem_field_nearest(fields, lists, folded);
    tem_problems_add(problems, path, "", TEM_SEVERITY_ERROR,
                     tem_nearest_is_close(&nearest, folded)
                         ? TEM_MSG_RECORD_UNKNOWN
                         : TEM_MSG_RECORD_UNKNOWN_FAR,
                     "ss", nearest.key, nearest.heading);
}

#define WRONG(problems, path, name, ...)                                       \
    tem_problems_add(problems, path, "", TEM_SEVERITY_ERROR, TEM_MSG_##name,   \
                     __VA_ARGS__)

/* The several of a field: no nested lists have such. */
static void set_several(void *row, const struct tem_field *field, json_t *array,
                        struct tem_problems *problems)
{
    char path[TEM_PROBLEM_FIELD_SIZE], number[NUMBER_SIZE];
    size_t i;
    json_t *item;
    json_array_foreach(array, i, item)
    {
        struct tem_value value = value_of(item, number);
        snprintf(path, sizeof path, "%s[%zu]", field->key, i + 1);
        tem_value_add(row, field, &value, path, problems);
    }
}

static void set_one(void *row, const struct tem_column *to, json_t *json,
                    struct tem_problems *problems)
{
    char number[NUMBER_SIZE], path[TEM_PROBLEM_FIELD_SIZE];
    struct tem_value value = value_of(json, number);
    bool several = to->field->most > 0 && !to->list;
    if (json_is_null(json))
        return;
    tem_column_path(to, path);
    if (tem_problems_have(problems, path) ||
        (several && !tem_field_absent(row, to->field)))
        WRONG(problems, path, RECORD_TWICE, "");
    else if (several && json_is_array(json))
        set_several(row, to->field, json, problems);
    else
        tem_table_set(row, to, &value, problems);
}

static void set_item(void *row, const struct tem_field_list *list, size_t index,
                     json_t *item, struct tem_problems *problems)
{
    const char *key;
    json_t *value;
    char path[TEM_PROBLEM_FIELD_SIZE], folded[TEM_FOLDED_SIZE];
    size_t *count = tem_list_count(row, list);
    if (*count <= index) /* an empty object is an item too */
        *count = index + 1;
    json_object_foreach(item, key, value)
    {
        tem_text_fold(tem_bytes_of(key), folded, sizeof folded);
        struct tem_column to = {tem_field_find(list->fields, folded), list,
                                index};
        if (to.field)
            set_one(row, &to, value, problems);
        else
            unknown_key(problems,
                        tem_problems_path(path, list->key, index, key),
                        list->fields, NULL, folded);
    }
}

static void set_list(void *row, const struct tem_field_list *list,
                     json_t *array, struct tem_problems *problems)
{
    size_t i;
    json_t *item;
    if (json_is_null(array))
        return;
    if (*tem_list_count(row, list) > 0) {
        WRONG(problems, list->key, RECORD_TWICE, "");
        return;
    }
    if (!json_is_array(array)) {
        WRONG(problems, list->key, RECORD_WANTS_ARRAY, "");
        return;
    }
    if (json_array_size(array) > list->most) {
        WRONG(problems, list->key, RECORD_TOO_MANY, "d", (long long)list->most);
        return;
    }
    json_array_foreach(array, i, item)
    {
        if (json_is_object(item))
            set_item(row, list, i, item, problems);
        else
            WRONG(problems, list->key, RECORD_WANTS_ARRAY, "");
    }
}

static void set_member(void *row, const struct tem_table *table,
                       const char *key, json_t *value,
                       struct tem_problems *problems)
{
    char folded[TEM_FOLDED_SIZE];
    tem_text_fold(tem_bytes_of(key), folded, sizeof folded);
    const struct tem_field_list *list = find_list(table, folded);
    struct tem_column to = {tem_field_find(table->fields, folded), NULL, 0};
    if (list)
        set_list(row, list, value, problems);
    else if (to.field)
        set_one(row, &to, value, problems);
    else
        unknown_key(problems, key, table->fields, table->lists, folded);
}

static void set_row(void *row, const struct tem_table *table, json_t *object,
                    struct tem_problems *problems)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
        set_member(row, table, key, value, problems);
}

/* ---- the file ---- */

static enum tem_message_id why(const struct feed *feed,
                               const json_error_t *broken)
{
    if (feed->too_long)
        return TEM_MSG_RECORD_LONG;
    if (feed->too_deep)
        return TEM_MSG_RECORD_DEEP;
    switch (json_error_code(broken)) {
    case json_error_premature_end_of_input:
        return TEM_MSG_RECORD_CUT;
    case json_error_numeric_overflow:
        return TEM_MSG_RECORD_OVERFLOW;
    case json_error_duplicate_key:
        return TEM_MSG_RECORD_DUPLICATE_KEY;
    case json_error_invalid_utf8:
        return TEM_MSG_TEXT_UTF8;
    default:
        return TEM_MSG_RECORD_SYNTAX;
    }
}

/* A value that jansson did not take. Where its brackets are in order the next
 * one can be read: jansson stops at a part, we go on to the value's end. */
static void tell_broken(struct tem_table_reader *reader, struct feed *feed,
                        const json_error_t *reason, struct tem_found *found)
{
    enum tem_message_id id = why(feed, reason);
    uint64_t line = reader->input.line;
    char byte;
    bool values = id == TEM_MSG_RECORD_OVERFLOW ||
                  id == TEM_MSG_RECORD_DUPLICATE_KEY || id == TEM_MSG_TEXT_UTF8;
    while (values && give_byte(&byte, 1, feed) == 1)
        ;
    if (!values || !feed->done) {
        tem_table_give_up(reader, line, id, found);
        return;
    }
    reader->problems.row = line;
    tem_problems_add(&reader->problems, "", "", TEM_SEVERITY_ERROR, id, "");
    found->any = true;
}

/* Read the value that begins here. NULL: it is broken, which was told, or there
 * is no memory. */
static enum tem_status load(struct tem_table_reader *reader, json_t **json,
                            struct tem_found *found, struct tem_error *error)
{
    struct feed feed = {.input = &reader->input};
    json_error_t reason;
    *json = json_load_callback(give_byte, &feed,
                               JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY |
                                   JSON_REJECT_DUPLICATES,
                               &reason);
    if (*json)
        return TEM_OK;
    if (json_error_code(&reason) == json_error_out_of_memory)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tell_broken(reader, &feed, &reason, found);
    return TEM_OK;
}

enum tem_status tem_json_read_row(struct tem_table_reader *reader,
                                  const struct tem_table *table, void *row,
                                  struct tem_found *found,
                                  struct tem_error *error)
{
    json_t *object;
    reader->problems.row = reader->input.line;
    enum tem_status status = load(reader, &object, found, error);
    if (status != TEM_OK || !object)
        return status;
    tem_row_init(row, table);
    set_row(row, table, object, &reader->problems);
    json_decref(object);
    *found = (struct tem_found){true, table};
    return TEM_OK;
}

enum tem_status tem_json_read_key(struct tem_table_reader *reader,
                                  char key[TEM_PROBLEM_FIELD_SIZE],
                                  struct tem_found *found,
                                  struct tem_error *error)
{
    json_t *string;
    enum tem_status status = load(reader, &string, found, error);
    if (status != TEM_OK || !string)
        return status;
    tem_problems_path(key, NULL, 0, json_string_value(string));
    json_decref(string);
    return TEM_OK;
}

enum tem_status tem_json_read_member(struct tem_table_reader *reader,
                                     const char *key, struct tem_found *found,
                                     struct tem_error *error)
{
    json_t *value;
    reader->outer_problems.row = reader->input.line;
    enum tem_status status = load(reader, &value, found, error);
    if (status != TEM_OK || !value)
        return status;
    set_member(reader->outer, reader->kinds.outer, key, value,
               &reader->outer_problems);
    json_decref(value);
    return TEM_OK;
}
