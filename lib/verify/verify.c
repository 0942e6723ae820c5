/* SPDX-License-Identifier: MIT */
/* See <tem/verify.h>. Each step either decides the verdict or hands on to the
 * next; nothing of the content is put into the result before the seal holds. */
#include "../error/fail.h"
#include "judge.h"
#include <string.h>

/* Does the content belong to the address that carries it? */
static enum tem_status check_form(const struct tem_parts *parts,
                                  struct tem_error *error)
{
    bool plain = parts->uri.form == TEM_FORM_PLAIN;
    if (parts->payload.plain != plain)
        return TEM_FAIL(error, TEM_E_FORMAT, VERIFY_FORM, "");
    return TEM_OK;
}

enum tem_status tem_verify_parts(struct tem_bytes text, struct tem_parts *parts,
                                 bool *ours, struct tem_error *error)
{
    struct tem_buffer message = {parts->message, sizeof parts->message, 0};
    enum tem_status status = tem_uri_parse(text, &parts->uri, ours, error);
    if (status == TEM_OK)
        status = tem_digits_decode(parts->uri.digits, &message, error);
    if (status == TEM_OK)
        status =
            tem_sealed_parse((struct tem_bytes){message.data, message.size},
                             &parts->sealed, error);
    if (status == TEM_OK)
        status =
            tem_payload_decode(parts->sealed.payload, &parts->payload, error);
    if (status == TEM_OK)
        status = check_form(parts, error);
    return status;
}

/* Is it an address of the province, whatever follows? */
static bool is_official(struct tem_bytes text, const struct tem_trust *trust)
{
    static const char *const schemes[] = {"https://", "http://"};
    char begin[16 + TEM_HOST_MAX + 1];
    size_t size = text.size < sizeof begin - 1 ? text.size : sizeof begin - 1;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = text.data[i];
        begin[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    begin[size] = '\0';
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t scheme = strlen(schemes[i]);
        if (strncmp(begin, schemes[i], scheme) != 0)
            continue;
        begin[scheme + strcspn(begin + scheme, "/:?#")] = '\0';
        return tem_trust_is_host(trust, begin + scheme);
    }
    return false;
}

/* A text that cannot be taken apart is malformed, if it is ours at all or
 * pretends to be; any other failure is one of the machine. */
static enum tem_status judge_broken(enum tem_status status, bool ours,
                                    bool official, const struct tem_error *why,
                                    struct tem_result *result,
                                    struct tem_error *error)
{
    if (status != TEM_E_FORMAT) {
        if (error)
            *error = *why;
        return status;
    }
    result->verdict =
        ours || official ? TEM_VERDICT_MALFORMED : TEM_VERDICT_NOT_A_LABEL;
    if (ours || (official && why->message.id == TEM_MSG_URI_UNSEALED)) {
        bool newer = why->message.id == TEM_MSG_SEAL_VERSION;
        *tem_finding_add(result, newer ? "A04" : "", TEM_SEVERITY_ERROR) =
            why->message;
    } else if (why->message.id == TEM_MSG_URI_UNSEALED) {
        *tem_finding_add(result, "", TEM_SEVERITY_WARNING) = why->message;
    } else if (official) {
        tem_message_set(tem_finding_add(result, "", TEM_SEVERITY_ERROR),
                        TEM_MSG_VERIFY_OFFICIAL, "");
    }
    return TEM_OK;
}

/* May the key (NULL: none) be used? Else nothing can be told. */
static bool key_usable(const struct tem_verify_options *options,
                       const struct tem_key *key, struct tem_result *result)
{
    if (key && (!tem_key_is_demo(key) || options->demo))
        return true;
    result->verdict = TEM_VERDICT_CANNOT_TELL;
    if (key)
        tem_message_set(tem_finding_add(result, "A05", TEM_SEVERITY_WARNING),
                        TEM_MSG_VERIFY_DEMO_KEY, "");
    else
        tem_message_set(tem_finding_add(result, "", TEM_SEVERITY_WARNING),
                        TEM_MSG_VERIFY_NO_KEY, "");
    return false;
}

static enum tem_status seal_holds(const struct tem_parts *parts,
                                  const struct tem_key *key, bool *holds,
                                  struct tem_error *error)
{
    uint8_t memory[TEM_URI_PREFIX_SIZE];
    struct tem_buffer aad = {memory, sizeof memory, 0};
    enum tem_status status = tem_uri_aad(parts->uri.prefix, &aad, error);
    if (status != TEM_OK)
        return status;
    return tem_sealed_check(&parts->sealed,
                            (struct tem_bytes){aad.data, aad.size}, key, holds,
                            error);
}

static void show_label(const struct tem_parts *parts, struct tem_result *result)
{
    const struct tem_uri *uri = &parts->uri;
    struct tem_unit unit = tem_payload_unit(uri, &parts->payload);
    result->has_label = true;
    result->form = uri->form;
    result->algorithm = parts->sealed.algorithm;
    result->kid = parts->sealed.kid;
    for (size_t i = 0; uri->host[i]; i++) {
        char c = uri->host[i];
        result->host[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    strcpy(result->gtin, uri->gtin);
    strcpy(result->lot, unit.lot);
    strcpy(result->serial, unit.serial);
    result->payload = parts->payload;
}

/* What a sealed label says against itself. */
static void judge_example(const struct tem_verify_options *options,
                          struct tem_result *result)
{
    bool example = result->payload.example;
    result->verdict = TEM_VERDICT_GENUINE;
    if (!example && tem_key_is_demo(options->key)) {
        result->verdict = TEM_VERDICT_OUT_OF_SCOPE;
        tem_message_set(tem_finding_add(result, "A05", TEM_SEVERITY_ERROR),
                        TEM_MSG_VERIFY_DEMO_REAL, "");
    } else if (example) {
        if (!options->demo)
            result->verdict = TEM_VERDICT_OUT_OF_SCOPE;
        tem_message_set(tem_finding_add(result, "A05",
                                        options->demo ? TEM_SEVERITY_INFO
                                                      : TEM_SEVERITY_ERROR),
                        TEM_MSG_VERIFY_EXAMPLE, "");
    }
}

static void judge_dates(int32_t at, struct tem_result *result)
{
    char date[TEM_DATE_TEXT_SIZE], day[TEM_DATE_TEXT_SIZE];
    const struct tem_payload *p = &result->payload;
    if (at == TEM_DATE_NONE)
        return;
    tem_date_vn(at, day);
    if (at > p->best_before)
        tem_message_set(tem_finding_add(result, "A33", TEM_SEVERITY_ERROR),
                        TEM_MSG_VERIFY_BEST_BEFORE, "ss",
                        tem_date_vn(p->best_before, date), day);
    if (at < p->packed)
        tem_message_set(tem_finding_add(result, "A43", TEM_SEVERITY_WARNING),
                        TEM_MSG_VERIFY_PACKED_LATER, "ss",
                        tem_date_vn(p->packed, date), day);
}

static void judge_label(const struct tem_verify_options *options,
                        struct tem_result *result)
{
    judge_dates(options->at, result);
    if (!result->serial[0])
        tem_message_set(tem_finding_add(result, "A42", TEM_SEVERITY_INFO),
                        TEM_MSG_VERIFY_NO_SERIAL, "");
}

static void tell_altered(enum tem_message_id id, struct tem_result *result)
{
    result->verdict = TEM_VERDICT_ALTERED;
    tem_message_set(tem_finding_add(result, "A01", TEM_SEVERITY_ERROR), id, "");
}

/* Against one bare key. */
static enum tem_status verify_by_key(const struct tem_parts *parts,
                                     const struct tem_verify_options *options,
                                     struct tem_result *result,
                                     struct tem_error *error)
{
    bool holds = false;
    if (!key_usable(options, options->key, result))
        return TEM_OK;
    enum tem_status status = seal_holds(parts, options->key, &holds, error);
    if (status != TEM_OK)
        return status;
    if (!holds) {
        tell_altered(TEM_MSG_VERIFY_ALTERED, result);
        return TEM_OK;
    }
    show_label(parts, result);
    judge_example(options, result);
    judge_label(options, result);
    tem_message_set(tem_finding_add(result, "", TEM_SEVERITY_INFO),
                    TEM_MSG_VERIFY_BARE_KEY, "");
    return TEM_OK;
}

/* Does the seal hold under a key of the bundle? One that is damaged in there
 * cannot have sealed anything, and one that everybody has decides nothing. */
static enum tem_status holds_under(const struct tem_parts *parts,
                                   const struct tem_trust_key *entry,
                                   const struct tem_verify_options *options,
                                   struct tem_result *result, bool *holds,
                                   struct tem_error *error)
{
    struct tem_key *key;
    *holds = false;
    enum tem_status status =
        tem_key_from_raw(entry->algorithm, entry->raw, &key, error);
    if (status == TEM_E_KEY)
        return TEM_OK;
    if (status != TEM_OK)
        return status;
    if (key_usable(options, key, result))
        status = seal_holds(parts, key, holds, error);
    tem_key_free(key);
    return status;
}

/* Against the bundle. */
static enum tem_status verify_by_trust(const struct tem_parts *parts,
                                       const struct tem_verify_options *options,
                                       struct tem_result *result,
                                       struct tem_error *error)
{
    const struct tem_trust_key *entry =
        tem_trust_find_key(options->trust, parts->sealed.kid);
    bool holds = false;
    tem_judge_freshness(options, result);
    if (result->verdict == TEM_VERDICT_CANNOT_TELL)
        return TEM_OK;
    if (!entry) {
        result->verdict = TEM_VERDICT_UNKNOWN_KEY;
        tem_message_set(tem_finding_add(result, "A02", TEM_SEVERITY_ERROR),
                        TEM_MSG_VERIFY_UNKNOWN_KEY, "d",
                        (long long)parts->sealed.kid);
        tem_judge_stale(options, result);
        return TEM_OK;
    }
    enum tem_status status =
        holds_under(parts, entry, options, result, &holds, error);
    if (status != TEM_OK || result->verdict == TEM_VERDICT_CANNOT_TELL)
        return status;
    if (!holds) {
        tell_altered(TEM_MSG_VERIFY_ALTERED_TRUST, result);
        return TEM_OK;
    }
    show_label(parts, result);
    tem_judge_register(options, entry, result);
    judge_label(options, result);
    tem_judge_stale(options, result);
    return TEM_OK;
}

enum tem_status tem_verify_text(struct tem_bytes text,
                                const struct tem_verify_options *options,
                                struct tem_result *result,
                                struct tem_error *error)
{
    memset(result, 0, sizeof *result);
    result->ocop_expires = TEM_DATE_NONE;
    struct tem_parts parts;
    struct tem_error why = {0};
    bool ours = false;
    enum tem_status status = tem_verify_parts(text, &parts, &ours, &why);
    if (status != TEM_OK)
        status = judge_broken(
            status, ours, options->trust && is_official(text, options->trust),
            &why, result, error);
    else
        status = (options->trust ? verify_by_trust : verify_by_key)(
            &parts, options, result, error);
    if (status != TEM_OK) /* half of it is worth nothing */
        memset(result, 0, sizeof *result);
    return status;
}

enum tem_status tem_verify_symbol(const struct tem_scan_symbol *symbol,
                                  const struct tem_verify_options *options,
                                  struct tem_result *result,
                                  struct tem_error *error)
{
    if (!symbol->part)
        return tem_verify_text(symbol->text, options, result, error);
    memset(result, 0, sizeof *result);
    result->verdict = TEM_VERDICT_NOT_A_LABEL;
    tem_message_set(tem_finding_add(result, "", TEM_SEVERITY_INFO),
                    TEM_MSG_VERIFY_PART, "");
    return TEM_OK;
}
