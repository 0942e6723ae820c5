/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/contrast.h. */
#include "../../lib/scan/contrast.h"
#include "chance.h"
#include "scan_scene.h"

enum { RADIUS = 10 }; /* 21 x 21 */

/* The mean about a place, of what of it is inside the picture; added up pixel
 * by pixel. */
static int mean_about(const struct tem_image *image, int x, int y)
{
    int sum = 0, count = 0;
    for (int v = y - RADIUS; v <= y + RADIUS; v++)
        for (int u = x - RADIUS; u <= x + RADIUS; u++)
            if (u >= 0 && v >= 0 && u < (int)image->width &&
                v < (int)image->height) {
                sum += image->pixels[v * (int)image->width + u];
                count++;
            }
    return sum / count;
}

/* Distances grow by one factor, the same everywhere, up to black and white. */
TEST(distances_from_the_mean_are_multiplied)
{
    static const uint32_t sizes[][2] = {{1, 1},   {1, 40},  {40, 1},  {9, 9},
                                        {10, 11}, {11, 10}, {20, 22}, {21, 21},
                                        {22, 45}, {64, 50}};
    struct chance chance = {41};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct tem_image *image = sheet(sizes[i][0], sizes[i][1], 0), *copy;
        uint32_t spread = i % 2 ? 256 : 20;
        for (uint32_t k = 0; k < image->width * image->height; k++)
            image->pixels[k] = (uint8_t)(chance_next(&chance) % spread);
        REQUIRE(tem_scan_stretch(image, &copy, NULL) == TEM_OK);
        CHECK_INT(copy->width, image->width);
        CHECK_INT(copy->height, image->height);
        for (uint32_t k = 0; k < image->width * image->height; k++) {
            int x = (int)(k % image->width), y = (int)(k / image->width);
            int want = 128 + 6 * (image->pixels[k] - mean_about(image, x, y));
            CHECK_INT(copy->pixels[k], want < 0 ? 0 : want > 255 ? 255 : want);
        }
        tem_image_free(copy);
        tem_image_free(image);
    }
}

TEST(flat_is_grey)
{
    static const uint8_t greys[] = {0, 1, 128, 254, 255};
    for (int i = 0; i < 5; i++) {
        struct tem_image *image = sheet(70, 50, greys[i]), *copy;
        REQUIRE(tem_scan_stretch(image, &copy, NULL) == TEM_OK);
        for (uint32_t k = 0; k < 70 * 50; k++)
            CHECK_INT(copy->pixels[k], 128);
        tem_image_free(copy);
        tem_image_free(image);
    }
}

/* What it is for: ink hardly darker than paper, where light falls off. */
TEST(faint_print_comes_out)
{
    struct tem_image *image = sheet(200, 200, 0), *copy;
    unsigned wrong = 0;
    for (uint32_t k = 0; k < 200 * 200; k++) {
        bool ink = (k % 200 / 5 + k / 200 / 5) % 2;
        image->pixels[k] = (uint8_t)(200 - k % 200 / 2 - (ink ? 8 : 0));
    }
    REQUIRE(tem_scan_stretch(image, &copy, NULL) == TEM_OK);
    for (uint32_t k = 0; k < 200 * 200; k++) {
        bool ink = (k % 200 / 5 + k / 200 / 5) % 2;
        uint32_t x = k % 200, y = k / 200;
        if (x >= RADIUS && y >= RADIUS && x < 190 && y < 190)
            wrong += (copy->pixels[k] < 128) != ink;
    }
    CHECK_INT(wrong, 0);
    tem_image_free(copy);
    tem_image_free(image);
}

int main(void)
{
    RUN(distances_from_the_mean_are_multiplied);
    RUN(flat_is_grey);
    RUN(faint_print_comes_out);
    return test_done();
}
