/* SPDX-License-Identifier: MIT */
/* See issue.h: the province's bundle is asked before anything is sealed. It is
 * asked as who checks the label asks: by judging one. */
#include "issue.h"
#include "print.h"
#include "records.h"
#include <inttypes.h>
#include <string.h>

enum { WARN_DAYS = 90 };

/* ---- the key ---- */

static bool is_same_key(const struct tem_trust_key *listed,
                        const struct tem_key *key)
{
    struct tem_bytes raw = tem_key_raw(key);
    return listed->algorithm == tem_key_algorithm(key) &&
           listed->raw.size == raw.size &&
           memcmp(listed->raw.data, raw.data, raw.size) == 0;
}

/* The KID of the key: each has one. */
static bool find_kid(struct issue *issue)
{
    const struct tem_trust_contents *c = tem_trust_all(issue->trust);
    const char *file = issue->args->values[O_KEY];
    bool given = issue->args->values[O_KID] != NULL;
    size_t i = 0;
    while (i < c->key_count && !is_same_key(&c->keys[i], issue->key))
        i++;
    if (i == c->key_count) {
        COMPLAIN(issue->cli, TRUST_NO_KID, file, issue->args->values[O_TRUST]);
        return false;
    }
    if (given && c->keys[i].kid != issue->kid) {
        COMPLAIN(issue->cli, TRUST_OTHER_KID, file,
                 number_text(c->keys[i].kid).text);
        return false;
    }
    issue->kid = c->keys[i].kid;
    return true;
}

static const struct tem_trust_key *key_of(const struct issue *issue)
{
    return tem_trust_find_key(issue->trust, (uint16_t)issue->kid);
}

bool issue_load_trust(struct issue *issue)
{
    bool unseen; /* who checks the labels is told */
    if (!issue->args->values[O_TRUST])
        return true;
    issue->trust = bundle_load(issue->cli, issue->args, issue_bundle, &unseen);
    /* What cannot be noted stops it here, before anything is sealed. */
    return issue->trust && issue->cli->status == EXIT_DONE && find_kid(issue);
}

const char *issue_host(const struct issue *issue, char out[TEM_HOST_MAX + 1])
{
    struct tem_bytes host = tem_trust_all(issue->trust)->hosts[0];
    for (size_t i = 0; i < host.size; i++) {
        char c = (char)host.data[i];
        out[i] = c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
    }
    out[host.size] = '\0';
    return out;
}

/* ---- a label ---- */

static bool is_refused(const struct tem_result *result)
{
    return result->verdict != TEM_VERDICT_GENUINE ||
           (result->ocop_packed != TEM_OCOP_NONE &&
            result->ocop_packed != TEM_OCOP_VALID);
}

static void tell_findings(struct issue *issue, const struct origin *origin,
                          const struct tem_result *result)
{
    for (size_t i = 0; i < result->finding_count; i++) {
        const struct tem_finding *finding = &result->findings[i];
        struct tem_problem problem = {.severity = finding->severity,
                                      .message = finding->message,
                                      .row = origin->number};
        if (finding->severity == TEM_SEVERITY_INFO)
            continue;
        memcpy(problem.rule, finding->rule, sizeof problem.rule);
        records_tell(issue->cli, origin->file, &problem);
    }
}

/* What is printed now will be sold for months. */
static void warn_of_expiry(struct issue *issue, const struct origin *origin,
                           const struct tem_result *result)
{
    char day[TEM_DATE_TEXT_SIZE];
    uint32_t id = result->payload.certificate_id;
    int32_t last = result->ocop_expires;
    if (result->payload.stars == 0 || last == TEM_DATE_NONE ||
        issue->cli->quiet)
        return;
    const struct tem_trust_certificate_end *end =
        tem_trust_find_certificate_end(issue->trust, id);
    if (end && end->since <= last)
        last = end->since - 1;
    tem_date_vn(last, day);
    if (last < issue->now)
        COMPLAIN(issue->cli, TRUST_OVER, origin->file, origin->row.text,
                 number_text(id).text, day);
    else if (last - issue->now <= WARN_DAYS)
        COMPLAIN(issue->cli, TRUST_SOON, origin->file, origin->row.text,
                 number_text(id).text, day);
}

static bool judge(struct issue *issue, const struct origin *origin,
                  const char *text)
{
    struct tem_result *result = &issue->judged;
    struct tem_error error;
    struct tem_verify_options options = {.at = origin->record->packed_on,
                                         .demo = origin->record->example == 1,
                                         .trust = issue->trust,
                                         .now = issue->now};
    if (tem_verify_text(tem_bytes_of(text), &options, result, &error) != TEM_OK) {
        complain_error(issue->cli, origin->file, &error);
        return false;
    }
    tell_findings(issue, origin, result);
    if (is_refused(result))
        COMPLAIN(issue->cli, TRUST_REFUSED, origin->file, origin->row.text,
                 origin->record->lot, issue->args->values[O_TRUST]);
    else
        warn_of_expiry(issue, origin, result);
    return !is_refused(result);
}

bool issue_is_trusted(struct issue *issue, const struct origin *origin,
                      const struct known *known,
                      const struct print_job *job)
{
    static char text[TEM_URI_SIZE];
    char serial[TEM_LOT_SIZE] = "";
    struct tem_error error;
    if (!issue->trust)
        return true;
    if (issue->count > 0) /* the next one: others may have been withdrawn */
        snprintf(serial, sizeof serial, "%0*" PRIu64, (int)issue->width,
                 known->is.last + 1);
    else if (key_of(issue)->quota > 0) {
        COMPLAIN(issue->cli, TRUST_QUOTA_SERIALS, origin->file,
                 origin->row.text);
        return false;
    }
    if (print_text(job, serial, text, &error) != TEM_OK) {
        complain_error(issue->cli, origin->file, &error);
        return false;
    }
    return judge(issue, origin, text);
}

/* ---- which serials ---- */

static uint64_t serial_of(struct tem_bytes text)
{
    uint64_t serial = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        serial = serial * 10 + (text.data[i] - '0');
    }
    return serial;
}

/* Is one of so many serials of so many digits withdrawn? Without serials
 * (width 0), is one of the lot's? */
static bool overlaps(const struct tem_trust_withdrawal *one, unsigned width,
                     uint64_t first, uint64_t last)
{
    if (one->what.from.size == 0 || width == 0)
        return true;
    return one->what.from.size == width &&
           serial_of(one->what.from) <= last &&
           first <= serial_of(one->what.to);
}

bool issue_may_seal(struct issue *issue, const struct origin *origin,
                    unsigned width, uint64_t first, uint64_t last)
{
    const struct tem_record *r = origin->record;
    char from[TEM_LOT_SIZE], to[TEM_LOT_SIZE];
    if (!issue->trust)
        return true;
    const struct tem_trust_contents *c = tem_trust_all(issue->trust);
    const struct tem_trust_product *product =
        r->gtin[0] ? tem_trust_find_gtin(issue->trust, r->gtin)
                   : tem_trust_find_code(issue->trust, (uint32_t)r->maker_id,
                                         r->product_code);
    for (size_t i = 0; product && i < c->withdrawal_count; i++) {
        const struct tem_trust_withdrawal *one = &c->withdrawals[i];
        if (&c->products[one->what.product] != product ||
            one->what.lot.size != strlen(r->lot) ||
            memcmp(one->what.lot.data, r->lot, one->what.lot.size) != 0 ||
            !overlaps(one, width, first, last))
            continue;
        snprintf(from, sizeof from, "%.*s", (int)one->what.from.size,
                 (const char *)one->what.from.data);
        snprintf(to, sizeof to, "%.*s", (int)one->what.to.size,
                 (const char *)one->what.to.data);
        COMPLAIN(issue->cli, TRUST_SERIALS, origin->file, origin->row.text,
                 r->lot, from, to);
        return false;
    }
    return true;
}

/* ---- how many ---- */

uint64_t issue_quota(const struct issue *issue)
{
    return issue->trust ? key_of(issue)->quota : 0;
}

bool issue_within_quota(struct issue *issue, const struct origin *origin,
                        uint64_t labels)
{
    uint64_t quota = issue_quota(issue);
    if (quota == 0)
        return true;
    uint64_t given;
    if (!registry_given(issue->registry, (uint16_t)issue->kid, &given))
        return false;
    if (given + labels <= quota)
        return true;
    COMPLAIN(issue->cli, TRUST_QUOTA, origin->file, origin->row.text,
             number_text((long long)labels).text,
             number_text((long long)given).text,
             number_text((long long)quota).text);
    return false;
}
