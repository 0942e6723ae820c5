/* SPDX-License-Identifier: MIT */
/* tem issue: lot records in, sealed labels out. */
#include "file.h"
#include "issue.h"
#include "print.h"
#include "records.h"
#include "secret.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* Where a record came from, for complaints. */
struct origin {
    const char *file;
    struct number_text row;
    const struct tem_record *record;
};

static void fail(struct issue *issue)
{
    worsen(issue->cli, EXIT_FAILED);
}

/* ---- the record's digest ---- */

/* A lot's salt: the record's own, else the journal's, else a new one. */
static bool choose_salt(struct issue *issue, const struct origin *origin,
                        const struct journal_lot *known,
                        struct tem_record *record)
{
    struct tem_error error;
    uint8_t fresh[TEM_RECORD_SALT_BYTES];
    bool amended = issue->args->values[O_AMENDED] != NULL;
    if (record->salt[0] && known->salt[0] && !amended &&
        strcmp(record->salt, known->salt) != 0) {
        COMPLAIN(issue->cli, JOURNAL_SALT, origin->file, origin->row.text,
                 record->lot, issue->journal_path);
        return false;
    }
    if (record->salt[0])
        return true;
    if (known->salt[0]) {
        strcpy(record->salt, known->salt);
        return true;
    }
    if (tem_random(fresh, sizeof fresh, &error) != TEM_OK) {
        complain_error(issue->cli, origin->file, &error);
        return false;
    }
    to_hex(fresh, sizeof fresh, record->salt);
    return true;
}

/* Keep the record as it was sealed: its digest is on the labels. */
static bool keep_record(struct issue *issue, const char *product,
                        const char *lot, const char *digest,
                        struct tem_bytes canonical)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%s.%.8s.record.json",
             issue->args->values[O_OUT], product, lot, digest);
    if (file_exists(path)) /* the digest is in the name: it is the same */
        return true;
    int reason = file_keep(path, canonical.data, canonical.size, 0666);
    if (reason)
        file_complain(issue->cli, path, reason, false);
    return reason == 0;
}

/* The digest of a record with its salt, in the journal before it is used. */
static bool seal_record(struct issue *issue, const struct origin *origin,
                        const struct journal_lot *known,
                        uint8_t digest[TEM_SHA256_BYTES])
{
    static uint8_t memory[TEM_RECORD_CANONICAL_MAX];
    static struct tem_record record; /* large; one thread comes here */
    struct tem_buffer canonical = {memory, sizeof memory, 0};
    struct tem_error error;
    char hex[2 * TEM_DIGEST_BYTES + 1];
    record = *origin->record;
    if (!choose_salt(issue, origin, known, &record))
        return false;
    struct tem_bytes bytes = {memory, 0};
    enum tem_status status = tem_record_canonical(&record, &canonical, &error);
    bytes.size = canonical.size;
    if (status == TEM_OK)
        status = tem_sha256(bytes, digest, &error);
    if (status != TEM_OK) {
        complain_error(issue->cli, origin->file, &error);
        return false;
    }
    to_hex(digest, TEM_DIGEST_BYTES, hex);
    bool same = strcmp(hex, known->digest) == 0;
    if (known->digest[0] && !same && !issue->args->values[O_AMENDED]) {
        COMPLAIN(issue->cli, RECORD_CHANGED, origin->file, origin->row.text,
                 record.lot);
        return false;
    }
    int reason =
        same ? 0 : journal_seal(issue->journal, known, record.salt, hex);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    return reason == 0 &&
           keep_record(issue, known->product, record.lot, hex, bytes);
}

/* ---- one lot ---- */

static bool set_host(struct issue *issue, const struct origin *origin,
                     struct tem_uri *uri)
{
    const char *host = issue->args->values[O_HOST];
    if (!host && origin->record->example == 1)
        host = "OCOP.SONLA.GOV.VN";
    if (!host) {
        COMPLAIN(issue->cli, HOST_NEEDED, origin->file, origin->row.text);
        return false;
    }
    snprintf(uri->host, sizeof uri->host, "%s", host);
    return true;
}

static bool set_content(struct issue *issue, const struct origin *origin,
                        const struct journal_lot *known, struct print_job *job)
{
    const struct tem_record *record = origin->record;
    uint8_t digest[TEM_SHA256_BYTES];
    struct tem_error error;
    bool digested = !issue->args->values[O_NO_DIGEST];
    if (digested && !seal_record(issue, origin, known, digest))
        return false;
    struct tem_payload_options options = {
        .digest = digested ? digest : NULL,
        .named = issue->args->values[O_NAMED] != NULL};
    if (tem_payload_from_record(record, &options, &job->payload, &error) !=
        TEM_OK) {
        complain_error(issue->cli, origin->file, &error);
        return false;
    }
    job->uri.form = job->payload.plain ? TEM_FORM_PLAIN : TEM_FORM_RETAIL;
    strcpy(job->uri.gtin, record->gtin);
    strcpy(job->uri.lot, record->lot);
    return set_host(issue, origin, &job->uri);
}

static bool width_holds(struct issue *issue, const struct origin *origin,
                        uint64_t last)
{
    char text[24];
    int digits = snprintf(text, sizeof text, "%" PRIu64, last);
    if (digits <= issue->width)
        return true;
    COMPLAIN(issue->cli, SERIAL_WIDTH, origin->file, origin->row.text,
             origin->record->lot, text);
    return false;
}

static struct print_job new_job(const struct issue *issue,
                                const struct journal_lot *known)
{
    return (struct print_job){
        .key = issue->key,
        .kid = (uint16_t)issue->kid,
        .folder = issue->args->values[O_OUT],
        .product = known->product,
        .ecc = issue->ecc,
        .layout = issue->layout,
        .json = issue->cli->json,
        .progress = !issue->cli->quiet && !issue->cli->json &&
                    issue->count > 1 && isatty(STDERR_FILENO),
        .threads = (unsigned)issue->threads,
    };
}

static bool print(struct issue *issue, const struct print_job *job)
{
    static struct print_result result; /* large; one lot at a time */
    print_labels(job, &result);
    issue->made += result.made;
    if (result.failed && result.reason)
        file_complain(issue->cli, result.path, result.reason, job->first == 0);
    else if (result.failed)
        complain_error(issue->cli, result.path, &result.error);
    if (result.failed || result.symbol.version == 0)
        return !result.failed;
    char level[2] = {ECC_LETTERS[job->ecc], '\0'}, side[32];
    double mm = (result.symbol.side + 2.0 * job->layout.quiet) *
                job->layout.dots * 25.4 / job->layout.dpi;
    snprintf(side, sizeof side, "%.1f", mm);
    TELL(issue->cli, ISSUE_SIZE, number_text(result.symbol.version).text,
         level, side, number_text(job->layout.dpi).text);
    return true;
}

/* Labels with the serials that the journal holds open for this lot. */
static bool print_reserved(struct issue *issue, const struct journal_lot *known,
                           struct print_job *job)
{
    job->first = known->open_first;
    job->last = known->open_last;
    job->width = known->open_width;
    if (!print(issue, job))
        return false;
    int reason = file_sync_folder(job->folder);
    if (reason == 0)
        reason = journal_done(issue->journal, known);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    return reason == 0;
}

static void tell_range(const struct issue *issue, enum text_id id,
                       const struct journal_lot *known)
{
    char first[24], last[24];
    uint64_t count = known->open_last - known->open_first + 1;
    snprintf(first, sizeof first, "%0*" PRIu64, (int)known->open_width,
             known->open_first);
    snprintf(last, sizeof last, "%0*" PRIu64, (int)known->open_width,
             known->open_last);
    if (id == TEXT_ISSUE_RESUMED)
        tell_at(issue->cli, id, ARGUMENTS(known->lot, first, last));
    else
        tell_at(issue->cli, id,
                ARGUMENTS(known->lot, number_text((long long)count).text,
                          first, last));
}

/* Finish what an earlier run had begun. If it was for as many labels as are
 * wanted now, it is the same run taken up again and nothing more is made. */
static bool resume(struct issue *issue, const struct journal_lot *known,
                   struct print_job job, bool *all_done)
{
    *all_done = false;
    if (known->open_first == 0)
        return true;
    uint64_t count = known->open_last - known->open_first + 1;
    *all_done = count == (uint64_t)issue->count;
    tell_range(issue, TEXT_ISSUE_RESUMED, known);
    job.keep = true;
    return print_reserved(issue, known, &job);
}

static bool issue_serials(struct issue *issue, const struct origin *origin,
                          const struct journal_lot *known,
                          struct print_job *job)
{
    bool all_done;
    if (!resume(issue, known, *job, &all_done))
        return false;
    if (all_done)
        return true;
    uint64_t first = known->last + 1;
    uint64_t last = known->last + (uint64_t)issue->count;
    if (!width_holds(issue, origin, last))
        return false;
    int reason = journal_reserve(issue->journal, known, first, last,
                                 (unsigned)issue->width);
    if (reason) {
        file_complain(issue->cli, issue->journal_path, reason, false);
        return false;
    }
    tell_range(issue, TEXT_ISSUE_LOT, known);
    return print_reserved(issue, known, job);
}

static bool issue_one(struct issue *issue, const struct origin *origin,
                      struct print_job *job)
{
    job->replace = issue->args->values[O_FORCE] != NULL;
    TELL(issue->cli, ISSUE_LOT_ONE, origin->record->lot);
    return print(issue, job);
}

static void issue_lot(void *context, const char *file, uint64_t row,
                      const struct tem_record *record, size_t errors)
{
    struct issue *issue = context;
    struct origin origin = {file, number_text((long long)row), record};
    const char *product = record->gtin[0] ? record->gtin : record->product_code;
    if (errors > 0) {
        COMPLAIN(issue->cli, LOT_NOT_SEALED, file, origin.row.text,
                 record->lot[0] ? record->lot : "?");
        fail(issue);
        return;
    }
    if (tem_key_is_demo(issue->key) && record->example != 1) {
        COMPLAIN(issue->cli, DEMO_KEY_REAL, file, origin.row.text);
        fail(issue);
        return;
    }
    const struct journal_lot *known = journal_find(
        issue->journal, number_text(record->maker_id).text, product,
        record->lot);
    if (!known) {
        COMPLAIN(issue->cli, MEMORY, NULL);
        fail(issue);
        return;
    }
    struct print_job job = new_job(issue, known);
    if (!set_content(issue, &origin, known, &job) ||
        !(issue->count ? issue_serials(issue, &origin, known, &job)
                       : issue_one(issue, &origin, &job)))
        fail(issue);
}

static int issue_all(struct issue *issue, enum tem_record_format format)
{
    const char *out = issue->args->values[O_OUT];
    int reason = file_make_folder(out);
    if (reason) {
        file_complain(issue->cli, out, reason, false);
        return EXIT_FAILED;
    }
    issue->journal = journal_open(issue->cli, issue->journal_path);
    if (!issue->journal)
        return EXIT_FAILED;
    issue_tell_layout(issue);
    for (size_t i = 0; i < issue->args->operand_count; i++) {
        struct records_count count = {0};
        const char *file = issue->args->operands[i];
        if (!records_walk(issue->cli, file, format, issue_lot, issue, &count))
            fail(issue);
        else if (count.lots == 0) {
            COMPLAIN(issue->cli, NO_LOTS, file);
            fail(issue);
        }
    }
    TELL(issue->cli, ISSUE_DONE, number_text((long long)issue->made).text, out);
    return issue->cli->status;
}

int cmd_issue(struct cli *cli, const struct args *args)
{
    enum tem_record_format format;
    struct issue issue = {.cli = cli, .args = args};
    if (!records_format(cli, args, O_FORMAT, &format) ||
        !issue_read_settings(&issue))
        return EXIT_USAGE;
    issue_place_journal(&issue);
    issue.key = key_load_private(cli, args->values[O_KEY],
                                 args->values[O_PASSPHRASE]);
    int status = issue.key ? issue_all(&issue, format) : EXIT_FAILED;
    journal_close(issue.journal);
    tem_key_free(issue.key);
    return status;
}
