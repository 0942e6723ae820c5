/* SPDX-License-Identifier: MIT */
/* See template.h: a template is read, one box after another. */
#include "template.h"
#include "../error/fail.h"
#include "../table/reader.h"
#include <stdlib.h>
#include <string.h>

/* A template being read. */
struct reading {
    struct tem_table_reader reader;
    struct tem_bytes left; /* of the file */
    union {
        struct tem_box box;
        struct tem_template_head head;
    } row;
};

static ptrdiff_t read_bytes(void *context, void *data, size_t size)
{
    struct tem_bytes *left = context;
    size_t count = size < left->size ? size : left->size;
    if (count > 0)
        memcpy(data, left->data, count);
    left->data += count;
    left->size -= count;
    return (ptrdiff_t)count;
}

/* ---- what is left open -------------------------------------------------- */

static void or_else(int64_t *number, int64_t value)
{
    if (*number == TEM_NUMBER_NONE)
        *number = value;
}

static void complete_box(struct tem_box *box, const struct tem_problems *told)
{
    box->line = told->row;
    or_else(&box->bold, 0);
    or_else(&box->upper, 0);
    or_else(&box->align, TEM_ALIGN_START);
    or_else(&box->valign, TEM_ALIGN_START);
    or_else(&box->letters_min, box->letters);
    or_else(&box->module, 0);
}

static void complete_head(struct tem_template_head *head)
{
    or_else(&head->columns, 1);
    or_else(&head->rows, 1);
    or_else(&head->left, 0);
    or_else(&head->top, 0);
    or_else(&head->gap_x, 0);
    or_else(&head->gap_y, 0);
    or_else(&head->feed_gap, 0);
}

/* ---- reading ------------------------------------------------------------ */

static void take_problems(struct tem_template *template,
                          const struct tem_problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (template->problem_count < TEM_PROBLEMS_MAX)
            template->problems[template->problem_count++] = problems->list[i];
}

static enum tem_status keep_box(struct tem_template *template,
                                const struct tem_box *box,
                                struct tem_problems *problems,
                                struct tem_error *error)
{
    if (template->box_count == TEM_TEMPLATE_BOXES_MAX) {
        tem_problems_add(problems, "boxes", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_TEMPLATE_BOXES, "d",
                         (long long)TEM_TEMPLATE_BOXES_MAX);
        return TEM_OK;
    }
    struct tem_box *more = realloc(
        template->boxes, (template->box_count + 1) * sizeof *template->boxes);
    if (!more)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    template->boxes = more;
    template->boxes[template->box_count] = *box;
    complete_box(&template->boxes[template->box_count++], problems);
    return TEM_OK;
}

static enum tem_status take_row(struct tem_template *template,
                                struct reading *reading,
                                const struct tem_found *found,
                                struct tem_error *error)
{
    struct tem_problems *problems = &reading->reader.problems;
    enum tem_status status = TEM_OK;
    if (found->table)
        tem_table_require(&reading->reader, found->table, &reading->row);
    if (found->table == &tem_template_outer) {
        complete_head(&reading->row.head);
        template->head = reading->row.head;
    } else if (found->table) {
        status = keep_box(template, &reading->row.box, problems, error);
    }
    take_problems(template, problems);
    return status;
}

static enum tem_status read_rows(struct tem_template *template,
                                 struct reading *reading,
                                 struct tem_error *error)
{
    struct tem_found found = {true, NULL};
    enum tem_status status = TEM_OK;
    while (status == TEM_OK && found.any) {
        status = tem_table_next(&reading->reader, &reading->row, &found, error);
        if (status == TEM_OK && found.any)
            status = take_row(template, reading, &found, error);
    }
    return status;
}

static enum tem_status read_all(struct tem_template *template,
                                struct reading *reading,
                                struct tem_error *error)
{
    struct tem_problems *problems = &reading->reader.problems;
    enum tem_status status = read_rows(template, reading, error);
    if (status != TEM_OK)
        return status;
    problems->count = 0;
    problems->row = problems->lot = 0;
    if (template->problem_count == 0)
        tem_template_check(template, problems);
    take_problems(template, problems);
    return TEM_OK;
}

enum tem_status tem_template_read(struct tem_bytes json,
                                  struct tem_template **template,
                                  struct tem_error *error)
{
    struct tem_kinds kinds = {&tem_template_boxes, 1, &tem_template_outer};
    struct reading *reading = calloc(1, sizeof *reading);
    struct tem_template *made = calloc(1, sizeof *made);
    struct tem_template_head outer;
    if (!reading || !made) {
        free(reading);
        free(made);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    reading->left = json;
    tem_row_init(&outer, &tem_template_outer);
    tem_table_open(&reading->reader, read_bytes, &reading->left,
                   TEM_FORMAT_JSON, kinds, &outer);
    enum tem_status status = read_all(made, reading, error);
    tem_table_close(&reading->reader);
    free(reading);
    if (status == TEM_OK)
        *template = made;
    else
        tem_template_free(made);
    return status;
}

void tem_template_free(struct tem_template *template)
{
    if (!template)
        return;
    free(template->boxes);
    free(template);
}

const struct tem_problem *
tem_template_problems(const struct tem_template *template, size_t *count)
{
    *count = template->problem_count;
    return template->problems;
}

/* ---- what it says of itself --------------------------------------------- */

int64_t tem_template_letters(const struct tem_template *template)
{
    /* The decree of 2017 (article 6), which the new one has not replaced in
     * any text that we know. */
    enum { LEAST_UM = 1200, SMALL_LEAST_UM = 900, SMALL_FACE_CM2 = 80 };
    int64_t face = template->head.pack_face;
    return face != TEM_NUMBER_NONE && face < SMALL_FACE_CM2 ? SMALL_LEAST_UM
                                                            : LEAST_UM;
}

static bool has_box(const struct tem_template *template, enum tem_box_kind kind)
{
    for (size_t i = 0; i < template->box_count; i++)
        if (template->boxes[i].kind == kind)
            return true;
    return false;
}

static uint32_t page_side(int64_t page, int64_t label, int64_t count,
                          int64_t gap)
{
    return (uint32_t)(page != TEM_NUMBER_NONE ? page
                                              : count * (label + gap) - gap);
}

struct tem_template_info tem_template_describe(const struct tem_template *template)
{
    const struct tem_template_head *h = &template->head;
    return (struct tem_template_info){
        .name = h->name,
        .title = h->title,
        .title_en = h->title_en,
        .contents = (enum tem_template_contents)h->contents,
        .width_um = (uint32_t)h->width,
        .height_um = (uint32_t)h->height,
        .page_width_um =
            page_side(h->page_width, h->width, h->columns, h->gap_x),
        .page_height_um =
            page_side(h->page_height, h->height, h->rows, h->gap_y),
        .columns = (unsigned)h->columns,
        .rows = (unsigned)h->rows,
        .feed_gap_um = (uint32_t)h->feed_gap,
        .letters_um = (uint32_t)tem_template_letters(template),
        .sheet = h->page_height != TEM_NUMBER_NONE || h->rows > 1,
        .ean13 = has_box(template, TEM_BOX_EAN13),
        .logo = has_box(template, TEM_BOX_LOGO),
        .picture = has_box(template, TEM_BOX_PICTURE),
    };
}
