/* SPDX-License-Identifier: MIT */
/* See source.h: what was withdrawn. */
#include "source.h"
#include <stdlib.h>
#include <string.h>

typedef struct tem_trust_source source_t;
typedef struct tem_source_revocation revocation;

static bool is_key_end(const revocation *r)
{
    return r->kind == TEM_REVOKED_KEY_LOST ||
           r->kind == TEM_REVOKED_KEY_RETIRED;
}

/* Ends of keys before lots known of them, then lots, then certificates: each
 * in the order of its list. */
static int rank(const revocation *r)
{
    return is_key_end(r)                ? 0
           : r->kind == TEM_REVOKED_NOT ? 1
           : r->kind == TEM_REVOKED_LOT ? 2
                                        : 3;
}

static int compare(const void *left, const void *right)
{
    const revocation *a = left, *b = right;
    if (rank(a) != rank(b))
        return rank(a) - rank(b);
    if (a->kid != b->kid)
        return a->kid > b->kid ? 1 : -1;
    if (a->certificate_id != b->certificate_id)
        return a->certificate_id > b->certificate_id ? 1 : -1;
    int order = tem_trust_compare_lots(&a->lot, &b->lot);
    if (order != 0)
        return order;
    return tem_source_compare_origins(&a->origin, &b->origin);
}

/* Is the same said twice, in part at least? */
static bool is_twice(const revocation *a, const revocation *b)
{
    if (rank(a) != rank(b) || a->kid != b->kid ||
        a->certificate_id != b->certificate_id)
        return false;
    return a->lot.lot.size == 0 || tem_trust_lots_overlap(&a->lot, &b->lot);
}

/* ---- what it is about --------------------------------------------------- */

static void find_lot(source_t *s, revocation *r)
{
    const struct tem_trust_key *key = tem_trust_find_key(&s->built, r->kid);
    uint32_t maker_id = r->maker_id;
    if (r->kind == TEM_REVOKED_NOT && key)
        maker_id = key->maker_id;
    r->lot.product =
        tem_source_find_product(s, r->product, maker_id, "product");
}

static void check_key(source_t *s, const revocation *r)
{
    const struct tem_trust_key_end *end =
        tem_trust_find_key_end(&s->built, r->kid);
    if (!tem_trust_find_key(&s->built, r->kid))
        TEM_SOURCE_FAULT(s, "kid", "", SOURCE_NO_KEY, "d", (long long)r->kid);
    else if (r->kind == TEM_REVOKED_NOT && (!end || !end->lost))
        TEM_SOURCE_FAULT(s, "kid", "", SOURCE_NOT_LOST, "d", (long long)r->kid);
}

/* ---- into the lists ----------------------------------------------------- */

static void add_key_end(source_t *s, const revocation *r)
{
    struct tem_trust_contents *c = &s->built.contents;
    struct tem_trust_key_end *end = tem_list_add(s, &s->key_ends, sizeof *end);
    if (end)
        *end =
            (struct tem_trust_key_end){.kid = r->kid,
                                       .lost = r->kind == TEM_REVOKED_KEY_LOST,
                                       .since = r->since,
                                       .reason = r->reason};
    c->key_ends = s->key_ends.data;
    c->key_end_count = s->key_ends.count;
}

static void add_known(source_t *s, const revocation *r)
{
    struct tem_trust_lot *lot = tem_list_add(s, &s->known, sizeof *lot);
    const struct tem_trust_key_end *found =
        tem_trust_find_key_end(&s->built, r->kid);
    if (!lot || !found)
        return;
    *lot = r->lot;
    struct tem_trust_key_end *end =
        &s->built.contents.key_ends[found - s->built.contents.key_ends];
    if (end->known.count++ == 0)
        end->known.first = (uint32_t)(s->known.count - 1);
}

static void add_withdrawal(source_t *s, const revocation *r)
{
    struct tem_trust_withdrawal *one =
        tem_list_add(s, &s->withdrawals, sizeof *one);
    if (one)
        *one = (struct tem_trust_withdrawal){r->lot, r->since, r->reason};
}

static void add_certificate_end(source_t *s, const revocation *r)
{
    struct tem_trust_certificate_end *one =
        tem_list_add(s, &s->certificate_ends, sizeof *one);
    if (!tem_trust_find_certificate(&s->built, r->certificate_id))
        TEM_SOURCE_FAULT(s, "certificate_id", "", SOURCE_NO_CERTIFICATE, "d",
                         (long long)r->certificate_id);
    if (one)
        *one = (struct tem_trust_certificate_end){r->certificate_id, r->since,
                                                  r->reason};
}

static void add(source_t *s, const revocation *r)
{
    if (rank(r) <= 1)
        check_key(s, r);
    if (is_key_end(r))
        add_key_end(s, r);
    else if (r->kind == TEM_REVOKED_NOT)
        add_known(s, r);
    else if (r->kind == TEM_REVOKED_LOT)
        add_withdrawal(s, r);
    else
        add_certificate_end(s, r);
}

void tem_source_build_revocations(source_t *s)
{
    struct tem_trust_contents *c = &s->built.contents;
    revocation *all = s->revocations.data;
    char place[TEM_MESSAGE_ARG_SIZE];
    for (size_t i = 0; i < s->revocations.count; i++) {
        if (all[i].lot.lot.size > 0)
            find_lot(s, &all[i]);
        tem_source_tell(s, &all[i].origin);
    }
    if (s->revocations.count > 0)
        qsort(all, s->revocations.count, sizeof *all, compare);
    for (size_t i = 0; i < s->revocations.count && !s->no_memory; i++) {
        if (i > 0 && is_twice(&all[i - 1], &all[i]))
            TEM_SOURCE_FAULT(s, "kind", "", SOURCE_TWICE, "s",
                             tem_source_place(s, &all[i - 1].origin, place));
        add(s, &all[i]);
        tem_source_tell(s, &all[i].origin);
    }
    c->known = s->known.data;
    c->known_count = s->known.count;
    c->withdrawals = s->withdrawals.data;
    c->withdrawal_count = s->withdrawals.count;
    c->certificate_ends = s->certificate_ends.data;
    c->certificate_end_count = s->certificate_ends.count;
}
