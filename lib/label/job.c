/* SPDX-License-Identifier: MIT */
/* See <tem/label.h>: a print job, page after page. */
#include "job.h"
#include "../error/fail.h"
#include <stdlib.h>

static bool is_vector(const struct tem_job *job)
{
    return job->kind == TEM_JOB_PDF || job->kind == TEM_JOB_SVG;
}

void tem_job_cell(const struct tem_job *job, int *x, int *y)
{
    const struct tem_template_head *h = &job->template->head;
    int64_t column = job->filled % job->info.columns;
    int64_t row = job->filled / job->info.columns;
    *x = tem_dots(h->left + column * (h->width + h->gap_x), job->dpi);
    *y = tem_dots(h->top + row * (h->height + h->gap_y), job->dpi);
}

enum tem_status tem_job_new(enum tem_job_kind kind,
                            const struct tem_template *template, unsigned dpi,
                            tem_write_fn write, void *context,
                            struct tem_job **job, struct tem_error *error)
{
    struct tem_template_info info = tem_template_describe(template);
    if (kind < TEM_JOB_PDF || kind > TEM_JOB_TSPL)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "kind");
    if (info.sheet && kind >= TEM_JOB_ZPL)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, JOB_SHEET, "");
    struct tem_job *made = calloc(1, sizeof *made);
    if (!made)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    *made = (struct tem_job){.kind = kind,
                             .template = template,
                             .info = info,
                             .dpi = dpi,
                             .write = write,
                             .context = context};
    enum tem_status status = is_vector(made) ? tem_page_new(made, error)
                                             : tem_bitmap_new(made, error);
    if (status == TEM_OK)
        *job = made;
    else
        tem_job_free(made);
    return status;
}

static enum tem_status show(struct tem_job *job, struct tem_error *error)
{
    enum tem_status status = is_vector(job) ? tem_page_show(job, error)
                                            : tem_bitmap_show(job, error);
    job->filled = 0;
    job->pages++;
    job->failed |= status != TEM_OK;
    return status;
}

static bool suits(const struct tem_job *job, const struct tem_label *label)
{
    return label->template == job->template &&
           label->settings.dpi == job->dpi &&
           (is_vector(job)
                ? label->settings.vector
                : !label->settings.vector && label->fixed.depth == 1);
}

enum tem_status tem_job_add(struct tem_job *job, const struct tem_label *label,
                            const struct tem_label_unit *unit,
                            struct tem_error *error)
{
    if (job->failed)
        return TEM_FAIL(error, TEM_E_IO, JOB_WRITE, "");
    if (job->ended || !suits(job, label))
        return TEM_FAIL(error, TEM_E_ARGUMENT, JOB_LABEL, "");
    if (job->kind == TEM_JOB_SVG && job->pages > 0)
        return TEM_FAIL(error, TEM_E_LIMIT, JOB_LABEL, "");
    enum tem_status status = tem_label_check_unit(label, unit, error);
    if (status == TEM_OK)
        status = is_vector(job) ? tem_page_add(job, label, unit, error)
                                : tem_bitmap_add(job, label, unit, error);
    job->failed |= status != TEM_OK && status != TEM_E_ARGUMENT;
    if (status == TEM_OK && ++job->filled == job->info.columns * job->info.rows)
        status = show(job, error);
    return status;
}

enum tem_status tem_job_end(struct tem_job *job, struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    if (job->failed)
        return TEM_FAIL(error, TEM_E_IO, JOB_WRITE, "");
    if (job->filled > 0)
        status = show(job, error);
    if (status == TEM_OK && is_vector(job))
        status = tem_page_end(job, error);
    job->ended = true;
    return status;
}

void tem_job_free(struct tem_job *job)
{
    if (!job)
        return;
    tem_page_free(job);
    tem_bitmap_free(job);
    free(job);
}
