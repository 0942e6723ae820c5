/* SPDX-License-Identifier: MIT */
/* Lots as JSON; the only file that sees jansson. jansson is fed a byte at a
 * time and told not to look for the end, so it never reads past its object and
 * the file may go on with the next lot. */
#include "../error/fail.h"
#include "reader.h"
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum {
    DEPTH_MAX = 4, /* lot, array, object, and one to be told of */
    NUMBER_SIZE = 64,
};

/* What is handed to jansson, and why it was cut off if it was. */
struct feed {
    struct tem_source *source;
    size_t given;
    int depth;
    bool in_string, escaped, done, too_long, too_deep;
};

/* Follow brackets, so that depth is bounded and the object's end is known. */
static void follow(struct feed *feed, int c)
{
    if (feed->in_string) {
        bool quote = c == '"' && !feed->escaped;
        feed->escaped = c == '\\' && !feed->escaped;
        feed->in_string = !quote;
        return;
    }
    feed->in_string = c == '"';
    feed->depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    feed->too_deep |= feed->depth > DEPTH_MAX;
    feed->done = feed->depth == 0;
}

static size_t give_byte(void *buffer, size_t size, void *context)
{
    struct feed *feed = context;
    feed->too_long |= !feed->done && feed->given == TEM_RECORD_TEXT_MAX;
    if (size == 0 || feed->done || feed->too_long || feed->too_deep)
        return 0;
    int c = tem_source_take(feed->source);
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

static const struct tem_field_list *find_list(const char *folded)
{
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++)
        if (tem_field_named(l->key, l->also, folded))
            return l;
    return NULL;
}

/* @p lists that could have been meant too, or NULL. */
static void unknown_key(struct tem_record_reader *reader, const char *path,
                        const struct tem_field *fields,
                        const struct tem_field_list *lists, const char *folded)
{
    struct tem_nearest nearest = tem_field_nearest(fields, lists, folded);
    tem_record_problem(&reader->problems, path, "", TEM_SEVERITY_ERROR,
                       tem_nearest_is_close(&nearest, folded)
                           ? TEM_MSG_RECORD_UNKNOWN
                           : TEM_MSG_RECORD_UNKNOWN_FAR,
                       "ss", nearest.key, nearest.heading);
}

static void set_gtins(struct tem_record_reader *reader,
                      struct tem_record *record, const json_t *array)
{
    char path[TEM_PROBLEM_FIELD_SIZE], number[NUMBER_SIZE];
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)array, i, item)
    {
        struct tem_value value = value_of(item, number);
        snprintf(path, sizeof path, "certificate_gtins[%zu]", i + 1);
        if (value.kind == TEM_VALUE_TEXT)
            tem_value_add_gtin(record, value.text, path, &reader->problems);
        else
            tem_record_problem(&reader->problems, path, "", TEM_SEVERITY_ERROR,
                               TEM_MSG_RECORD_WANTS_TEXT, "");
    }
}

static void set_one(struct tem_record_reader *reader, struct tem_record *record,
                    const struct tem_column *to, const json_t *json)
{
    char number[NUMBER_SIZE], path[TEM_PROBLEM_FIELD_SIZE];
    struct tem_value value = value_of(json, number);
    if (json_is_null(json))
        return;
    tem_column_path(to, path);
    if (tem_record_reported(&reader->problems, path) ||
        (to->field->type == TEM_FIELD_GTINS &&
         record->certificate_gtin_count > 0)) {
        tem_record_problem(&reader->problems, path, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_TWICE, "");
        return;
    }
    if (to->field->type == TEM_FIELD_GTINS && json_is_array(json))
        set_gtins(reader, record, json);
    else
        tem_reader_set(reader, record, to, &value);
}

static void set_item(struct tem_record_reader *reader,
                     struct tem_record *record,
                     const struct tem_field_list *list, size_t index,
                     json_t *item)
{
    const char *key;
    json_t *value;
    char path[TEM_PROBLEM_FIELD_SIZE], folded[TEM_FOLDED_SIZE];
    size_t *count = tem_list_count(record, list);
    if (*count <= index) /* an empty object is an item too */
        *count = index + 1;
    json_object_foreach(item, key, value)
    {
        tem_text_fold(tem_bytes_of(key), folded, sizeof folded);
        struct tem_column to = {tem_field_find(list->fields, folded), list,
                                index};
        if (to.field)
            set_one(reader, record, &to, value);
        else
            unknown_key(reader, tem_record_path(path, list->key, index, key),
                        list->fields, NULL, folded);
    }
}

static void set_list(struct tem_record_reader *reader,
                     struct tem_record *record,
                     const struct tem_field_list *list, json_t *array)
{
    size_t i;
    json_t *item;
    if (json_is_null(array))
        return;
    if (*tem_list_count(record, list) > 0) {
        tem_record_problem(&reader->problems, list->key, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_TWICE, "");
        return;
    }
    if (!json_is_array(array)) {
        tem_record_problem(&reader->problems, list->key, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_WANTS_ARRAY, "");
        return;
    }
    if (json_array_size(array) > list->most) {
        tem_record_problem(&reader->problems, list->key, "", TEM_SEVERITY_ERROR,
                           TEM_MSG_RECORD_TOO_MANY, "d", (long long)list->most);
        return;
    }
    json_array_foreach(array, i, item)
    {
        if (json_is_object(item))
            set_item(reader, record, list, i, item);
        else
            tem_record_problem(&reader->problems, list->key, "",
                               TEM_SEVERITY_ERROR, TEM_MSG_RECORD_WANTS_ARRAY,
                               "");
    }
}

static void set_record(struct tem_record_reader *reader,
                       struct tem_record *record, json_t *object)
{
    const char *key;
    json_t *value;
    char folded[TEM_FOLDED_SIZE];
    json_object_foreach(object, key, value)
    {
        tem_text_fold(tem_bytes_of(key), folded, sizeof folded);
        const struct tem_field_list *list = find_list(folded);
        struct tem_column to = {tem_field_find(tem_record_fields, folded), NULL,
                                0};
        if (list)
            set_list(reader, record, list, value);
        else if (to.field)
            set_one(reader, record, &to, value);
        else
            unknown_key(reader, key, tem_record_fields, tem_record_lists,
                        folded);
    }
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

/* A lot that jansson did not take. Where its brackets are in order the next one
 * can be read: jansson stops at a value, we go on to the lot's end. */
static enum tem_status tell_broken(struct tem_record_reader *reader,
                                   struct feed *feed,
                                   const json_error_t *reason, bool *found)
{
    enum tem_message_id id = why(feed, reason);
    uint64_t line = reader->source.line;
    char byte;
    bool values = id == TEM_MSG_RECORD_OVERFLOW ||
                  id == TEM_MSG_RECORD_DUPLICATE_KEY || id == TEM_MSG_TEXT_UTF8;
    while (values && give_byte(&byte, 1, feed) == 1)
        ;
    if (!values || !feed->done)
        return tem_reader_give_up(reader, line, id, found);
    reader->problems.row = line;
    tem_record_problem(&reader->problems, "", "", TEM_SEVERITY_ERROR, id, "");
    reader->unread = *found = true;
    return TEM_OK;
}

static int skip_space(struct tem_source *source)
{
    int c;
    while ((c = tem_source_peek(source)) == ' ' || c == '\t' || c == '\r' ||
           c == '\n')
        tem_source_take(source);
    return c;
}

/* Go on to the next lot of the array; what stands before it on its line is
 * noted. */
static int skip_to_item(struct tem_record_reader *reader)
{
    struct tem_source *source = &reader->source;
    tem_source_take(source);
    uint64_t line = source->line;
    int c = skip_space(source);
    reader->problems.row_shared = source->line == line;
    return c;
}

/* Go to the next lot's brace. False when there is none: the end of the file
 * or, with @p broken, something else than a lot. */
static bool find_lot(struct tem_record_reader *reader, bool *broken)
{
    struct tem_source *source = &reader->source;
    uint64_t line = source->line;
    int c = skip_space(source);
    *broken = false;
    reader->problems.row_shared = !reader->first && source->line == line;
    if (reader->first && c == '[') {
        reader->in_array = true;
        c = skip_to_item(reader);
    } else if (reader->in_array && !reader->first && c == ',') {
        c = skip_to_item(reader);
        *broken = c != '{';
        return c == '{';
    }
    if (reader->in_array && c == ']') {
        tem_source_take(source);
        *broken = skip_space(source) >= 0;
        return false;
    }
    bool wanted = c == '{' && (!reader->in_array || reader->first);
    *broken = !wanted && (c >= 0 || reader->in_array);
    return wanted;
}

enum tem_status tem_json_next(struct tem_record_reader *reader,
                              struct tem_record *record, bool *found,
                              struct tem_error *error)
{
    bool broken;
    if (!find_lot(reader, &broken)) {
        if (broken)
            return tem_reader_give_up(reader, reader->source.line,
                                      tem_source_peek(&reader->source) < 0
                                          ? TEM_MSG_RECORD_CUT
                                          : TEM_MSG_RECORD_SYNTAX,
                                      found);
        reader->state = STATE_END;
        return TEM_OK;
    }
    reader->first = false;
    reader->problems.row = reader->source.line;
    struct feed feed = {.source = &reader->source};
    json_error_t reason;
    json_t *object = json_load_callback(
        give_byte, &feed, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES,
        &reason);
    if (!object) {
        if (json_error_code(&reason) == json_error_out_of_memory)
            return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        return tell_broken(reader, &feed, &reason, found);
    }
    set_record(reader, record, object);
    json_decref(object);
    *found = true;
    return TEM_OK;
}
