/* SPDX-License-Identifier: MIT */
/* No text comes of what has none: noise, boards, slopes, print, bars, targets
 * and faces, by tem_scan_image() of <tem/scan.h>, zbar and all. test_photos.c
 * has photographs without symbols. */
#include "chance.h"
#include "scan_scene.h"
#include <tem/scan.h>

static void check_none(struct tem_image *image, enum tem_effort effort)
{
    struct tem_scan_options options = {.effort = effort};
    struct tem_scan *scan;
    REQUIRE(tem_scan_image(image, &options, &scan, NULL) == TEM_OK);
    for (size_t i = 0; i < scan->count; i++)
        CHECK_STR((const char *)scan->symbols[i].text.data, "nothing");
    CHECK(scan->symbols == NULL && !scan->truncated);
    tem_scan_free(scan);
}

/* With ordinary effort and once in a while with all. */
static void check(struct tem_image *image)
{
    static unsigned count;
    check_none(image, count++ % 16 ? TEM_EFFORT_NORMAL : TEM_EFFORT_HARD);
    tem_image_free(image);
}

static uint8_t *at(struct tem_image *image, uint32_t x, uint32_t y)
{
    return &image->pixels[(size_t)y * image->width + x];
}

static void box(struct tem_image *image, uint32_t x, uint32_t y, uint32_t width,
                uint32_t height, uint8_t grey)
{
    for (uint32_t v = y; v < y + height && v < image->height; v++)
        for (uint32_t u = x; u < x + width && u < image->width; u++)
            *at(image, u, v) = grey;
}

/* Cells of any grey or of two, of 1 to 7 pixels. */
TEST(noise)
{
    struct chance chance = {71};
    for (uint32_t cell = 1; cell <= 7; cell++)
        for (int kind = 0; kind < 6; kind++) {
            struct tem_image *image = sheet(340, 260, 255);
            for (uint32_t y = 0; y < 260; y += cell)
                for (uint32_t x = 0; x < 340; x += cell)
                    box(image, x, y, cell, cell,
                        kind % 2                ? (uint8_t)chance_next(&chance)
                        : chance_of(&chance, 2) ? 20
                                                : 230);
            check(image);
        }
}

TEST(boards)
{
    for (uint32_t cell = 1; cell <= 40; cell += cell < 8 ? 1 : 8) {
        struct tem_image *image = sheet(400, 300, 235);
        for (uint32_t y = 0; y < 300; y++)
            for (uint32_t x = 0; x < 400; x++)
                if ((x / cell + y / cell) % 2)
                    *at(image, x, y) = 25;
        check(image);
        image = sheet(400, 300, 235); /* lines of a grid */
        for (uint32_t y = 0; y < 300; y++)
            for (uint32_t x = 0; x < 400; x++)
                if (x / cell % 5 == 0 || y / cell % 5 == 0)
                    *at(image, x, y) = 25;
        check(image);
    }
}

TEST(slopes)
{
    for (int kind = 0; kind < 6; kind++) {
        struct tem_image *image = sheet(500, 400, 0);
        for (uint32_t y = 0; y < 400; y++)
            for (uint32_t x = 0; x < 500; x++) {
                double far = hypot(x - 250.0, y - 200.0);
                *at(image, x, y) =
                    (uint8_t)(kind == 0   ? x / 2
                              : kind == 1 ? (x + y) / 4
                              : kind == 2 ? far / 2
                              : kind == 3 ? 127 + 120 * sin(far / 9)
                              : kind == 4 ? 127 + 120 * sin(far * far / 900)
                                          : (x ^ y) & 255);
            }
        check(image);
    }
}

/* Letters of strokes on a matrix of 5 x 7, in words, lines and columns. */
TEST(print)
{
    struct chance chance = {72};
    for (uint32_t dots = 1; dots <= 4; dots++)
        for (int kind = 0; kind < 3; kind++) {
            struct tem_image *image = sheet(500, 400, 240);
            for (uint32_t y = 10; y + 9 * dots < 400; y += 11 * dots)
                for (uint32_t x = 10; x + 6 * dots < 490; x += 6 * dots) {
                    uint64_t letter = chance_next(&chance);
                    letter = letter << 10 | chance_next(&chance) % 1024;
                    if (chance_of(&chance, 6))
                        continue;
                    letter |= kind == 1 ? 0x8421084210842108u : 0;
                    letter &= kind == 2 ? 0x7BDEF7BDEF7BDEF7u : UINT64_MAX;
                    for (uint32_t i = 0; i < 35; i++)
                        if (letter >> i & 1)
                            box(image, x + i % 5 * dots, y + i / 5 * dots, dots,
                                dots, 20);
                }
            check(image);
        }
}

/* Bars alone, and rows of bars stacked on one another. */
TEST(bars)
{
    struct chance chance = {73};
    for (uint32_t rows = 1; rows <= 30; rows += 7)
        for (uint32_t dots = 1; dots <= 4; dots++) {
            struct tem_image *image = sheet(480, 330, 240);
            uint32_t height = 300 / rows;
            for (uint32_t row = 0; row < rows; row++) {
                uint32_t x = 20;
                for (bool dark = true; x < 440; dark = !dark) {
                    uint32_t width = dots * (1 + chance_next(&chance) % 4);
                    if (dark)
                        box(image, x, 15 + row * height, width, height, 20);
                    x += width;
                }
                box(image, 20, 15 + row * height, 8 * dots, height, 20);
            }
            check(image);
        }
}

/* Matrices that are no QR Code: with an L for a finder, with one target in the
 * middle, with three targets of rings. */
TEST(other_matrices)
{
    struct chance chance = {74};
    for (int kind = 0; kind < 3; kind++)
        for (uint32_t side = 20; side <= 60; side += 8) {
            uint32_t dots = 4;
            struct tem_image *image =
                sheet((side + 8) * dots, (side + 8) * dots, 240);
            for (uint32_t y = 0; y < side; y++)
                for (uint32_t x = 0; x < side; x++) {
                    bool dark = chance_of(&chance, 2);
                    uint32_t a = x > side / 2 ? x - side / 2 : side / 2 - x;
                    uint32_t b = y > side / 2 ? y - side / 2 : side / 2 - y;
                    uint32_t far = a > b ? a : b;
                    if (kind == 0 && (x == 0 || y == side - 1))
                        dark = true;
                    else if (kind == 0 && (y == 0 || x == side - 1))
                        dark = (x + y) % 2;
                    else if (kind == 1 && far <= 6)
                        dark = far % 2 == 0;
                    if (dark)
                        box(image, (x + 4) * dots, (y + 4) * dots, dots, dots,
                            20);
                }
            for (int i = 0; i < 3 && kind == 2; i++) {
                double cx = (i == 1 ? side + 0.5 : 7.5) * dots;
                double cy = (i == 2 ? side + 0.5 : 7.5) * dots;
                for (uint32_t y = 0; y < image->height; y++)
                    for (uint32_t x = 0; x < image->width; x++) {
                        double far = hypot(x + 0.5 - cx, y + 0.5 - cy) / dots;
                        if (far < 4.5)
                            *at(image, x, y) =
                                far < 1.5 || (far >= 2.5 && far < 3.5) ? 20
                                                                       : 240;
                    }
            }
            check(image);
        }
}

static void ellipse(struct tem_image *image, double x, double y, double across,
                    double down, uint8_t grey)
{
    for (uint32_t v = 0; v < image->height; v++)
        for (uint32_t u = 0; u < image->width; u++)
            if (hypot((u - x) / across, (v - y) / down) < 1)
                *at(image, u, v) = grey;
}

/* Eyes are a dark disc in a light one in a darker one. */
TEST(faces)
{
    struct chance chance = {75};
    for (int i = 0; i < 12; i++) {
        struct tem_image *image = sheet(420, 420, (uint8_t)(60 + i * 14));
        for (int face = 0; face < 1 + i % 4 * 2; face++) {
            double size = 40 + chance_next(&chance) % 100;
            double x = chance_next(&chance) % 420;
            double y = chance_next(&chance) % 420;
            ellipse(image, x, y, size * 0.8, size, 190);
            ellipse(image, x, y - size * 0.8, size * 0.8, size * 0.4, 40);
            for (int eye = -1; eye <= 1; eye += 2) {
                double ex = x + eye * size * 0.3, ey = y - size * 0.2;
                ellipse(image, ex, ey, size * 0.23, size * 0.2, 60);
                ellipse(image, ex, ey, size * 0.17, size * 0.15, 230);
                ellipse(image, ex, ey, size * 0.1, size * 0.1, 20);
            }
            ellipse(image, x, y + size * 0.15, size * 0.08, size * 0.15, 150);
            ellipse(image, x, y + size * 0.5, size * 0.3, size * 0.1, 90);
        }
        for (uint32_t k = 0; k < 420 * 420; k++)
            image->pixels[k] =
                (uint8_t)(image->pixels[k] * 0.9 + chance_next(&chance) % 20);
        check(image);
    }
}

/* One pixel, and lines of them. */
TEST(hardly_a_picture)
{
    static const uint32_t sizes[][2] = {{1, 1},    {1, 2},   {2, 1},
                                        {2, 2},    {7, 7},   {1, 3000},
                                        {3000, 1}, {8, 3000}};
    for (int i = 0; i < 8; i++)
        for (int grey = 0; grey < 256; grey += 51) {
            struct tem_image *image =
                sheet(sizes[i][0], sizes[i][1], (uint8_t)grey);
            for (uint32_t k = 0; k < image->width * image->height; k += 3)
                image->pixels[k] = (uint8_t)(255 - grey);
            check_none(image, TEM_EFFORT_HARD);
            check(image);
        }
}

int main(void)
{
    RUN(noise);
    RUN(boards);
    RUN(slopes);
    RUN(print);
    RUN(bars);
    RUN(other_matrices);
    RUN(faces);
    RUN(hardly_a_picture);
    return test_done();
}
