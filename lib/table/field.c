/* SPDX-License-Identifier: MIT */
/* See field.h: walking the tables. */
#include "field.h"
#include <string.h>

bool tem_field_named(const char *key, const char *also, const char *folded)
{
    size_t length = strlen(folded);
    if (strcmp(key, folded) == 0)
        return true;
    for (const char *at = also; length && (at = strstr(at, folded)); at++)
        if (at > also && at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}

const struct tem_field *tem_field_find(const struct tem_field *fields,
                                       const char *folded)
{
    for (const struct tem_field *f = fields; f->key; f++)
        if (tem_field_named(f->key, f->also, folded))
            return f;
    return NULL;
}

static bool is_text(const struct tem_field *field)
{
    return field->type == TEM_FIELD_TEXT || field->type == TEM_FIELD_GTIN ||
           field->type == TEM_FIELD_LOT || field->type == TEM_FIELD_PATTERN ||
           field->type == TEM_FIELD_GLN || field->type == TEM_FIELD_AREA;
}

size_t tem_field_count(const void *base, const struct tem_field *field)
{
    const char *at = base;
    return *(const size_t *)(const void *)(at + field->count_offset);
}

bool tem_field_absent(const void *base, const struct tem_field *field)
{
    const void *at = tem_field_in(base, field);
    if (field->most > 0)
        return tem_field_count(base, field) == 0;
    if (is_text(field))
        return *(const char *)at == '\0';
    if (field->type == TEM_FIELD_DATE)
        return *(const int32_t *)at == TEM_DATE_NONE;
    return *(const int64_t *)at == TEM_NUMBER_NONE;
}

size_t *tem_list_count(void *row, const struct tem_field_list *list)
{
    return (size_t *)(void *)((char *)row + list->count_offset);
}

void *tem_list_item(void *row, const struct tem_field_list *list, size_t index)
{
    return (char *)row + list->offset + index * list->stride;
}

static void init_field(void *base, const struct tem_field *field)
{
    void *at = tem_field_at(base, field);
    if (field->most > 0) {
        memset(at, 0, field->most * field->size);
    } else if (is_text(field)) {
        memset(at, 0, field->size);
    } else if (field->type == TEM_FIELD_DATE) {
        *(int32_t *)at = TEM_DATE_NONE;
    } else {
        *(int64_t *)at = TEM_NUMBER_NONE;
    }
}

/* The row is all zero: so are the counts. */
static void init_fields(void *base, const struct tem_field *fields)
{
    for (const struct tem_field *f = fields; f->key; f++)
        init_field(base, f);
}

void tem_row_init(void *row, const struct tem_table *table)
{
    memset(row, 0, table->size);
    init_fields(row, table->fields);
    for (const struct tem_field_list *l = table->lists; l && l->key; l++)
        for (size_t i = 0; i < l->most; i++)
            init_fields(tem_list_item(row, l, i), l->fields);
}
