/* SPDX-License-Identifier: MIT */
/* See roll.h. */
#include "roll.h"
#include "file.h"
#include "job_file.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- a list of serials -------------------------------------------------- */

static const char *read_serial(const char *at, uint64_t *serial)
{
    char *end;
    if (*at < '0' || *at > '9')
        return NULL;
    errno = 0;
    *serial = strtoull(at, &end, 10);
    return errno == 0 && *serial >= 1 ? end : NULL;
}

/* One serial or a range; NULL if it is neither. */
static const char *read_range(const char *at, struct journal_range *range)
{
    at = read_serial(at, &range->first);
    range->last = range->first;
    if (at && *at == '-')
        at = read_serial(at + 1, &range->last);
    return at && range->first <= range->last ? at : NULL;
}

/* Is a serial in it already? */
static bool overlaps(const struct roll_voids *voids,
                     const struct journal_range *range)
{
    for (size_t i = 0; i < voids->count; i++)
        if (voids->ranges[i].first <= range->last &&
            range->first <= voids->ranges[i].last)
            return true;
    return false;
}

bool roll_read_list(const char *text, struct roll_voids *voids)
{
    memset(voids, 0, sizeof *voids);
    for (const char *at = text; at;) {
        struct journal_range range;
        at = read_range(at, &range);
        if (!at || voids->count == ROLL_RANGES_MAX || overlaps(voids, &range) ||
            (*at && *at != ','))
            return false;
        voids->ranges[voids->count++] = range;
        voids->labels += range.last - range.first + 1;
        if (!*at)
            return true;
        at++;
    }
    return false;
}

/* ---- void --------------------------------------------------------------- */

static const char *show(const struct journal_range *range, char out[48])
{
    if (range->first == range->last)
        snprintf(out, 48, "%" PRIu64, range->first);
    else
        snprintf(out, 48, "%" PRIu64 "-%" PRIu64, range->first, range->last);
    return out;
}

/* Serials that were given out, and are not void yet. */
static bool may_void(struct issue *issue, const struct origin *origin,
                     const struct journal_lot *known,
                     const struct journal_range *range)
{
    char text[48];
    if (known->open.first && range->last >= known->open.first)
        COMPLAIN(issue->cli, VOID_OPEN, origin->file, origin->row.text,
                 show(range, text));
    else if (range->last > known->last)
        COMPLAIN(issue->cli, VOID_UNKNOWN, origin->file, origin->row.text,
                 show(range, text), number_text((long long)known->last).text);
    else if (journal_has_void(known, *range))
        COMPLAIN(issue->cli, VOID_TWICE, origin->file, origin->row.text,
                 show(range, text));
    else
        return true;
    return false;
}

bool roll_note_voids(struct issue *issue, const struct origin *origin,
                     struct journal_lot *known)
{
    const struct roll_voids *voids = issue->voids;
    char text[48];
    for (size_t i = 0; i < voids->count; i++)
        if (!may_void(issue, origin, known, &voids->ranges[i]))
            return false;
    for (size_t i = 0; i < voids->count; i++) {
        int reason = journal_void(issue->journal, known, voids->ranges[i]);
        if (reason) {
            file_complain(issue->cli, issue->journal_path, reason, false);
            return false;
        }
        TELL(issue->cli, VOID_NOTED, known->lot, show(&voids->ranges[i], text));
    }
    return true;
}

/* ---- the rest of a roll ------------------------------------------------- */

/* Labels of the last run, the same as they were. */
static bool may_resume(struct issue *issue, const struct origin *origin,
                       const struct journal_lot *known,
                       const struct print_job *job)
{
    const struct journal_run *run = &known->before;
    char print[PRINT_MARK_SIZE], serial[24], text[48];
    struct journal_range range = {run->first, run->last};
    struct tem_error error;
    snprintf(serial, sizeof serial, "%lld", issue->resume_from);
    if (print_mark(job, print, &error) != TEM_OK)
        complain_error(issue->cli, origin->file, &error);
    else if (known->open.first)
        COMPLAIN(issue->cli, RESUME_OPEN, origin->file, origin->row.text,
                 known->lot);
    else if (!run->first || (uint64_t)issue->resume_from < run->first ||
             (uint64_t)issue->resume_from > run->last)
        COMPLAIN(issue->cli, RESUME_RANGE, origin->file, origin->row.text,
                 serial, run->first ? show(&range, text) : "-");
    else if (strcmp(print, run->print) != 0)
        COMPLAIN(issue->cli, RESUME_OTHER, origin->file, origin->row.text,
                 known->lot);
    else
        return true;
    return false;
}

bool roll_resume(struct issue *issue, const struct origin *origin,
                 struct journal_lot *known, const struct look *look,
                 struct print_job *job)
{
    if (!may_resume(issue, origin, known, job) ||
        !issue_may_seal(issue, origin, known->before.width,
                        (uint64_t)issue->resume_from, known->before.last))
        return false;
    struct journal_range range = {(uint64_t)issue->resume_from,
                                  known->before.last};
    char path[PRINT_PATH_SIZE], text[48];
    job->width = known->before.width;
    if (!job_file_path(issue, job, range.first, range.last, path))
        return false;
    if (file_exists(path)) {
        file_complain(issue->cli, path, EEXIST, false);
        return false;
    }
    if (!job_file_write(issue, job, look, known, range.first, range.last))
        return false;
    int reason = journal_again(issue->journal, known, range);
    if (reason) {
        file_complain(issue->cli, issue->journal_path, reason, false);
        return false;
    }
    if (!job_file_publish(issue, job, range.first, range.last))
        return false;
    issue->made += range.last - range.first + 1;
    TELL(issue->cli, RESUME_DONE, known->lot, show(&range, text));
    return job_file_print(issue, job, range.first, range.last);
}
