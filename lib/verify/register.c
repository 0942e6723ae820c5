/* SPDX-License-Identifier: MIT */
/* See judge.h: what a trust bundle says of a label. FORMAT.md of the trust
 * stage, section 3. */
#include "judge.h"
#include <string.h>

enum { WARNING_DAYS = 90 }; /* before a certificate ends: rule A18 */

struct tem_message *tem_finding_add(struct tem_result *result, const char *rule,
                                    enum tem_severity severity)
{
    result->finding_count -= result->finding_count == TEM_FINDINGS_MAX;
    struct tem_finding *finding = &result->findings[result->finding_count++];
    strcpy(finding->rule, rule);
    finding->severity = severity;
    return &finding->message;
}

#define FINDING(rule, severity, name, ...)                                     \
    tem_message_set(tem_finding_add(result, rule, TEM_SEVERITY_##severity),    \
                    TEM_MSG_##name, __VA_ARGS__)

/* ---- how old the bundle is ---------------------------------------------- */

void tem_judge_freshness(const struct tem_verify_options *options,
                         struct tem_result *result)
{
    const struct tem_trust_contents *c = tem_trust_all(options->trust);
    char now[TEM_DATE_TEXT_SIZE], day[TEM_DATE_TEXT_SIZE];
    result->trust_version = c->version;
    result->trust_issued = c->issued;
    if (options->unseen)
        FINDING("", INFO, VERIFY_UNSEEN, "d", (long long)c->version);
    if (options->now == TEM_DATE_NONE) {
        FINDING("", WARNING, VERIFY_NO_CLOCK, "s", tem_date_vn(c->issued, day));
        return;
    }
    tem_date_vn(options->now, now);
    if (options->now < c->issued) {
        result->verdict = TEM_VERDICT_CANNOT_TELL;
        FINDING("", ERROR, VERIFY_CLOCK, "ss", now,
                tem_date_vn(c->issued, day));
    } else if (options->now > c->next_update && options->now <= c->expires) {
        FINDING("", WARNING, VERIFY_UPDATE_DUE, "ds", (long long)c->version,
                tem_date_vn(c->next_update, day));
    }
}

void tem_judge_stale(const struct tem_verify_options *options,
                     struct tem_result *result)
{
    const struct tem_trust_contents *c = tem_trust_all(options->trust);
    char day[TEM_DATE_TEXT_SIZE];
    if (options->now == TEM_DATE_NONE || options->now <= c->expires)
        return;
    FINDING("", ERROR, VERIFY_STALE, "ds", (long long)c->version,
            tem_date_vn(c->expires, day));
    if (result->verdict != TEM_VERDICT_REVOKED)
        result->verdict = TEM_VERDICT_CANNOT_TELL;
    if (result->ocop_at == TEM_OCOP_VALID) /* it may have been withdrawn */
        result->ocop_at = TEM_OCOP_NONE;
}

/* ---- revoked ------------------------------------------------------------ */

/* The part of an argument that fits is enough: reasons are long. */
static const char *cut(struct tem_bytes text, char out[TEM_MESSAGE_ARG_SIZE])
{
    size_t size = text.size < TEM_MESSAGE_ARG_SIZE - 1
                      ? text.size
                      : TEM_MESSAGE_ARG_SIZE - 1;
    while (size < text.size && size > 0 && (text.data[size] & 0xC0) == 0x80)
        size--; /* not inside a character */
    memcpy(out, text.data, size);
    out[size] = '\0';
    return out;
}

static bool judge_key_end(const struct tem_verify_options *options,
                          const struct tem_trust_key *key,
                          const struct tem_trust_product *product,
                          struct tem_result *result)
{
    const struct tem_trust_key_end *end =
        tem_trust_find_key_end(options->trust, key->kid);
    char since[TEM_DATE_TEXT_SIZE], reason[TEM_MESSAGE_ARG_SIZE];
    if (!end)
        return false;
    if (end->lost) {
        if (product && tem_trust_is_known(options->trust, end, product,
                                          result->lot, result->serial))
            return false;
        FINDING("A03", ERROR, VERIFY_KEY_LOST, "dss", (long long)key->kid,
                tem_date_vn(end->since, since), cut(end->reason, reason));
        return true;
    }
    if (result->payload.packed < end->since)
        return false;
    FINDING("A03", ERROR, VERIFY_KEY_RETIRED, "dss", (long long)key->kid,
            tem_date_vn(end->since, since), cut(end->reason, reason));
    return true;
}

static bool judge_withdrawal(const struct tem_verify_options *options,
                             const struct tem_trust_product *product,
                             struct tem_result *result)
{
    char since[TEM_DATE_TEXT_SIZE], reason[TEM_MESSAGE_ARG_SIZE];
    const struct tem_trust_withdrawal *found =
        product ? tem_trust_find_withdrawal(options->trust, product,
                                            result->lot, result->serial)
                : NULL;
    if (!found)
        return false;
    tem_date_vn(found->since, since);
    cut(found->reason, reason);
    if (found->what.from.size == 0)
        FINDING("A03", ERROR, VERIFY_LOT_WITHDRAWN, "sss", result->lot, since,
                reason);
    else
        FINDING("A03", ERROR, VERIFY_SERIAL_WITHDRAWN, "ssss", result->serial,
                result->lot, since, reason);
    return true;
}

/* ---- out of scope ------------------------------------------------------- */

static void judge_packing(const struct tem_trust_key *key,
                          struct tem_result *result)
{
    char packed[TEM_DATE_TEXT_SIZE], edge[TEM_DATE_TEXT_SIZE];
    int32_t day = result->payload.packed;
    tem_date_vn(day, packed);
    if (key->packed_from != TEM_DATE_NONE && day < key->packed_from)
        FINDING("A03", ERROR, VERIFY_KEY_EARLY, "dss", (long long)key->kid,
                packed, tem_date_vn(key->packed_from, edge));
    if (key->packed_to != TEM_DATE_NONE && day > key->packed_to)
        FINDING("A03", ERROR, VERIFY_KEY_LATE, "dss", (long long)key->kid,
                packed, tem_date_vn(key->packed_to, edge));
}

static void judge_product(const struct tem_verify_options *options,
                          const struct tem_trust_key *key,
                          const struct tem_trust_product *product,
                          struct tem_result *result)
{
    const char *name =
        result->gtin[0] ? result->gtin : result->payload.product_code;
    if (!product || product->maker_id != key->maker_id)
        FINDING("A14", ERROR, VERIFY_PRODUCT_UNKNOWN, "sd", name,
                (long long)key->maker_id);
    else if (key->products.count > 0 &&
             !tem_trust_lists(options->trust, key->products, product))
        FINDING("A14", ERROR, VERIFY_PRODUCT_NOT_KEYS, "sd", name,
                (long long)key->kid);
}

static bool is_text(struct tem_bytes registered, const char *said)
{
    return registered.size == strlen(said) &&
           memcmp(registered.data, said, registered.size) == 0;
}

/* A label that bears names bears those of the register. */
static void judge_names(const struct tem_trust_maker *maker,
                        const struct tem_trust_product *product,
                        struct tem_result *result)
{
    const struct tem_payload *p = &result->payload;
    char name[TEM_MESSAGE_ARG_SIZE];
    if (p->named && maker && !is_text(maker->name, p->maker_name))
        FINDING("A14", ERROR, VERIFY_NAME, "ss", p->maker_name,
                cut(maker->name, name));
    if (p->named && product && !is_text(product->name, p->product_name))
        FINDING("A14", ERROR, VERIFY_NAME, "ss", p->product_name,
                cut(product->name, name));
}

/* Every way in which it is, each with its finding. */
static bool judge_scope(const struct tem_verify_options *options,
                        const struct tem_trust_key *key,
                        const struct tem_trust_maker *maker,
                        const struct tem_trust_product *product,
                        struct tem_result *result)
{
    size_t before = result->finding_count;
    if (!tem_trust_is_host(options->trust, result->host))
        FINDING("", ERROR, VERIFY_HOST, "s", result->host);
    if (result->payload.maker_id != key->maker_id)
        FINDING("A03", ERROR, VERIFY_OTHER_MAKER, "dd",
                (long long)result->payload.maker_id, (long long)key->maker_id);
    judge_product(options, key, product, result);
    judge_packing(key, result);
    judge_names(maker, product, result);
    if (result->payload.example && !options->demo)
        FINDING("A05", ERROR, VERIFY_EXAMPLE, "");
    bool outside = result->finding_count > before;
    if (result->payload.example && options->demo)
        FINDING("A05", INFO, VERIFY_EXAMPLE, "");
    return outside;
}

/* ---- stars -------------------------------------------------------------- */

static enum tem_ocop stars_on(const struct tem_verify_options *options,
                              const struct tem_trust_product *product,
                              const struct tem_result *result, int32_t day)
{
    const struct tem_trust *trust = options->trust;
    uint32_t id = result->payload.certificate_id;
    const struct tem_trust_certificate *one =
        tem_trust_find_certificate(trust, id);
    const struct tem_trust_certificate_end *end =
        tem_trust_find_certificate_end(trust, id);
    if (result->payload.stars == 0 || day == TEM_DATE_NONE)
        return TEM_OCOP_NONE;
    if (!one)
        return TEM_OCOP_UNKNOWN;
    if (!product || !tem_trust_lists(trust, one->products, product))
        return TEM_OCOP_OTHER_PRODUCT;
    if (one->stars != result->payload.stars)
        return TEM_OCOP_OTHER_STARS;
    if (end && day >= end->since)
        return TEM_OCOP_WITHDRAWN;
    if (day < one->valid_from)
        return TEM_OCOP_EARLY;
    return day > one->valid_to ? TEM_OCOP_EXPIRED : TEM_OCOP_VALID;
}

/* What holds on every day, and is told once. */
static void tell_certificate(enum tem_ocop ocop, struct tem_result *result)
{
    long long id = result->payload.certificate_id;
    long long stars = result->payload.stars;
    if (ocop == TEM_OCOP_UNKNOWN)
        FINDING("A10", ERROR, VERIFY_OCOP_UNKNOWN, "dd", stars, id);
    else if (ocop == TEM_OCOP_OTHER_PRODUCT)
        FINDING("A14", ERROR, VERIFY_OCOP_OTHER_PRODUCT, "d", id);
    else if (ocop == TEM_OCOP_OTHER_STARS)
        FINDING("A10", ERROR, VERIFY_OCOP_OTHER_STARS, "dd", id, stars);
}

static void tell_packed(const struct tem_trust_certificate *one,
                        enum tem_ocop ocop, struct tem_result *result)
{
    char day[TEM_DATE_TEXT_SIZE], from[TEM_DATE_TEXT_SIZE],
        to[TEM_DATE_TEXT_SIZE];
    tem_date_vn(result->payload.packed, day);
    if (ocop == TEM_OCOP_EARLY || ocop == TEM_OCOP_EXPIRED)
        FINDING("A12", ERROR, VERIFY_OCOP_PACKED, "sdss", day,
                (long long)one->id, tem_date_vn(one->valid_from, from),
                tem_date_vn(one->valid_to, to));
}

static void tell_day(const struct tem_verify_options *options,
                     const struct tem_trust_certificate *one,
                     enum tem_ocop ocop, struct tem_result *result)
{
    char day[TEM_DATE_TEXT_SIZE], edge[TEM_DATE_TEXT_SIZE],
        reason[TEM_MESSAGE_ARG_SIZE];
    const struct tem_trust_certificate_end *end =
        tem_trust_find_certificate_end(options->trust, one->id);
    tem_date_vn(options->at, day);
    if (ocop == TEM_OCOP_WITHDRAWN)
        FINDING("A17", ERROR, VERIFY_OCOP_WITHDRAWN, "dss", (long long)one->id,
                tem_date_vn(end->since, edge), cut(end->reason, reason));
    else if (ocop == TEM_OCOP_EXPIRED)
        FINDING("A11", ERROR, VERIFY_OCOP_EXPIRED, "dss", (long long)one->id,
                tem_date_vn(one->valid_to, edge), day);
    else if (ocop == TEM_OCOP_EARLY)
        FINDING("A12", ERROR, VERIFY_OCOP_EARLY, "dss", (long long)one->id,
                tem_date_vn(one->valid_from, edge), day);
    else if (ocop == TEM_OCOP_VALID &&
             options->at >= one->valid_to - WARNING_DAYS)
        FINDING("A18", INFO, VERIFY_OCOP_SOON, "ds", (long long)one->id,
                tem_date_vn(one->valid_to, edge));
}

static void judge_stars(const struct tem_verify_options *options,
                        const struct tem_trust_product *product,
                        struct tem_result *result)
{
    const struct tem_trust_certificate *one = tem_trust_find_certificate(
        options->trust, result->payload.certificate_id);
    enum tem_ocop packed =
        stars_on(options, product, result, result->payload.packed);
    enum tem_ocop at = stars_on(options, product, result, options->at);
    result->ocop_packed = packed;
    result->ocop_at = at;
    tell_certificate(packed, result);
    if (!one || packed >= TEM_OCOP_OTHER_PRODUCT || packed == TEM_OCOP_NONE)
        return;
    result->ocop_expires = one->valid_to;
    tell_packed(one, packed, result);
    if (packed == TEM_OCOP_WITHDRAWN && at != TEM_OCOP_WITHDRAWN)
        FINDING("A17", ERROR, VERIFY_OCOP_PACKED_WITHDRAWN, "d",
                (long long)one->id);
    tell_day(options, one, at, result);
}

/* ---- the register ------------------------------------------------------- */

static void put(struct tem_bytes text, char *out)
{
    memcpy(out, text.data, text.size);
    out[text.size] = '\0';
}

/* A name that there is in one language only stands for both. */
static void put_names(struct tem_bytes vi, struct tem_bytes en,
                      char out[2][TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)])
{
    put(vi, out[TEM_LANG_VI]);
    put(en.size > 0 ? en : vi, out[TEM_LANG_EN]);
}

static void judge_net(const struct tem_trust_product *product,
                      struct tem_result *result)
{
    const struct tem_payload *p = &result->payload;
    bool known = product->net_count == 0;
    for (unsigned i = 0; i < product->net_count; i++)
        known |= product->nets[i] == p->net;
    if (!known || product->volume != p->volume)
        FINDING("A14", WARNING, VERIFY_NET, "d", (long long)p->net);
}

void tem_judge_register(const struct tem_verify_options *options,
                        const struct tem_trust_key *key,
                        struct tem_result *result)
{
    const struct tem_trust *trust = options->trust;
    const struct tem_trust_maker *maker =
        tem_trust_find_maker(trust, key->maker_id);
    const struct tem_trust_product *product =
        result->gtin[0] ? tem_trust_find_gtin(trust, result->gtin)
                        : tem_trust_find_code(trust, result->payload.maker_id,
                                              result->payload.product_code);
    if (maker)
        put_names(maker->name, maker->name_en, result->maker_name);
    if (product)
        put_names(product->name, product->name_en, result->product_name);
    bool ended = judge_key_end(options, key, product, result);
    bool withdrawn = judge_withdrawal(options, product, result);
    bool outside = judge_scope(options, key, maker, product, result);
    result->verdict = ended || withdrawn ? TEM_VERDICT_REVOKED
                      : outside          ? TEM_VERDICT_OUT_OF_SCOPE
                                         : TEM_VERDICT_GENUINE;
    judge_stars(options, product, result);
    if (product)
        judge_net(product, result);
}
