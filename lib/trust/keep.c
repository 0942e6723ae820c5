/* SPDX-License-Identifier: MIT */
/* See source.h: what is kept of a row, and what one row alone may get wrong. */
#include "source.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tem_bytes keep_text(struct tem_trust_source *source,
                                  const char *text)
{
    return tem_source_keep(source, text, strlen(text));
}

/* Number that may be absent: then nought. */
static uint32_t or_zero(int64_t number)
{
    return number == TEM_NUMBER_NONE ? 0 : (uint32_t)number;
}

static struct tem_refs keep_refs(struct tem_trust_source *source,
                                 const struct tem_row_refs *row)
{
    struct tem_refs kept = {source->refs.count, 0};
    for (size_t i = 0; i < row->count; i++) {
        struct tem_bytes *ref =
            tem_list_add(source, &source->refs, sizeof *ref);
        if (ref)
            *ref = keep_text(source, row->refs[i]);
    }
    kept.count = source->refs.count - kept.first;
    return kept;
}

static void keep_head(struct tem_trust_source *source,
                      const struct tem_row_head *row,
                      const struct tem_origin *origin)
{
    char place[TEM_MESSAGE_ARG_SIZE];
    if (source->has_head) {
        TEM_SOURCE_FAULT(source, "version", "", SOURCE_TWICE, "s",
                         tem_source_place(source, &source->head_origin, place));
        return;
    }
    for (size_t i = 0; i < row->host_count; i++)
        if (!tem_host_valid(tem_bytes_of(row->hosts[i])))
            TEM_SOURCE_FAULT(source, "hosts", "", SOURCE_HOST, "s",
                             row->hosts[i]);
    if (row->next_update < row->issued)
        TEM_SOURCE_FAULT(source, "next_update", "", SOURCE_ORDER, "s",
                         "issued");
    if (row->expires < row->next_update)
        TEM_SOURCE_FAULT(source, "expires", "", SOURCE_ORDER, "s",
                         "next_update");
    source->head = *row;
    source->head_origin = *origin;
    source->has_head = true;
}

static void keep_maker(struct tem_trust_source *source,
                       const struct tem_row_maker *row,
                       const struct tem_origin *origin)
{
    struct tem_source_maker *kept =
        tem_list_add(source, &source->makers, sizeof *kept);
    if (!kept)
        return;
    kept->origin = *origin;
    kept->maker = (struct tem_trust_maker){
        .id = (uint32_t)row->maker_id,
        .name = keep_text(source, row->name),
        .name_en = keep_text(source, row->name_en),
        .commune = (uint32_t)strtoul(row->commune, NULL, 10),
        .address = keep_text(source, row->address)};
}

static int compare_nets(const void *left, const void *right)
{
    const uint16_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void keep_nets(const struct tem_row_product *row,
                      struct tem_trust_product *product)
{
    product->volume = row->millilitre_count > 0;
    const int64_t *from = product->volume ? row->millilitres : row->grams;
    size_t count = product->volume ? row->millilitre_count : row->gram_count;
    for (size_t i = 0; i < count; i++)
        product->nets[i] = (uint16_t)from[i];
    qsort(product->nets, count, sizeof *product->nets, compare_nets);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || product->nets[i] != product->nets[product->net_count - 1])
            product->nets[product->net_count++] = product->nets[i];
}

/* "0f" .. of small digits, which the field's pattern saw to. */
static struct tem_bytes keep_hex(struct tem_trust_source *source,
                                 const char *hex)
{
    uint8_t bytes[TEM_SHA256_BYTES];
    size_t size = strlen(hex) / 2;
    for (size_t i = 0; i < size; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    return tem_source_keep(source, bytes, size);
}

static void keep_product(struct tem_trust_source *source,
                         const struct tem_row_product *row,
                         const struct tem_origin *origin)
{
    if (!row->gtin[0] && !row->code[0])
        TEM_SOURCE_FAULT(source, "gtin", "", CHECK_NO_PRODUCT, "");
    if (row->gram_count > 0 && row->millilitre_count > 0)
        TEM_SOURCE_FAULT(source, "net_volume_ml", "", CHECK_TWO_NETS, "");
    struct tem_source_product *kept =
        tem_list_add(source, &source->products, sizeof *kept);
    if (!kept)
        return;
    kept->origin = *origin;
    kept->product =
        (struct tem_trust_product){.maker_id = (uint32_t)row->maker_id,
                                   .gtin = keep_text(source, row->gtin),
                                   .code = keep_text(source, row->code),
                                   .name = keep_text(source, row->name),
                                   .name_en = keep_text(source, row->name_en),
                                   .image = keep_hex(source, row->image)};
    keep_nets(row, &kept->product);
}

/* ---- keys --------------------------------------------------------------- */

/* What stands between the lines of a PEM block, or is given without them. */
static struct tem_bytes pem_body(const char *text)
{
    const char *begin = strstr(text, "KEY-----");
    begin = begin ? begin + strlen("KEY-----") : text;
    const char *end = strstr(begin, "-----END");
    size_t size = end ? (size_t)(end - begin) : strlen(begin);
    return (struct tem_bytes){(const uint8_t *)begin, size};
}

static enum tem_status read_key(const char *text, struct tem_key **key,
                                struct tem_error *error)
{
    char pem[600];
    size_t used =
        (size_t)snprintf(pem, sizeof pem, "-----BEGIN PUBLIC KEY-----\n");
    struct tem_bytes body = pem_body(text);
    for (size_t i = 0; i < body.size && used < 500; i++)
        if (body.data[i] != ' ') {
            pem[used++] = (char)body.data[i];
            if ((used - 27) % 65 == 64)
                pem[used++] = '\n';
        }
    used += (size_t)snprintf(pem + used, sizeof pem - used,
                             "\n-----END PUBLIC KEY-----\n");
    return tem_key_read_public((struct tem_bytes){(const uint8_t *)pem, used},
                               key, error);
}

/* A reason of another stage in place of one of ours. */
static void tell_error(struct tem_trust_source *source, const char *field,
                       const struct tem_error *error)
{
    struct tem_problems *found = &source->problems;
    TEM_SOURCE_FAULT(source, field, "", RECORD_REQUIRED, "");
    found->list[found->count - 1].message = error->message;
}

static void keep_public(struct tem_trust_source *source, const char *text,
                        struct tem_trust_key *kept)
{
    struct tem_key *key;
    struct tem_error error;
    enum tem_status status = read_key(text, &key, &error);
    source->no_memory |= status == TEM_E_MEMORY;
    if (status == TEM_E_MEMORY)
        return;
    if (status != TEM_OK) {
        tell_error(source, "public_key", &error);
        return;
    }
    if (tem_key_is_demo(key))
        TEM_SOURCE_FAULT(source, "public_key", "", SOURCE_DEMO, "");
    struct tem_bytes raw = tem_key_raw(key);
    kept->algorithm = tem_key_algorithm(key);
    kept->raw = tem_source_keep(source, raw.data, raw.size);
    tem_key_free(key);
}

static void keep_key(struct tem_trust_source *source,
                     const struct tem_row_key *row,
                     const struct tem_origin *origin)
{
    struct tem_source_key *kept =
        tem_list_add(source, &source->keys, sizeof *kept);
    if (!kept)
        return;
    kept->origin = *origin;
    kept->products = keep_refs(source, &row->products);
    kept->key = (struct tem_trust_key){.kid = (uint16_t)row->kid,
                                       .holder = keep_text(source, row->holder),
                                       .maker_id = (uint32_t)row->maker_id,
                                       .packed_from = row->packed_from,
                                       .packed_to = row->packed_to,
                                       .quota = or_zero(row->quota)};
    keep_public(source, row->public_key, &kept->key);
    if (row->packed_from != TEM_DATE_NONE && row->packed_to != TEM_DATE_NONE &&
        row->packed_to < row->packed_from)
        TEM_SOURCE_FAULT(source, "packed_to", "", SOURCE_ORDER, "s",
                         "packed_from");
}

static void keep_certificate(struct tem_trust_source *source,
                             struct tem_row_certificate *row,
                             const struct tem_origin *origin)
{
    tem_source_check_certificate(source, row);
    struct tem_source_certificate *kept =
        tem_list_add(source, &source->certificates, sizeof *kept);
    if (!kept)
        return;
    kept->origin = *origin;
    kept->maker_id = (uint32_t)row->maker_id;
    kept->products = keep_refs(source, &row->products);
    kept->certificate = (struct tem_trust_certificate){
        .id = (uint32_t)row->id,
        .stars = (unsigned)row->stars,
        .decision = keep_text(source, row->decision),
        .decided = row->decided,
        .authority = (enum tem_authority)row->authority,
        .valid_from = row->valid_from,
        .valid_to = row->valid_to};
}

/* ---- revocations -------------------------------------------------------- */

/* What does not belong to a kind may not stand there: somebody means something
 * by it. */
static void check_unnamed(struct tem_trust_source *source,
                          const struct tem_row_revocation *row, bool key,
                          bool lot, bool certificate)
{
    if (!key && row->kid != TEM_NUMBER_NONE)
        TEM_SOURCE_FAULT(source, "kid", "", SOURCE_NOT_HERE, "");
    if (!certificate && row->certificate_id != TEM_NUMBER_NONE)
        TEM_SOURCE_FAULT(source, "certificate_id", "", SOURCE_NOT_HERE, "");
    if (!lot && row->product[0])
        TEM_SOURCE_FAULT(source, "product", "", SOURCE_NOT_HERE, "");
    if (!lot && row->maker_id != TEM_NUMBER_NONE)
        TEM_SOURCE_FAULT(source, "maker_id", "", SOURCE_NOT_HERE, "");
}

/* What each kind must name. */
static void check_named(struct tem_trust_source *source,
                        const struct tem_row_revocation *row)
{
    bool key = row->kind == TEM_REVOKED_KEY_LOST ||
               row->kind == TEM_REVOKED_KEY_RETIRED ||
               row->kind == TEM_REVOKED_NOT;
    bool lot = row->kind == TEM_REVOKED_LOT || row->kind == TEM_REVOKED_NOT;
    bool certificate = row->kind == TEM_REVOKED_CERTIFICATE;
    if (key && row->kid == TEM_NUMBER_NONE)
        TEM_SOURCE_FAULT(source, "kid", "", RECORD_REQUIRED, "");
    if (certificate && row->certificate_id == TEM_NUMBER_NONE)
        TEM_SOURCE_FAULT(source, "certificate_id", "", RECORD_REQUIRED, "");
    if (lot && !row->product[0])
        TEM_SOURCE_FAULT(source, "product", "", RECORD_REQUIRED, "");
    if (lot && !row->lot[0])
        TEM_SOURCE_FAULT(source, "lot", "", RECORD_REQUIRED, "");
    /* a lot named beside a whole key would be thought to be all of it */
    if (!lot && (row->lot[0] || row->from[0] || row->to[0]))
        TEM_SOURCE_FAULT(source, "lot", "", SOURCE_NOT_OF_KIND, "");
    check_unnamed(source, row, key, lot, certificate);
}

static void check_serials(struct tem_trust_source *source,
                          const struct tem_row_revocation *row)
{
    size_t from = strlen(row->from), to = strlen(row->to);
    if ((from > 0) != (to > 0))
        TEM_SOURCE_FAULT(source, from ? "serial_last" : "serial_first", "",
                         RECORD_REQUIRED, "");
    else if (from != to || strcmp(row->from, row->to) > 0)
        TEM_SOURCE_FAULT(source, "serial_last", "", SOURCE_SERIALS, "ss",
                         row->from, row->to);
}

static void keep_revocation(struct tem_trust_source *source,
                            const struct tem_row_revocation *row,
                            const struct tem_origin *origin)
{
    check_named(source, row);
    check_serials(source, row);
    struct tem_source_revocation *kept =
        tem_list_add(source, &source->revocations, sizeof *kept);
    if (!kept)
        return;
    *kept = (struct tem_source_revocation){
        .kind = (enum tem_revoked)row->kind,
        .kid = (uint16_t)or_zero(row->kid),
        .certificate_id = or_zero(row->certificate_id),
        .maker_id = or_zero(row->maker_id),
        .product = keep_text(source, row->product),
        .lot = {.lot = keep_text(source, row->lot),
                .from = keep_text(source, row->from),
                .to = keep_text(source, row->to)},
        .since = row->since,
        .reason = keep_text(source, row->reason),
        .origin = *origin};
}

void tem_source_keep_row(struct tem_trust_source *source,
                         const struct tem_table *table, union tem_row *row,
                         const struct tem_origin *origin)
{
    if (table == &tem_trust_tables[TEM_ROWS_MAKERS])
        keep_maker(source, &row->maker, origin);
    else if (table == &tem_trust_tables[TEM_ROWS_PRODUCTS])
        keep_product(source, &row->product, origin);
    else if (table == &tem_trust_tables[TEM_ROWS_KEYS])
        keep_key(source, &row->key, origin);
    else if (table == &tem_trust_tables[TEM_ROWS_CERTIFICATES])
        keep_certificate(source, &row->certificate, origin);
    else if (table == &tem_trust_tables[TEM_ROWS_REVOCATIONS])
        keep_revocation(source, &row->revocation, origin);
    else
        keep_head(source, &row->head, origin);
}
