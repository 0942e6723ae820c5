/* SPDX-License-Identifier: MIT */
/* See source.h: rows are read, and kept with where they stood. */
#include "source.h"
#include "../error/cut.h"
#include "../error/fail.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory ------------------------------------------------------------- */

void *tem_list_add(struct tem_trust_source *source, struct tem_list *list,
                   size_t size)
{
    if (list->count == list->capacity) {
        size_t more = list->capacity ? 2 * list->capacity : 64;
        void *data = realloc(list->data, more * size);
        if (!data) {
            source->no_memory = true;
            return NULL;
        }
        list->data = data;
        list->capacity = more;
    }
    void *one = (char *)list->data + list->count++ * size;
    memset(one, 0, size);
    return one;
}

enum {
    TEXT_BLOCK = 65536,
    TEXTS_MAX = 2 * TEM_TRUST_FILE_MAX / TEXT_BLOCK, /* blocks: more than a
                                                        bundle can hold */
};

static bool add_block(struct tem_trust_source *source)
{
    uint8_t **place = tem_list_add(source, &source->texts, sizeof source->text);
    if (!place)
        return false;
    source->text = *place = malloc(TEXT_BLOCK);
    source->text_used = 0;
    source->no_memory |= !source->text;
    return source->text != NULL;
}

struct tem_bytes tem_source_keep(struct tem_trust_source *source,
                                 const void *data, size_t size)
{
    struct tem_bytes none = {NULL, 0};
    if (size == 0 || size > TEXT_BLOCK)
        return none;
    if ((!source->text || size > TEXT_BLOCK - source->text_used) &&
        !add_block(source))
        return none;
    uint8_t *at = source->text + source->text_used;
    memcpy(at, data, size);
    source->text_used += size;
    return (struct tem_bytes){at, size};
}

/* ---- problems ----------------------------------------------------------- */

void tem_source_tell(struct tem_trust_source *source,
                     const struct tem_origin *origin)
{
    struct tem_problems *found = &source->problems;
    const char *file =
        origin->file < source->file_count ? source->names[origin->file] : "";
    for (size_t i = 0; i < found->count; i++) {
        struct tem_problem *problem = &found->list[i];
        problem->row = origin->row;
        problem->lot = origin->lot;
        source->errors += problem->severity == TEM_SEVERITY_ERROR;
        source->tell(source->context, file, problem);
    }
    found->count = 0;
}

const char *tem_source_place(const struct tem_trust_source *source,
                             const struct tem_origin *origin,
                             char out[TEM_MESSAGE_ARG_SIZE])
{
    enum { ROOM = TEM_MESSAGE_ARG_SIZE - 24 }; /* the row's behind it */
    const char *name = source->names[origin->file];
    size_t length = strlen(name);
    length = length > ROOM ? tem_cut(name, ROOM) : length;
    snprintf(out, TEM_MESSAGE_ARG_SIZE, "%.*s:%llu", (int)length, name,
             (unsigned long long)origin->row);
    return out;
}

/* ---- reading ------------------------------------------------------------ */

static bool has_error(const struct tem_problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (problems->list[i].severity == TEM_SEVERITY_ERROR)
            return true;
    return false;
}

/* A file of some lists says nothing of the bundle itself. */
static bool is_empty_head(const struct tem_table *table,
                          const union tem_row *row)
{
    if (table != &tem_trust_head)
        return false;
    for (const struct tem_field *f = table->fields; f->key; f++)
        if (!tem_field_absent(row, f) && strcmp(f->key, "note") != 0)
            return false;
    return true;
}

static void take_row(struct tem_trust_source *source,
                     struct tem_table_reader *reader,
                     const struct tem_table *table, union tem_row *row)
{
    struct tem_origin origin = {source->file_count - 1, reader->problems.row,
                                reader->problems.lot};
    bool empty = table && is_empty_head(table, row);
    if (table && !empty)
        tem_table_require(reader, table, row);
    source->problems.count = 0;
    if (table && !empty && !has_error(&reader->problems))
        tem_source_keep_row(source, table, row, &origin);
    for (size_t i = 0; i < source->problems.count; i++)
        if (reader->problems.count < TEM_PROBLEMS_MAX)
            reader->problems.list[reader->problems.count++] =
                source->problems.list[i];
    source->problems.count = 0;
    tem_table_name(reader);
    for (size_t i = 0; i < reader->problems.count; i++) {
        struct tem_problem *problem = &reader->problems.list[i];
        if (problem->row == 0) { /* one of ours */
            problem->row = origin.row;
            problem->lot = origin.lot;
        }
        source->errors += problem->severity == TEM_SEVERITY_ERROR;
        source->tell(source->context, source->names[origin.file], problem);
    }
}

static bool is_full(const struct tem_trust_source *source)
{
    return source->makers.count > TEM_TRUST_MAKERS_MAX ||
           source->products.count > TEM_TRUST_PRODUCTS_MAX ||
           source->keys.count > TEM_TRUST_KEYS_MAX ||
           source->certificates.count > TEM_TRUST_CERTIFICATES_MAX ||
           source->revocations.count > TEM_TRUST_WITHDRAWALS_MAX ||
           source->refs.count > TEM_TRUST_LISTED_MAX ||
           source->texts.count > TEXTS_MAX;
}

static enum tem_status read_rows(struct tem_trust_source *source,
                                 struct tem_table_reader *reader,
                                 union tem_row *row, struct tem_error *error)
{
    struct tem_found found;
    enum tem_status status;
    while ((status = tem_table_next(reader, row, &found, error)) == TEM_OK &&
           found.any) {
        take_row(source, reader, found.table, row);
        if (source->no_memory)
            return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        if (is_full(source))
            return TEM_FAIL(error, TEM_E_LIMIT, SOURCE_FULL, "");
    }
    return status;
}

/* What reading one file needs; too large for the stack. */
struct reading {
    struct tem_table_reader reader;
    union tem_row row, outer;
};

enum tem_status tem_trust_source_read(struct tem_trust_source *source,
                                      const char *name, tem_read_fn read,
                                      void *read_context,
                                      enum tem_format format,
                                      struct tem_error *error)
{
    struct tem_kinds kinds = {tem_trust_tables, TEM_ROWS_COUNT,
                              &tem_trust_head};
    size_t size = strlen(name) + 1;
    if (source->file_count == TEM_SOURCE_FILES_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, SOURCE_FULL, "");
    struct reading *reading = calloc(1, sizeof *reading);
    char *copy = malloc(size);
    if (!reading || !copy) {
        free(reading);
        free(copy);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    source->names[source->file_count++] = memcpy(copy, name, size);
    tem_row_init(&reading->outer, &tem_trust_head);
    tem_table_open(&reading->reader, read, read_context, format, kinds,
                   &reading->outer);
    enum tem_status status =
        read_rows(source, &reading->reader, &reading->row, error);
    tem_table_close(&reading->reader);
    free(reading);
    return status;
}

/* ---- from the beginning to the end -------------------------------------- */

enum tem_status tem_trust_source_new(tem_trust_problem_fn tell, void *context,
                                     struct tem_trust_source **source,
                                     struct tem_error *error)
{
    struct tem_trust_source *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    made->tell = tell;
    made->context = context;
    *source = made;
    return TEM_OK;
}

void tem_trust_source_free(struct tem_trust_source *source)
{
    if (!source)
        return;
    struct tem_list *lists[] = {
        &source->makers,       &source->products,        &source->keys,
        &source->certificates, &source->revocations,     &source->refs,
        &source->listed,       &source->known,           &source->key_ends,
        &source->withdrawals,  &source->certificate_ends};
    uint8_t **texts = source->texts.data;
    for (size_t i = 0; i < source->texts.count; i++)
        free(texts[i]);
    free(texts);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->data);
    for (unsigned i = 0; i < source->file_count; i++)
        free(source->names[i]);
    free(source->built.contents.makers);
    free(source->built.contents.products);
    free(source->built.contents.keys);
    free(source->built.contents.certificates);
    tem_trust_index_free(&source->built.index);
    free(source);
}
