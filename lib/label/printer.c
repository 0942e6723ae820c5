/* SPDX-License-Identifier: MIT */
/* See job.h: ZPL II and TSPL. Whole pictures, so that the printer's own fonts,
 * which have no Vietnamese letters, do not matter. */
#include "../error/fail.h"
#include "job.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 256 };

enum tem_status tem_bitmap_new(struct tem_job *job, struct tem_error *error)
{
    int width = tem_dots(job->info.page_width_um, job->dpi);
    int height = tem_dots(job->info.page_height_um, job->dpi);
    if ((long long)width * height > TEM_LABEL_PIXELS_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, LABEL_PIXELS, "dd",
                        (long long)width, (long long)height);
    return tem_raster_set(&job->row, width, height, 1, job->dpi, error);
}

enum tem_status tem_bitmap_add(struct tem_job *job,
                               const struct tem_label *label,
                               const struct tem_label_unit *unit,
                               struct tem_error *error)
{
    int x, y;
    tem_job_cell(job, &x, &y);
    enum tem_status status = tem_label_draw(label, unit, &job->one, error);
    if (status != TEM_OK)
        return status;
    if (job->filled == 0)
        memset(job->row.pixels, 0xFF, job->row.stride * job->row.height);
    tem_raster_paste(&job->row, x, y, &job->one);
    return TEM_OK;
}

/* ---- a page's bytes ----------------------------------------------------- */

static bool reserve(struct tem_job *job, size_t more)
{
    if (more <= job->line_capacity - job->line_size)
        return true;
    size_t capacity = 2 * (job->line_size + more);
    uint8_t *line = realloc(job->line, capacity);
    if (!line)
        return false;
    job->line = line;
    job->line_capacity = capacity;
    return true;
}

static void put(struct tem_job *job, const void *data, size_t size)
{
    memcpy(job->line + job->line_size, data, size);
    job->line_size += size;
}

static void put_text(struct tem_job *job, const char *text)
{
    put(job, text, strlen(text));
}

/* ---- ZPL ---------------------------------------------------------------- */

static void put_char(struct tem_job *job, char c)
{
    job->line[job->line_size++] = (uint8_t)c;
}

/* How often the next digit stands there: G..Y are 1..19, g..z are 20..400 by
 * twenties (ZPL II Programming Guide, alternative data compression). */
static void put_run(struct tem_job *job, char digit, size_t count)
{
    enum { MOST = 419 };
    while (count > 0) {
        size_t now = count > MOST ? MOST : count;
        count -= now;
        if (now >= 20)
            put_char(job, (char)('g' + now / 20 - 1));
        if (now % 20 > 1 || (now % 20 == 1 && now > 1))
            put_char(job, (char)('G' + now % 20 - 1));
        put_char(job, digit);
    }
}

/* One row, 1 = black: as runs of hexadecimal digits, noughts or Fs to its end
 * as `,` and `!`. */
static void put_zpl_row(struct tem_job *job, const uint8_t *row, size_t bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t count = 2 * bytes, i = 0;
#define DIGIT(n) digits[(row[(n) / 2] >> ((n) % 2 ? 0 : 4)) & 15]
    while (i < count) {
        char digit = DIGIT(i);
        size_t run = 1;
        while (i + run < count && DIGIT(i + run) == digit)
            run++;
        if (i + run == count && (digit == '0' || digit == 'F')) {
            put_char(job, digit == '0' ? ',' : '!');
            return;
        }
        put_run(job, digit, run);
        i += run;
    }
#undef DIGIT
}

/* The dots of a row, 1 = black and white to the byte's end. */
static void invert(const struct tem_raster *row, uint32_t y, uint8_t *out)
{
    const uint8_t *from = row->pixels + y * row->stride;
    for (size_t i = 0; i < row->stride; i++)
        out[i] = (uint8_t)~from[i];
    if (row->width % 8)
        out[row->stride - 1] &= (uint8_t)(0xFF00u >> row->width % 8);
}

static bool put_zpl(struct tem_job *job)
{
    const struct tem_raster *row = &job->row;
    char head[HEAD_MAX];
    size_t all = row->stride * row->height;
    uint8_t *now = malloc(2 * row->stride);
    if (!now || !reserve(job, 2 * HEAD_MAX + 2 * all + row->height)) {
        free(now);
        return false;
    }
    snprintf(head, sizeof head,
             "^XA^MNY^PW%u^LL%u^LH0,0^LS0^FO0,0^GFA,%zu,%zu,%zu,", row->width,
             row->height, all, all, row->stride);
    put_text(job, head);
    for (uint32_t y = 0; y < row->height; y++) {
        uint8_t *one = now + y % 2 * row->stride;
        invert(row, y, one);
        if (y > 0 && memcmp(now, now + row->stride, row->stride) == 0)
            put_char(job, ':'); /* as the row before */
        else
            put_zpl_row(job, one, row->stride);
    }
    put_text(job, "^FS^PQ1^XZ\n");
    free(now);
    return true;
}

/* ---- TSPL --------------------------------------------------------------- */

static bool put_tspl(struct tem_job *job)
{
    const struct tem_raster *row = &job->row;
    char head[HEAD_MAX];
    const struct tem_template_info *info = &job->info;
    if (!reserve(job, 2 * HEAD_MAX + row->stride * row->height))
        return false;
    snprintf(head, sizeof head,
             "SIZE %u.%03u mm,%u.%03u mm\r\nGAP %u.%03u mm,0 mm\r\n"
             "DIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 0,0,%zu,%u,0,",
             info->page_width_um / 1000, info->page_width_um % 1000,
             info->page_height_um / 1000, info->page_height_um % 1000,
             info->feed_gap_um / 1000, info->feed_gap_um % 1000, row->stride,
             row->height);
    put_text(job, head);
    for (uint32_t y = 0; y < row->height; y++) {
        uint8_t *to = job->line + job->line_size;
        put(job, row->pixels + y * row->stride, row->stride); /* 0 = black */
        if (row->width % 8)
            to[row->stride - 1] |= (uint8_t)(0xFFu >> row->width % 8);
    }
    put_text(job, "\r\nPRINT 1,1\r\n");
    return true;
}

enum tem_status tem_bitmap_show(struct tem_job *job, struct tem_error *error)
{
    job->line_size = 0;
    if (!(job->kind == TEM_JOB_ZPL ? put_zpl : put_tspl)(job))
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (!job->write(job->context, job->line, job->line_size))
        return TEM_FAIL(error, TEM_E_IO, JOB_WRITE, "");
    return TEM_OK;
}

void tem_bitmap_free(struct tem_job *job)
{
    tem_raster_free(&job->row);
    tem_raster_free(&job->one);
    free(job->line);
}
