/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/binary.h. */
#include "../../lib/scan/binary.h"
#include "scan_scene.h"

enum { CONTRAST = 24 };

static struct tem_binary parted(const struct tem_image *image)
{
    struct tem_binary binary;
    if (tem_binarise(image, CONTRAST, &binary, NULL) != TEM_OK)
        exit(99);
    CHECK_INT(binary.width, image->width);
    CHECK_INT(binary.height, image->height);
    return binary;
}

/* Part the picture, free it, and count pixels that are not what they were to
 * be: dark where it says '#'. */
typedef bool (*ink_fn)(uint32_t x, uint32_t y);

static unsigned wrong_ones(struct tem_image *image, ink_fn is_ink)
{
    struct tem_binary binary = parted(image);
    unsigned wrong = 0;
    for (uint32_t y = 0; y < binary.height; y++)
        for (uint32_t x = 0; x < binary.width; x++)
            wrong += binary.dark[y * binary.width + x] != is_ink(x, y);
    tem_binary_free(&binary);
    CHECK(binary.dark == NULL);
    tem_image_free(image);
    return wrong;
}

static struct tem_image *inked(uint32_t width, uint32_t height, ink_fn is_ink,
                               uint8_t dark, uint8_t light)
{
    struct tem_image *image = sheet(width, height, light);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            if (is_ink(x, y))
                image->pixels[y * width + x] = dark;
    return image;
}

static bool checked(uint32_t x, uint32_t y)
{
    return (x / 3 + y / 3) % 2 == 0;
}

/* Every size of last block, and sides of a single pixel. */
TEST(two_greys_are_dark_and_light)
{
    for (uint32_t width = 4; width <= 41; width++)
        for (uint32_t height = 1; height <= 41; height += 5)
            CHECK_INT(
                wrong_ones(inked(width, height, checked, 90, 150), checked), 0);
    CHECK_INT(wrong_ones(inked(1, 37, checked, 0, 255), checked), 0);
    CHECK_INT(wrong_ones(inked(400, 3, checked, 254 - CONTRAST, 255), checked),
              0);
}

/* A block with as much contrast as is asked for is still flat. */
TEST(contrast_is_a_limit)
{
    struct tem_image *image = inked(64, 64, checked, 100, 100 + CONTRAST);
    struct tem_binary binary = parted(image);
    for (uint32_t i = 0; i < 64 * 64; i++)
        CHECK_INT(binary.dark[i], 0); /* flat, and not black */
    tem_binary_free(&binary);
    tem_image_free(image);
    image = inked(64, 64, checked, 100, 101 + CONTRAST);
    CHECK_INT(wrong_ones(image, checked), 0);
}

static bool nothing(uint32_t x, uint32_t y)
{
    (void)x, (void)y;
    return false;
}

TEST(flat_pictures_are_light)
{
    CHECK_INT(wrong_ones(sheet(1, 1, 200), nothing), 0);
    CHECK_INT(wrong_ones(sheet(100, 90, 255), nothing), 0);
    CHECK_INT(wrong_ones(sheet(100, 90, 1), nothing), 0);
}

static uint32_t square_at, square_side;

static bool is_square(uint32_t x, uint32_t y)
{
    return x >= square_at && x < square_at + square_side && y >= square_at &&
           y < square_at + square_side;
}

static bool is_no_square(uint32_t x, uint32_t y)
{
    return !is_square(x, y);
}

/* The middle of a large square is as flat as the paper is. */
TEST(large_squares_are_filled)
{
    for (square_side = 1; square_side < 150; square_side += 4)
        for (square_at = 20; square_at < 30; square_at += 3) {
            CHECK_INT(
                wrong_ones(inked(200, 190, is_square, 40, 220), is_square), 0);
            CHECK_INT(wrong_ones(inked(200, 190, is_no_square, 40, 220),
                                 is_no_square),
                      0);
        }
}

/* Light falls off so far that ink there is lighter than paper here. */
TEST(shadows_are_borne)
{
    for (int way = 0; way < 4; way++) {
        struct tem_image *image = inked(320, 320, checked, 0, 255);
        for (uint32_t i = 0; i < 320 * 320; i++) {
            uint32_t at = way % 2 ? i % 320 : i / 320;
            at = way < 2 ? at : 319 - at;
            uint32_t light = 250 - at * 200 / 320;
            image->pixels[i] =
                (uint8_t)(image->pixels[i] ? light : light * 45 / 100);
        }
        CHECK(image->pixels[0] != image->pixels[320 * 320 - 1]);
        CHECK_INT(wrong_ones(image, checked), 0);
    }
}

/* Blocks of black and 200, one of 50 and 250: where that one is within two
 * blocks the threshold is more than 100, elsewhere 100. */
TEST(a_threshold_is_the_mean_of_the_blocks_around)
{
    for (uint32_t odd = 0; odd < 81; odd += 5) {
        struct tem_image *image = sheet(72, 72, 0);
        for (uint32_t y = 0; y < 72; y++)
            for (uint32_t x = 0; x < 72; x++) {
                bool is_odd = y / 8 * 9 + x / 8 == odd;
                uint8_t grey = (x + y) % 2 ? 200 : 0;
                if (x % 8 == 3 && y % 8 == 3)
                    grey = 101;
                else if (is_odd)
                    grey = (uint8_t)(grey + 50);
                image->pixels[y * 72 + x] = grey;
            }
        struct tem_binary binary = parted(image);
        for (uint32_t block = 0; block < 81; block++) {
            uint32_t x = block % 9, y = block / 9;
            bool near = abs((int)x - (int)(odd % 9)) <= 2 &&
                        abs((int)y - (int)(odd / 9)) <= 2;
            CHECK_INT(binary.dark[(8 * y + 3) * 72 + 8 * x + 3], near);
        }
        tem_binary_free(&binary);
        tem_image_free(image);
    }
}

int main(void)
{
    RUN(a_threshold_is_the_mean_of_the_blocks_around);
    RUN(two_greys_are_dark_and_light);
    RUN(contrast_is_a_limit);
    RUN(flat_pictures_are_light);
    RUN(large_squares_are_filled);
    RUN(shadows_are_borne);
    return test_done();
}
