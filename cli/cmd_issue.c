/* SPDX-License-Identifier: MIT */
/* tem issue: lot records in, sealed labels out. */
#include "file.h"
#include "interrupt.h"
#include "labels.h"
#include "look.h"
#include "progress.h"
#include "queue.h"
#include "records.h"
#include "roll.h"
#include "secret.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fail(struct issue *issue)
{
    worsen(issue->cli, EXIT_FAILED);
}

/* ---- what is on the labels ---- */

static bool set_host(struct issue *issue, const struct origin *origin,
                     struct tem_uri *uri)
{
    const char *host = issue->args->values[O_HOST];
    char official[TEM_HOST_MAX + 1];
    if (!host && issue->trust)
        host = issue_host(issue, official);
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
                        const uint8_t *digest, struct print_job *job)
{
    const struct tem_record *record = origin->record;
    struct tem_error error;
    struct tem_payload_options options = {
        .digest = digest, .named = issue->args->values[O_NAMED] != NULL};
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
        .progress = progress_wanted(issue->cli),
        .threads = (unsigned)issue->threads,
        .proof = issue->design.template && !issue->args->values[O_NO_PROOF],
    };
    label_stem(job.stem, known->maker, known->product, known->lot);
    return job;
}

/* ---- lots ---- */

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

/* A list of serials is of one lot. */
static bool may_void_here(struct issue *issue, const struct origin *origin,
                          struct journal_lot *known)
{
    if (issue->voided++ > 0) {
        COMPLAIN(issue->cli, VOID_LOTS, origin->file, origin->row.text,
                 known->lot);
        return false;
    }
    return roll_note_voids(issue, origin, known);
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
    if (issue->voids && !may_void_here(issue, origin, known))
        return false;
    if (issue->voids && issue->count == 0)
        return true;
    struct sealing *sealing = seal_prepare(issue, origin, known, job.stem);
    static struct look look; /* large; one lot at a time */
    memset(&look, 0, sizeof look);
    bool bare = issue->args->values[O_NO_DIGEST] != NULL;
    bool done =
        sealing &&
        set_content(issue, origin, bare ? NULL : sealing->digest, &job) &&
        issue_is_trusted(issue, origin, known, &job) &&
        look_make(issue, origin, known, &job, &look) &&
        (issue->resume_from > 0
             ? roll_resume(issue, origin, known, &look, &job)
             : labels_make(issue, origin, known, sealing, &look, &job));
    look_free(&look);
    free(sealing);
    return done;
}

static void issue_lot(void *context, const char *file, uint64_t row,
                      const struct tem_record *record, size_t errors)
{
    struct issue *issue = context;
    struct origin origin = {file, number_text((long long)row), row, record};
    bool gtin = record->gtin[0] != '\0';
    issue->stopped |= interrupt_seen();
    if (issue->stopped || !is_sealable(issue, &origin, errors)) {
        fail(issue);
        return;
    }
    /* A label with a GTIN does not say the maker's number where its serial
     * counts: another number, mended or not, is no other lot. */
    struct journal_lot *known = journal_find(
        issue->journal,
        gtin ? JOURNAL_NO_MAKER : number_text(record->maker_id).text,
        gtin ? record->gtin : record->product_code, record->lot);
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
    if (reason == 0)
        reason = file_lock_folder(out, &issue->folder_lock);
    if (reason == EWOULDBLOCK)
        COMPLAIN(issue->cli, FOLDER_BUSY, out);
    else if (reason)
        file_complain(issue->cli, out, reason, false);
    if (reason)
        return false;
    file_clear_parts(out);
    issue->journal = journal_open(issue->cli, issue->journal_path, &fresh);
    if (!issue->journal)
        return false;
    if (fresh && issue->count > 0)
        TELL(issue->cli, ISSUE_NEW_JOURNAL, issue->journal_path);
    reason = journal_folder(issue->journal, out, issue->folder);
    if (reason)
        file_complain(issue->cli, out, reason, false);
    else if (issue->count > 0)
        journal_begin(issue->journal, (uint64_t)issue->count, issue->folder,
                      issue->args->values[O_ABANDON] != NULL);
    return reason == 0;
}

/* It has come to its end only if nothing is missing, what it says neither. */
static void end_command(struct issue *issue)
{
    bool told = fflush(stdout) == 0 && !ferror(stdout); /* main says so */
    int reason = issue->count > 0 && issue->cli->status == 0 && told
                     ? journal_end(issue->journal)
                     : 0;
    if (reason)
        file_complain(issue->cli, issue->journal_path, reason, false);
    if (reason)
        fail(issue);
}

static int issue_all(struct issue *issue, enum tem_format format)
{
    if (!open_places(issue))
        return EXIT_FAILED;
    interrupt_catch();
    if (!issue->design.template) /* else each lot has its own */
        issue_tell_layout(issue, &issue->layout);
    for (size_t i = 0; i < issue->args->operand_count; i++) {
        issue->stopped |= interrupt_seen();
        if (issue->stopped)
            break;
        struct records_count count = {0};
        const char *file = issue->args->operands[i];
        if (!records_walk(issue->cli, file, format, issue_lot, issue, &count))
            fail(issue);
        else if (count.lots == 0) {
            COMPLAIN(issue->cli, NO_LOTS, file);
            fail(issue);
        }
    }
    if (issue->stopped) {
        COMPLAIN(issue->cli, ISSUE_STOPPED, issue->args->values[O_OUT],
                 issue_again(issue));
        fail(issue);
    }
    end_command(issue);
    if (issue->made > 0 || !issue->voids)
        TELL(issue->cli, ISSUE_DONE, number_text((long long)issue->made).text,
         issue->args->values[O_OUT]);
    return issue->cli->status;
}

/* Before anything is sealed that could not be printed. */
static bool find_queue(struct issue *issue)
{
    const char *name = issue->args->values[O_PRINT];
    if (name)
        issue->queue = queue_open(issue->cli, name);
    return !name || issue->queue;
}

int cmd_issue(struct cli *cli, const struct args *args)
{
    enum tem_format format;
    static struct issue issue; /* large */
    int status;
    issue = (struct issue){.cli = cli, .args = args, .folder_lock = -1};
    if (!records_format(cli, args, O_INPUT, &format) ||
        !issue_read_settings(&issue)) {
        free(issue.voids);
        return EXIT_USAGE;
    }
    if (!issue_load_design(&issue, &status)) {
        free(issue.voids);
        return status == EXIT_USAGE ? EXIT_USAGE : EXIT_FAILED;
    }
    issue.key =
        key_load_private(cli, args->values[O_KEY], args->values[O_PASSPHRASE]);
    status = issue.key && issue_load_trust(&issue) && find_queue(&issue)
                 ? issue_all(&issue, format)
                 : EXIT_FAILED;
    journal_close(issue.journal);
    if (issue.folder_lock >= 0)
        close(issue.folder_lock);
    tem_key_free(issue.key);
    tem_trust_free(issue.trust);
    design_free(&issue.design);
    queue_close(issue.queue);
    free(issue.voids);
    return status;
}
