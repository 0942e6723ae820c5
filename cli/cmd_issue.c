/* SPDX-License-Identifier: MIT */
/* tem issue: lot records in, sealed labels out. */
#include "file.h"
#include "interrupt.h"
#include "issue.h"
#include "print.h"
#include "records.h"
#include "seal.h"
#include "secret.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* Labels that are put on the disk, and noted, together. */
enum { BATCH = 1000, RANGE_SIZE = 2 * TEM_LOT_SIZE };

static void fail(struct issue *issue)
{
    worsen(issue->cli, EXIT_FAILED);
}

/* ---- what is on the labels ---- */

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
                        struct journal_lot *known, struct print_job *job)
{
    const struct tem_record *record = origin->record;
    uint8_t digest[TEM_DIGEST_BYTES];
    struct tem_error error;
    bool digested = !issue->args->values[O_NO_DIGEST];
    if (digested && !seal_record(issue, origin, known, job->stem, digest))
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

static struct print_job new_job(const struct issue *issue,
                                const struct journal_lot *known)
{
    struct print_job job = {
        .key = issue->key,
        .kid = (uint16_t)issue->kid,
        .folder = issue->args->values[O_OUT],
        .ecc = issue->ecc,
        .layout = issue->layout,
        .json = issue->cli->json,
        .progress = !issue->cli->quiet && !issue->cli->json &&
                    issue->count > 1 && isatty(STDERR_FILENO),
        .threads = (unsigned)issue->threads,
    };
    label_stem(job.stem, known->maker, known->product, known->lot);
    return job;
}

/* ---- making labels ---- */

static void tell_failure(struct issue *issue, const struct print_job *job,
                         const struct print_result *result)
{
    if (result->other)
        COMPLAIN(issue->cli, LABEL_OTHER, result->path);
    else if (result->failed && result->reason)
        file_complain(issue->cli, result->path, result->reason,
                      job->first == 0);
    else if (result->failed)
        complain_error(issue->cli, result->path, &result->error);
}

static void tell_size(const struct issue *issue, const struct print_job *job,
                      const struct tem_symbol *symbol)
{
    char level[2] = {ECC_LETTERS[job->ecc], '\0'}, side[32];
    double mm = (symbol->side + 2.0 * job->layout.quiet) * job->layout.dots *
                25.4 / job->layout.dpi;
    decimal_text(issue->cli, mm, 1, side, sizeof side);
    if (symbol->version > 0)
        TELL(issue->cli, ISSUE_SIZE, number_text(symbol->version).text, level,
             side, number_text(job->layout.dpi).text);
}

/* "000001-000003", or one serial alone. */
static const char *range(uint64_t first, uint64_t last, unsigned width,
                         char out[RANGE_SIZE])
{
    int size = snprintf(out, RANGE_SIZE, "%0*" PRIu64, (int)width, first);
    if (last != first)
        snprintf(out + size, RANGE_SIZE - (size_t)size, "-%0*" PRIu64,
                 (int)width, last);
    return out;
}

/* One batch of the open run: made, on the disk, and noted. @return false when
 * it did not come to its end. */
static bool print_batch(struct issue *issue, struct journal_lot *known,
                        const struct print_job *job,
                        struct print_result *result)
{
    print_labels(job, result);
    tell_failure(issue, job, result);
    int reason = 0;
    if (result->upto >= job->first) {
        issue->made += result->upto - job->first + 1;
        reason = file_sync_folder(job->folder);
        if (reason == 0)
            reason = journal_made(issue->journal, known, result->upto);
        if (reason)
            file_complain(issue->cli, issue->journal_path, reason, false);
    }
    return reason == 0 && result->upto == job->last;
}

static bool finish_run(struct issue *issue, struct journal_lot *known)
{
    int reason = journal_done(issue->journal, known);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    return reason == 0;
}

/* The labels of the open run that are not made yet. */
static bool print_run(struct issue *issue, struct journal_lot *known,
                      struct print_job *job)
{
    static struct print_result result; /* large; one lot at a time */
    const struct journal_run *run = &known->open;
    struct tem_symbol largest = {0};
    char text[RANGE_SIZE];
    bool going = true;
    job->width = run->width;
    job->all = run->last - run->first + 1;
    job->first = run->made ? run->made + 1 : run->first;
    for (; going && job->first <= run->last; job->first = job->last + 1) {
        job->last =
            run->last - job->first < BATCH ? run->last : job->first + BATCH - 1;
        job->before = job->first - run->first;
        going = print_batch(issue, known, job, &result);
        if (result.symbol.version > largest.version)
            largest = result.symbol;
    }
    uint64_t made = run->made ? run->made - run->first + 1 : 0;
    if (!going) {
        COMPLAIN(issue->cli, ISSUE_UNFINISHED, known->lot,
                 number_text((long long)made).text,
                 number_text((long long)job->all).text);
        return false;
    }
    TELL(issue->cli, ISSUE_LOT, known->lot, number_text((long long)made).text,
         range(run->first, run->last, run->width, text));
    tell_size(issue, job, &largest);
    return finish_run(issue, known);
}

/* ---- serials ---- */

/* The run that is wanted now, its serials not chosen yet. */
static bool plan_run(struct issue *issue, const struct origin *origin,
                     const struct print_job *job, struct journal_run *run)
{
    struct tem_error error;
    *run = (struct journal_run){.width = (unsigned)issue->width,
                                .folder = issue->folder};
    if (print_mark(job, run->print, &error) == TEM_OK)
        return true;
    complain_error(issue->cli, origin->file, &error);
    return false;
}

/* Is what an earlier run left to be finished by this one? */
static bool may_resume(struct issue *issue, const struct origin *origin,
                       const struct journal_lot *known,
                       const struct journal_run *wanted)
{
    const struct journal_run *run = &known->open;
    uint64_t count = run->last - run->first + 1;
    char text[RANGE_SIZE], path[JOURNAL_PATH_SIZE];
    range(run->first, run->last, run->width, text);
    if (strcmp(run->folder, wanted->folder) != 0)
        COMPLAIN(issue->cli, RUN_FOLDER, origin->file, origin->row.text,
                 known->lot, text,
                 journal_folder_path(issue->journal, run->folder, path));
    else if (count != (uint64_t)issue->count)
        COMPLAIN(issue->cli, RUN_COUNT, origin->file, origin->row.text,
                 known->lot, text, number_text((long long)count).text);
    else if (strcmp(run->print, wanted->print) != 0)
        COMPLAIN(issue->cli, RUN_OTHER, origin->file, origin->row.text,
                 known->lot, text);
    else
        return true;
    return false;
}

static bool abandon(struct issue *issue, struct journal_lot *known)
{
    char text[RANGE_SIZE];
    range(known->open.made ? known->open.made + 1 : known->open.first,
          known->open.last, known->open.width, text);
    int reason = journal_abandon(issue->journal, known);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    else
        TELL(issue->cli, ISSUE_ABANDONED, known->lot, text);
    return reason == 0;
}

/* Digits enough, and no picture in the way: one would be of a label that the
 * journal does not know of. */
static bool are_free(struct issue *issue, const struct origin *origin,
                     const struct print_job *job, const struct journal_run *run)
{
    char path[PRINT_PATH_SIZE], text[24];
    struct print_job named = *job;
    named.width = run->width;
    int digits = snprintf(text, sizeof text, "%" PRIu64, run->last);
    if (digits > (int)run->width) {
        COMPLAIN(issue->cli, SERIAL_WIDTH, origin->file, origin->row.text,
                 origin->record->lot, text);
        return false;
    }
    for (uint64_t serial = run->first; serial <= run->last; serial++)
        if (print_path(&named, serial, path) && file_exists(path)) {
            COMPLAIN(issue->cli, LABEL_UNKNOWN, path, issue->journal_path);
            return false;
        }
    return true;
}

/* More labels than there are packs? */
static void warn_of_surplus(struct issue *issue, const struct origin *origin,
                            const struct journal_run *run)
{
    const struct tem_record *r = origin->record;
    int64_t samples = r->samples == TEM_NUMBER_NONE ? 0 : r->samples;
    if (r->units != TEM_NUMBER_NONE &&
        run->last > (uint64_t)(r->units + samples))
        COMPLAIN(issue->cli, ISSUE_SURPLUS, origin->file, origin->row.text,
                 r->lot, number_text((long long)run->last).text,
                 number_text(r->units + samples).text);
}

static bool reserve(struct issue *issue, const struct origin *origin,
                    struct journal_lot *known, const struct print_job *job,
                    struct journal_run *run)
{
    run->first = known->last + 1;
    run->last = known->last + (uint64_t)issue->count;
    if (!are_free(issue, origin, job, run))
        return false;
    warn_of_surplus(issue, origin, run);
    if (known->last > 0)
        TELL(issue->cli, ISSUE_MORE, known->lot,
             number_text((long long)known->last).text);
    int reason = journal_reserve(issue->journal, known, run);
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    return reason == 0;
}

static bool issue_serials(struct issue *issue, const struct origin *origin,
                          struct journal_lot *known, struct print_job *job)
{
    struct journal_run wanted;
    char text[RANGE_SIZE];
    if (!plan_run(issue, origin, job, &wanted))
        return false;
    if (known->open.first && issue->args->values[O_ABANDON] &&
        !abandon(issue, known))
        return false;
    if (!known->open.first)
        return reserve(issue, origin, known, job, &wanted) &&
               print_run(issue, known, job);
    if (!may_resume(issue, origin, known, &wanted))
        return false;
    TELL(issue->cli, ISSUE_RESUMED, known->lot,
         range(known->open.first, known->open.last, known->open.width, text));
    job->keep = true;
    return print_run(issue, known, job);
}

/* ---- lots ---- */

static bool issue_one(struct issue *issue, const struct origin *origin,
                      struct print_job *job)
{
    static struct print_result result; /* large */
    job->replace = issue->args->values[O_FORCE] != NULL;
    print_labels(job, &result);
    tell_failure(issue, job, &result);
    if (result.failed || result.stopped)
        return false;
    issue->made++;
    TELL(issue->cli, ISSUE_LOT_ONE, origin->record->lot);
    tell_size(issue, job, &result.symbol);
    return true;
}

/* May the lot be sealed at all? */
static bool is_sealable(struct issue *issue, const struct origin *origin,
                        size_t errors)
{
    const struct tem_record *record = origin->record;
    if (errors > 0)
        COMPLAIN(issue->cli, LOT_NOT_SEALED, origin->file, origin->row.text,
                 record->lot[0] ? record->lot : "?");
    else if (tem_key_is_demo(issue->key) && record->example != 1)
        COMPLAIN(issue->cli, DEMO_KEY_REAL, origin->file, origin->row.text);
    else
        return true;
    return false;
}

static bool issue_known(struct issue *issue, const struct origin *origin,
                        struct journal_lot *known)
{
    if (known->met) {
        COMPLAIN(issue->cli, LOT_TWICE, origin->file, origin->row.text,
                 known->lot);
        return false;
    }
    known->met = true;
    struct print_job job = new_job(issue, known);
    return set_content(issue, origin, known, &job) &&
           (issue->count ? issue_serials(issue, origin, known, &job)
                         : issue_one(issue, origin, &job));
}

static void issue_lot(void *context, const char *file, uint64_t row,
                      const struct tem_record *record, size_t errors)
{
    struct issue *issue = context;
    struct origin origin = {file, number_text((long long)row), record};
    const char *product = record->gtin[0] ? record->gtin : record->product_code;
    if (interrupt_seen() || !is_sealable(issue, &origin, errors)) {
        fail(issue);
        return;
    }
    struct journal_lot *known =
        journal_find(issue->journal, number_text(record->maker_id).text,
                     product, record->lot);
    if (!known)
        COMPLAIN(issue->cli, MEMORY, NULL);
    if (!known || !issue_known(issue, &origin, known))
        fail(issue);
}

/* The output folder and the journal. */
static bool open_places(struct issue *issue)
{
    const char *out = issue->args->values[O_OUT];
    bool fresh;
    int reason = file_make_folder(out);
    if (reason == 0)
        reason = issue_place_journal(issue);
    if (reason) {
        file_complain(issue->cli, out, reason, false);
        return false;
    }
    issue->journal = journal_open(issue->cli, issue->journal_path, &fresh);
    if (!issue->journal)
        return false;
    if (fresh && issue->count > 0)
        TELL(issue->cli, ISSUE_NEW_JOURNAL, issue->journal_path);
    reason = journal_folder(issue->journal, out, issue->folder);
    if (reason)
        file_complain(issue->cli, out, reason, false);
    return reason == 0;
}

static int issue_all(struct issue *issue, enum tem_record_format format)
{
    if (!open_places(issue))
        return EXIT_FAILED;
    interrupt_catch();
    issue_tell_layout(issue);
    for (size_t i = 0; i < issue->args->operand_count && !interrupt_seen();
         i++) {
        struct records_count count = {0};
        const char *file = issue->args->operands[i];
        if (!records_walk(issue->cli, file, format, issue_lot, issue, &count))
            fail(issue);
        else if (count.lots == 0) {
            COMPLAIN(issue->cli, NO_LOTS, file);
            fail(issue);
        }
    }
    TELL(issue->cli, ISSUE_DONE, number_text((long long)issue->made).text,
         issue->args->values[O_OUT]);
    return issue->cli->status;
}

int cmd_issue(struct cli *cli, const struct args *args)
{
    enum tem_record_format format;
    struct issue issue = {.cli = cli, .args = args};
    if (!records_format(cli, args, O_FORMAT, &format) ||
        !issue_read_settings(&issue))
        return EXIT_USAGE;
    issue.key =
        key_load_private(cli, args->values[O_KEY], args->values[O_PASSPHRASE]);
    int status = issue.key ? issue_all(&issue, format) : EXIT_FAILED;
    journal_close(issue.journal);
    tem_key_free(issue.key);
    return status;
}
