/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>: print jobs. What a printer is told is read again, and
 * gives the dots that were drawn. */
#include "label_sample.h"
#include <ctype.h>

/* What a printer would print. */
struct page {
    unsigned width, height;
    uint8_t dark[1200 * 1600];
};

/* ---- a printer that knows ZPL ------------------------------------------- */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* A row of hexadecimal digits, as they come in runs. */
static const char *zpl_row(const char *at, size_t digits, const char *before,
                           char *row)
{
    size_t filled = 0, repeat = 0;
    if (*at == ':') {
        memcpy(row, before, digits);
        return at + 1;
    }
    while (filled < digits) {
        char c = *at++;
        if (c >= 'G' && c <= 'Y')
            repeat += (size_t)(c - 'G') + 1;
        else if (c >= 'g' && c <= 'z')
            repeat += 20 * ((size_t)(c - 'g') + 1);
        else if (c == ',' || c == '!') {
            memset(row + filled, c == ',' ? '0' : 'F', digits - filled);
            filled = digits;
        } else if (hex(c) >= 0) {
            for (size_t n = repeat ? repeat : 1; n > 0 && filled < digits; n--)
                row[filled++] = c;
            repeat = 0;
        } else {
            return NULL;
        }
    }
    return at;
}

/* The next label of a job; NULL at its end or where it is broken. */
static const char *read_zpl(const char *at, struct page *page)
{
    static char rows[2][4096];
    unsigned bytes, all, same;
    int used = 0;
    if (sscanf(at, "^XA^MNY^PW%u^LL%u^LH0,0^LS0^FO0,0^GFA,%u,%u,%u,%n",
               &page->width, &page->height, &all, &same, &bytes, &used) != 5 ||
        used == 0 || all != same || all != bytes * page->height)
        return NULL;
    at += used;
    for (unsigned y = 0; at && y < page->height; y++) {
        char *row = rows[y % 2];
        at = zpl_row(at, 2 * bytes, rows[1 - y % 2], row);
        for (unsigned x = 0; at && x < page->width; x++)
            page->dark[y * page->width + x] =
                hex(row[x / 4]) >> (3 - x % 4) & 1;
    }
    return at && strncmp(at, "^FS^PQ1^XZ\n", 11) == 0 ? at + 11 : NULL;
}

/* ---- one that knows TSPL ------------------------------------------------ */

static const char *read_tspl(const char *at, unsigned dpi, struct page *page)
{
    double width, height, gap;
    unsigned bytes;
    int used = 0;
    if (sscanf(at,
               "SIZE %lf mm,%lf mm\r\nGAP %lf mm,0 mm\r\nDIRECTION "
               "1\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 0,0,%u,%u,0,%n",
               &width, &height, &gap, &bytes, &page->height, &used) != 5 ||
        used == 0)
        return NULL;
    page->width = (unsigned)(width * dpi / 25.4 + 0.5);
    CHECK_INT(page->height, (unsigned)(height * dpi / 25.4 + 0.5));
    CHECK_INT(bytes, (page->width + 7) / 8);
    const uint8_t *dots = (const uint8_t *)at + used;
    for (unsigned y = 0; y < page->height; y++, dots += bytes) {
        for (unsigned x = 0; x < page->width; x++)
            page->dark[y * page->width + x] = !(dots[x / 8] & 0x80u >> x % 8);
        for (unsigned x = page->width; x < 8 * bytes; x++)
            CHECK(dots[x / 8] & 0x80u >> x % 8); /* white beyond */
    }
    at = (const char *)dots;
    return strncmp(at, "\r\nPRINT 1,1\r\n", 13) == 0 ? at + 13 : NULL;
}

/* ---- the same dots ------------------------------------------------------ */

static size_t wrong_dots(const struct page *page, unsigned left,
                         const struct tem_raster *raster)
{
    size_t wrong = 0;
    for (unsigned y = 0; y < raster->height; y++)
        for (unsigned x = 0; x < raster->width; x++) {
            bool white =
                raster->pixels[y * raster->stride + x / 8] & 0x80u >> x % 8;
            wrong += page->dark[y * page->width + left + x] == white;
        }
    return wrong;
}

static size_t dark_in(const struct page *page, unsigned left, unsigned right)
{
    size_t dark = 0;
    for (unsigned y = 0; y < page->height; y++)
        for (unsigned x = left; x < right; x++)
            dark += page->dark[y * page->width + x];
    return dark;
}

static void check_printer(enum tem_job_kind kind, const char *name,
                          unsigned dpi)
{
    static struct page page;
    struct tem_template *design = shipped(name);
    struct tem_template_info info = tem_template_describe(design);
    struct tem_label *label = label_for(design, dpi, false);
    struct tem_label_unit unit = label_unit();
    struct written written = {0};
    struct tem_raster raster = {0};
    struct tem_job *job;
    REQUIRE(tem_job_new(kind, design, dpi, keep_written, &written, &job,
                        NULL) == TEM_OK);
    for (unsigned i = 0; i <= info.columns; i++) { /* one row and one more */
        static char serial[8];
        snprintf(serial, sizeof serial, "%06u", i);
        unit.serial = serial;
        CHECK_INT(tem_job_add(job, label, &unit, NULL), TEM_OK);
    }
    CHECK_INT(tem_job_end(job, NULL), TEM_OK);
    tem_job_free(job);
    const char *at = (const char *)written.data;
    for (unsigned row = 0; row < 2; row++) {
        at = kind == TEM_JOB_ZPL ? read_zpl(at, &page)
                                 : read_tspl(at, dpi, &page);
        REQUIRE(at);
        unsigned labels = row == 0 ? info.columns : 1;
        for (unsigned i = 0; i < info.columns; i++) {
            char serial[8];
            unsigned left = (unsigned)(((uint64_t)i * 37000 * dpi + 12700) /
                                       25400); /* 35 mm and a gap of 2 */
            snprintf(serial, sizeof serial, "%06u", row * info.columns + i);
            unit.serial = serial;
            CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_OK);
            if (i < labels)
                CHECK_INT(wrong_dots(&page, left, &raster), 0);
            else
                CHECK_INT(dark_in(&page, left, left + raster.width), 0);
        }
    }
    CHECK_INT(*at, '\0');
    free(written.data);
    tem_raster_free(&raster);
    tem_label_free(label);
    tem_template_free(design);
}

TEST(printers_print_the_dots_that_were_drawn)
{
    static const char *const names[] = {"box-70x50", "pack-50x30", "code-35x22",
                                        "carton-100x75"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_printer(TEM_JOB_ZPL, names[i], 203);
        check_printer(TEM_JOB_TSPL, names[i], 203);
        check_printer(TEM_JOB_ZPL, names[i], 300);
        check_printer(TEM_JOB_TSPL, names[i], 300);
    }
}

TEST(a_roll_says_its_gap)
{
    struct tem_template *design = shipped("carton-100x75"); /* 3 mm */
    struct tem_label *label = label_for(design, 203, false);
    struct tem_label_unit unit = label_unit();
    struct written written = {0};
    struct tem_job *job;
    REQUIRE(tem_job_new(TEM_JOB_TSPL, design, 203, keep_written, &written, &job,
                        NULL) == TEM_OK);
    CHECK_INT(tem_job_add(job, label, &unit, NULL), TEM_OK);
    CHECK_INT(tem_job_end(job, NULL), TEM_OK);
    CHECK(strstr((char *)written.data, "SIZE 100.000 mm,75.000 mm\r\n"
                                       "GAP 3.000 mm,0 mm\r\n"));
    CHECK_INT(tem_job_add(job, label, &unit, NULL), TEM_E_ARGUMENT);
    tem_job_free(job);
    tem_label_free(label);
    tem_template_free(design);
    free(written.data);
}

/* ---- vectors ------------------------------------------------------------ */

TEST(a_pdf_has_a_page_a_label_or_a_sheet)
{
    static const struct {
        const char *name;
        unsigned labels, pages;
    } rows[] = {{"box-70x50", 3, 3},
                {"sheet-a4-70x50", 10, 1},
                {"sheet-a4-70x50", 11, 2},
                {"code-35x22", 4, 2},
                {"card-a5", 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum tem_status status;
        struct written one =
            vectors(TEM_JOB_PDF, rows[i].name, rows[i].labels, 0, &status);
        CHECK_INT(status, TEM_OK);
        CHECK(one.size > 8 && memcmp(one.data, "%PDF-1.", 7) == 0);
        CHECK_INT(count_of(&one, "/Type /Page "), rows[i].pages);
        CHECK_INT(count_of(&one, "/ImageMask true"), rows[i].labels);
        CHECK(count_of(&one, "/FontFile2") > 0); /* embedded */
        CHECK_INT(count_of(&one, "/CreationDate"), 0);
        struct written two =
            vectors(TEM_JOB_PDF, rows[i].name, rows[i].labels, 0, &status);
        CHECK_INT(two.size, one.size);
        CHECK(memcmp(one.data, two.data, one.size) == 0);
        free(one.data);
        free(two.data);
    }
}

/* Wherever the disk is full. */
TEST(what_cannot_be_written_is_told)
{
    enum tem_status status;
    struct written whole = vectors(TEM_JOB_PDF, "box-70x50", 2, 0, &status);
    for (size_t limit = 1; limit < whole.size; limit += 1 + whole.size / 60) {
        struct written part =
            vectors(TEM_JOB_PDF, "box-70x50", 2, limit, &status);
        CHECK_INT(status, TEM_E_IO);
        free(part.data);
    }
    free(whole.data);
    struct tem_template *design = shipped("box-70x50");
    struct tem_label *label = label_for(design, 300, false);
    struct tem_label_unit unit = label_unit();
    struct written none = {.limit = 1};
    struct tem_job *job;
    REQUIRE(tem_job_new(TEM_JOB_ZPL, design, 300, keep_written, &none, &job,
                        NULL) == TEM_OK);
    CHECK_INT(tem_job_add(job, label, &unit, NULL), TEM_E_IO);
    CHECK_INT(tem_job_add(job, label, &unit, NULL), TEM_E_IO);
    CHECK_INT(tem_job_end(job, NULL), TEM_E_IO);
    tem_job_free(job);
    tem_job_free(NULL);
    tem_label_free(label);
    tem_template_free(design);
}

TEST(labels_and_jobs_must_suit_each_other)
{
    struct tem_template *design = shipped("box-70x50");
    struct tem_template *sheet = shipped("sheet-a4-70x50");
    struct tem_label *dots = label_for(design, 300, false);
    struct tem_label *fine = label_for(design, 600, false);
    struct tem_label *vector = label_for(design, 300, true);
    struct tem_label_unit unit = label_unit();
    struct written written = {0};
    struct tem_job *job;
    struct tem_error error;
    CHECK_INT(tem_job_new(TEM_JOB_ZPL, sheet, 300, keep_written, &written, &job,
                          &error),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_JOB_SHEET);
    CHECK_INT(tem_job_new((enum tem_job_kind)5, design, 300, keep_written,
                          &written, &job, NULL),
              TEM_E_ARGUMENT);
    CHECK_INT(tem_job_new(TEM_JOB_TSPL, design, 4800, keep_written, &written,
                          &job, NULL),
              TEM_E_LIMIT);
    REQUIRE(tem_job_new(TEM_JOB_ZPL, design, 300, keep_written, &written, &job,
                        NULL) == TEM_OK);
    CHECK_INT(tem_job_add(job, vector, &unit, NULL), TEM_E_ARGUMENT);
    CHECK_INT(tem_job_add(job, fine, &unit, NULL), TEM_E_ARGUMENT);
    unit.serial = "0000000";
    CHECK_INT(tem_job_add(job, dots, &unit, NULL), TEM_E_ARGUMENT);
    unit.serial = "000001";
    CHECK_INT(tem_job_add(job, dots, &unit, NULL), TEM_OK); /* goes on */
    tem_job_free(job);
    REQUIRE(tem_job_new(TEM_JOB_PDF, design, 300, keep_written, &written, &job,
                        NULL) == TEM_OK);
    CHECK_INT(tem_job_add(job, dots, &unit, NULL), TEM_E_ARGUMENT);
    tem_job_free(job);
    free(written.data);
    tem_label_free(dots);
    tem_label_free(fine);
    tem_label_free(vector);
    tem_template_free(design);
    tem_template_free(sheet);
}

int main(void)
{
    RUN(printers_print_the_dots_that_were_drawn);
    RUN(a_roll_says_its_gap);
    RUN(a_pdf_has_a_page_a_label_or_a_sheet);
    RUN(what_cannot_be_written_is_told);
    RUN(labels_and_jobs_must_suit_each_other);
    return test_done();
}
