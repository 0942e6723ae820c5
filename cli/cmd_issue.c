/* SPDX-License-Identifier: MIT */
/* tem issue: lot records in, sealed labels out. */
#define _GNU_SOURCE /* tdestroy */
#include "file.h"
#include "interrupt.h"
#include "journal.h"
#include "labels.h"
#include "look.h"
#include "progress.h"
#include "queue.h"
#include "records.h"
#include "roll.h"
#include "secret.h"
#include <errno.h>
#include <search.h>
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
                                const struct known *known)
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
    label_stem(job.stem, known->is.name.maker, known->is.name.product, known->is.name.lot);
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
                          struct known *known)
{
    if (issue->voided++ > 0) {
        COMPLAIN(issue->cli, VOID_LOTS, origin->file, origin->row.text,
                 known->is.name.lot);
        return false;
    }
    return roll_note_voids(issue, origin, known);
}

/* ---- which lots this run has met ---- */

static int compare_names(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct tem_lot_name));
}

/* Is it the first time? False with a complaint. */
static bool is_new(struct issue *issue, const struct origin *origin,
                   const struct tem_lot_name *name)
{
    struct tem_lot_name *copy = malloc(sizeof *copy);
    struct tem_lot_name **at = NULL;
    if (copy) {
        *copy = *name;
        at = tsearch(copy, &issue->met, compare_names);
    }
    bool fresh = at && *at == copy;
    if (!at)
        COMPLAIN(issue->cli, MEMORY, NULL);
    else if (!fresh)
        COMPLAIN(issue->cli, LOT_TWICE, origin->file, origin->row.text,
                 name->lot);
    if (!fresh)
        free(copy);
    return fresh;
}

/* ---- one lot ---- */

/* With --close no more labels are to come: said once all is finished. */
static bool close_lot(struct issue *issue, const struct origin *origin,
                      struct known *known)
{
    struct tem_serials none = {0, 0};
    if (!issue->args->values[O_CLOSE] || known->is.closed)
        return true;
    if (known->open) {
        COMPLAIN(issue->cli, RESUME_OPEN, origin->file, origin->row.text,
                 known->is.name.lot);
        return false;
    }
    if (!registry_note(issue->registry, known, TEM_EVENT_CLOSE, none))
        return false;
    TELL(issue->cli, LOT_CLOSES, known->is.name.lot);
    return true;
}

static bool issue_known(struct issue *issue, const struct origin *origin,
                        struct known *known)
{
    struct print_job job = new_job(issue, known);
    if (issue->voids && !may_void_here(issue, origin, known))
        return false;
    if (issue->count > 0 && known->is.closed) {
        COMPLAIN(issue->cli, LOT_CLOSED, origin->file, origin->row.text,
                 known->is.name.lot);
        return false;
    }
    if (issue->voids && issue->count == 0)
        return close_lot(issue, origin, known);
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
    return done && close_lot(issue, origin, known);
}

/* A label with a GTIN does not say the maker's number where its serial counts:
 * another number, mended or not, is no other lot. */
static struct tem_lot_name lot_name(const struct tem_record *record)
{
    struct tem_lot_name name = {.maker = "-"};
    bool gtin = record->gtin[0] != '\0';
    if (!gtin)
        snprintf(name.maker, sizeof name.maker, "%.7s",
                 number_text(record->maker_id).text);
    snprintf(name.product, sizeof name.product, "%s",
             gtin ? record->gtin : record->product_code);
    snprintf(name.lot, sizeof name.lot, "%s", record->lot);
    return name;
}

static void issue_lot(void *context, const char *file, uint64_t row,
                      const struct tem_record *record, size_t errors)
{
    struct issue *issue = context;
    struct origin origin = {file, number_text((long long)row), row, record};
    struct known known = {0};
    issue->stopped |= interrupt_seen();
    if (issue->stopped || !is_sealable(issue, &origin, errors)) {
        fail(issue);
        return;
    }
    struct tem_lot_name name = lot_name(record);
    if (!is_new(issue, &origin, &name) ||
        !registry_read(issue->registry, &name, &known) ||
        !issue_known(issue, &origin, &known))
        fail(issue);
    known_free(&known);
}

/* What an earlier version kept in a journal is taken over once. */
static bool take_journal(struct issue *issue, const char *journal, bool fresh)
{
    size_t events = 0;
    bool taken = false;
    if (!journal[0] || !file_exists(journal))
        return true;
    if (!fresh)
        return journal_is_over(issue->cli, journal, issue->registry, &taken);
    if (!journal_take_over(issue->cli, journal, issue->registry, &events))
        return false;
    TELL(issue->cli, JOURNAL_TAKEN, journal,
         number_text((long long)events).text, issue->registry_path);
    return true;
}

static bool open_registry(struct issue *issue, const char *journal)
{
    const char *out = issue->args->values[O_OUT];
    const char *office = issue->args->values[O_OFFICE];
    char own[32];
    bool fresh;
    snprintf(own, sizeof own, "kid-%lld", issue->kid);
    issue->registry = registry_open(issue->cli, issue->registry_path,
                                    TEM_REGISTRY_CREATE, office ? office : own,
                                    &fresh);
    if (issue->registry)
        snprintf(issue->registry_path, sizeof issue->registry_path, "%s",
                 registry_name(issue->registry));
    if (!issue->registry || !take_journal(issue, journal, fresh))
        return false;
    if (fresh && issue->count > 0 && !(journal[0] && file_exists(journal)))
        TELL(issue->cli, ISSUE_NEW_REGISTRY, issue->registry_path);
    if (issue->trust && !registry_note_bundle(issue->registry, issue->trust))
        return false;
    int reason = registry_folder(issue->registry, out, issue->folder);
    if (reason)
        file_complain(issue->cli, out, reason, false);
    return reason == 0;
}

/* The output folder and the registry. */
static bool open_places(struct issue *issue)
{
    const char *out = issue->args->values[O_OUT];
    char journal[REGISTRY_PATH_SIZE];
    int reason = file_make_folder(out);
    if (reason == 0)
        reason = issue_place_registry(issue, journal);
    if (reason == 0)
        reason = file_lock_folder(out, &issue->folder_lock);
    if (reason == EWOULDBLOCK)
        COMPLAIN(issue->cli, FOLDER_BUSY, out);
    else if (reason)
        file_complain(issue->cli, out, reason, false);
    if (reason)
        return false;
    file_clear_parts(out);
    return open_registry(issue, journal) &&
           (issue->count == 0 ||
            registry_begin(issue->registry, (uint64_t)issue->count,
                           issue->folder,
                           issue->args->values[O_ABANDON] != NULL));
}

/* It has come to its end only if nothing is missing, what it says neither. */
static void end_command(struct issue *issue)
{
    bool told = fflush(stdout) == 0 && !ferror(stdout); /* main says so */
    if (issue->count > 0 && issue->cli->status == 0 && told &&
        !registry_end(issue->registry))
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
    registry_close(issue.registry);
    tdestroy(issue.met, free);
    if (issue.folder_lock >= 0)
        close(issue.folder_lock);
    tem_key_free(issue.key);
    tem_trust_free(issue.trust);
    design_free(&issue.design);
    queue_close(issue.queue);
    free(issue.voids);
    return status;
}
