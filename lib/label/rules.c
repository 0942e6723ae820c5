/* SPDX-License-Identifier: MIT */
/* See template.h: what a template's members say together. */
#include "../table/problems.h"
#include "template.h"
#include "wording.h"
#include <stdio.h>
#include <string.h>

enum {
    MM_SIZE = 16,
    LEAST_SIDE = 49
}; /* modules of a compact label's symbol:
      version 8 */

/* "0.9", "70": millimetres without noughts at the end. */
static const char *mm(int64_t um, char out[MM_SIZE])
{
    int size = snprintf(out, MM_SIZE, "%lld.%03lld", (long long)(um / 1000),
                        (long long)(um % 1000));
    while (out[size - 1] == '0')
        out[--size] = '\0';
    if (out[size - 1] == '.')
        out[--size] = '\0';
    return out;
}

#define FAULT(problems, field, name, ...)                                      \
    tem_problems_add(problems, field, "", TEM_SEVERITY_ERROR, TEM_MSG_##name,  \
                     __VA_ARGS__)

const char *const *tem_template_required(enum tem_template_contents contents)
{
    static const char *const full[] = {
        "name",    "ingredients", "net",      "made",  "best_before", "lot",
        "storage", "usage",       "warnings", "maker", "origin",      NULL};
    static const char *const least[] = {"name", "maker", "origin", NULL};
    static const char *const none[] = {NULL};
    return contents == TEM_TEMPLATE_FULL    ? full
           : contents == TEM_TEMPLATE_LEAST ? least
                                            : none;
}

/* ---- one box ------------------------------------------------------------ */

static void check_place(const struct tem_template_head *head,
                        const struct tem_box *box,
                        struct tem_problems *problems)
{
    char end[MM_SIZE], side[MM_SIZE];
    if (box->x + box->width > head->width)
        FAULT(problems, "width_mm", TEMPLATE_OUTSIDE, "nn",
              mm(box->x + box->width, end), mm(head->width, side));
    if (box->y + box->height > head->height)
        FAULT(problems, "height_mm", TEMPLATE_OUTSIDE, "nn",
              mm(box->y + box->height, end), mm(head->height, side));
}

static bool overlap(const struct tem_box *a, const struct tem_box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width &&
           a->y < b->y + b->height && b->y < a->y + a->height;
}

static void check_overlaps(const struct tem_template *template, size_t index,
                           struct tem_problems *problems)
{
    for (size_t i = 0; i < index; i++)
        if (overlap(&template->boxes[i], &template->boxes[index]))
            FAULT(problems, "x_mm", TEMPLATE_OVERLAP, "d",
                  (long long)template->boxes[i].line);
}

static void check_symbol(const struct tem_box *box,
                         struct tem_problems *problems)
{
    char needed[MM_SIZE], has[MM_SIZE];
    int64_t least = (LEAST_SIDE + 2 * TEM_SYMBOL_QUIET_ZONE) *
                    (int64_t)TEM_LABEL_MODULE_MIN_UM;
    int64_t side = box->width < box->height ? box->width : box->height;
    if (side < least)
        FAULT(problems, box->width < least ? "width_mm" : "height_mm",
              TEMPLATE_SYMBOL_ROOM, "nn", mm(least, needed), mm(side, has));
}

/* One paragraph: are its fields known, its marks closed? */
static void check_paragraph(const char *text, const char *path,
                            struct tem_problems *problems)
{
    const char *at = text;
    bool bold = false;
    struct tem_piece piece;
    while ((piece = tem_piece_next(&at)).kind != TEM_PIECE_END) {
        char name[TEM_MESSAGE_ARG_SIZE];
        snprintf(name, sizeof name, "%.*s",
                 (int)(piece.size < 100 ? piece.size : 100), piece.text);
        bold ^= piece.kind == TEM_PIECE_BOLD;
        if (piece.kind == TEM_PIECE_FIELD && !tem_wording_known(&piece))
            FAULT(problems, path, TEMPLATE_FIELD, "s", name);
        if (piece.kind == TEM_PIECE_BROKEN) {
            FAULT(problems, path, TEMPLATE_MARK, "s", text);
            return;
        }
    }
    if (bold)
        FAULT(problems, path, TEMPLATE_MARK, "s", text);
}

static void check_letters(const struct tem_template *template,
                          const struct tem_box *box,
                          struct tem_problems *problems)
{
    char low[MM_SIZE], high[MM_SIZE];
    int64_t least = tem_template_letters(template);
    if (box->letters_min > box->letters)
        FAULT(problems, "letters_min_mm", TEMPLATE_LETTERS_ORDER, "nn",
              mm(box->letters_min, low), mm(box->letters, high));
    else if (box->letters_min < least)
        FAULT(problems, box->letters < least ? "letters_mm" : "letters_min_mm",
              TEMPLATE_LETTERS, "nn", mm(box->letters_min, low),
              mm(least, high));
}

static void check_text(const struct tem_template *template,
                       const struct tem_box *box, struct tem_problems *problems)
{
    if (box->text_count == 0)
        tem_problems_add(problems, "text", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_REQUIRED, "");
    if (box->letters == TEM_NUMBER_NONE)
        tem_problems_add(problems, "letters_mm", "", TEM_SEVERITY_ERROR,
                         TEM_MSG_RECORD_REQUIRED, "");
    else
        check_letters(template, box, problems);
    for (size_t i = 0; i < box->text_count; i++) {
        char path[TEM_PROBLEM_FIELD_SIZE];
        snprintf(path, sizeof path, "text[%zu]", i + 1);
        check_paragraph(box->text[i], path, problems);
    }
}

/* ---- all together ------------------------------------------------------- */

/* Without a caption is as good. */
static bool is_field(const struct tem_piece *piece, const char *name)
{
    size_t size = strlen(name);
    return piece->kind == TEM_PIECE_FIELD && piece->size >= size &&
           memcmp(name, piece->text, size) == 0 &&
           (piece->size == size || piece->text[size] == '.');
}

static bool says(const struct tem_template *template, const char *name)
{
    for (size_t b = 0; b < template->box_count; b++)
        for (size_t i = 0; i < template->boxes[b].text_count; i++) {
            const char *at = template->boxes[b].text[i];
            struct tem_piece piece;
            while ((piece = tem_piece_next(&at)).kind != TEM_PIECE_END)
                if (is_field(&piece, name))
                    return true;
        }
    return false;
}

static void check_contents(const struct tem_template *template,
                           struct tem_problems *problems)
{
    const char *const *name = tem_template_required(
        (enum tem_template_contents) template->head.contents);
    for (; *name; name++)
        if (!says(template, *name))
            FAULT(problems, "boxes", TEMPLATE_MISSING, "s", *name);
}

static void check_page_side(int64_t start, int64_t label, int64_t count,
                            int64_t gap, int64_t page, const char *field,
                            struct tem_problems *problems)
{
    char end[MM_SIZE], side[MM_SIZE];
    int64_t needed = start + count * (label + gap) - gap;
    if (page != TEM_NUMBER_NONE && needed > page)
        FAULT(problems, field, TEMPLATE_PAGE, "nn", mm(needed, end),
              mm(page, side));
}

static void check_page(const struct tem_template_head *h,
                       struct tem_problems *problems)
{
    if ((h->page_width == TEM_NUMBER_NONE) !=
        (h->page_height == TEM_NUMBER_NONE))
        tem_problems_add(problems,
                         h->page_width == TEM_NUMBER_NONE ? "page_width_mm"
                                                          : "page_height_mm",
                         "", TEM_SEVERITY_ERROR, TEM_MSG_RECORD_REQUIRED, "");
    check_page_side(h->left, h->width, h->columns, h->gap_x, h->page_width,
                    "page_width_mm", problems);
    check_page_side(h->top, h->height, h->rows, h->gap_y, h->page_height,
                    "page_height_mm", problems);
}

void tem_template_check(const struct tem_template *template,
                        struct tem_problems *problems)
{
    long long symbols = 0;
    for (size_t i = 0; i < template->box_count; i++) {
        const struct tem_box *box = &template->boxes[i];
        problems->row = box->line;
        problems->lot = i + 1;
        check_place(&template->head, box, problems);
        check_overlaps(template, i, problems);
        if (box->kind == TEM_BOX_TEXT)
            check_text(template, box, problems);
        if (box->kind == TEM_BOX_SYMBOL)
            check_symbol(box, problems);
        symbols += box->kind == TEM_BOX_SYMBOL;
    }
    problems->row = 1;
    problems->lot = 0;
    if (symbols != 1)
        FAULT(problems, "boxes", TEMPLATE_SYMBOLS, "d", symbols);
    check_contents(template, problems);
    check_page(&template->head, problems);
}
