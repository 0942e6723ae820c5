/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/second.h. */
#include "../../lib/scan/second.h"
#include "scan_pictures.h"

/* Room as the scan gives it. */
static struct tem_scan *room(void)
{
    struct tem_scan *scan = calloc(1, sizeof *scan);
    if (scan == NULL)
        exit(99);
    scan->symbols = malloc(TEM_SCAN_SYMBOLS_MAX * sizeof *scan->symbols);
    if (scan->symbols == NULL)
        exit(99);
    return scan;
}

/* A symbol at the middle of a sheet; modules of as many pixels as they must be
 * to be seen in a copy of 1000. */
static struct tem_image *picture(uint32_t side)
{
    unsigned dots = side / 250 + 2;
    struct tem_image *image = sheet(side, side, 255);
    struct tem_image *part = drawn("SECOND", dots);
    uint32_t at = (side - part->width) / 2;
    paste(image, part, at, at);
    return image;
}

/* At every size; the corners are those in the picture, not in a copy. */
TEST(a_symbol_is_found_at_every_size)
{
    static const uint32_t sides[] = {60, 320, 321, 640, 641, 1000, 1001, 3000};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct tem_image *image = picture(sides[i]);
        struct tem_scan *scan = room();
        CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
        CHECK_INT(scan->count, 1);
        if (scan->count == 1) {
            double half = 21 / 2.0 * (sides[i] / 250 + 2);
            CHECK_STR((const char *)scan->symbols[0].text.data, "SECOND");
            for (int c = 0; c < 4; c++) {
                double x = scan->symbols[0].corners[c].x - sides[i] / 2.0;
                double y = scan->symbols[0].corners[c].y - sides[i] / 2.0;
                double off = sides[i] / 100.0 + 3;
                CHECK(x * x > (half - off) * (half - off) &&
                      x * x < (half + off) * (half + off));
                CHECK(y * y > (half - off) * (half - off) &&
                      y * y < (half + off) * (half + off));
            }
        }
        tem_scan_free(scan);
        tem_image_free(image);
    }
}

TEST(nothing_is_nothing)
{
    struct tem_image *image = sheet(1200, 800, 200);
    struct tem_scan *scan = room();
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    CHECK_INT(tem_read_ean(image, scan, NULL), TEM_OK);
    CHECK_INT(scan->count, 0);
    tem_scan_free(scan);
    tem_image_free(image);
}

/* What is known already stays as it was, and is not found again. */
TEST(what_is_known_is_no_news)
{
    struct tem_image *image = picture(400);
    struct tem_scan *scan = room();
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    REQUIRE(scan->count == 1);
    const uint8_t *text = scan->symbols[0].text.data;
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    CHECK_INT(scan->count, 1);
    CHECK(scan->symbols[0].text.data == text);
    tem_scan_free(scan);
    tem_image_free(image);
}

/* Of other kinds of symbol this is not the place to tell. */
TEST(a_symbol_is_no_ean)
{
    struct tem_image *image = picture(400);
    struct tem_scan *scan = room();
    CHECK_INT(tem_read_ean(image, scan, NULL), TEM_OK);
    CHECK_INT(scan->count, 0);
    tem_scan_free(scan);
    tem_image_free(image);
}

/* 9521234543213 as bars (ISO/IEC 15420): GS1's demonstration number. */
static const char bars[] = "101011000100110110110011001001101000010100011010"
                           "10100111010111001000010110110011001101000010101";

/* The bars at a place of a sheet, of so many pixels a module. */
static struct tem_image *with_bars(uint32_t side, uint32_t x, uint32_t y,
                                   unsigned dots)
{
    struct tem_image *image = sheet(side, side, 255);
    for (uint32_t v = y; v < y + 60 * dots; v++)
        for (size_t i = 0; bars[i]; i++)
            if (bars[i] == '1')
                memset(image->pixels + (size_t)v * side + x + i * dots, 0,
                       dots);
    return image;
}

/* In a copy, and where they are too fine for that, in the picture. */
TEST(bars_are_read)
{
    static const struct {
        uint32_t side, x, y;
        unsigned dots;
    } rows[] = {{700, 200, 300, 2},
                {1600, 900, 40, 3},
                {3000, 1000, 1900, 5},
                {3600, 2000, 2500, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_image *image =
            with_bars(rows[i].side, rows[i].x, rows[i].y, rows[i].dots);
        struct tem_scan *scan = room();
        CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
        CHECK_INT(scan->count, 0); /* it is asked for no bars */
        CHECK_INT(tem_read_ean(image, scan, NULL), TEM_OK);
        CHECK_INT(scan->count, 1);
        if (scan->count == 1) {
            CHECK_STR((const char *)scan->symbols->text.data, "9521234543213");
            CHECK_INT(scan->symbols->symbology, TEM_EAN_13);
        }
        tem_scan_free(scan);
        tem_image_free(image);
    }
}

/* Our own reader has it, in the characters that it says; zbar gives others. */
TEST(a_symbol_that_was_read_is_left)
{
    struct tem_image *image = picture(400);
    struct tem_scan *scan = room();
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    REQUIRE(scan->count == 1);
    uint8_t *text = (uint8_t *)(uintptr_t)scan->symbols->text.data;
    text[0] = 'X';
    scan->symbols->version = 1;
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    CHECK_INT(scan->count, 1);
    scan->symbols->corners[2].x = scan->symbols->corners[0].x + 5;
    scan->symbols->corners[3].x = scan->symbols->corners[0].x + 5;
    for (int i = 0; i < 4; i++)
        scan->symbols->corners[i].x += 90; /* elsewhere: that one is new */
    CHECK_INT(tem_second_opinion(image, scan, NULL), TEM_OK);
    CHECK_INT(scan->count, 2);
    tem_scan_free(scan);
    tem_image_free(image);
}

int main(void)
{
    RUN(a_symbol_is_found_at_every_size);
    RUN(nothing_is_nothing);
    RUN(what_is_known_is_no_news);
    RUN(a_symbol_is_no_ean);
    RUN(bars_are_read);
    RUN(a_symbol_that_was_read_is_left);
    return test_done();
}
