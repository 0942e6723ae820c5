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

static void order_entries(struct entry *entries, size_t count,
                          uint32_t *numbers)
{
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count; i++)
        numbers[i] = entries[i].number;
}

static void fill(const struct tem_trust_contents *c, struct entry *entries,
                 struct tem_trust_index *index)
{
    for (uint32_t i = 0; i < c->product_count; i++)
        if (c->products[i].gtin.size > 0)
            entries[index->gtin_count++] =
                (struct entry){0, c->products[i].gtin, i};
    order_entries(entries, index->gtin_count, index->by_gtin);
    for (uint32_t i = 0; i < c->product_count; i++)
        if (c->products[i].code.size > 0)
            entries[index->code_count++] =
                (struct entry){c->products[i].maker_id, c->products[i].code, i};
    order_entries(entries, index->code_count, index->by_code);
}

enum tem_status tem_trust_index(const struct tem_trust_contents *contents,
                                struct tem_trust_index *index,
                                struct tem_error *error)
{
    size_t count = contents->product_count + 1;
    struct entry *entries = malloc(count * sizeof *entries);
    *index =
        (struct tem_trust_index){malloc(count * sizeof *index->by_gtin),
                                 malloc(count * sizeof *index->by_code), 0, 0};
    bool memory = entries && index->by_gtin && index->by_code;
    if (memory)
        fill(contents, entries, index);
    else
        tem_trust_index_free(index);
    free(entries);
    return memory ? TEM_OK : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
}

bool tem_trust_same_gtin(const struct tem_trust_contents *contents, uint32_t a,
                         uint32_t b)
{
    return tem_trust_compare_bytes(contents->products[a].gtin,
                                   contents->products[b].gtin) == 0;
}

bool tem_trust_same_code(const struct tem_trust_contents *contents, uint32_t a,
                         uint32_t b)
{
    const struct tem_trust_product *one = &contents->products[a];
    const struct tem_trust_product *other = &contents->products[b];
    return one->maker_id == other->maker_id &&
           tem_trust_compare_bytes(one->code, other->code) == 0;
}

/* Has each KID a key of its own? */
static enum tem_status check_keys(const struct tem_trust_contents *c,
                                  enum tem_status status,
                                  struct tem_error *error)
{
    struct entry *entries = malloc((c->key_count + 1) * sizeof *entries);
    size_t same = 0;
    if (!entries)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    for (uint32_t i = 0; i < c->key_count; i++)
        entries[i] = (struct entry){0, c->keys[i].raw, i};
    qsort(entries, c->key_count, sizeof *entries, compare);
    for (size_t i = 1; i < c->key_count && same == 0; i++)
        if (tem_trust_compare_bytes(entries[i - 1].text, entries[i].text) == 0)
            same = entries[i].number + 1;
    free(entries);
    return same == 0 ? TEM_OK
                     : TEM_FAIL(error, status, TRUST_RULE, "sds", "keys",
                                (long long)same, "key");
}

enum tem_status tem_trust_index_check(const struct tem_trust_contents *contents,
                                      const struct tem_trust_index *index,
                                      enum tem_status status,
                                      struct tem_error *error)
{
    for (size_t i = 1; i < index->gtin_count; i++)
        if (tem_trust_same_gtin(contents, index->by_gtin[i - 1],
                                index->by_gtin[i]))
            return TEM_FAIL(error, status, TRUST_RULE, "sds", "products",
                            (long long)index->by_gtin[i] + 1, "gtin");
    for (size_t i = 1; i < index->code_count; i++)
        if (tem_trust_same_code(contents, index->by_code[i - 1],
                                index->by_code[i]))
            return TEM_FAIL(error, status, TRUST_RULE, "sds", "products",
                            (long long)index->by_code[i] + 1, "code");
    return check_keys(contents, status, error);
}

void tem_trust_index_free(struct tem_trust_index *index)
{
    free(index->by_gtin);
    free(index->by_code);
    *index = (struct tem_trust_index){0};
}
