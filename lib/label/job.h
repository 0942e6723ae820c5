/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_JOB_H
#define TEM_LABEL_JOB_H

/* Print jobs: pages of vectors (page.c) and of bitmaps (printer.c). */

#include "drawn.h"

struct tem_job {
    enum tem_job_kind kind;
    const struct tem_template *template;
    struct tem_template_info info;
    unsigned dpi;
    tem_write_fn write;
    void *context;
    bool failed, ended;
    unsigned filled; /* labels on the page that is being made */
    uint64_t pages;  /* that are done */
    /* vectors */
    cairo_surface_t *surface;
    cairo_t *cairo;
    /* bitmaps */
    struct tem_raster row, one; /* a page, and a label on its way to it */
    uint8_t *line;              /* of the file being written */
    size_t line_size, line_capacity;
};

/* Where the next label begins on its page, in dots. */
void tem_job_cell(const struct tem_job *job, int *x, int *y);

enum tem_status tem_page_new(struct tem_job *job, struct tem_error *error);
enum tem_status tem_page_add(struct tem_job *job, const struct tem_label *label,
                             const struct tem_label_unit *unit,
                             struct tem_error *error);
enum tem_status tem_page_show(struct tem_job *job, struct tem_error *error);
enum tem_status tem_page_end(struct tem_job *job, struct tem_error *error);
void tem_page_free(struct tem_job *job);

enum tem_status tem_bitmap_new(struct tem_job *job, struct tem_error *error);
enum tem_status tem_bitmap_add(struct tem_job *job,
                               const struct tem_label *label,
                               const struct tem_label_unit *unit,
                               struct tem_error *error);
enum tem_status tem_bitmap_show(struct tem_job *job, struct tem_error *error);
void tem_bitmap_free(struct tem_job *job);

#endif
