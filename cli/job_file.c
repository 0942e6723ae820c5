/* SPDX-License-Identifier: MIT */
/* See job_file.h. */
#include "job_file.h"
#include "file.h"
#include "json.h"
#include "queue.h"
#include "labels.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- names -------------------------------------------------------------- */

static const char *ending(enum tem_job_kind kind)
{
    static const char *const endings[] = {[TEM_JOB_PDF] = "pdf",
                                          [TEM_JOB_SVG] = "svg",
                                          [TEM_JOB_ZPL] = "zpl",
                                          [TEM_JOB_TSPL] = "tspl"};
    return endings[kind];
}

static bool name(const struct issue *issue, const struct print_job *job,
                 uint64_t first, uint64_t last, const char *before,
                 const char *after, char path[PRINT_PATH_SIZE])
{
    char range[48] = "";
    if (first > 0)
        snprintf(range, sizeof range, "_%0*" PRIu64 "-%0*" PRIu64,
                 (int)job->width, first, (int)job->width, last);
    int size = snprintf(path, PRINT_PATH_SIZE, "%s/%s%s%s.%s%s", job->folder,
                        before, job->stem, range, ending(issue->kind), after);
    if (size < PRINT_PATH_SIZE)
        return true;
    file_complain(issue->cli, job->folder, ENAMETOOLONG, false);
    return false;
}

bool job_file_path(const struct issue *issue, const struct print_job *job,
                   uint64_t first, uint64_t last, char path[PRINT_PATH_SIZE])
{
    return name(issue, job, first, last, "", "", path);
}

static bool hidden_path(const struct issue *issue, const struct print_job *job,
                        uint64_t first, uint64_t last,
                        char path[PRINT_PATH_SIZE])
{
    return name(issue, job, first, last, ".", ".begun", path);
}

/* ---- writing ------------------------------------------------------------ */

/* A file that is being written. */
struct writing {
    struct issue *issue;
    struct print_job *job;
    const struct look *look;
    const struct known *known;
    const char *path;
    FILE *file;
    int reason; /* an errno */
    struct tem_job *pages;
    uint64_t first, last;
    unsigned tests; /* test labels so far */
};

static bool write_bytes(void *context, const void *data, size_t size)
{
    struct writing *w = context;
    if (w->reason == 0 && fwrite(data, 1, size, w->file) != size)
        w->reason = errno ? errno : EIO;
    return w->reason == 0;
}

static bool tell(struct writing *w, const struct tem_error *error)
{
    if (w->reason)
        file_complain(w->issue->cli, w->path, w->reason, false);
    else
        complain_error(w->issue->cli, w->path, error);
    return false;
}

static bool add(struct writing *w, const struct tem_label *label,
                const struct tem_label_unit *unit)
{
    struct tem_error error;
    return tem_job_add(w->pages, label, unit, &error) == TEM_OK ||
           tell(w, &error);
}

/* A test label, where the roll has one before this serial. */
static bool add_test(struct writing *w, uint64_t serial)
{
    const struct look *look = w->look;
    uint64_t middle = w->first + (w->last - w->first + 1) / 2;
    bool wanted = serial == w->first || serial == middle || serial > w->last;
    if (!look->test || !wanted)
        return true;
    struct tem_label_unit unit = {&look->test_symbols[w->tests],
                                  look->test_serials[w->tests], NULL};
    w->tests += w->tests + 1 < LOOK_TESTS;
    return add(w, look->test, &unit);
}

/* A batch of symbols onto the pages. */
static bool add_batch(struct writing *w, const struct print_job *job)
{
    for (uint64_t s = job->first; s <= job->last; s++) {
        char serial[TEM_LOT_SIZE] = "", counter[PRINT_COUNTER_SIZE] = "";
        if (s > 0)
            snprintf(serial, sizeof serial, "%0*" PRIu64, (int)job->width, s);
        print_counter(job, s, counter);
        struct tem_label_unit unit = {&job->symbols[s - job->first], serial,
                                      counter};
        struct tem_serials one = {s, s};
        bool spoiled = s > 0 && tem_registry_lot_has_void(&w->known->is, one);
        if (!add_test(w, s) ||
            (!spoiled && !add(w, look_label(w->look), &unit)))
            return false;
    }
    return true;
}

/* All batches: made by many threads, put on the pages by this one. */
static bool add_all(struct writing *w)
{
    static struct print_result result; /* large; one lot at a time */
    struct print_job job = *w->job;
    job.all = w->last - w->first + 1;
    job.start = w->first;
    for (job.first = w->first;; job.first = job.last + 1) {
        job.last = w->last - job.first < LABELS_BATCH
                       ? w->last
                       : job.first + LABELS_BATCH - 1;
        job.before = job.first - w->first;
        print_labels(&job, &result);
        if (result.failed &&
            !job_file_path(w->issue, w->job, w->first, w->last, result.path))
            return false;
        labels_tell_failure(w->issue, &job, &result);
        w->issue->stopped |= result.stopped;
        if (result.failed || result.stopped || !add_batch(w, &job))
            return false;
        if (job.last == w->last)
            return add_test(w, w->last + 1);
    }
}

/* From the first page to the end of the file. */
static bool write_pages(struct writing *w)
{
    struct tem_error error;
    struct issue *issue = w->issue;
    if (tem_job_new(issue->kind, issue->design.template, issue->layout.dpi,
                    write_bytes, w, &w->pages, &error) != TEM_OK)
        return tell(w, &error);
    bool done = add_all(w);
    if (done && tem_job_end(w->pages, &error) != TEM_OK)
        done = tell(w, &error);
    tem_job_free(w->pages);
    return done;
}

/* Whole and on the disk. */
static bool close_file(struct writing *w, bool done)
{
    if (done && (fflush(w->file) != 0 || fsync(fileno(w->file)) != 0))
        w->reason = errno;
    if (fclose(w->file) != 0 && w->reason == 0)
        w->reason = errno;
    if (done && w->reason)
        file_complain(w->issue->cli, w->path, w->reason, false);
    return done && w->reason == 0;
}

bool job_file_write(struct issue *issue, struct print_job *job,
                    const struct look *look, const struct known *known,
                    uint64_t first, uint64_t last)
{
    char path[PRINT_PATH_SIZE];
    struct writing w = {.issue = issue,
                        .job = job,
                        .look = look,
                        .known = known,
                        .path = path,
                        .first = first,
                        .last = last};
    if (!hidden_path(issue, job, first, last, path))
        return false;
    unlink(path); /* hidden, and not in the journal: nobody has it */
    job->symbols = malloc(LABELS_BATCH * sizeof *job->symbols);
    w.file = job->symbols ? fopen(path, "wbx") : NULL;
    if (!w.file)
        file_complain(issue->cli, path, job->symbols ? errno : ENOMEM, false);
    bool done = w.file && close_file(&w, write_pages(&w));
    free(job->symbols);
    job->symbols = NULL;
    if (w.file && !done)
        unlink(path);
    return done;
}

/* ---- its name ----------------------------------------------------------- */

static void print_line(const struct issue *issue, const struct print_job *job,
                       uint64_t first, uint64_t last, const char *path)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", path);
    json_string(&json, "lot", tem_payload_unit(&job->uri, &job->payload).lot);
    json_number(&json, "serial_first", (long long)first);
    json_number(&json, "serial_last", (long long)last);
    json_number(&json, "labels", (long long)(last - first + 1));
    json_string(&json, "format", ending(issue->kind));
    json_number(&json, "version", (job->side - 17) / 4);
    json_number(&json, "module_um", job->layout.module_um);
    json_close(&json, '}');
    json_end(&json);
}

bool job_file_publish(struct issue *issue, const struct print_job *job,
                      uint64_t first, uint64_t last)
{
    char hidden[PRINT_PATH_SIZE], path[PRINT_PATH_SIZE];
    if (!hidden_path(issue, job, first, last, hidden) ||
        !job_file_path(issue, job, first, last, path))
        return false;
    int reason =
        file_exists(hidden)
            ? file_name(hidden, path, job->replace ? FILE_REPLACE : FILE_NEW)
        : file_exists(path) ? 0
                            : ENOENT;
    if (reason)
        file_complain(issue->cli, path, reason, first == 0);
    if (reason == 0 && job->json)
        print_line(issue, job, first, last, path);
    return reason == 0;
}

bool job_file_print(struct issue *issue, const struct print_job *job,
                    uint64_t first, uint64_t last)
{
    char path[PRINT_PATH_SIZE];
    if (!issue->queue)
        return true;
    struct tem_template_info info =
        tem_template_describe(issue->design.template);
    return job_file_path(issue, job, first, last, path) &&
           queue_print(issue->cli, issue->queue, path,
                       issue->kind == TEM_JOB_PDF ? QUEUE_PDF : QUEUE_RAW,
                       info.page_width_um / 1000.0,
                       info.page_height_um / 1000.0);
}

bool job_file_abandon(struct issue *issue, const struct print_job *job,
                      uint64_t first, uint64_t last, bool whole)
{
    enum tem_job_kind kind = issue->kind;
    char hidden[PRINT_PATH_SIZE];
    bool done = true;
    for (issue->kind = TEM_JOB_PDF; done && issue->kind <= TEM_JOB_TSPL;
         issue->kind++) {
        done = hidden_path(issue, job, first, last, hidden);
        if (!done || !file_exists(hidden))
            continue;
        if (whole)
            done = job_file_publish(issue, job, first, last);
        else
            unlink(hidden);
    }
    issue->kind = kind;
    return done;
}
