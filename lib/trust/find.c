/* SPDX-License-Identifier: MIT */
/* See <tem/trust.h>: one question at a time, by halving. */
#include "contents.h"
#include <string.h>

/* Where an entry of a sorted list is, or would be: the first for which
 * @p before says no. */
static size_t lower_bound(size_t count,
                          bool (*before)(const void *context, size_t entry),
                          const void *context)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (before(context, middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What is looked for, and where. */
struct question {
    const struct tem_trust *trust;
    uint32_t id;
    struct tem_bytes text;
    const struct tem_trust_lot *lots; /* known lots, or NULL: withdrawals */
    struct tem_trust_lot lot;
};

static const struct tem_trust_contents *of(const struct question *q)
{
    return &q->trust->contents;
}

/* ---- by number ---------------------------------------------------------- */

static bool key_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->keys[i].kid < q->id;
}

const struct tem_trust_key *tem_trust_find_key(const struct tem_trust *trust,
                                               uint16_t kid)
{
    const struct tem_trust_contents *c = &trust->contents;
    struct question q = {.trust = trust, .id = kid};
    size_t i = lower_bound(c->key_count, key_before, &q);
    return i < c->key_count && c->keys[i].kid == kid ? &c->keys[i] : NULL;
}

static bool maker_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->makers[i].id < q->id;
}

const struct tem_trust_maker *
tem_trust_find_maker(const struct tem_trust *trust, uint32_t maker_id)
{
    const struct tem_trust_contents *c = &trust->contents;
    struct question q = {.trust = trust, .id = maker_id};
    size_t i = lower_bound(c->maker_count, maker_before, &q);
    return i < c->maker_count && c->makers[i].id == maker_id ? &c->makers[i]
                                                             : NULL;
}

static bool certificate_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->certificates[i].id < q->id;
}

const struct tem_trust_certificate *
tem_trust_find_certificate(const struct tem_trust *trust, uint32_t id)
{
    const struct tem_trust_contents *c = &trust->contents;
    struct question q = {.trust = trust, .id = id};
    size_t i = lower_bound(c->certificate_count, certificate_before, &q);
    return i < c->certificate_count && c->certificates[i].id == id
               ? &c->certificates[i]
               : NULL;
}

static bool key_end_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->key_ends[i].kid < q->id;
}

const struct tem_trust_key_end *
tem_trust_find_key_end(const struct tem_trust *trust, uint16_t kid)
{
    const struct tem_trust_contents *c = &trust->contents;
    struct question q = {.trust = trust, .id = kid};
    size_t i = lower_bound(c->key_end_count, key_end_before, &q);
    return i < c->key_end_count && c->key_ends[i].kid == kid ? &c->key_ends[i]
                                                             : NULL;
}

static bool certificate_end_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->certificate_ends[i].id < q->id;
}

const struct tem_trust_certificate_end *
tem_trust_find_certificate_end(const struct tem_trust *trust, uint32_t id)
{
    const struct tem_trust_contents *c = &trust->contents;
    struct question q = {.trust = trust, .id = id};
    size_t i =
        lower_bound(c->certificate_end_count, certificate_end_before, &q);
    return i < c->certificate_end_count && c->certificate_ends[i].id == id
               ? &c->certificate_ends[i]
               : NULL;
}

/* ---- products ----------------------------------------------------------- */

static bool gtin_before(const void *context, size_t i)
{
    const struct question *q = context;
    const struct tem_trust_product *p =
        &of(q)->products[q->trust->index.by_gtin[i]];
    return tem_trust_compare_bytes(p->gtin, q->text) < 0;
}

const struct tem_trust_product *
tem_trust_find_gtin(const struct tem_trust *trust, const char *gtin)
{
    struct question q = {.trust = trust, .text = tem_bytes_of(gtin)};
    size_t i = lower_bound(trust->index.gtin_count, gtin_before, &q);
    if (i == trust->index.gtin_count)
        return NULL;
    const struct tem_trust_product *p =
        &of(&q)->products[trust->index.by_gtin[i]];
    return tem_trust_compare_bytes(p->gtin, q.text) == 0 ? p : NULL;
}

static bool code_before(const void *context, size_t i)
{
    const struct question *q = context;
    const struct tem_trust_product *p =
        &of(q)->products[q->trust->index.by_code[i]];
    if (p->maker_id != q->id)
        return p->maker_id < q->id;
    return tem_trust_compare_bytes(p->code, q->text) < 0;
}

const struct tem_trust_product *
tem_trust_find_code(const struct tem_trust *trust, uint32_t maker_id,
                    const char *code)
{
    struct question q = {
        .trust = trust, .id = maker_id, .text = tem_bytes_of(code)};
    size_t i = lower_bound(trust->index.code_count, code_before, &q);
    if (i == trust->index.code_count)
        return NULL;
    const struct tem_trust_product *p =
        &of(&q)->products[trust->index.by_code[i]];
    return p->maker_id == maker_id &&
                   tem_trust_compare_bytes(p->code, q.text) == 0
               ? p
               : NULL;
}

static uint32_t number_of(const struct tem_trust *trust,
                          const struct tem_trust_product *product)
{
    return (uint32_t)(product - trust->contents.products);
}

static bool listed_before(const void *context, size_t i)
{
    const struct question *q = context;
    return of(q)->listed[q->lot.product + i] < q->id;
}

bool tem_trust_lists(const struct tem_trust *trust,
                     struct tem_trust_slice products,
                     const struct tem_trust_product *product)
{
    struct question q = {.trust = trust,
                         .id = number_of(trust, product),
                         .lot = {.product = products.first}};
    size_t i = lower_bound(products.count, listed_before, &q);
    return i < products.count &&
           trust->contents.listed[products.first + i] == q.id;
}

/* ---- lots and serials --------------------------------------------------- */

static const struct tem_trust_lot *lot_at(const struct question *q, size_t i)
{
    return q->lots ? &q->lots[i] : &of(q)->withdrawals[i].what;
}

/* Before a label, or beginning with it. */
static bool lot_not_after(const void *context, size_t i)
{
    const struct question *q = context;
    return tem_trust_compare_lots(lot_at(q, i), &q->lot) <= 0;
}

/* Of a lot either the whole is listed or parts that do not overlap: the one
 * that has the label is the last that begins with it or before. The whole comes
 * before all parts, and before all labels without a serial. */
static bool find_lot(const struct question *q, size_t count, size_t *found)
{
    *found = lower_bound(count, lot_not_after, q);
    if ((*found)-- == 0)
        return false;
    const struct tem_trust_lot *lot = lot_at(q, *found);
    return lot->product == q->lot.product &&
           tem_trust_compare_bytes(lot->lot, q->lot.lot) == 0 &&
           tem_trust_lot_has(lot, q->lot.from);
}

static struct question ask_lot(const struct tem_trust *trust,
                               const struct tem_trust_product *product,
                               const char *lot, const char *serial)
{
    return (struct question){.trust = trust,
                             .lot = {.product = number_of(trust, product),
                                     .lot = tem_bytes_of(lot),
                                     .from = tem_bytes_of(serial)}};
}

const struct tem_trust_withdrawal *
tem_trust_find_withdrawal(const struct tem_trust *trust,
                          const struct tem_trust_product *product,
                          const char *lot, const char *serial)
{
    size_t found;
    struct question q = ask_lot(trust, product, lot, serial);
    return find_lot(&q, trust->contents.withdrawal_count, &found)
               ? &trust->contents.withdrawals[found]
               : NULL;
}

bool tem_trust_is_known(const struct tem_trust *trust,
                        const struct tem_trust_key_end *end,
                        const struct tem_trust_product *product,
                        const char *lot, const char *serial)
{
    size_t found;
    struct question q = ask_lot(trust, product, lot, serial);
    q.lots = trust->contents.known + end->known.first;
    return end->known.count > 0 && find_lot(&q, end->known.count, &found);
}

/* ---- hosts -------------------------------------------------------------- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool tem_trust_is_host(const struct tem_trust *trust, const char *host)
{
    const struct tem_trust_contents *c = &trust->contents;
    size_t length = strlen(host);
    for (size_t i = 0; i < c->host_count; i++) {
        size_t same = 0;
        while (same < length && same < c->hosts[i].size &&
               (char)c->hosts[i].data[same] == small(host[same]))
            same++;
        if (same == length && same == c->hosts[i].size)
            return true;
    }
    return false;
}
