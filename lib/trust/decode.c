/* SPDX-License-Identifier: MIT */
/* See bundle.cddl: CBOR to contents. Types, counts and ranges of numbers are
 * seen to here, so that nothing that follows can run over; what the entries say
 * together is seen to in check.c. */
#include "../base/cbor.h"
#include "../error/fail.h"
#include "contents.h"
#include <stdlib.h>

/* A payload being read. Once something is wrong nothing more is taken, and all
 * that is asked for is 0. */
struct source {
    struct tem_cbor_reader reader;
    struct tem_trust_contents *contents;
    const char *list; /* that is being read, for the message */
    bool broken, no_memory;
    size_t listed_room, known_room;
};

static struct tem_cbor_item take(struct source *s, enum tem_cbor_type type)
{
    struct tem_cbor_item item = {.type = type};
    if (!s->broken && (!tem_cbor_get(&s->reader, &item) || item.type != type))
        s->broken = true;
    if (s->broken)
        item = (struct tem_cbor_item){.type = type};
    return item;
}

static uint64_t take_uint(struct source *s, uint64_t most)
{
    uint64_t value = take(s, TEM_CBOR_UINT).value;
    s->broken |= value > most;
    return s->broken ? 0 : value;
}

static int32_t take_date(struct source *s)
{
    return (int32_t)take_uint(s, TEM_DATE_MAX);
}

/* A date, or null for an open end. */
static int32_t take_open_date(struct source *s)
{
    struct tem_cbor_reader before = s->reader;
    struct tem_cbor_item item;
    if (!s->broken && tem_cbor_get(&s->reader, &item) &&
        item.type == TEM_CBOR_NULL)
        return TEM_DATE_NONE;
    s->reader = before;
    return take_date(s);
}

static struct tem_bytes take_text(struct source *s)
{
    return take(s, TEM_CBOR_TEXT).data;
}

static struct tem_bytes take_bytes(struct source *s)
{
    return take(s, TEM_CBOR_BYTES).data;
}

/* The head of an array: how many items, each of so many bytes at least. */
static size_t take_count(struct source *s, size_t most, size_t least_bytes)
{
    uint64_t count = take(s, TEM_CBOR_ARRAY).value;
    size_t left = s->reader.input.size - s->reader.at;
    s->broken |= count > most || count > left / least_bytes;
    return s->broken ? 0 : (size_t)count;
}

static void take_head(struct source *s, uint64_t items)
{
    s->broken |= take(s, TEM_CBOR_ARRAY).value != items;
}

/* Room for a list; one for nothing too, so that it has an address. */
static void *take_list(struct source *s, const char *name, size_t most,
                       size_t least_bytes, size_t size, size_t *count)
{
    s->list = name;
    *count = take_count(s, most, least_bytes);
    void *list = calloc(*count + 1, size);
    s->no_memory |= !list;
    s->broken |= !list;
    *count = s->broken ? 0 : *count;
    return list;
}

/* Room for one more entry of a list of lists. @return the list, where it is
 * now; NULL, and nothing changed, if there is no memory. */
static void *grow(struct source *s, void *list, size_t *room, size_t count,
                  size_t size)
{
    if (count < *room)
        return list;
    size_t more = *room * 2 + 64;
    void *larger = realloc(list, more * size);
    s->no_memory |= !larger;
    s->broken |= !larger;
    *room = larger ? more : *room;
    return larger;
}

static struct tem_trust_slice take_listed(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    size_t left = TEM_TRUST_LISTED_MAX - c->listed_count;
    size_t count = take_count(s, left, 1);
    struct tem_trust_slice slice = {(uint32_t)c->listed_count, 0};
    for (; slice.count < count && !s->broken; slice.count++) {
        uint32_t number = (uint32_t)take_uint(s, TEM_TRUST_PRODUCTS_MAX);
        uint32_t *larger = grow(s, c->listed, &s->listed_room, c->listed_count,
                                sizeof *c->listed);
        if (!larger)
            break;
        c->listed = larger;
        c->listed[c->listed_count++] = number;
    }
    return slice;
}

static struct tem_trust_lot take_lot(struct source *s)
{
    struct tem_trust_lot lot;
    lot.product = (uint32_t)take_uint(s, TEM_TRUST_PRODUCTS_MAX);
    lot.lot = take_text(s);
    lot.from = take_text(s);
    lot.to = take_text(s);
    return lot;
}

static struct tem_trust_slice take_known(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    size_t left = TEM_TRUST_LISTED_MAX - c->known_count;
    size_t count = take_count(s, left, 5);
    struct tem_trust_slice slice = {(uint32_t)c->known_count, 0};
    for (; slice.count < count && !s->broken; slice.count++) {
        take_head(s, 4);
        struct tem_trust_lot lot = take_lot(s);
        struct tem_trust_lot *larger =
            grow(s, c->known, &s->known_room, c->known_count, sizeof *c->known);
        if (!larger)
            break;
        c->known = larger;
        c->known[c->known_count++] = lot;
    }
    return slice;
}

/* ---- lists -------------------------------------------------------------- */

static void take_hosts(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    s->list = "hosts";
    c->host_count = take_count(s, TEM_TRUST_HOSTS_MAX, 1);
    for (size_t i = 0; i < c->host_count; i++)
        c->hosts[i] = take_text(s);
}

static void take_keys(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->keys = take_list(s, "keys", TEM_TRUST_KEYS_MAX, 10, sizeof *c->keys,
                        &c->key_count);
    for (size_t i = 0; i < c->key_count && !s->broken; i++) {
        struct tem_trust_key *key = &c->keys[i];
        take_head(s, 9);
        key->kid = (uint16_t)take_uint(s, UINT16_MAX);
        key->algorithm = (enum tem_algorithm)take_uint(s, TEM_ALGORITHM_ES256);
        key->raw = take_bytes(s);
        key->holder = take_text(s);
        key->maker_id = (uint32_t)take_uint(s, UINT16_MAX);
        key->products = take_listed(s);
        key->packed_from = take_open_date(s);
        key->packed_to = take_open_date(s);
        key->quota = (uint32_t)take_uint(s, UINT32_MAX);
    }
}

static void take_makers(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->makers = take_list(s, "makers", TEM_TRUST_MAKERS_MAX, 6,
                          sizeof *c->makers, &c->maker_count);
    for (size_t i = 0; i < c->maker_count && !s->broken; i++) {
        struct tem_trust_maker *maker = &c->makers[i];
        take_head(s, 5);
        maker->id = (uint32_t)take_uint(s, UINT16_MAX);
        maker->name = take_text(s);
        maker->name_en = take_text(s);
        maker->commune = (uint32_t)take_uint(s, 99999);
        maker->address = take_text(s);
    }
}

static void take_nets(struct source *s, struct tem_trust_product *product)
{
    product->net_count = (uint8_t)take_count(s, TEM_TRUST_NETS_MAX, 1);
    for (unsigned i = 0; i < product->net_count; i++)
        product->nets[i] = (uint16_t)take_uint(s, UINT16_MAX);
}

static void take_products(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->products = take_list(s, "products", TEM_TRUST_PRODUCTS_MAX, 9,
                            sizeof *c->products, &c->product_count);
    for (size_t i = 0; i < c->product_count && !s->broken; i++) {
        struct tem_trust_product *product = &c->products[i];
        take_head(s, 8);
        product->maker_id = (uint32_t)take_uint(s, UINT16_MAX);
        product->gtin = take_text(s);
        product->code = take_text(s);
        product->name = take_text(s);
        product->name_en = take_text(s);
        product->volume = take_uint(s, 1);
        take_nets(s, product);
        product->image = take_bytes(s);
    }
}

static void take_certificates(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->certificates =
        take_list(s, "certificates", TEM_TRUST_CERTIFICATES_MAX, 9,
                  sizeof *c->certificates, &c->certificate_count);
    for (size_t i = 0; i < c->certificate_count && !s->broken; i++) {
        struct tem_trust_certificate *one = &c->certificates[i];
        take_head(s, 8);
        one->id = (uint32_t)take_uint(s, UINT32_MAX);
        one->stars = (unsigned)take_uint(s, 5);
        one->decision = take_text(s);
        one->decided = take_date(s);
        one->authority = (enum tem_authority)take_uint(s, TEM_AUTHORITY_CENTRE);
        one->valid_from = take_date(s);
        one->valid_to = take_date(s);
        one->products = take_listed(s);
    }
}

static void take_key_ends(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->key_ends = take_list(s, "key_ends", TEM_TRUST_KEYS_MAX, 6,
                            sizeof *c->key_ends, &c->key_end_count);
    for (size_t i = 0; i < c->key_end_count && !s->broken; i++) {
        struct tem_trust_key_end *end = &c->key_ends[i];
        take_head(s, 5);
        end->kid = (uint16_t)take_uint(s, UINT16_MAX);
        end->lost = take_uint(s, 1);
        end->since = take_date(s);
        end->reason = take_text(s);
        end->known = take_known(s);
    }
}

static void take_withdrawals(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->withdrawals = take_list(s, "withdrawals", TEM_TRUST_WITHDRAWALS_MAX, 7,
                               sizeof *c->withdrawals, &c->withdrawal_count);
    for (size_t i = 0; i < c->withdrawal_count && !s->broken; i++) {
        struct tem_trust_withdrawal *one = &c->withdrawals[i];
        take_head(s, 6);
        one->what = take_lot(s);
        one->since = take_date(s);
        one->reason = take_text(s);
    }
}

static void take_certificate_ends(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    c->certificate_ends =
        take_list(s, "certificate_ends", TEM_TRUST_CERTIFICATES_MAX, 4,
                  sizeof *c->certificate_ends, &c->certificate_end_count);
    for (size_t i = 0; i < c->certificate_end_count && !s->broken; i++) {
        struct tem_trust_certificate_end *end = &c->certificate_ends[i];
        take_head(s, 3);
        end->id = (uint32_t)take_uint(s, UINT32_MAX);
        end->since = take_date(s);
        end->reason = take_text(s);
    }
}

static void take_roots(struct source *s)
{
    struct tem_trust_contents *c = s->contents;
    s->list = "chain";
    c->chain_count = take_count(s, TEM_TRUST_CHAIN_MAX, 1);
    for (size_t i = 0; i < c->chain_count; i++)
        c->chain[i] = take_bytes(s);
    s->list = "next";
    c->next = take_bytes(s);
}

/* ---- the whole ---------------------------------------------------------- */

/* The format, and whether there is anything that can be read by it. */
static enum tem_status take_format(struct source *s, struct tem_error *error)
{
    s->list = "array";
    uint64_t items = take(s, TEM_CBOR_ARRAY).value;
    uint64_t format = take_uint(s, UINT64_MAX);
    if (s->broken || items < 2 || format < TEM_TRUST_FORMAT)
        return TEM_FAIL(error, TEM_E_FORMAT, TRUST_CONTENT, "s", "format");
    if (format > TEM_TRUST_FORMAT)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, TRUST_NEWER, "d",
                        (long long)(format > INT32_MAX ? INT32_MAX : format));
    s->broken = items != 16;
    return TEM_OK;
}

enum tem_status tem_trust_decode(struct tem_bytes payload,
                                 struct tem_trust_contents *contents,
                                 struct tem_error *error)
{
    struct source s = {.reader = {payload, 0}, .contents = contents};
    *contents = (struct tem_trust_contents){0};
    enum tem_status status = take_format(&s, error);
    if (status != TEM_OK)
        return status;
    contents->province = (uint32_t)take_uint(&s, 99);
    contents->version = (uint32_t)take_uint(&s, UINT32_MAX);
    contents->issued = take_date(&s);
    contents->next_update = take_date(&s);
    contents->expires = take_date(&s);
    take_hosts(&s);
    take_keys(&s);
    take_makers(&s);
    take_products(&s);
    take_certificates(&s);
    take_key_ends(&s);
    take_withdrawals(&s);
    take_certificate_ends(&s);
    take_roots(&s);
    if (s.no_memory)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (s.broken || s.reader.at != payload.size)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, s.reader.at, TRUST_CONTENT, "s",
                           s.list);
    return TEM_OK;
}

void tem_trust_release(struct tem_trust_contents *contents)
{
    free(contents->keys);
    free(contents->makers);
    free(contents->products);
    free(contents->certificates);
    free(contents->key_ends);
    free(contents->withdrawals);
    free(contents->certificate_ends);
    free(contents->listed);
    free(contents->known);
}
