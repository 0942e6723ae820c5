/* SPDX-License-Identifier: MIT */
/* See source.h: what no later bundle may take back. */
#include "source.h"

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

/* A lost key is lost. */
static void check_ends(source_t *s, const struct tem_trust_contents *before)
{
    for (size_t i = 0; i < before->key_end_count; i++) {
        const struct tem_trust_key_end *old = &before->key_ends[i];
        const struct tem_trust_key_end *end =
            tem_trust_find_key_end(&s->built, old->kid);
        if (old->lost && (!end || !end->lost))
            TEM_SOURCE_FAULT(s, "revocations", "", SOURCE_FOUND_AGAIN, "d",
                             (long long)old->kid);
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
}
