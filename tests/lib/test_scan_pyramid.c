/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/pyramid.h, and grey.h, which says what a pixel's place is.
 */
#include "../../lib/scan/pyramid.h"
#include "chance.h"
#include "scan_scene.h"

static struct tem_image *picture(uint32_t width, uint32_t height,
                                 const uint8_t *pixels)
{
    struct tem_image *image = sheet(width, height, 0);
    memcpy(image->pixels, pixels, (size_t)width * height);
    return image;
}

/* ---- places ----------------------------------------------------------- */

TEST(the_middle_of_a_pixel_is_the_pixel)
{
    static const uint8_t greys[] = {10, 20, 30, 40, 50, 60};
    struct tem_image *image = picture(3, 2, greys);
    for (int i = 0; i < 6; i++)
        CHECK_REAL(tem_grey(image, i % 3 + 0.5, i / 3 + 0.5), greys[i], 0);
    CHECK_REAL(tem_grey(image, 1, 0.5), 15, 1e-9);
    CHECK_REAL(tem_grey(image, 0.5, 1), 25, 1e-9);
    CHECK_REAL(tem_grey(image, 2.25, 0.75), 35, 1e-9);
    tem_image_free(image);
}

TEST(outside_is_the_nearest_pixel)
{
    static const uint8_t greys[] = {10, 20, 30, 40};
    struct tem_image *image = picture(2, 2, greys);
    CHECK_REAL(tem_grey(image, -9, -9), 10, 0);
    CHECK_REAL(tem_grey(image, 0, 0), 10, 0);
    CHECK_REAL(tem_grey(image, 2, 0), 20, 0);
    CHECK_REAL(tem_grey(image, 1e300, -1e300), 20, 0);
    CHECK_REAL(tem_grey(image, 0, 2), 30, 0);
    CHECK_REAL(tem_grey(image, 99, 99), 40, 0);
    CHECK_REAL(tem_grey(image, -1, 1), 20, 1e-9);
    CHECK_REAL(tem_grey(image, NAN, NAN), 10, 0);
    tem_image_free(image);
    image = sheet(1, 1, 77);
    CHECK_REAL(tem_grey(image, 0.5, 0.5), 77, 0);
    CHECK_REAL(tem_grey(image, 5, -5), 77, 0);
    tem_image_free(image);
}

TEST(a_pixel_is_inside)
{
    CHECK_INT(tem_pixel(-1, 9), 0);
    CHECK_INT(tem_pixel(NAN, 9), 0);
    CHECK_INT(tem_pixel(0.999, 9), 0);
    CHECK_INT(tem_pixel(1, 9), 1);
    CHECK_INT(tem_pixel(8.999, 9), 8);
    CHECK_INT(tem_pixel(9, 9), 9);
    CHECK_INT(tem_pixel(1e300, 9), 9);
    CHECK_INT(tem_pixel(INFINITY, 0), 0);
}

/* ---- half ------------------------------------------------------------- */

TEST(half_is_the_mean_of_four)
{
    static const uint8_t greys[] = {0,   1, 255, 255, 9,   1, 0, 255, 254,
                                    9,   2, 2,   100, 101, 9, 3, 2,   100,
                                    102, 9, 7,   7,   7,   7, 7};
    static const uint8_t want[] = {1, 255, 2, 101}; /* a half goes up */
    struct tem_image *image = picture(5, 5, greys), *half;
    REQUIRE(tem_halve(image, &half, NULL) == TEM_OK);
    CHECK_INT(half->width, 2);
    CHECK_INT(half->height, 2);
    CHECK_INT(half->pixels[0], want[0]);
    CHECK_INT(half->pixels[1], want[1]);
    CHECK_INT(half->pixels[2], want[2]);
    CHECK_INT(half->pixels[3], want[3]);
    tem_image_free(half);
    tem_image_free(image);
}

TEST(a_place_halves_with_the_picture)
{
    struct tem_image *image = sheet(301, 200, 0), *half;
    for (uint32_t i = 0; i < 301 * 200; i++)
        image->pixels[i] = (uint8_t)((i % 301) / 2 + (i / 301) / 2);
    REQUIRE(tem_halve(image, &half, NULL) == TEM_OK);
    for (int i = 0; i < 50; i++) {
        double x = 10 + 5.3 * i, y = 20 + 3.1 * i;
        CHECK_REAL(tem_grey(half, x / 2, y / 2), tem_grey(image, x, y), 1.1);
    }
    tem_image_free(half);
    tem_image_free(image);
}

TEST(the_least_picture_has_two_pixels_a_side)
{
    static const uint8_t greys[] = {1, 2, 3, 4};
    struct tem_image *image = picture(2, 2, greys), *half = NULL;
    REQUIRE(tem_halve(image, &half, NULL) == TEM_OK);
    CHECK_INT(half->width * half->height, 1);
    CHECK_INT(half->pixels[0], 3);
    tem_image_free(half);
    tem_image_free(image);
}

/* ---- twice ------------------------------------------------------------ */

TEST(twice_is_between_the_pixels)
{
    static const uint8_t greys[] = {160, 0, 0, 0};
    static const uint8_t want[] = {160, 120, 40, 0, 120, 90, 30, 0,
                                   40,  30,  10, 0, 0,   0,  0,  0};
    struct tem_image *image = picture(2, 2, greys), *twice;
    REQUIRE(tem_double(image, &twice, NULL) == TEM_OK);
    CHECK_INT(twice->width, 4);
    CHECK_INT(twice->height, 4);
    for (int i = 0; i < 16; i++)
        CHECK_INT(twice->pixels[i], want[i]);
    tem_image_free(twice);
    tem_image_free(image);
}

/* By what grey.h says is between pixels. */
TEST(twice_is_what_stood_there)
{
    static const uint32_t sizes[][2] = {{1, 1}, {1, 9}, {9, 1}, {17, 23}};
    struct chance chance = {3};
    for (int k = 0; k < 4; k++) {
        struct tem_image *image = sheet(sizes[k][0], sizes[k][1], 0), *twice;
        for (uint32_t i = 0; i < image->width * image->height; i++)
            image->pixels[i] = (uint8_t)chance_next(&chance);
        REQUIRE(tem_double(image, &twice, NULL) == TEM_OK);
        for (uint32_t i = 0; i < twice->width * twice->height; i++) {
            double x = i % twice->width + 0.5, y = i / twice->width + 0.5;
            CHECK_REAL(twice->pixels[i], tem_grey(image, x / 2, y / 2), 0.501);
        }
        tem_image_free(twice);
        tem_image_free(image);
    }
}

TEST(twice_fits_or_is_refused)
{
    struct tem_image *image = sheet(TEM_IMAGE_SIDE_MAX / 2, 1, 9),
                     *twice = NULL;
    REQUIRE(tem_double(image, &twice, NULL) == TEM_OK);
    CHECK_INT(twice->width, TEM_IMAGE_SIDE_MAX);
    tem_image_free(twice);
    tem_image_free(image);
    image = sheet(1, TEM_IMAGE_SIDE_MAX / 2 + 1, 9);
    twice = NULL;
    CHECK_INT(tem_double(image, &twice, NULL), TEM_E_LIMIT);
    CHECK(twice == NULL);
    tem_image_free(image);
}

int main(void)
{
    RUN(the_middle_of_a_pixel_is_the_pixel);
    RUN(outside_is_the_nearest_pixel);
    RUN(a_pixel_is_inside);
    RUN(half_is_the_mean_of_four);
    RUN(a_place_halves_with_the_picture);
    RUN(the_least_picture_has_two_pixels_a_side);
    RUN(twice_is_between_the_pixels);
    RUN(twice_is_what_stood_there);
    RUN(twice_fits_or_is_refused);
    return test_done();
}
