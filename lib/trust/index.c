/* SPDX-License-Identifier: MIT */
/* See contents.h: products by GTIN and by code. */
#include "../error/fail.h"
#include "contents.h"
#include <stdlib.h>

struct entry {
    uint32_t maker_id; /* 0 for a GTIN */
    struct tem_bytes text;
    uint32_t number;
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->maker_id != b->maker_id)
        return a->maker_id > b->maker_id ? 1 : -1;
    int order = tem_trust_compare_bytes(a->text, b->text);
    return order != 0 ? order
                      : (a->number > b->number) - (a->number < b->number);
}

static bool are_same(const struct entry *a, const struct entry *b)
{
    return a->maker_id == b->maker_id &&
           tem_trust_compare_bytes(a->text, b->text) == 0;
}

/* The numbers of the products in the order of their entries. @return the number
 * of one that another has too, or NO_PRODUCT. */
static uint32_t order_entries(struct entry *entries, size_t count,
                              uint32_t *numbers)
{
    uint32_t twice = TEM_TRUST_NO_PRODUCT;
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && are_same(&entries[i - 1], &entries[i]))
            twice = entries[i].number;
        numbers[i] = entries[i].number;
    }
    return twice;
}

static enum tem_status fill(const struct tem_trust_contents *c,
                            struct entry *entries,
                            struct tem_trust_index *index,
                            enum tem_status status, struct tem_error *error)
{
    for (uint32_t i = 0; i < c->product_count; i++)
        if (c->products[i].gtin.size > 0)
            entries[index->gtin_count++] =
                (struct entry){0, c->products[i].gtin, i};
    uint32_t twice = order_entries(entries, index->gtin_count, index->by_gtin);
    if (twice != TEM_TRUST_NO_PRODUCT)
        return TEM_FAIL(error, status, TRUST_RULE, "sds", "products",
                        (long long)twice + 1, "gtin");
    for (uint32_t i = 0; i < c->product_count; i++)
        if (c->products[i].code.size > 0)
            entries[index->code_count++] =
                (struct entry){c->products[i].maker_id, c->products[i].code, i};
    twice = order_entries(entries, index->code_count, index->by_code);
    if (twice != TEM_TRUST_NO_PRODUCT)
        return TEM_FAIL(error, status, TRUST_RULE, "sds", "products",
                        (long long)twice + 1, "code");
    return TEM_OK;
}

enum tem_status tem_trust_index(const struct tem_trust_contents *contents,
                                struct tem_trust_index *index,
                                enum tem_status status, struct tem_error *error)
{
    size_t count = contents->product_count + 1;
    struct entry *entries = malloc(count * sizeof *entries);
    *index =
        (struct tem_trust_index){malloc(count * sizeof *index->by_gtin),
                                 malloc(count * sizeof *index->by_code), 0, 0};
    enum tem_status done = entries && index->by_gtin && index->by_code
                               ? fill(contents, entries, index, status, error)
                               : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    free(entries);
    if (done != TEM_OK)
        tem_trust_index_free(index);
    return done;
}

void tem_trust_index_free(struct tem_trust_index *index)
{
    free(index->by_gtin);
    free(index->by_code);
    *index = (struct tem_trust_index){0};
}
