/* SPDX-License-Identifier: MIT */
/* See trust_list.h. */
#include "trust_list.h"
#include "json.h"
#include <inttypes.h>
#include <string.h>

enum { LINE_SIZE = 8192, WORD_SIZE = 1024 };

/* A line being put together; too long a one ends in an ellipsis. */
struct line {
    const struct cli *cli;
    const struct tem_trust_contents *c;
    char text[LINE_SIZE];
    size_t used;
};

static void add_text(struct line *line, const char *text)
{
    size_t room = sizeof line->text - line->used, length = strlen(text);
    if (length >= room) {
        memcpy(line->text + sizeof line->text - 4, "...", 4);
        line->used = sizeof line->text - 1;
        return;
    }
    memcpy(line->text + line->used, text, length + 1);
    line->used += length;
}

static void add_at(struct line *line, enum text_id id,
                   const char *const *arguments)
{
    char piece[2 * WORD_SIZE];
    text_format(line->cli->lang, id, arguments, piece, sizeof piece);
    add_text(line, piece);
}
#define ADD(line, name, ...) add_at(line, TEXT_##name, ARGUMENTS(__VA_ARGS__))

/* Text of the bundle as an argument. */
struct word {
    char text[WORD_SIZE];
};

static struct word word(struct tem_bytes bytes)
{
    struct word made;
    size_t size = bytes.size < WORD_SIZE - 1 ? bytes.size : WORD_SIZE - 1;
    if (size > 0)
        memcpy(made.text, bytes.data, size);
    made.text[size] = '\0';
    return made;
}

/* "15/08/2026", or "-" where it is open. */
static struct word day(int32_t date)
{
    struct word made = {"-"};
    if (date != TEM_DATE_NONE)
        tem_date_vn(date, made.text);
    return made;
}

static struct word number(long long value)
{
    struct word made;
    snprintf(made.text, sizeof made.text, "%lld", value);
    return made;
}

static struct word product_name(const struct tem_trust_contents *c,
                                uint32_t product)
{
    const struct tem_trust_product *p = &c->products[product];
    return word(p->gtin.size > 0 ? p->gtin : p->code);
}

static void add_products(struct line *line, struct tem_trust_slice slice)
{
    for (uint32_t i = 0; i < slice.count; i++) {
        add_text(line, i ? " " : "");
        add_text(line,
                 product_name(line->c, line->c->listed[slice.first + i]).text);
    }
}

static void add_lot(struct line *line, const struct tem_trust_lot *lot)
{
    ADD(line, LIST_LOT, product_name(line->c, lot->product).text,
        word(lot->lot).text);
    if (lot->from.size > 0)
        ADD(line, LIST_SERIALS, word(lot->from).text, word(lot->to).text);
}

static void add_more(struct line *line, struct tem_bytes text)
{
    if (text.size > 0)
        ADD(line, LIST_MORE, word(text).text);
}

/* ---- entries ------------------------------------------------------------ */

static void list_key(struct line *line, const struct tem_trust_key *key)
{
    char hex[2 * TEM_SHA256_BYTES + 1] = "";
    uint8_t fingerprint[TEM_SHA256_BYTES];
    struct tem_key *read;
    if (tem_key_from_raw(key->algorithm, key->raw, &read, NULL) == TEM_OK) {
        if (tem_key_fingerprint(read, fingerprint, NULL) == TEM_OK)
            to_hex(fingerprint, 8, hex);
        tem_key_free(read);
    }
    ADD(line, LIST_KEY, number(key->kid).text,
        key->algorithm == TEM_ALGORITHM_ES256 ? "ES256" : "Ed25519", hex,
        word(key->holder).text, number(key->maker_id).text);
    if (key->products.count > 0) {
        ADD(line, LIST_PRODUCTS, NULL);
        add_products(line, key->products);
    } else {
        ADD(line, LIST_ALL_PRODUCTS, NULL);
    }
    if (key->packed_from != TEM_DATE_NONE || key->packed_to != TEM_DATE_NONE)
        ADD(line, LIST_PACKED, day(key->packed_from).text,
            day(key->packed_to).text);
    if (key->quota > 0)
        ADD(line, LIST_QUOTA, number(key->quota).text);
}

static void list_maker(struct line *line, const struct tem_trust_maker *maker)
{
    char code[8];
    snprintf(code, sizeof code, "%05" PRIu32, maker->commune);
    ADD(line, LIST_MAKER, number(maker->id).text, word(maker->name).text, code);
    add_more(line, maker->address);
    add_more(line, maker->name_en);
}

static void list_product(struct line *line,
                         const struct tem_trust_product *product)
{
    char hex[2 * TEM_SHA256_BYTES + 1];
    bool gtin = product->gtin.size > 0;
    ADD(line, LIST_PRODUCT, number(product->maker_id).text,
        word(gtin ? product->gtin : product->code).text,
        word(product->name).text);
    add_more(line, product->name_en);
    if (gtin && product->code.size > 0)
        ADD(line, LIST_CODE, word(product->code).text);
    for (unsigned i = 0; i < product->net_count; i++) {
        add_text(line, i ? ", " : "; ");
        add_text(line, number(product->nets[i]).text);
    }
    if (product->net_count > 0)
        add_text(line, product->volume ? " ml" : " g");
    if (product->image.size == TEM_SHA256_BYTES) {
        to_hex(product->image.data, product->image.size, hex);
        ADD(line, LIST_IMAGE, hex);
    }
}

static void list_certificate(struct line *line,
                             const struct tem_trust_certificate *one)
{
    static const enum text_id by[] = {
        [TEM_AUTHORITY_DISTRICT] = TEXT_LIST_DISTRICT,
        [TEM_AUTHORITY_PROVINCE] = TEXT_LIST_PROVINCE,
        [TEM_AUTHORITY_CENTRE] = TEXT_LIST_CENTRE};
    ADD(line, LIST_CERTIFICATE, number(one->id).text, number(one->stars).text,
        word(one->decision).text, day(one->decided).text,
        text_of(line->cli->lang, by[one->authority]));
    ADD(line, LIST_VALID, day(one->valid_from).text, day(one->valid_to).text);
    add_products(line, one->products);
}

static void list_key_end(struct line *line, const struct tem_trust_key_end *end)
{
    if (end->lost)
        ADD(line, LIST_KEY_LOST, number(end->kid).text, day(end->since).text,
            word(end->reason).text);
    else
        ADD(line, LIST_KEY_RETIRED, number(end->kid).text, day(end->since).text,
            word(end->reason).text);
    for (uint32_t i = 0; i < end->known.count; i++) {
        ADD(line, LIST_KNOWN, NULL);
        add_lot(line, &line->c->known[end->known.first + i]);
    }
}

/* ---- all ---------------------------------------------------------------- */

/* Begin a line anew, and give the one that is done. */
struct listing {
    struct line line;
    trust_list_fn each;
    void *context;
};

static void give(struct listing *l, const char *key)
{
    l->each(l->context, key, l->line.text);
    l->line.used = 0;
    l->line.text[0] = '\0';
}

static void list_people(struct listing *l)
{
    const struct tem_trust_contents *c = l->line.c;
    char key[64];
    for (size_t i = 0; i < c->host_count; i++) {
        struct word host = word(c->hosts[i]);
        ADD(&l->line, LIST_HOST, host.text);
        snprintf(key, sizeof key, "a %.60s", host.text);
        give(l, key);
    }
    for (size_t i = 0; i < c->maker_count; i++) {
        list_maker(&l->line, &c->makers[i]);
        snprintf(key, sizeof key, "b %08" PRIu32, c->makers[i].id);
        give(l, key);
    }
    for (size_t i = 0; i < c->product_count; i++) {
        list_product(&l->line, &c->products[i]);
        snprintf(key, sizeof key, "c %08" PRIu32 " %.20s",
                 c->products[i].maker_id, product_name(c, (uint32_t)i).text);
        give(l, key);
    }
    for (size_t i = 0; i < c->key_count; i++) {
        list_key(&l->line, &c->keys[i]);
        snprintf(key, sizeof key, "d %05u", c->keys[i].kid);
        give(l, key);
    }
    for (size_t i = 0; i < c->certificate_count; i++) {
        list_certificate(&l->line, &c->certificates[i]);
        snprintf(key, sizeof key, "e %08" PRIu32, c->certificates[i].id);
        give(l, key);
    }
}

static void list_ends(struct listing *l)
{
    const struct tem_trust_contents *c = l->line.c;
    char key[128];
    for (size_t i = 0; i < c->key_end_count; i++) {
        list_key_end(&l->line, &c->key_ends[i]);
        snprintf(key, sizeof key, "f %05u", c->key_ends[i].kid);
        give(l, key);
    }
    for (size_t i = 0; i < c->withdrawal_count; i++) {
        const struct tem_trust_withdrawal *w = &c->withdrawals[i];
        ADD(&l->line, LIST_WITHDRAWN, day(w->since).text, word(w->reason).text);
        add_lot(&l->line, &w->what);
        snprintf(key, sizeof key, "g %.20s %.20s %02zu %.20s",
                 product_name(c, w->what.product).text, word(w->what.lot).text,
                 w->what.from.size, word(w->what.from).text);
        give(l, key);
    }
    for (size_t i = 0; i < c->certificate_end_count; i++) {
        const struct tem_trust_certificate_end *end = &c->certificate_ends[i];
        ADD(&l->line, LIST_CERTIFICATE_END, number(end->id).text,
            day(end->since).text, word(end->reason).text);
        snprintf(key, sizeof key, "h %08" PRIu32, end->id);
        give(l, key);
    }
}

void trust_list(const struct cli *cli,
                const struct tem_trust_contents *contents, trust_list_fn each,
                void *context)
{
    struct listing l = {
        .line = {.cli = cli, .c = contents}, .each = each, .context = context};
    list_people(&l);
    list_ends(&l);
}

static void summary_json(const struct tem_trust_contents *c)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_number(&json, "province", c->province);
    json_number(&json, "version", c->version);
    json_date(&json, "issued", c->issued);
    json_date(&json, "next_update", c->next_update);
    json_date(&json, "expires", c->expires);
    json_number(&json, "roots_before", (long long)c->chain_count);
    json_bool(&json, "names_next_root", c->next.size > 0);
    json_close(&json, '}');
    json_end(&json);
}

void trust_summary(const struct cli *cli, const struct tem_trust_contents *c)
{
    if (cli->json) {
        summary_json(c);
        return;
    }
    SAY(cli, TRUST_HEAD, number(c->province).text, number(c->version).text,
        day(c->issued).text, day(c->next_update).text, day(c->expires).text);
    SAY(cli, TRUST_COUNTS, number((long long)c->maker_count).text,
        number((long long)c->product_count).text,
        number((long long)c->key_count).text,
        number((long long)c->certificate_count).text,
        number((long long)(c->key_end_count + c->withdrawal_count +
                           c->certificate_end_count))
            .text);
    if (c->chain_count > 0)
        SAY(cli, TRUST_CHAIN, number((long long)c->chain_count).text);
    if (c->next.size > 0)
        SAY(cli, TRUST_NEXT, NULL);
}
