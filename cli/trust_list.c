/* SPDX-License-Identifier: MIT */
/* See trust_list.h. */
#include "trust_list.h"
#include "json.h"
#include "key_show.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_SIZE = 1024 };

/* A line being put together, as long as it gets. */
struct line {
    const struct cli *cli;
    const struct tem_trust_contents *c;
    char *text; /* ends in a zero */
    size_t used, capacity;
    bool no_memory;
};

static bool make_room(struct line *line, size_t length)
{
    if (length < line->capacity - line->used)
        return true;
    size_t capacity = 2 * line->capacity + length + 1;
    char *text = realloc(line->text, capacity);
    line->no_memory |= !text;
    if (!text)
        return false;
    line->text = text;
    line->capacity = capacity;
    return true;
}

static void add_text(struct line *line, const char *text)
{
    size_t length = strlen(text);
    if (!make_room(line, length))
        return;
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

/* The GTIN, or the code behind its maker's number: "12-MAN-50". */
static struct word product_name(const struct tem_trust_contents *c,
                                uint32_t product)
{
    const struct tem_trust_product *p = &c->products[product];
    struct word made = word(p->gtin);
    if (p->gtin.size == 0)
        snprintf(made.text, sizeof made.text, "%" PRIu32 "-%.*s", p->maker_id,
                 (int)p->code.size, (const char *)p->code.data);
    return made;
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
    if (!l->line.no_memory)
        l->each(l->context, key, l->line.text);
    l->line.used = 0;
}

/* Each by its own: of a lost key some may come, and none may go unseen. */
static void give_known(struct listing *l, const struct tem_trust_key_end *end)
{
    const struct tem_trust_contents *c = l->line.c;
    char key[128];
    for (uint32_t i = 0; i < end->known.count; i++) {
        const struct tem_trust_lot *lot = &c->known[end->known.first + i];
        ADD(&l->line, LIST_KNOWN, number(end->kid).text);
        add_lot(&l->line, lot);
        snprintf(key, sizeof key, "f %05u %.24s %.20s %02zu %.20s", end->kid,
                 product_name(c, lot->product).text, word(lot->lot).text,
                 lot->from.size, word(lot->from).text);
        give(l, key);
    }
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
        give_known(l, &c->key_ends[i]);
    }
    for (size_t i = 0; i < c->withdrawal_count; i++) {
        const struct tem_trust_withdrawal *w = &c->withdrawals[i];
        ADD(&l->line, LIST_WITHDRAWN, day(w->since).text, word(w->reason).text);
        add_lot(&l->line, &w->what);
        snprintf(key, sizeof key, "g %.24s %.20s %02zu %.20s",
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

/* ---- the head ----------------------------------------------------------- */

/* The root named as the next, or NULL: that complains, or none is. */
static struct tem_key *next_root(const struct cli *cli,
                                 const struct tem_trust_contents *c)
{
    struct tem_error error;
    struct tem_key *next = NULL;
    if (tem_trust_next_root(c, &next, &error) != TEM_OK)
        complain_error(cli, "next", &error);
    return next;
}

static void list_head(struct listing *l)
{
    const struct tem_trust_contents *c = l->line.c;
    uint8_t fingerprint[TEM_SHA256_BYTES];
    char hex[2 * TEM_SHA256_BYTES + 1];
    struct tem_key *next = next_root(l->line.cli, c);
    ADD(&l->line, LIST_NEXT_UPDATE, day(c->next_update).text);
    give(l, "0 1");
    ADD(&l->line, LIST_EXPIRES, day(c->expires).text);
    give(l, "0 2");
    if (next && tem_key_fingerprint(next, fingerprint, NULL) == TEM_OK) {
        to_hex(fingerprint, sizeof fingerprint, hex);
        ADD(&l->line, LIST_NEXT_ROOT, hex);
        give(l, "0 3");
    }
    tem_key_free(next);
}

/* ---- all of it ---------------------------------------------------------- */

bool trust_list(const struct cli *cli,
                const struct tem_trust_contents *contents, bool head,
                trust_list_fn each, void *context)
{
    struct listing l = {
        .line = {.cli = cli, .c = contents}, .each = each, .context = context};
    if (head)
        list_head(&l);
    list_people(&l);
    list_ends(&l);
    free(l.line.text);
    return !l.line.no_memory;
}

static void summary_json(const struct cli *cli,
                         const struct tem_trust_contents *c)
{
    struct json json = {stdout, false};
    struct tem_key *next = next_root(cli, c);
    json_open(&json, NULL, '{');
    json_number(&json, "province", c->province);
    json_number(&json, "version", c->version);
    json_date(&json, "issued", c->issued);
    json_date(&json, "next_update", c->next_update);
    json_date(&json, "expires", c->expires);
    json_number(&json, "roots_before", (long long)c->chain_count);
    if (next) {
        json_open(&json, "next_root", '{');
        key_json(cli, &json, next);
        json_close(&json, '}');
    }
    json_close(&json, '}');
    json_end(&json);
    tem_key_free(next);
}

void trust_summary(const struct cli *cli, const struct tem_trust_contents *c)
{
    if (cli->json) {
        summary_json(cli, c);
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
    struct tem_key *next = next_root(cli, c);
    if (next) {
        SAY(cli, TRUST_NEXT, NULL);
        key_say(cli, next);
    }
    tem_key_free(next);
}
