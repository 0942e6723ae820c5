/* SPDX-License-Identifier: MIT */
/* See contents.h: the rules of FORMAT.md, for what is written and what is read.
 * Each function finds the first field of an entry that breaks one. */
#include "../error/fail.h"
#include "contents.h"
#include <string.h>

/* The contents, and what was found. A rule once broken, nothing else is. */
struct check {
    const struct tem_trust_contents *c;
    const char *list, *field; /* NULL: nothing found */
    size_t entry;             /* from 0 */
    bool no_memory;
    struct tem_bytes last; /* reason, which the one before mostly gave too */
};

static void need(struct check *check, bool holds, const char *field)
{
    if (!check->field && !holds)
        check->field = field;
}

/* ---- values ------------------------------------------------------------- */

/* Of so many characters, in NFC, without what nobody sees. */
static void need_text(struct check *check, struct tem_bytes text, size_t least,
                      size_t most, const char *field)
{
    uint8_t normal[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
    struct tem_buffer out = {normal, sizeof normal, 0};
    size_t characters = 0;
    if (check->field || (text.size == 0 && least == 0))
        return;
    enum tem_status status = tem_text_nfc(text, &out, &characters, NULL);
    check->no_memory |= status == TEM_E_MEMORY;
    need(check,
         status == TEM_OK && characters >= least && characters <= most &&
             out.size == text.size && memcmp(normal, text.data, text.size) == 0,
         field);
}

static void need_reason(struct check *check, struct tem_bytes reason)
{
    if (tem_trust_compare_bytes(reason, check->last) != 0 || reason.size == 0)
        need_text(check, reason, 1, TEM_TRUST_REASON_MAX, "reason");
    check->last = reason;
}

static bool is_date(int32_t date)
{
    return date >= 0 && date <= TEM_DATE_MAX;
}

static bool is_open_date(int32_t date)
{
    return date == TEM_DATE_NONE || is_date(date);
}

static bool is_code(struct tem_bytes code)
{
    for (size_t i = 0; i < code.size; i++) {
        uint8_t c = code.data[i];
        if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '-')
            return false;
    }
    return code.size >= 2 && code.size <= 12;
}

static bool is_small_host(struct tem_bytes host)
{
    for (size_t i = 0; i < host.size; i++)
        if (host.data[i] >= 'A' && host.data[i] <= 'Z')
            return false;
    return tem_host_valid(host);
}

/* Numbers of products, rising, each there and of the maker (0: of any). */
static bool is_listing(const struct tem_trust_contents *c,
                       struct tem_trust_slice slice, uint32_t maker_id)
{
    if (slice.first > c->listed_count ||
        slice.count > c->listed_count - slice.first)
        return false;
    const uint32_t *listed = c->listed + slice.first;
    for (uint32_t i = 0; i < slice.count; i++)
        if (listed[i] >= c->product_count ||
            (i > 0 && listed[i] <= listed[i - 1]) ||
            (maker_id != 0 && c->products[listed[i]].maker_id != maker_id))
            return false;
    return true;
}

static void need_lot(struct check *check, const struct tem_trust_lot *lot)
{
    need(check, lot->product < check->c->product_count, "product");
    need(check, tem_lot_valid(lot->lot), "lot");
    if (lot->from.size == 0 && lot->to.size == 0)
        return;
    need(check, tem_lot_valid(lot->from), "from");
    need(check,
         tem_lot_valid(lot->to) && lot->to.size == lot->from.size &&
             tem_trust_compare_bytes(lot->from, lot->to) <= 0,
         "to");
}

/* ---- entries; `i` is the entry's number --------------------------------- */

static bool has_maker(const struct tem_trust_contents *c, uint32_t id)
{
    size_t low = 0, high = c->maker_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->makers[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->maker_count && c->makers[low].id == id;
}

static void check_host(struct check *check, size_t i)
{
    const struct tem_bytes *hosts = check->c->hosts;
    need(check, is_small_host(hosts[i]), "host");
    need(check, i == 0 || tem_trust_compare_bytes(hosts[i - 1], hosts[i]) < 0,
         "order");
}

static void check_key(struct check *check, size_t i)
{
    const struct tem_trust_key *key = &check->c->keys[i];
    size_t size = key->algorithm == TEM_ALGORITHM_ED25519 ? 32 : 65;
    need(check, i == 0 || key[-1].kid < key->kid, "kid");
    need(check, key->algorithm <= TEM_ALGORITHM_ES256, "algorithm");
    need(check, key->raw.size == size, "key");
    need_text(check, key->holder, 1, TEM_TRUST_NAME_MAX, "holder");
    need(check, has_maker(check->c, key->maker_id), "maker");
    need(check, is_listing(check->c, key->products, key->maker_id), "products");
    need(check, is_open_date(key->packed_from), "packed_from");
    need(check,
         is_open_date(key->packed_to) && (key->packed_to == TEM_DATE_NONE ||
                                          key->packed_from <= key->packed_to),
         "packed_to");
}

static void check_maker(struct check *check, size_t i)
{
    const struct tem_trust_maker *maker = &check->c->makers[i];
    need(check, maker->id >= 1 && maker->id <= 65535, "id");
    need(check, i == 0 || maker[-1].id < maker->id, "id");
    need_text(check, maker->name, 1, TEM_TRUST_NAME_MAX, "name");
    need_text(check, maker->name_en, 0, TEM_TRUST_NAME_MAX, "name_en");
    need(check, maker->commune >= 1 && maker->commune <= 99999, "commune");
    need_text(check, maker->address, 0, TEM_TRUST_ADDRESS_MAX, "address");
}

static void check_product(struct check *check, size_t i)
{
    const struct tem_trust_product *p = &check->c->products[i];
    need(check, has_maker(check->c, p->maker_id), "maker");
    need(check,
         p->gtin.size == 0 || (p->gtin.size == 14 && tem_gtin_valid(p->gtin)),
         "gtin");
    need(check, is_code(p->code) || (p->code.size == 0 && p->gtin.size > 0),
         "code");
    need(check, i == 0 || tem_trust_compare_products(p - 1, p) < 0, "order");
    need_text(check, p->name, 1, TEM_TRUST_NAME_MAX, "name");
    need_text(check, p->name_en, 0, TEM_TRUST_NAME_MAX, "name_en");
    need(check, p->net_count <= TEM_TRUST_NETS_MAX, "nets");
    for (unsigned k = 0; k < p->net_count && !check->field; k++)
        need(check,
             p->nets[k] > (k > 0 ? p->nets[k - 1] : 0) && p->nets[k] <= 50000,
             "nets");
    need(check, p->image.size == 0 || p->image.size == TEM_SHA256_BYTES,
         "image");
}

static void check_certificate(struct check *check, size_t i)
{
    const struct tem_trust_certificate *one = &check->c->certificates[i];
    need(check, one->id >= 1 && one->id <= 1000000, "id");
    need(check, i == 0 || one[-1].id < one->id, "id");
    need(check, one->stars >= 3 && one->stars <= 5, "stars");
    need_text(check, one->decision, 1, TEM_TRUST_NUMBER_MAX, "decision");
    need(check, is_date(one->decided), "decided");
    need(check,
         one->authority >= TEM_AUTHORITY_DISTRICT &&
             one->authority <= TEM_AUTHORITY_CENTRE,
         "authority");
    need(check, is_date(one->valid_from), "valid_from");
    need(check, is_date(one->valid_to) && one->valid_from <= one->valid_to,
         "valid_to");
    need(check,
         one->products.count > 0 && is_listing(check->c, one->products, 0),
         "products");
}

static void check_known(struct check *check, struct tem_trust_slice slice)
{
    const struct tem_trust_contents *c = check->c;
    need(check,
         slice.first <= c->known_count &&
             slice.count <= c->known_count - slice.first,
         "known");
    for (uint32_t i = 0; i < slice.count && !check->field; i++) {
        const struct tem_trust_lot *lot = &c->known[slice.first + i];
        need_lot(check, lot);
        need(check,
             i == 0 || (tem_trust_compare_lots(lot - 1, lot) < 0 &&
                        !tem_trust_lots_overlap(lot - 1, lot)),
             "known");
    }
}

static bool has_key(const struct tem_trust_contents *c, uint16_t kid)
{
    size_t low = 0, high = c->key_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->keys[middle].kid < kid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->key_count && c->keys[low].kid == kid;
}

static void check_key_end(struct check *check, size_t i)
{
    const struct tem_trust_key_end *end = &check->c->key_ends[i];
    need(check, has_key(check->c, end->kid), "kid");
    need(check, i == 0 || end[-1].kid < end->kid, "kid");
    need(check, is_date(end->since), "since");
    need_reason(check, end->reason);
    need(check, end->lost || end->known.count == 0, "known");
    check_known(check, end->known);
}

/* A lot withdrawn as a whole has no part withdrawn too: the whole comes first,
 * and whatever follows of the lot overlaps it. */
static void check_withdrawal(struct check *check, size_t i)
{
    const struct tem_trust_withdrawal *one = &check->c->withdrawals[i];
    need_lot(check, &one->what);
    need(check, is_date(one->since), "since");
    need_reason(check, one->reason);
    need(check,
         i == 0 || (tem_trust_compare_lots(&one[-1].what, &one->what) < 0 &&
                    !tem_trust_lots_overlap(&one[-1].what, &one->what)),
         "order");
}

static void check_certificate_end(struct check *check, size_t i)
{
    const struct tem_trust_certificate_end *end =
        &check->c->certificate_ends[i];
    need(check, end->id >= 1 && end->id <= 1000000, "id");
    need(check, i == 0 || end[-1].id < end->id, "id");
    need(check, is_date(end->since), "since");
    need_reason(check, end->reason);
}

static void check_statement(struct check *check, size_t i)
{
    size_t size = check->c->chain[i].size;
    need(check, size > 0 && size <= TEM_TRUST_STATEMENT_MAX, "chain");
}

/* ---- the whole ---------------------------------------------------------- */

static void check_head(struct check *check)
{
    const struct tem_trust_contents *c = check->c;
    need(check, c->province >= 1 && c->province <= 99, "province");
    need(check, c->version >= 1, "version");
    need(check, is_date(c->issued), "issued");
    need(check, is_date(c->next_update) && c->issued <= c->next_update,
         "next_update");
    need(check, is_date(c->expires) && c->next_update <= c->expires, "expires");
    need(check, c->host_count >= 1 && c->host_count <= TEM_TRUST_HOSTS_MAX,
         "hosts");
    need(check, c->chain_count <= TEM_TRUST_CHAIN_MAX, "chain");
    need(check, c->next.size <= TEM_TRUST_STATEMENT_MAX, "next");
}

static void check_list(struct check *check, const char *name, size_t count,
                       size_t most, void (*entry)(struct check *, size_t))
{
    if (check->field)
        return;
    check->list = name;
    check->entry = 0;
    need(check, count <= most, "count");
    for (size_t i = 0; i < count && !check->field; i++) {
        check->entry = i;
        entry(check, i);
    }
}

static void check_all(struct check *check)
{
    const struct tem_trust_contents *c = check->c;
    check_head(check);
    check_list(check, "hosts", c->host_count, TEM_TRUST_HOSTS_MAX, check_host);
    check_list(check, "makers", c->maker_count, TEM_TRUST_MAKERS_MAX,
               check_maker);
    check_list(check, "products", c->product_count, TEM_TRUST_PRODUCTS_MAX,
               check_product);
    check_list(check, "keys", c->key_count, TEM_TRUST_KEYS_MAX, check_key);
    check_list(check, "certificates", c->certificate_count,
               TEM_TRUST_CERTIFICATES_MAX, check_certificate);
    check_list(check, "key_ends", c->key_end_count, TEM_TRUST_KEYS_MAX,
               check_key_end);
    check_list(check, "withdrawals", c->withdrawal_count,
               TEM_TRUST_WITHDRAWALS_MAX, check_withdrawal);
    check_list(check, "certificate_ends", c->certificate_end_count,
               TEM_TRUST_CERTIFICATES_MAX, check_certificate_end);
    check_list(check, "chain", c->chain_count, TEM_TRUST_CHAIN_MAX,
               check_statement);
}

enum tem_status tem_trust_check(const struct tem_trust_contents *contents,
                                enum tem_status status, struct tem_error *error)
{
    struct check check = {.c = contents, .list = "bundle"};
    check_all(&check);
    if (check.no_memory)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (check.field)
        return TEM_FAIL(error, status, TRUST_RULE, "sds", check.list,
                        (long long)check.entry + 1, check.field);
    return TEM_OK;
}
