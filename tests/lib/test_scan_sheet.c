/* SPDX-License-Identifier: MIT */
/* Whole A4 sheets of labels, as a scanner gives them: <tem/scan.h>. */
#include "chance.h"
#include "scan_pictures.h"
#include <math.h>

/* 210 mm x 297 mm */
enum { COLUMNS = 8, ROWS = 12, LABELS = COLUMNS * ROWS };

struct scanner {
    unsigned dpi, dots; /* pixels an inch; a module's */
    double skew;        /* of the sheet under the lid, degrees */
};

static uint32_t pixels_of(const struct scanner *scanner, double mm)
{
    return (uint32_t)(mm / 25.4 * scanner->dpi + 0.5);
}

/* A label's own text, of 60 characters. */
static void text_of(unsigned label, char text[61])
{
    snprintf(text, 61, "HTTPS://OCOP.SONLA.GOV.VN/01/08931234567894/21/%013u",
             label * 7919U);
}

static struct tem_image *printed(const struct scanner *scanner)
{
    struct tem_image *page =
        sheet(pixels_of(scanner, 210), pixels_of(scanner, 297), 250);
    uint32_t across = pixels_of(scanner, 202.0 / COLUMNS);
    uint32_t down = pixels_of(scanner, 289.0 / ROWS);
    for (unsigned i = 0; i < LABELS; i++) {
        char text[61];
        text_of(i, text);
        paste(page, drawn(text, scanner->dots),
              pixels_of(scanner, 5) + i % COLUMNS * across,
              pixels_of(scanner, 6) + i / COLUMNS * down);
    }
    return page;
}

/* A little askew under the lid, the grain of paper and glass on it. */
static struct tem_image *scanned_page(const struct scanner *scanner)
{
    struct tem_image *page = printed(scanner);
    struct tem_image *out = sheet(page->width, page->height, 250);
    struct chance chance = {4};
    double s = sin(scanner->skew / 57.29578), c = cos(scanner->skew / 57.29578);
    double x0 = page->width / 2.0, y0 = page->height / 2.0;
    for (uint32_t y = 0; y < page->height; y++)
        for (uint32_t x = 0; x < page->width; x++) {
            double u = x0 + c * (x - x0) + s * (y - y0);
            double v = y0 - s * (x - x0) + c * (y - y0);
            int grey = pixel(page, lround(u), lround(v)) * 200 / 255 + 30;
            out->pixels[(size_t)y * page->width + x] =
                (uint8_t)(grey + (int)(chance_next(&chance) % 21) - 10);
        }
    tem_image_free(page);
    return out;
}

static void check_symbol(const struct tem_scan_symbol *symbol, unsigned label,
                         const struct scanner *scanner)
{
    char text[61];
    text_of(label, text);
    CHECK_STR((const char *)symbol->text.data, text);
    CHECK(fabs(symbol->module - scanner->dots) < 0.03 * scanner->dots);
    CHECK_INT(symbol->erased, 0);
}

/* All of them, in the order in which they are read. */
static void check_sheet(const struct scanner *scanner)
{
    struct tem_image *image = scanned_page(scanner);
    struct tem_scan *scan;
    REQUIRE(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
    CHECK_INT(scan->count, LABELS);
    CHECK(!scan->truncated);
    for (unsigned i = 0; i < LABELS && scan->count == LABELS; i++)
        check_symbol(&scan->symbols[i], i, scanner);
    tem_scan_free(scan);
    tem_image_free(image);
}

TEST(a_sheet_at_300_dots_an_inch_is_read)
{
    check_sheet(&(struct scanner){300, 5, 0});
    check_sheet(&(struct scanner){300, 4, 0.3});
    check_sheet(&(struct scanner){300, 4, -0.3});
}

TEST(a_sheet_at_600_dots_an_inch_is_read)
{
    check_sheet(&(struct scanner){600, 10, 0});
    check_sheet(&(struct scanner){600, 8, 0.3});
    check_sheet(&(struct scanner){600, 8, -0.3});
}

/* Upside down the last is the first. */
TEST(a_sheet_upside_down_is_read)
{
    struct scanner scanner = {300, 5, 0};
    struct tem_image *image = scanned_page(&scanner);
    size_t last = (size_t)image->width * image->height - 1;
    for (size_t i = 0; i < last - i; i++) {
        uint8_t grey = image->pixels[i];
        image->pixels[i] = image->pixels[last - i];
        image->pixels[last - i] = grey;
    }
    struct tem_scan *scan;
    REQUIRE(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
    CHECK_INT(scan->count, LABELS);
    for (unsigned i = 0; i < LABELS && scan->count == LABELS; i++)
        check_symbol(&scan->symbols[i], LABELS - 1 - i, &scanner);
    tem_scan_free(scan);
    tem_image_free(image);
}

/* Work on what is read is not in vain: there are many labels of 450 digits, and
 * the last is read as the first. */
TEST(a_thousand_large_labels_are_read)
{
    enum { ACROSS = 32, DOWN = 31, SIDE = 2 * (57 + 8) };
    struct tem_image *image = sheet(ACROSS * SIDE, DOWN * SIDE, 255);
    struct tem_scan *scan;
    for (unsigned i = 0; i < ACROSS * DOWN; i++) {
        char text[451];
        snprintf(text, sizeof text, "%04u%0446u", i, i * 7919U);
        struct tem_image *part = drawn(text, 2);
        REQUIRE(part->width <= SIDE);
        paste(image, part, i % ACROSS * SIDE, i / ACROSS * SIDE);
    }
    REQUIRE(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
    CHECK_INT(scan->count, ACROSS * DOWN);
    tem_scan_free(scan);
    tem_image_free(image);
}

int main(void)
{
    RUN(a_sheet_at_300_dots_an_inch_is_read);
    RUN(a_sheet_at_600_dots_an_inch_is_read);
    RUN(a_sheet_upside_down_is_read);
    RUN(a_thousand_large_labels_are_read);
    return test_done();
}
