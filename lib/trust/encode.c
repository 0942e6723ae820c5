/* SPDX-License-Identifier: MIT */
/* See bundle.cddl: the contents as CBOR, in their order. */
#include "../base/cbor.h"
#include "contents.h"

typedef struct tem_cbor_writer writer;

/* A date, or null for an open end. */
static void put_date(writer *w, int32_t date)
{
    if (date == TEM_DATE_NONE)
        tem_cbor_put_null(w);
    else
        tem_cbor_put_uint(w, (uint64_t)date);
}

static void put_listed(writer *w, const struct tem_trust_contents *c,
                       struct tem_trust_slice slice)
{
    tem_cbor_put_array(w, slice.count);
    for (uint32_t i = 0; i < slice.count; i++)
        tem_cbor_put_uint(w, c->listed[slice.first + i]);
}

static void put_lot(writer *w, const struct tem_trust_lot *lot)
{
    tem_cbor_put_uint(w, lot->product);
    tem_cbor_put_text(w, lot->lot);
    tem_cbor_put_text(w, lot->from);
    tem_cbor_put_text(w, lot->to);
}

static void put_keys(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->key_count);
    for (size_t i = 0; i < c->key_count; i++) {
        const struct tem_trust_key *key = &c->keys[i];
        tem_cbor_put_array(w, 9);
        tem_cbor_put_uint(w, key->kid);
        tem_cbor_put_uint(w, key->algorithm);
        tem_cbor_put_bytes(w, key->raw);
        tem_cbor_put_text(w, key->holder);
        tem_cbor_put_uint(w, key->maker_id);
        put_listed(w, c, key->products);
        put_date(w, key->packed_from);
        put_date(w, key->packed_to);
        tem_cbor_put_uint(w, key->quota);
    }
}

static void put_makers(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->maker_count);
    for (size_t i = 0; i < c->maker_count; i++) {
        const struct tem_trust_maker *maker = &c->makers[i];
        tem_cbor_put_array(w, 5);
        tem_cbor_put_uint(w, maker->id);
        tem_cbor_put_text(w, maker->name);
        tem_cbor_put_text(w, maker->name_en);
        tem_cbor_put_uint(w, maker->commune);
        tem_cbor_put_text(w, maker->address);
    }
}

static void put_products(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->product_count);
    for (size_t i = 0; i < c->product_count; i++) {
        const struct tem_trust_product *product = &c->products[i];
        tem_cbor_put_array(w, 8);
        tem_cbor_put_uint(w, product->maker_id);
        tem_cbor_put_text(w, product->gtin);
        tem_cbor_put_text(w, product->code);
        tem_cbor_put_text(w, product->name);
        tem_cbor_put_text(w, product->name_en);
        tem_cbor_put_uint(w, product->volume);
        tem_cbor_put_array(w, product->net_count);
        for (unsigned k = 0; k < product->net_count; k++)
            tem_cbor_put_uint(w, product->nets[k]);
        tem_cbor_put_bytes(w, product->image);
    }
}

static void put_certificates(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->certificate_count);
    for (size_t i = 0; i < c->certificate_count; i++) {
        const struct tem_trust_certificate *one = &c->certificates[i];
        tem_cbor_put_array(w, 8);
        tem_cbor_put_uint(w, one->id);
        tem_cbor_put_uint(w, one->stars);
        tem_cbor_put_text(w, one->decision);
        put_date(w, one->decided);
        tem_cbor_put_uint(w, one->authority);
        put_date(w, one->valid_from);
        put_date(w, one->valid_to);
        put_listed(w, c, one->products);
    }
}

static void put_key_ends(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->key_end_count);
    for (size_t i = 0; i < c->key_end_count; i++) {
        const struct tem_trust_key_end *end = &c->key_ends[i];
        tem_cbor_put_array(w, 5);
        tem_cbor_put_uint(w, end->kid);
        tem_cbor_put_uint(w, end->lost);
        put_date(w, end->since);
        tem_cbor_put_text(w, end->reason);
        tem_cbor_put_array(w, end->known.count);
        for (uint32_t k = 0; k < end->known.count; k++) {
            tem_cbor_put_array(w, 4);
            put_lot(w, &c->known[end->known.first + k]);
        }
    }
}

static void put_withdrawals(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->withdrawal_count);
    for (size_t i = 0; i < c->withdrawal_count; i++) {
        const struct tem_trust_withdrawal *one = &c->withdrawals[i];
        tem_cbor_put_array(w, 6);
        put_lot(w, &one->what);
        put_date(w, one->since);
        tem_cbor_put_text(w, one->reason);
    }
}

static void put_certificate_ends(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->certificate_end_count);
    for (size_t i = 0; i < c->certificate_end_count; i++) {
        const struct tem_trust_certificate_end *end = &c->certificate_ends[i];
        tem_cbor_put_array(w, 3);
        tem_cbor_put_uint(w, end->id);
        put_date(w, end->since);
        tem_cbor_put_text(w, end->reason);
    }
}

static void put_roots(writer *w, const struct tem_trust_contents *c)
{
    tem_cbor_put_array(w, c->chain_count);
    for (size_t i = 0; i < c->chain_count; i++)
        tem_cbor_put_bytes(w, c->chain[i]);
    tem_cbor_put_bytes(w, c->next);
}

size_t tem_trust_encode(const struct tem_trust_contents *contents,
                        uint8_t *data, size_t capacity)
{
    const struct tem_trust_contents *c = contents;
    writer w = {data, capacity, 0};
    tem_cbor_put_array(&w, 16);
    tem_cbor_put_uint(&w, TEM_TRUST_FORMAT);
    tem_cbor_put_uint(&w, c->province);
    tem_cbor_put_uint(&w, c->version);
    put_date(&w, c->issued);
    put_date(&w, c->next_update);
    put_date(&w, c->expires);
    tem_cbor_put_array(&w, c->host_count);
    for (size_t i = 0; i < c->host_count; i++)
        tem_cbor_put_text(&w, c->hosts[i]);
    put_keys(&w, c);
    put_makers(&w, c);
    put_products(&w, c);
    put_certificates(&w, c);
    put_key_ends(&w, c);
    put_withdrawals(&w, c);
    put_certificate_ends(&w, c);
    put_roots(&w, c); /* two items */
    return w.size;
}
