/* SPDX-License-Identifier: MIT */
/* See labels.h. */
#include "labels.h"
#include "file.h"
#include "job_file.h"
#include "label_file.h"
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { RANGE_SIZE = 2 * TEM_LOT_SIZE };

/* ---- telling ---- */

/* A label that was made is not what it should be. */
static void tell_proof(struct issue *issue, const struct print_result *result)
{
    static const enum text_id texts[] = {[PROOF_UNREAD] = TEXT_PROOF_UNREAD,
                                         [PROOF_TEXT] = TEXT_PROOF_TEXT,
                                         [PROOF_SEAL] = TEXT_PROOF_SEAL,
                                         [PROOF_DOTS] = TEXT_PROOF_DOTS,
                                         [PROOF_QUIET] = TEXT_PROOF_QUIET};
    complain_at(issue->cli, texts[result->proof], ARGUMENTS(result->path));
}

void labels_tell_failure(struct issue *issue, const struct print_job *job,
                         const struct print_result *result)
{
    if (!result->failed)
        return;
    if (result->proof > PROOF_FAILED)
        tell_proof(issue, result);
    else if (result->reason == EEXIST && job->first > 0)
        COMPLAIN(issue->cli, LABEL_IN_WAY, result->path);
    else if (result->reason)
        file_complain(issue->cli, result->path, result->reason, true);
    else
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

static bool synced(struct issue *issue, const char *folder)
{
    int reason = file_sync_folder(folder);
    if (reason)
        file_complain(issue->cli, folder, reason, false);
    return reason == 0;
}

/* ---- the open run ---- */

static uint64_t next_serial(const struct tem_run *run)
{
    return run->made ? run->made + 1 : run->serials.first;
}

/* Show what is made; it is in the journal. */
static bool publish(struct issue *issue, const struct print_job *job,
                    uint64_t first, uint64_t last, bool earlier)
{
    static struct print_result result; /* large; one lot at a time */
    issue->made += print_publish(job, first, last, earlier, &result);
    labels_tell_failure(issue, job, &result);
    return !result.failed;
}

/* What an earlier run had noted, but not shown yet: some of its last batch. */
static bool publish_earlier(struct issue *issue, const struct tem_run *run,
                            struct print_job *job)
{
    if (!run->made)
        return true;
    uint64_t before = run->made - run->serials.first;
    job->width = run->width;
    job->first = before < LABELS_BATCH ? run->serials.first
                                       : run->made - LABELS_BATCH + 1;
    return publish(issue, job, job->first, run->made, true);
}

/* One batch of the open run: made, on the disk, noted, and then shown. @return
 * false when it did not come to its end. */
static bool print_batch(struct issue *issue, struct known *known,
                        const struct print_job *job,
                        struct print_result *result)
{
    print_labels(job, result);
    labels_tell_failure(issue, job, result);
    if (result->upto < job->first)
        return false;
    return synced(issue, job->folder) &&
           registry_note(issue->registry, known, TEM_EVENT_MADE,
                         (struct tem_serials){known->open->serials.first,
                                              result->upto}) &&
           publish(issue, job, job->first, result->upto, false) &&
           result->upto == job->last;
}

/* The names of the labels are on the disk before the run is done. */
static bool finish_run(struct issue *issue, struct known *known,
                       const struct print_job *job)
{
    return synced(issue, job->folder) &&
           registry_note(issue->registry, known, TEM_EVENT_DONE,
                         known->open->serials);
}

static bool print_batches(struct issue *issue, struct known *known,
                          struct print_job *job, struct tem_symbol *largest)
{
    static struct print_result result; /* large; one lot at a time */
    const struct tem_run *run = known->open;
    bool going = publish_earlier(issue, run, job);
    job->width = run->width;
    job->all = run->serials.last - run->serials.first + 1;
    job->first = next_serial(run);
    for (; going && job->first <= run->serials.last;
         job->first = job->last + 1) {
        job->last = job->first + LABELS_BATCH - 1;
        if (job->last > run->serials.last)
            job->last = run->serials.last;
        job->before = job->first - run->serials.first;
        going = print_batch(issue, known, job, &result);
        if (result.symbol.version > largest->version)
            *largest = result.symbol;
    }
    return going;
}

/* The labels of the open run that are not made yet. */
static bool print_run(struct issue *issue, struct known *known,
                      struct print_job *job)
{
    const struct tem_run *run = known->open;
    struct tem_symbol largest = {0};
    char text[RANGE_SIZE];
    bool going = print_batches(issue, known, job, &largest);
    uint64_t made = next_serial(run) - run->serials.first;
    if (!going) {
        COMPLAIN(issue->cli, ISSUE_UNFINISHED, known->is.name.lot,
                 number_text((long long)made).text,
                 number_text((long long)job->all).text, issue_again(issue));
        return false;
    }
    TELL(issue->cli, ISSUE_LOT, known->is.name.lot, number_text((long long)made).text,
         range(run->serials.first, run->serials.last, run->width, text));
    tell_size(issue, job, &largest);
    return finish_run(issue, known, job);
}

/* All labels of the open run, in one file. What of it an earlier run had made
 * nobody has seen, unless it was whole: it is made anew. */
static bool print_file(struct issue *issue, struct known *known,
                       const struct look *look, struct print_job *job)
{
    const struct tem_run *run = known->open;
    uint64_t first = run->serials.first, last = run->serials.last;
    char text[RANGE_SIZE];
    job->width = run->width;
    if (run->made != last &&
        (!job_file_write(issue, job, look, known, first, last) ||
         !synced(issue, job->folder) ||
         !registry_note(issue->registry, known, TEM_EVENT_MADE,
                        run->serials))) {
        COMPLAIN(issue->cli, ISSUE_UNFINISHED, known->is.name.lot,
                 number_text(0).text,
                 number_text((long long)(last - first + 1)).text,
                 issue_again(issue));
        return false;
    }
    if (!job_file_publish(issue, job, first, last))
        return false;
    issue->made += last - first + 1;
    TELL(issue->cli, ISSUE_LOT, known->is.name.lot,
         number_text((long long)(last - first + 1)).text,
         range(first, last, run->width, text));
    return finish_run(issue, known, job) &&
           job_file_print(issue, job, first, last);
}

/* ---- what an earlier run left ---- */

/* Is it to be finished by this one? */
static bool may_resume(struct issue *issue, const struct origin *origin,
                       const struct known *known,
                       const struct tem_run *wanted)
{
    const struct tem_run *run = known->open;
    uint64_t count = run->serials.last - run->serials.first + 1;
    char text[RANGE_SIZE], path[REGISTRY_PATH_SIZE];
    range(run->serials.first, run->serials.last, run->width, text);
    if (strcmp(run->folder, wanted->folder) != 0)
        COMPLAIN(issue->cli, RUN_FOLDER, origin->file, origin->row.text,
                 known->is.name.lot, text,
                 registry_folder_path(issue->registry, run->folder, path));
    else if (count != (uint64_t)issue->count)
        COMPLAIN(issue->cli, RUN_COUNT, origin->file, origin->row.text,
                 known->is.name.lot, text, number_text((long long)count).text);
    else if (strcmp(run->print, wanted->print) != 0)
        COMPLAIN(issue->cli, RUN_OTHER, origin->file, origin->row.text,
                 known->is.name.lot, text);
    else
        return true;
    return false;
}

/* What is made gets its name, where it is; the rest is given up. */
static bool abandon_in(struct issue *issue, struct known *known,
                    const struct print_job *wanted)
{
    const struct tem_run *run = known->open;
    char text[RANGE_SIZE], folder[REGISTRY_PATH_SIZE];
    struct print_job job = *wanted;
    uint64_t next = next_serial(run), last = run->serials.last;
    job.folder = registry_folder_path(issue->registry, run->folder, folder);
    job.json = false; /* another size, perhaps */
    if (!publish_earlier(issue, run, &job))
        return false;
    job.width = run->width;
    if (!job_file_abandon(issue, &job, run->serials.first, last, run->made == last))
        return false;
    range(next <= last ? next : last, last, run->width, text);
    if (!registry_note(issue->registry, known, TEM_EVENT_ABANDON,
                       run->serials))
        return false;
    print_discard(&job, next, last - next < LABELS_BATCH ? last : next + LABELS_BATCH - 1);
    TELL(issue->cli, ISSUE_ABANDONED, known->is.name.lot, text);
    return true;
}

/* Nobody may be at work where it was begun. */
static bool abandon(struct issue *issue, struct known *known,
                    const struct print_job *wanted)
{
    char path[REGISTRY_PATH_SIZE];
    int lock = -1, reason = 0;
    registry_folder_path(issue->registry, known->open->folder, path);
    if (strcmp(known->open->folder, issue->folder) != 0)
        reason = file_lock_folder(path, &lock);
    if (reason == EWOULDBLOCK) {
        COMPLAIN(issue->cli, FOLDER_BUSY, path);
        return false;
    }
    bool done = abandon_in(issue, known, wanted);
    if (lock >= 0)
        close(lock);
    return done;
}

/* ---- a new run ---- */

/* Its serials are not chosen yet. */
static bool plan_run(struct issue *issue, const struct origin *origin,
                     const struct print_job *job, struct tem_run *run)
{
    struct tem_error error;
    *run = (struct tem_run){.width = (unsigned)issue->width,
                                .kid = (long)issue->kid,
                                .folder = issue->folder};
    if (print_mark(job, run->print, &error) == TEM_OK)
        return true;
    complain_error(issue->cli, origin->file, &error);
    return false;
}

static bool choose_serials(struct issue *issue, const struct origin *origin,
                           const struct known *known, struct tem_run *run)
{
    char text[24];
    run->serials = (struct tem_serials){
        known->is.last + 1, known->is.last + (uint64_t)issue->count};
    int digits = snprintf(text, sizeof text, "%" PRIu64, run->serials.last);
    if (digits <= (int)run->width)
        return true;
    COMPLAIN(issue->cli, SERIAL_WIDTH, origin->file, origin->row.text,
             origin->record->lot, text);
    return false;
}

/* A label with a serial that was not made yet: the registry is not the one
 * it was made with, or an old copy, and what it says is not to be trusted. */
static bool is_registry_right(struct issue *issue, const struct print_job *job,
                             uint64_t made)
{
    char name[NAME_MAX + 1], path[PRINT_PATH_SIZE + NAME_MAX];
    int reason = label_file_above(job->folder, job->stem, made, name);
    snprintf(path, sizeof path, "%s/%s", job->folder, name);
    if (reason)
        COMPLAIN(issue->cli, FILE_READ, job->folder,
                 reason_text(issue->cli, reason));
    else if (name[0])
        COMPLAIN(issue->cli, LABEL_UNKNOWN, path, issue->registry_path);
    return reason == 0 && !name[0];
}

/* More labels than there are packs? */
static void warn_of_surplus(struct issue *issue, const struct origin *origin,
                            const struct tem_run *run)
{
    const struct tem_record *r = origin->record;
    int64_t samples = r->samples == TEM_NUMBER_NONE ? 0 : r->samples;
    if (r->units != TEM_NUMBER_NONE &&
        run->serials.last > (uint64_t)(r->units + samples))
        COMPLAIN(issue->cli, ISSUE_SURPLUS, origin->file, origin->row.text,
                 r->lot, number_text((long long)run->serials.last).text,
                 number_text(r->units + samples).text);
}

/* False with a complaint; *taken is false if others were faster. */
static bool reserve(struct issue *issue, const struct origin *origin,
                    struct known *known, const struct tem_run *run, bool *taken)
{
    uint64_t before = known->is.last;
    uint64_t quota = issue_quota(issue);
    if (!issue_within_quota(issue, origin,
                            run->serials.last - run->serials.first + 1))
        return false;
    warn_of_surplus(issue, origin, run);
    if (!registry_reserve(issue->registry, known, run, quota, taken))
        return false;
    if (*taken && before > 0)
        TELL(issue->cli, ISSUE_MORE, known->is.name.lot,
             number_text((long long)before).text);
    return true;
}

/* ---- either kind ---- */

/* Is it the right registry, and is the record sealed? */
static bool is_ready(struct issue *issue, struct known *known,
                     const struct sealing *sealing, const struct print_job *job,
                     uint64_t made)
{
    return is_registry_right(issue, job, made) &&
           seal_note(issue, sealing, known, job->stem);
}

/* Go on with the open run. */
static bool resume_run(struct issue *issue, const struct origin *origin,
                       struct known *known, const struct sealing *sealing,
                       const struct print_job *job,
                       const struct tem_run *wanted)
{
    const struct tem_run *run = known->open;
    uint64_t next = next_serial(run);
    char text[RANGE_SIZE];
    if (!may_resume(issue, origin, known, wanted) ||
        !is_ready(issue, known, sealing, job, next - 1) ||
        !issue_may_seal(issue, origin, run->width, next, run->serials.last))
        return false;
    TELL(issue->cli, ISSUE_RESUMED, known->is.name.lot,
         range(run->serials.first, run->serials.last, run->width, text));
    return true;
}

/* Take the serials that come next; again, if others took them. */
static bool begin_run(struct issue *issue, const struct origin *origin,
                      struct known *known, const struct sealing *sealing,
                      const struct print_job *job, struct tem_run *wanted)
{
    bool taken = false;
    if (!choose_serials(issue, origin, known, wanted) ||
        !is_ready(issue, known, sealing, job, known->is.last))
        return false;
    if (issue->args->values[O_ABANDON] && known->open &&
        !abandon(issue, known, job)) /* now that it can go on */
        return false;
    label_file_clear(job->folder, job->stem);
    while (!taken)
        if (!choose_serials(issue, origin, known, wanted) ||
            !issue_may_seal(issue, origin, wanted->width, wanted->serials.first,
                            wanted->serials.last) ||
            !reserve(issue, origin, known, wanted, &taken))
            return false;
    return true;
}

static bool make_run(struct issue *issue, const struct origin *origin,
                     struct known *known, const struct sealing *sealing,
                     const struct look *look, struct print_job *job)
{
    struct tem_run wanted;
    bool resumed = known->open && !issue->args->values[O_ABANDON];
    if (!known->open && registry_has_done(issue->registry, known)) {
        TELL(issue->cli, ISSUE_HAS, known->is.name.lot);
        return true;
    }
    if (!plan_run(issue, origin, job, &wanted))
        return false;
    if (!(resumed ? resume_run(issue, origin, known, sealing, job, &wanted)
                  : begin_run(issue, origin, known, sealing, job, &wanted)))
        return false;
    return issue->kind ? print_file(issue, known, look, job)
                       : print_run(issue, known, job);
}

/* May the picture be written? With --force in the place of one of its kind. */
static bool is_free(struct issue *issue, struct print_job *job)
{
    char path[PRINT_PATH_SIZE];
    if (!print_path(job, 0, path) || !file_exists(path))
        return true;
    if (!job->replace)
        file_complain(issue->cli, path, EEXIST, true);
    else if (!label_file_is(path, job->stem))
        COMPLAIN(issue->cli, LABEL_IN_WAY, path);
    else
        return true;
    return false;
}

/* One label without a serial, in a file of its own. */
static bool make_file(struct issue *issue, const struct origin *origin,
                      struct known *known, const struct sealing *sealing,
                      const struct look *look, struct print_job *job)
{
    char path[PRINT_PATH_SIZE];
    job->replace = issue->args->values[O_FORCE] != NULL;
    if (!job_file_path(issue, job, 0, 0, path))
        return false;
    if (!job->replace && file_exists(path)) {
        file_complain(issue->cli, path, EEXIST, true);
        return false;
    }
    if (!seal_note(issue, sealing, known, job->stem) ||
        !job_file_write(issue, job, look, known, 0, 0) ||
        !job_file_publish(issue, job, 0, 0))
        return false;
    issue->made++;
    TELL(issue->cli, ISSUE_LOT_ONE, origin->record->lot);
    return job_file_print(issue, job, 0, 0);
}

static bool make_one(struct issue *issue, const struct origin *origin,
                     struct known *known, const struct sealing *sealing,
                     struct print_job *job)
{
    static struct print_result result; /* large */
    job->replace = issue->args->values[O_FORCE] != NULL;
    if (!is_free(issue, job) || !seal_note(issue, sealing, known, job->stem))
        return false;
    print_labels(job, &result);
    labels_tell_failure(issue, job, &result);
    issue->stopped |= result.stopped;
    if (result.failed || result.stopped)
        return false;
    issue->made++;
    TELL(issue->cli, ISSUE_LOT_ONE, origin->record->lot);
    tell_size(issue, job, &result.symbol);
    return true;
}

bool labels_make(struct issue *issue, const struct origin *origin,
                 struct known *known, const struct sealing *sealing,
                 const struct look *look, struct print_job *job)
{
    if (issue->count > 0)
        return make_run(issue, origin, known, sealing, look, job);
    if (!issue_may_seal(issue, origin, 0, 0, 0))
        return false;
    return issue->kind ? make_file(issue, origin, known, sealing, look, job)
                       : make_one(issue, origin, known, sealing, job);
}
