/* SPDX-License-Identifier: MIT */
/* See job.h: PDF and SVG. What a lot's labels share is a drawing that a PDF
 * holds once; a symbol is a stencil of one pixel a module there, which takes a
 * third of the room of an outline, and a path in an SVG, where viewers would
 * smooth a stencil. */
#include "../error/fail.h"
#include "job.h"
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdlib.h>
#include <string.h>

/* After a failure cairo goes on as if nothing had happened: it would lose some
 * of its memory. */
static cairo_status_t put(void *context, const unsigned char *data,
                          unsigned size)
{
    struct tem_job *job = context;
    if (!job->failed && !job->write(job->context, data, size))
        job->failed = true;
    return CAIRO_STATUS_SUCCESS;
}

static double points(uint32_t um)
{
    return um * 72 / 25400.0;
}

enum tem_status tem_page_new(struct tem_job *job, struct tem_error *error)
{
    double width = points(job->info.page_width_um);
    double height = points(job->info.page_height_um);
    if (job->kind == TEM_JOB_PDF) {
        job->surface =
            cairo_pdf_surface_create_for_stream(put, job, width, height);
        /* The same input gives the same bytes: no clock in the file. */
        cairo_pdf_surface_set_metadata(job->surface,
                                       CAIRO_PDF_METADATA_CREATE_DATE, "");
        cairo_pdf_surface_set_metadata(job->surface, CAIRO_PDF_METADATA_CREATOR,
                                       "tem");
    } else {
        job->surface =
            cairo_svg_surface_create_for_stream(put, job, width, height);
        cairo_svg_surface_set_document_unit(job->surface, CAIRO_SVG_UNIT_PT);
    }
    job->cairo = cairo_create(job->surface);
    cairo_scale(job->cairo, 72.0 / job->dpi, 72.0 / job->dpi);
    if (cairo_status(job->cairo) != CAIRO_STATUS_SUCCESS)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_OK;
}

/* ---- symbols ------------------------------------------------------------ */

static cairo_surface_t *stencil_of(const struct tem_symbol *symbol)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A1, symbol->side, symbol->side);
    uint8_t *row = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; row && y < symbol->side; y++, row += stride) {
        uint32_t *words = (uint32_t *)(void *)row; /* a machine's order */
        for (int x = 0; x < symbol->side; x++) {
            const uint16_t probe = 1;
            bool little = *(const uint8_t *)&probe == 1;
            unsigned bit = (unsigned)x % 32;
            if (tem_symbol_dark(symbol, x, y))
                words[x / 32] |= 1u << (little ? bit : 31 - bit);
        }
    }
    cairo_surface_mark_dirty(surface);
    return surface;
}

static void draw_stencil(cairo_t *cairo, const struct tem_symbol *symbol)
{
    cairo_surface_t *stencil = stencil_of(symbol);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(stencil);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_mask(cairo, pattern);
    cairo_pattern_destroy(pattern);
    cairo_surface_destroy(stencil);
}

static void draw_path(cairo_t *cairo, const struct tem_symbol *symbol)
{
    for (int y = 0; y < symbol->side; y++)
        for (int x = 0; x < symbol->side; x++) {
            int end = x;
            while (tem_symbol_dark(symbol, end, y))
                end++;
            if (end > x)
                cairo_rectangle(cairo, x, y, end - x, 1);
            x = end > x ? end : x;
        }
    cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE); /* crispEdges */
    cairo_fill(cairo);
}

static void draw_symbol(const struct tem_job *job,
                        const struct tem_label *label,
                        const struct tem_symbol *symbol)
{
    double quiet = (double)label->layout.quiet * label->layout.dots;
    cairo_save(job->cairo);
    cairo_translate(job->cairo, label->symbol.x + quiet,
                    label->symbol.y + quiet);
    cairo_scale(job->cairo, label->layout.dots, label->layout.dots);
    (job->kind == TEM_JOB_PDF ? draw_stencil : draw_path)(job->cairo, symbol);
    cairo_restore(job->cairo);
}

/* ---- labels ------------------------------------------------------------- */

/* A shorter field is filled up with spaces. */
static void set_run(struct tem_text *text, const struct tem_run *run,
                    const char *shown)
{
    size_t length = strlen(shown);
    size_t before = run->at_end ? run->size - length : 0;
    memset(text->text + run->at, ' ', run->size);
    memcpy(text->text + run->at + before, shown, length);
}

static void draw_live(const struct tem_job *job, struct tem_live *live,
                      const struct tem_label_unit *unit)
{
    struct tem_text *text = &live->text;
    for (size_t i = 0; i < text->run_count; i++)
        set_run(text, &text->runs[i], tem_live_text(unit, &text->runs[i]));
    pango_layout_set_text(text->layout, text->text, -1);
    cairo_move_to(job->cairo, live->room.x + text->left,
                  live->room.y + text->top);
    pango_cairo_show_layout(job->cairo, text->layout);
}

static enum tem_status surface_status(struct tem_job *job,
                                      struct tem_error *error)
{
    if (job->failed)
        return TEM_FAIL(error, TEM_E_IO, JOB_WRITE, "");
    if (cairo_status(job->cairo) != CAIRO_STATUS_SUCCESS ||
        cairo_surface_status(job->surface) != CAIRO_STATUS_SUCCESS)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_OK;
}

enum tem_status tem_page_add(struct tem_job *job, const struct tem_label *label,
                             const struct tem_label_unit *unit,
                             struct tem_error *error)
{
    int x, y;
    tem_job_cell(job, &x, &y);
    cairo_save(job->cairo);
    cairo_translate(job->cairo, x, y);
    cairo_set_source_surface(job->cairo, label->drawing, 0, 0);
    cairo_paint(job->cairo);
    cairo_set_source_rgb(job->cairo, 0, 0, 0);
    draw_symbol(job, label, unit->symbol);
    for (size_t i = 0; i < label->live_count; i++)
        draw_live(job, label->lives[i], unit);
    cairo_restore(job->cairo);
    return surface_status(job, error);
}

enum tem_status tem_page_show(struct tem_job *job, struct tem_error *error)
{
    cairo_show_page(job->cairo);
    return surface_status(job, error);
}

enum tem_status tem_page_end(struct tem_job *job, struct tem_error *error)
{
    cairo_surface_finish(job->surface);
    return surface_status(job, error);
}

void tem_page_free(struct tem_job *job)
{
    if (!job->surface)
        return;
    job->failed = true; /* what is not finished writes no more */
    cairo_destroy(job->cairo);
    cairo_surface_destroy(job->surface);
}
