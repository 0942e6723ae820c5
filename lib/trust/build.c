/* SPDX-License-Identifier: MIT */
/* See source.h: rows become the contents of a bundle. Each function tells what
 * is wrong with its list; what needs another list comes after that one. */
#include "../error/fail.h"
#include "source.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tem_trust_source source_t;

static struct tem_source_maker *maker_at(const source_t *s, size_t i)
{
    return &((struct tem_source_maker *)s->makers.data)[i];
}

static struct tem_source_product *product_at(const source_t *s, size_t i)
{
    return &((struct tem_source_product *)s->products.data)[i];
}

static struct tem_source_key *key_at(const source_t *s, size_t i)
{
    return &((struct tem_source_key *)s->keys.data)[i];
}

static struct tem_source_certificate *certificate_at(const source_t *s,
                                                     size_t i)
{
    return &((struct tem_source_certificate *)s->certificates.data)[i];
}

static void sort(struct tem_list *list, size_t size,
                 int (*compare)(const void *, const void *))
{
    if (list->count > 0)
        qsort(list->data, list->count, size, compare);
}

/* At least one, so that none is NULL. */
static void *allocate(source_t *s, size_t count, size_t size)
{
    void *data = calloc(count + 1, size);
    s->no_memory |= !data;
    return data;
}

/* Something is given a second time. */
static void tell_twice(source_t *s, const char *field,
                       const struct tem_origin *first,
                       const struct tem_origin *again)
{
    char place[TEM_MESSAGE_ARG_SIZE];
    TEM_SOURCE_FAULT(s, field, "", SOURCE_TWICE, "s",
                     tem_source_place(s, first, place));
    tem_source_tell(s, again);
}

int tem_source_compare_origins(const struct tem_origin *a,
                               const struct tem_origin *b)
{
    if (a->file != b->file)
        return a->file > b->file ? 1 : -1;
    if (a->row != b->row)
        return a->row > b->row ? 1 : -1;
    return (a->lot > b->lot) - (a->lot < b->lot);
}

/* ---- makers ------------------------------------------------------------- */

static int compare_makers(const void *left, const void *right)
{
    const struct tem_source_maker *a = left, *b = right;
    if (a->maker.id != b->maker.id)
        return a->maker.id > b->maker.id ? 1 : -1;
    return tem_source_compare_origins(&a->origin, &b->origin);
}

/* A34: communes change; a bundle names those of its day. */
static void check_commune(source_t *s, const struct tem_source_maker *maker)
{
    char code[16], day[TEM_DATE_TEXT_SIZE];
    const struct tem_commune *later = NULL;
    snprintf(code, sizeof code, "%05u", (unsigned)maker->maker.commune);
    if (tem_commune_on(code, s->head.issued, &later))
        return;
    tem_date_vn(s->head.issued, day);
    if (later)
        TEM_SOURCE_FAULT(s, "commune", "A34", CHECK_COMMUNE_GONE, "ssss", code,
                         day, later->code, later->name);
    else
        TEM_SOURCE_FAULT(s, "commune", "A34", CHECK_COMMUNE_UNKNOWN, "ss", code,
                         day);
    tem_source_tell(s, &maker->origin);
}

static void build_makers(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    sort(&s->makers, sizeof(struct tem_source_maker), compare_makers);
    c->makers = allocate(s, s->makers.count, sizeof *c->makers);
    for (size_t i = 0; i < s->makers.count && !s->no_memory; i++) {
        const struct tem_source_maker *one = maker_at(s, i);
        check_commune(s, one);
        if (i > 0 && one->maker.id == maker_at(s, i - 1)->maker.id)
            tell_twice(s, "maker_id", &maker_at(s, i - 1)->origin,
                       &one->origin);
        c->makers[c->maker_count++] = one->maker;
    }
}

/* Add a problem unless the maker is there. */
static void need_maker(source_t *s, uint32_t maker_id)
{
    if (!tem_trust_find_maker(&s->built, maker_id))
        TEM_SOURCE_FAULT(s, "maker_id", "", SOURCE_NO_MAKER, "d",
                         (long long)maker_id);
}

/* ---- products ----------------------------------------------------------- */

static int compare_products(const void *left, const void *right)
{
    const struct tem_source_product *a = left, *b = right;
    int order = tem_trust_compare_products(&a->product, &b->product);
    return order != 0 ? order
                      : tem_source_compare_origins(&a->origin, &b->origin);
}

static void check_products(source_t *s)
{
    const struct tem_trust_contents *c = &s->built.contents;
    const struct tem_trust_index *index = &s->built.index;
    const uint32_t *g = index->by_gtin, *k = index->by_code;
    for (size_t i = 1; i < index->gtin_count; i++)
        if (tem_trust_same_gtin(c, g[i - 1], g[i]))
            tell_twice(s, "gtin", &product_at(s, g[i - 1])->origin,
                       &product_at(s, g[i])->origin);
    for (size_t i = 1; i < index->code_count; i++)
        if (tem_trust_same_code(c, k[i - 1], k[i]))
            tell_twice(s, "product_code", &product_at(s, k[i - 1])->origin,
                       &product_at(s, k[i])->origin);
}

static void build_products(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    sort(&s->products, sizeof(struct tem_source_product), compare_products);
    c->products = allocate(s, s->products.count, sizeof *c->products);
    for (size_t i = 0; i < s->products.count && !s->no_memory; i++) {
        need_maker(s, product_at(s, i)->product.maker_id);
        tem_source_tell(s, &product_at(s, i)->origin);
        c->products[c->product_count++] = product_at(s, i)->product;
    }
    if (s->no_memory || tem_trust_index(c, &s->built.index, NULL) != TEM_OK)
        s->no_memory = true;
    else
        check_products(s);
}

uint32_t tem_source_find_product(source_t *s, struct tem_bytes ref,
                                 uint32_t maker_id, const char *field)
{
    char text[TEM_SOURCE_REF_SIZE], gtin[TEM_GTIN_SIZE];
    const struct tem_trust_product *found = NULL;
    memcpy(text, ref.data, ref.size);
    text[ref.size] = '\0';
    if (tem_gtin_valid(ref)) {
        memset(gtin, '0', sizeof gtin);
        memcpy(gtin + sizeof gtin - 1 - ref.size, text, ref.size + 1);
        found = tem_trust_find_gtin(&s->built, gtin);
    }
    if (!found && maker_id != 0)
        found = tem_trust_find_code(&s->built, maker_id, text);
    if (found && (maker_id == 0 || found->maker_id == maker_id))
        return (uint32_t)(found - s->built.contents.products);
    if (found)
        TEM_SOURCE_FAULT(s, field, "", SOURCE_OTHERS_PRODUCT, "sd", text,
                         (long long)found->maker_id);
    else
        TEM_SOURCE_FAULT(s, field, "", SOURCE_NO_PRODUCT, "s", text);
    return TEM_TRUST_NO_PRODUCT;
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The numbers of the products that are named, rising, each once. */
static struct tem_trust_slice build_listed(source_t *s, struct tem_refs refs,
                                           uint32_t maker_id)
{
    const struct tem_bytes *all = s->refs.data;
    size_t first = s->listed.count, kept = first;
    for (size_t i = 0; i < refs.count; i++) {
        uint32_t found = tem_source_find_product(s, all[refs.first + i],
                                                 maker_id, "products");
        uint32_t *place = found == TEM_TRUST_NO_PRODUCT
                              ? NULL
                              : tem_list_add(s, &s->listed, sizeof *place);
        if (place)
            *place = found;
    }
    uint32_t *numbers = s->listed.data;
    if (s->listed.count > first)
        qsort(numbers + first, s->listed.count - first, sizeof *numbers,
              compare_numbers);
    for (size_t i = first; i < s->listed.count; i++)
        if (kept == first || numbers[i] != numbers[kept - 1])
            numbers[kept++] = numbers[i];
    s->listed.count = kept;
    return (struct tem_trust_slice){(uint32_t)first, (uint32_t)(kept - first)};
}

/* ---- keys and certificates ---------------------------------------------- */

static int compare_keys(const void *left, const void *right)
{
    const struct tem_source_key *a = left, *b = right;
    if (a->key.kid != b->key.kid)
        return a->key.kid > b->key.kid ? 1 : -1;
    return tem_source_compare_origins(&a->origin, &b->origin);
}

static int compare_raw(const void *left, const void *right)
{
    const struct tem_source_key *a = left, *b = right;
    int order = tem_trust_compare_bytes(a->key.raw, b->key.raw);
    return order != 0 ? order
                      : tem_source_compare_origins(&a->origin, &b->origin);
}

/* A key under two numbers could be lost under one and seal under the other. */
static void tell_same_keys(source_t *s)
{
    char place[TEM_MESSAGE_ARG_SIZE];
    sort(&s->keys, sizeof(struct tem_source_key), compare_raw);
    for (size_t i = 1; i < s->keys.count; i++) {
        const struct tem_source_key *first = key_at(s, i - 1),
                                    *again = key_at(s, i);
        if (again->key.raw.size == 0 || again->key.kid == first->key.kid ||
            tem_trust_compare_bytes(first->key.raw, again->key.raw) != 0)
            continue;
        TEM_SOURCE_FAULT(s, "public_key", "", SOURCE_SAME_KEY, "s",
                         tem_source_place(s, &first->origin, place));
        tem_source_tell(s, &again->origin);
    }
}

static void build_keys(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    tell_same_keys(s);
    sort(&s->keys, sizeof(struct tem_source_key), compare_keys);
    c->keys = allocate(s, s->keys.count, sizeof *c->keys);
    for (size_t i = 0; i < s->keys.count && !s->no_memory; i++) {
        struct tem_source_key *one = key_at(s, i);
        if (i > 0 && one->key.kid == key_at(s, i - 1)->key.kid)
            tell_twice(s, "kid", &key_at(s, i - 1)->origin, &one->origin);
        need_maker(s, one->key.maker_id);
        one->key.products = build_listed(s, one->products, one->key.maker_id);
        tem_source_tell(s, &one->origin);
        c->keys[c->key_count++] = one->key;
    }
}

static int compare_certificates(const void *left, const void *right)
{
    const struct tem_source_certificate *a = left, *b = right;
    if (a->certificate.id != b->certificate.id)
        return a->certificate.id > b->certificate.id ? 1 : -1;
    return tem_source_compare_origins(&a->origin, &b->origin);
}

static void build_certificates(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    sort(&s->certificates, sizeof(struct tem_source_certificate),
         compare_certificates);
    c->certificates =
        allocate(s, s->certificates.count, sizeof *c->certificates);
    for (size_t i = 0; i < s->certificates.count && !s->no_memory; i++) {
        struct tem_source_certificate *one = certificate_at(s, i);
        if (i > 0 &&
            one->certificate.id == certificate_at(s, i - 1)->certificate.id)
            tell_twice(s, "certificate_id", &certificate_at(s, i - 1)->origin,
                       &one->origin);
        need_maker(s, one->maker_id);
        if (one->certificate.decided > c->issued)
            TEM_SOURCE_FAULT(s, "decision_date", "", SOURCE_DECIDED_LATER, "");
        one->certificate.products =
            build_listed(s, one->products, one->maker_id);
        tem_source_tell(s, &one->origin);
        c->certificates[c->certificate_count++] = one->certificate;
    }
}

/* ---- the head, and all -------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
    return tem_trust_compare_bytes(*(const struct tem_bytes *)left,
                                   *(const struct tem_bytes *)right);
}

static void build_head(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    const struct tem_row_head *head = &s->head;
    struct tem_bytes hosts[TEM_TRUST_HOSTS_MAX];
    for (size_t i = 0; i < head->host_count; i++) {
        char small[TEM_TEXT_SIZE(100)];
        size_t length = strlen(head->hosts[i]);
        for (size_t k = 0; k <= length; k++) {
            char ch = head->hosts[i][k];
            small[k] = ch >= 'A' && ch <= 'Z' ? (char)(ch | 0x20) : ch;
        }
        hosts[i] = tem_source_keep(s, small, length);
    }
    if (head->host_count > 0)
        qsort(hosts, head->host_count, sizeof *hosts, compare_texts);
    for (size_t i = 0; i < head->host_count; i++)
        if (i == 0 || compare_texts(&hosts[i - 1], &hosts[i]) != 0)
            c->hosts[c->host_count++] = hosts[i];
    c->province = (uint32_t)head->province;
    c->version = (uint32_t)head->version;
    c->issued = head->issued;
    c->next_update = head->next_update;
    c->expires = head->expires;
}

enum tem_status tem_trust_source_finish(source_t *source,
                                        const struct tem_trust_contents *before,
                                        struct tem_trust_contents **contents,
                                        struct tem_error *error)
{
    static const struct tem_origin nowhere = {0, 0, 0};
    struct tem_trust_contents *c = &source->built.contents;
    *contents = NULL;
    source->problems.count = 0;
    if (source->errors > 0) /* what is missing would be told of as unknown */
        return TEM_OK;
    if (!source->has_head) {
        TEM_SOURCE_FAULT(source, "", "", SOURCE_NO_HEAD, "");
        tem_source_tell(source, &nowhere);
        return TEM_OK;
    }
    build_head(source);
    build_makers(source);
    build_products(source);
    if (!source->no_memory) {
        build_keys(source);
        build_certificates(source);
        tem_source_build_revocations(source);
    }
    if (source->no_memory)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    c->listed = source->listed.data;
    c->listed_count = source->listed.count;
    if (before)
        tem_source_check_before(source, before);
    if (source->errors > 0)
        return TEM_OK;
    enum tem_status status = tem_trust_check(c, TEM_E_ARGUMENT, error);
    if (status == TEM_OK)
        *contents = c;
    return status;
}
