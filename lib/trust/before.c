/* SPDX-License-Identifier: MIT */
/* See source.h: what no later bundle may take back. */
#include "source.h"
#include <string.h>

typedef struct tem_trust_source source_t;

static void check_head(source_t *s, const struct tem_trust_contents *before)
{
    const struct tem_trust_contents *now = &s->built.contents;
    if (now->province != before->province)
        TEM_SOURCE_FAULT(s, "province", "", SOURCE_PROVINCE, "d",
                         (long long)before->province);
    if (now->version <= before->version)
        TEM_SOURCE_FAULT(s, "version", "", SOURCE_VERSION, "d",
                         (long long)before->version);
    if (now->issued < before->issued)
        TEM_SOURCE_FAULT(s, "issued", "", SOURCE_EARLIER, "");
}

/* A KID means one key for ever: labels name it. */
static void check_keys(source_t *s, const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->key_count; i++) {
        const struct tem_trust_key *old = &before->keys[i];
        const struct tem_trust_key *key =
            tem_trust_find_key(&s->built, old->kid);
        if (!key)
            TEM_SOURCE_FAULT(s, "keys", "", SOURCE_KEY_GONE, "d",
                             (long long)old->kid);
        else if (key->algorithm != old->algorithm ||
                 tem_trust_compare_bytes(key->raw, old->raw) != 0)
            TEM_SOURCE_FAULT(s, "keys", "", SOURCE_KEY_OTHER, "d",
                             (long long)old->kid);
    }
}

/* A lost key is lost. One that was only retired may seal again. */
static void check_ends(source_t *s, const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->key_end_count; i++) {
        const struct tem_trust_key_end *old = &before->key_ends[i];
        const struct tem_trust_key_end *end =
            tem_trust_find_key_end(&s->built, old->kid);
        if (old->lost && (!end || !end->lost))
            TEM_SOURCE_FAULT(s, "revocations", "", SOURCE_FOUND_AGAIN, "d",
                             (long long)old->kid);
        else if (!end)
            TEM_SOURCE_DOUBT(s, "revocations", "", SOURCE_KEY_BACK, "d",
                             (long long)old->kid);
    }
}

/* The product of the bundle before, in this one. */
static const struct tem_trust_product *
find_again(const source_t *s, const struct tem_trust_product *old)
{
    char text[TEM_GTIN_SIZE] = "";
    struct tem_bytes name = old->gtin.size > 0 ? old->gtin : old->code;
    memcpy(text, name.data, name.size);
    return old->gtin.size > 0
               ? tem_trust_find_gtin(&s->built, text)
               : tem_trust_find_code(&s->built, old->maker_id, text);
}

/* Are all of these labels withdrawn still, by one entry? */
static bool is_still_out(const source_t *s, const struct tem_trust_product *p,
                         const struct tem_trust_lot *old)
{
    char lot[TEM_LOT_SIZE] = "", from[TEM_LOT_SIZE] = "";
    memcpy(lot, old->lot.data, old->lot.size);
    if (old->from.size > 0)
        memcpy(from, old->from.data, old->from.size);
    const struct tem_trust_withdrawal *now =
        p ? tem_trust_find_withdrawal(&s->built, p, lot, from) : NULL;
    return now && (now->what.from.size == 0 ||
                   (old->to.size > 0 &&
                    tem_trust_compare_bytes(old->to, now->what.to) <= 0));
}

/* What was withdrawn is called genuine again if it is left out. */
static void check_withdrawals(source_t *s,
                              const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->withdrawal_count; i++) {
        const struct tem_trust_lot *old = &before->withdrawals[i].what;
        const struct tem_trust_product *p = &before->products[old->product];
        char lot[TEM_LOT_SIZE] = "", name[TEM_GTIN_SIZE] = "";
        struct tem_bytes named = p->gtin.size > 0 ? p->gtin : p->code;
        if (is_still_out(s, find_again(s, p), old))
            continue;
        memcpy(lot, old->lot.data, old->lot.size);
        memcpy(name, named.data, named.size);
        TEM_SOURCE_DOUBT(s, "revocations", "", SOURCE_LOT_BACK, "ss", lot,
                         name);
        tem_source_tell(s, &s->head_origin);
    }
}

static void check_certificate_ends(source_t *s,
                                   const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->certificate_end_count; i++) {
        uint32_t id = before->certificate_ends[i].id;
        if (tem_trust_find_certificate_end(&s->built, id))
            continue;
        TEM_SOURCE_DOUBT(s, "revocations", "", SOURCE_CERTIFICATE_BACK, "d",
                         (long long)id);
        tem_source_tell(s, &s->head_origin);
    }
}

static void check_certificates(source_t *s,
                               const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->certificate_count; i++) {
        const struct tem_trust_certificate *old = &before->certificates[i];
        const struct tem_trust_certificate *one =
            tem_trust_find_certificate(&s->built, old->id);
        if (one && (one->decided != old->decided ||
                    tem_trust_compare_bytes(one->decision, old->decision) != 0))
            TEM_SOURCE_FAULT(s, "certificates", "", SOURCE_CERTIFICATE_OTHER,
                             "d", (long long)old->id);
    }
}

void tem_source_check_before(source_t *s,
                             const struct tem_trust_contents *before)
{
    check_head(s, before);
    tem_source_tell(s, &s->head_origin);
    check_keys(s, before);
    tem_source_tell(s, &s->head_origin);
    check_ends(s, before);
    tem_source_tell(s, &s->head_origin);
    check_certificates(s, before);
    tem_source_tell(s, &s->head_origin);
    check_withdrawals(s, before);
    check_certificate_ends(s, before);
}
