/* SPDX-License-Identifier: MIT */
/* See heading.h. */
#include "heading.h"
#include "../error/cut.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *tem_column_path(const struct tem_column *column,
                            char out[TEM_PROBLEM_FIELD_SIZE])
{
    return tem_problems_path(out, column->list ? column->list->key : NULL,
                             column->index, column->field->key);
}

/* ---- a name to its field ---- */

/* "steps_2_mass_in_kg" with one of a list's names in front: its number (from
 * 1) and the rest; 0 if it is not so. */
static unsigned long item_number(const char *name, size_t length,
                                 const char *folded, const char **rest)
{
    char *end;
    if (strncmp(folded, name, length) != 0 || folded[length] != '_')
        return 0;
    unsigned long number = strtoul(folded + length + 1, &end, 10);
    if (end == folded + length + 1 || *end != '_')
        return 0;
    *rest = end + 1;
    return number;
}

/* The list whose item's field the name seems to be, or NULL. */
static const struct tem_field_list *find_list(const struct tem_table *table,
                                              const char *folded,
                                              unsigned long *number,
                                              const char **rest)
{
    for (const struct tem_field_list *l = table->lists; l && l->key; l++) {
        *number = item_number(l->key, strlen(l->key), folded, rest);
        for (const char *at = l->also; *at && *number == 0;) {
            size_t length = strcspn(at, " ");
            if (length > 0)
                *number = item_number(at, length, folded, rest);
            at += length + (at[length] != '\0');
        }
        if (*number > 0 && *number <= l->most)
            return l;
    }
    return NULL;
}

static struct tem_column find_column(const struct tem_table *table,
                                     const char *folded)
{
    unsigned long number;
    const char *rest;
    const struct tem_field *field = tem_field_find(table->fields, folded);
    if (field)
        return (struct tem_column){field, NULL, 0};
    const struct tem_field_list *list =
        find_list(table, folded, &number, &rest);
    if (!list)
        return (struct tem_column){NULL, NULL, 0};
    return (struct tem_column){tem_field_find(list->fields, rest), list,
                               number - 1};
}

/* ---- what is wrong with it ---- */

/* Add a problem of a column, named as the sheet does. */
static void tell(struct tem_heading *heading, const char *field,
                 const char *column, enum tem_message_id id, const char *key,
                 const char *name)
{
    struct tem_problems *problems = &heading->problems;
    tem_problems_add(problems, field, "", TEM_SEVERITY_ERROR, id, "ss", key,
                     name);
    if (problems->count < TEM_PROBLEMS_MAX)
        tem_problems_path(problems->list[problems->count - 1].column, NULL, 0,
                          column);
}

/* The nearest names, as a key and as a heading, with the list in front. */
static void tell_unknown(struct tem_heading *heading, const char *name,
                         const char *folded)
{
    enum { SIZE = 2 * TEM_PROBLEM_FIELD_SIZE };
    char key[SIZE], vi[SIZE];
    unsigned long number;
    const char *rest;
    const struct tem_table *table = heading->table;
    const struct tem_field_list *list =
        find_list(table, folded, &number, &rest);
    if (!list)
        rest = folded;
    struct tem_nearest nearest = tem_field_nearest(
        list ? list->fields : table->fields, list ? NULL : table->lists, rest);
    if (list) {
        snprintf(key, sizeof key, "%s_%lu_%s", list->key, number, nearest.key);
        snprintf(vi, sizeof vi, "%s %lu %s", list->heading, number,
                 nearest.heading);
    } else {
        snprintf(key, sizeof key, "%s", nearest.key);
        snprintf(vi, sizeof vi, "%s", nearest.heading);
    }
    tell(heading, "", name,
         tem_nearest_is_close(&nearest, rest) ? TEM_MSG_RECORD_HEADING
                                              : TEM_MSG_RECORD_HEADING_FAR,
         key, vi);
}

static bool same(const struct tem_column *a, const struct tem_column *b)
{
    return a->field == b->field && a->list == b->list && a->index == b->index;
}

static bool has_column(const struct tem_heading *heading,
                       const struct tem_column *wanted)
{
    for (size_t i = 0; i < heading->count; i++)
        if (same(&heading->columns[i], wanted))
            return true;
    return false;
}

static void require_columns(struct tem_heading *heading,
                            const struct tem_field *fields,
                            const struct tem_field_list *list, size_t index)
{
    char path[TEM_PROBLEM_FIELD_SIZE], name[2 * TEM_PROBLEM_FIELD_SIZE];
    for (const struct tem_field *f = fields; f->key; f++) {
        struct tem_column wanted = {f, list, index};
        if (!f->required || has_column(heading, &wanted))
            continue;
        if (list)
            snprintf(name, sizeof name, "%s %zu %s", list->heading, index + 1,
                     f->heading);
        else
            snprintf(name, sizeof name, "%s", f->heading);
        tell(heading, tem_column_path(&wanted, path), name,
             TEM_MSG_RECORD_COLUMN, "", "");
    }
}

/* Has the sheet a column of the list's item? */
static bool has_item(const struct tem_heading *heading,
                     const struct tem_field_list *list, size_t index)
{
    for (size_t i = 0; i < heading->count; i++)
        if (heading->columns[i].field && heading->columns[i].list == list &&
            heading->columns[i].index == index)
            return true;
    return false;
}

/* A column that must be there is told once, not in every row. */
static void require_all(struct tem_heading *heading)
{
    require_columns(heading, heading->table->fields, NULL, 0);
    for (const struct tem_field_list *l = heading->table->lists; l && l->key;
         l++)
        for (size_t i = 0; i < l->most; i++)
            if ((l->required && i == 0) || has_item(heading, l, i))
                require_columns(heading, l->fields, l, i);
}

/* ---- reading it ---- */

static void read_cell(struct tem_heading *heading, size_t i,
                      struct tem_bytes cell)
{
    char folded[TEM_FOLDED_SIZE], path[TEM_PROBLEM_FIELD_SIZE];
    struct tem_column *column = &heading->columns[i];
    char *name = heading->names[i];
    size_t size = cell.size;
    if (size >= TEM_PROBLEM_FIELD_SIZE)
        size = tem_cut((const char *)cell.data, TEM_PROBLEM_FIELD_SIZE - 1);
    memcpy(name, cell.data, size);
    name[size] = '\0';
    tem_text_fold(cell, folded, sizeof folded);
    *column = find_column(heading->table, folded);
    if (!column->field && size > 0)
        tell_unknown(heading, name, folded);
    for (size_t k = 0; k < i && column->field; k++)
        if (same(&heading->columns[k], column))
            tell(heading, tem_column_path(column, path), name,
                 TEM_MSG_RECORD_TWICE, "", "");
}

/* UTF-8 without a NUL, as UTF-16 would have? */
static bool is_text(struct tem_bytes cell)
{
    uint8_t memory[TEM_FOLDED_SIZE];
    struct tem_buffer out = {memory, sizeof memory, 0};
    struct tem_error error;
    return tem_text_nfc(cell, &out, NULL, &error) != TEM_E_FORMAT ||
           (error.message.id != TEM_MSG_TEXT_UTF8 &&
            !memchr(cell.data, '\0', cell.size));
}

static void give_up(struct tem_heading *heading, enum tem_message_id why)
{
    heading->useless = true;
    heading->problems.count = 0;
    tem_problems_add(&heading->problems, "", "", TEM_SEVERITY_ERROR, why, "");
}

static size_t count_known(const struct tem_table *table,
                          const struct tem_bytes *cells, size_t count)
{
    char folded[TEM_FOLDED_SIZE];
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        tem_text_fold(cells[i], folded, sizeof folded);
        known += find_column(table, folded).field != NULL;
    }
    return known;
}

void tem_heading_read(struct tem_heading *heading,
                      const struct tem_table *tables, size_t table_count,
                      const struct tem_bytes *cells, size_t count)
{
    size_t known = 0;
    bool text = true;
    heading->table = tables;
    for (size_t i = 0; i < table_count; i++) {
        size_t here = count_known(&tables[i], cells, count);
        if (here > known)
            heading->table = &tables[i];
        known = here > known ? here : known;
    }
    for (size_t i = 0; i < count; i++) {
        text &= is_text(cells[i]);
        read_cell(heading, i, cells[i]);
    }
    heading->count = count;
    if (!text)
        give_up(heading, TEM_MSG_RECORD_ENCODING);
    else if (known == 0)
        give_up(heading, TEM_MSG_RECORD_NO_HEADING);
    else
        require_all(heading);
}

void tem_heading_name(const struct tem_heading *heading,
                      struct tem_problems *problems)
{
    char path[TEM_PROBLEM_FIELD_SIZE];
    for (size_t p = 0; p < problems->count; p++) {
        struct tem_problem *problem = &problems->list[p];
        for (size_t i = 0;
             i < heading->count && problem->field[0] && !problem->column[0];
             i++)
            if (heading->columns[i].field &&
                strcmp(tem_column_path(&heading->columns[i], path),
                       problem->field) == 0)
                memcpy(problem->column, heading->names[i],
                       sizeof problem->column);
    }
}
