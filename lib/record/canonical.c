/* SPDX-License-Identifier: MIT */
/* See <tem/record.h> and FORMAT.md: the canonical form, JSON as RFC 8785 wants
 * it. Keys are ASCII, texts hold no control characters, and numbers have few
 * digits: so sorting bytes is sorting code units, only `"` and `\` need an
 * escape, and the shortest decimal is the number that ECMAScript prints. */
#include "../error/fail.h"
#include "../table/decimal.h"
#include "fields.h"
#include <stdio.h>
#include <string.h>

struct writer {
    char *data;
    size_t capacity, size; /* size goes on counting past the capacity */
};

static void put_raw(struct writer *w, const char *text, size_t length)
{
    if (w->size <= w->capacity && length <= w->capacity - w->size)
        memcpy(w->data + w->size, text, length);
    w->size += length;
}

static void put(struct writer *w, const char *text)
{
    put_raw(w, text, strlen(text));
}

static void put_string(struct writer *w, const char *text)
{
    put(w, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            put(w, "\\");
        put_raw(w, text, 1);
    }
    put(w, "\"");
}

static void put_number(struct writer *w, int64_t value, unsigned decimals)
{
    char text[TEM_DECIMAL_SIZE];
    put(w, tem_decimal_show(value, decimals, text));
}

static void put_moment(struct writer *w, int64_t minutes)
{
    enum { DAY = 24 * 60 };
    char date[TEM_DATE_TEXT_SIZE], text[64];
    int64_t day = minutes / DAY - (minutes % DAY < 0);
    int64_t time = minutes - day * DAY;
    snprintf(text, sizeof text, "%sT%02d:%02d",
             tem_date_iso((int32_t)day, date), (int)(time / 60),
             (int)(time % 60));
    put_string(w, text);
}

static void put_choice(struct writer *w, const struct tem_field *field,
                       int64_t value)
{
    const struct tem_choice *c = field->choices;
    while (c->word && c->value != value)
        c++;
    put_string(w, c->word ? c->word : "");
}

/* Of the several that a field may have all are codes. */
static void put_several(struct writer *w, const void *base,
                        const struct tem_field *field)
{
    const char *at = tem_field_in(base, field);
    put(w, "[");
    for (size_t i = 0; i < tem_field_count(base, field); i++) {
        put(w, i ? "," : "");
        put_string(w, at + i * field->size);
    }
    put(w, "]");
}

static void put_value(struct writer *w, const void *base,
                      const struct tem_field *field)
{
    char date[TEM_DATE_TEXT_SIZE];
    const void *at = tem_field_in(base, field);
    if (field->most > 0) {
        put_several(w, base, field);
        return;
    }
    switch (field->type) {
    case TEM_FIELD_NUMBER:
        put_number(w, *(const int64_t *)at, field->decimals);
        break;
    case TEM_FIELD_BOOL:
        put(w, *(const int64_t *)at ? "true" : "false");
        break;
    case TEM_FIELD_DATE:
        put_string(w, tem_date_iso(*(const int32_t *)at, date));
        break;
    case TEM_FIELD_MOMENT:
        put_moment(w, *(const int64_t *)at);
        break;
    case TEM_FIELD_CHOICE:
        put_choice(w, field, *(const int64_t *)at);
        break;
    default:
        put_string(w, at);
    }
}

/* ---- members in order ---- */

static const char *const nothing_before = "";

/* The sealed member that comes next after the key @p after, or NULL. */
static const struct tem_field *
next_field(const void *base, const struct tem_field *fields, const char *after)
{
    const struct tem_field *next = NULL;
    for (const struct tem_field *f = fields; f->key; f++)
        if (f->sealed && !tem_field_absent(base, f) &&
            strcmp(f->key, after) > 0 &&
            (!next || strcmp(f->key, next->key) < 0))
            next = f;
    return next;
}

static void put_object(struct writer *w, const void *base,
                       const struct tem_field *fields)
{
    const char *after = nothing_before;
    const struct tem_field *field;
    put(w, "{");
    while ((field = next_field(base, fields, after))) {
        put(w, after == nothing_before ? "" : ",");
        put_string(w, field->key);
        put(w, ":");
        put_value(w, base, field);
        after = field->key;
    }
    put(w, "}");
}

static size_t count_of(const struct tem_record *record,
                       const struct tem_field_list *list)
{
    return *(const size_t *)(const void *)((const char *)record +
                                           list->count_offset);
}

static void put_list(struct writer *w, const struct tem_record *record,
                     const struct tem_field_list *list)
{
    const char *base = (const char *)record + list->offset;
    put(w, "[");
    for (size_t i = 0; i < count_of(record, list); i++) {
        put(w, i ? "," : "");
        put_object(w, base + i * list->stride, list->fields);
    }
    put(w, "]");
}

static const struct tem_field_list *next_list(const struct tem_record *record,
                                              const char *after)
{
    const struct tem_field_list *next = NULL;
    for (const struct tem_field_list *l = tem_record_lists; l->key; l++)
        if (l->sealed && count_of(record, l) > 0 && strcmp(l->key, after) > 0 &&
            (!next || strcmp(l->key, next->key) < 0))
            next = l;
    return next;
}

/* Fields and lists of the record itself, merged in the order of their keys. */
static void put_record(struct writer *w, const struct tem_record *record)
{
    const char *after = nothing_before;
    put(w, "{");
    for (;;) {
        const struct tem_field *field =
            next_field(record, tem_record_fields, after);
        const struct tem_field_list *list = next_list(record, after);
        if (!field && !list)
            break;
        bool is_list = list && (!field || strcmp(list->key, field->key) < 0);
        const char *key = is_list ? list->key : field->key;
        put(w, after == nothing_before ? "" : ",");
        put_string(w, key);
        put(w, ":");
        if (is_list)
            put_list(w, record, list);
        else
            put_value(w, record, field);
        after = key;
    }
    put(w, "}");
}

enum tem_status tem_record_canonical(const struct tem_record *record,
                                     struct tem_buffer *out,
                                     struct tem_error *error)
{
    struct writer measure = {NULL, 0, 0};
    put_record(&measure, record);
    if (measure.size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)measure.size);
    struct writer write = {(char *)out->data, out->capacity, 0};
    put_record(&write, record);
    out->size = write.size;
    return TEM_OK;
}
