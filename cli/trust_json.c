/* SPDX-License-Identifier: MIT */
/* See trust_list.h: entries as the names of SOURCE.md have them. */
#include "json.h"
#include "trust_list.h"
#include <inttypes.h>
#include <string.h>

/* One object, in the making. */
struct entry {
    struct json json;
    const struct tem_trust_contents *c;
};

static struct entry begin(const struct tem_trust_contents *c, const char *list)
{
    struct entry e = {{stdout, false}, c};
    json_open(&e.json, NULL, '{');
    json_string(&e.json, "list", list);
    return e;
}

static void end(struct entry *e)
{
    json_close(&e->json, '}');
    json_end(&e->json);
}

static void put(struct entry *e, const char *key, struct tem_bytes text)
{
    if (text.size > 0)
        json_bytes(&e->json, key, text);
}

static void put_date(struct entry *e, const char *key, int32_t date)
{
    if (date != TEM_DATE_NONE)
        json_date(&e->json, key, date);
}

/* The GTIN or, without one, the maker's code. */
static struct tem_bytes name_of(const struct entry *e, uint32_t product)
{
    const struct tem_trust_product *p = &e->c->products[product];
    return p->gtin.size > 0 ? p->gtin : p->code;
}

static void put_products(struct entry *e, struct tem_trust_slice slice)
{
    json_open(&e->json, "products", '[');
    for (uint32_t i = 0; i < slice.count; i++)
        json_bytes(&e->json, NULL, name_of(e, e->c->listed[slice.first + i]));
    json_close(&e->json, ']');
}

static void put_lot(struct entry *e, const struct tem_trust_lot *lot)
{
    json_number(&e->json, "maker_id", e->c->products[lot->product].maker_id);
    put(e, "product", name_of(e, lot->product));
    put(e, "lot", lot->lot);
    put(e, "serial_first", lot->from);
    put(e, "serial_last", lot->to);
}

static void put_hex(struct entry *e, const char *key, struct tem_bytes bytes)
{
    char hex[2 * 65 + 1];
    if (bytes.size == 0 || bytes.size > 65)
        return;
    to_hex(bytes.data, bytes.size, hex);
    json_string(&e->json, key, hex);
}

static void print_key(const struct tem_trust_contents *c,
                      const struct tem_trust_key *key)
{
    struct entry e = begin(c, "keys");
    bool p256 = key->algorithm == TEM_ALGORITHM_ES256;
    json_number(&e.json, "kid", key->kid);
    json_string(&e.json, "algorithm", p256 ? "ES256" : "Ed25519");
    put_hex(&e, "public_key", key->raw);
    put(&e, "holder", key->holder);
    json_number(&e.json, "maker_id", key->maker_id);
    put_products(&e, key->products);
    put_date(&e, "packed_from", key->packed_from);
    put_date(&e, "packed_to", key->packed_to);
    if (key->quota > 0)
        json_number(&e.json, "quota", key->quota);
    end(&e);
}

static void print_maker(const struct tem_trust_contents *c,
                        const struct tem_trust_maker *maker)
{
    struct entry e = begin(c, "makers");
    char commune[8];
    snprintf(commune, sizeof commune, "%05" PRIu32, maker->commune);
    json_number(&e.json, "maker_id", maker->id);
    put(&e, "maker_name", maker->name);
    put(&e, "maker_name_en", maker->name_en);
    json_string(&e.json, "commune", commune);
    put(&e, "address", maker->address);
    end(&e);
}

static void print_product(const struct tem_trust_contents *c,
                          const struct tem_trust_product *product)
{
    struct entry e = begin(c, "products");
    json_number(&e.json, "maker_id", product->maker_id);
    put(&e, "gtin", product->gtin);
    put(&e, "product_code", product->code);
    put(&e, "product_name", product->name);
    put(&e, "product_name_en", product->name_en);
    json_open(&e.json, product->volume ? "net_volume_ml" : "net_mass_g", '[');
    for (unsigned i = 0; i < product->net_count; i++)
        json_number(&e.json, NULL, product->nets[i]);
    json_close(&e.json, ']');
    put_hex(&e, "image_sha256", product->image);
    end(&e);
}

static void print_certificate(const struct tem_trust_contents *c,
                              const struct tem_trust_certificate *one)
{
    static const char *const by[] = {[TEM_AUTHORITY_DISTRICT] = "district",
                                     [TEM_AUTHORITY_PROVINCE] = "province",
                                     [TEM_AUTHORITY_CENTRE] = "centre"};
    struct entry e = begin(c, "certificates");
    json_number(&e.json, "certificate_id", one->id);
    json_number(&e.json, "ocop_stars", one->stars);
    put(&e, "decision_number", one->decision);
    json_date(&e.json, "decision_date", one->decided);
    json_string(&e.json, "decision_authority", by[one->authority]);
    json_date(&e.json, "valid_from", one->valid_from);
    json_date(&e.json, "certificate_expires", one->valid_to);
    put_products(&e, one->products);
    end(&e);
}

/* ---- revocations -------------------------------------------------------- */

static struct entry begin_revocation(const struct tem_trust_contents *c,
                                     const char *kind, int32_t since,
                                     struct tem_bytes reason)
{
    struct entry e = begin(c, "revocations");
    json_string(&e.json, "kind", kind);
    json_date(&e.json, "since", since);
    put(&e, "reason", reason);
    return e;
}

static void print_key_end(const struct tem_trust_contents *c,
                          const struct tem_trust_key_end *ended)
{
    struct entry e =
        begin_revocation(c, ended->lost ? "key_lost" : "key_retired",
                         ended->since, ended->reason);
    json_number(&e.json, "kid", ended->kid);
    end(&e);
    for (uint32_t i = 0; i < ended->known.count; i++) {
        e = begin_revocation(c, "sealed_before", ended->since, ended->reason);
        json_number(&e.json, "kid", ended->kid);
        put_lot(&e, &c->known[ended->known.first + i]);
        end(&e);
    }
}

static void print_revocations(const struct tem_trust_contents *c)
{
    for (size_t i = 0; i < c->key_end_count; i++)
        print_key_end(c, &c->key_ends[i]);
    for (size_t i = 0; i < c->withdrawal_count; i++) {
        const struct tem_trust_withdrawal *one = &c->withdrawals[i];
        struct entry e = begin_revocation(c, "lot", one->since, one->reason);
        put_lot(&e, &one->what);
        end(&e);
    }
    for (size_t i = 0; i < c->certificate_end_count; i++) {
        const struct tem_trust_certificate_end *one = &c->certificate_ends[i];
        struct entry e =
            begin_revocation(c, "certificate", one->since, one->reason);
        json_number(&e.json, "certificate_id", one->id);
        end(&e);
    }
}

void trust_list_json(const struct tem_trust_contents *c)
{
    for (size_t i = 0; i < c->host_count; i++) {
        struct entry e = begin(c, "hosts");
        put(&e, "host", c->hosts[i]);
        end(&e);
    }
    for (size_t i = 0; i < c->maker_count; i++)
        print_maker(c, &c->makers[i]);
    for (size_t i = 0; i < c->product_count; i++)
        print_product(c, &c->products[i]);
    for (size_t i = 0; i < c->key_count; i++)
        print_key(c, &c->keys[i]);
    for (size_t i = 0; i < c->certificate_count; i++)
        print_certificate(c, &c->certificates[i]);
    print_revocations(c);
}
