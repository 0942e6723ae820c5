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
static const char *read_range(const char *at, struct tem_serials *range)
{
    at = read_serial(at, &range->first);
    range->last = range->first;
    if (at && *at == '-')
        at = read_serial(at + 1, &range->last);
    return at && range->first <= range->last ? at : NULL;
}

/* Is a serial in it already? */
static bool overlaps(const struct roll_voids *voids,
                     const struct tem_serials *range)
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
        struct tem_serials range;
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

static const char *show(const struct tem_serials *range, char out[48])
{
    if (range->first == range->last)
        snprintf(out, 48, "%" PRIu64, range->first);
    else
        snprintf(out, 48, "%" PRIu64 "-%" PRIu64, range->first, range->last);
    return out;
}

/* Serials that were given out, and are not void yet. */
static bool may_void(struct issue *issue, const struct origin *origin,
                     const struct known *known,
                     const struct tem_serials *range)
{
    char text[48];
    if (known->open && range->last >= known->open->serials.first)
        COMPLAIN(issue->cli, VOID_OPEN, origin->file, origin->row.text,
                 show(range, text));
    else if (range->last > known->is.last)
        COMPLAIN(issue->cli, VOID_UNKNOWN, origin->file, origin->row.text,
                 show(range, text), number_text((long long)known->is.last).text);
    else if (tem_registry_lot_has_void(&known->is, *range))
        COMPLAIN(issue->cli, VOID_TWICE, origin->file, origin->row.text,
                 show(range, text));
    else
        return true;
    return false;
}

bool roll_note_voids(struct issue *issue, const struct origin *origin,
                     struct known *known)
{
    const struct roll_voids *voids = issue->voids;
    char text[48];
    for (size_t i = 0; i < voids->count; i++)
        if (!may_void(issue, origin, known, &voids->ranges[i]))
            return false;
    for (size_t i = 0; i < voids->count; i++) {
        if (!registry_note(issue->registry, known, TEM_EVENT_VOID,
                           voids->ranges[i]))
            return false;
        TELL(issue->cli, VOID_NOTED, known->is.name.lot, show(&voids->ranges[i], text));
    }
    return true;
}

/* ---- the rest of a roll ------------------------------------------------- */

/* Labels of the last run, the same as they were. */
static bool may_resume(struct issue *issue, const struct origin *origin,
                       const struct known *known,
                       const struct print_job *job)
{
    const struct tem_run *run = known->before;
    char print[PRINT_MARK_SIZE], serial[24], text[48];
    struct tem_serials range = run ? run->serials : (struct tem_serials){0, 0};
    uint64_t from = (uint64_t)issue->resume_from;
    struct tem_error error;
    snprintf(serial, sizeof serial, "%lld", issue->resume_from);
    if (print_mark(job, print, &error) != TEM_OK)
        complain_error(issue->cli, origin->file, &error);
    else if (known->open)
        COMPLAIN(issue->cli, RESUME_OPEN, origin->file, origin->row.text,
                 known->is.name.lot);
    else if (!run || from < range.first || from > range.last)
        COMPLAIN(issue->cli, RESUME_RANGE, origin->file, origin->row.text,
                 serial, run ? show(&range, text) : "-");
    else if (strcmp(print, run->print) != 0)
        COMPLAIN(issue->cli, RESUME_OTHER, origin->file, origin->row.text,
                 known->is.name.lot);
    else
        return true;
    return false;
}

bool roll_resume(struct issue *issue, const struct origin *origin,
                 struct known *known, const struct look *look,
                 struct print_job *job)
{
    if (!may_resume(issue, origin, known, job) ||
        !issue_may_seal(issue, origin, known->before->width,
                        (uint64_t)issue->resume_from, known->before->serials.last))
        return false;
    struct tem_serials range = {(uint64_t)issue->resume_from,
                                  known->before->serials.last};
    char path[PRINT_PATH_SIZE], text[48];
    job->width = known->before->width;
    if (!job_file_path(issue, job, range.first, range.last, path))
        return false;
    if (file_exists(path)) {
        file_complain(issue->cli, path, EEXIST, false);
        return false;
    }
    if (!job_file_write(issue, job, look, known, range.first, range.last))
        return false;
    if (!registry_note(issue->registry, known, TEM_EVENT_AGAIN, range))
        return false;
    if (!job_file_publish(issue, job, range.first, range.last))
        return false;
    issue->made += range.last - range.first + 1;
    TELL(issue->cli, RESUME_DONE, known->is.name.lot, show(&range, text));
    return job_file_print(issue, job, range.first, range.last);
}
