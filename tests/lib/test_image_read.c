/* SPDX-License-Identifier: MIT */
/* Mirrors tem_image_read(): every kind of PNG and JPEG, whole and broken. */
#include "../../lib/image/limits.h"
#include "pictures.h"
#include "test.h"
#include <tem/image.h>

static struct tem_image *image;

static enum tem_status read_limited(const struct made *made, uint64_t limit,
                                    struct tem_error *error)
{
    image = NULL;
    return tem_image_read((struct tem_bytes){made->data, made->size}, limit,
                          &image, error);
}

/* Read a file that must be good; check a few pixels; free both. */
static void expect(struct made made, uint32_t width, uint32_t height,
                   const uint8_t *pixels, int tolerance)
{
    struct tem_error error;
    enum tem_status status = read_limited(&made, width * height, &error);
    CHECK_INT(status, TEM_OK);
    if (status == TEM_OK) {
        CHECK(image->width == width && image->height == height);
        for (uint32_t i = 0; i < width * height; i++)
            if (abs(image->pixels[i] - pixels[i]) > tolerance) {
                printf("# pixel %u is %u, not %u\n", i, image->pixels[i],
                       pixels[i]);
                test_failures++;
            }
    }
    tem_image_free(image);
    CHECK_INT(read_limited(&made, width * height - 1, &error), TEM_E_LIMIT);
    CHECK(image == NULL);
    free(made.data);
}

TEST(grey_of_every_depth)
{
    static const uint8_t one[] = {0xA0}, two[] = {0x1B}, four[] = {0x0F, 0x80},
                         eight[] = {0, 85, 170, 255},
                         sixteen[] = {0, 0, 0x55, 0x55, 0xAA, 0xAA, 0xFF, 0xFF};
    static const uint8_t ones[] = {255, 0, 255, 0},
                         twos[] = {0, 85, 170, 255},
                         fours[] = {0, 255, 136, 0};
    for (int interlace = 0; interlace < 2; interlace++) {
        expect(make_png(PNG_KIND(4, 1, 1, PNG_COLOR_TYPE_GRAY,
                                           interlace, one, 1)),
               4, 1, ones, 0);
        expect(make_png(PNG_KIND(4, 1, 2, PNG_COLOR_TYPE_GRAY,
                                           interlace, two, 1)),
               4, 1, twos, 0);
        expect(make_png(PNG_KIND(4, 1, 4, PNG_COLOR_TYPE_GRAY,
                                           interlace, four, 2)),
               4, 1, fours, 0);
        expect(make_png(PNG_KIND(4, 1, 8, PNG_COLOR_TYPE_GRAY,
                                           interlace, eight, 4)),
               4, 1, twos, 0);
        expect(make_png(PNG_KIND(4, 1, 16, PNG_COLOR_TYPE_GRAY,
                                           interlace, sixteen, 8)),
               4, 1, twos, 0);
    }
}

TEST(colours_become_luma)
{
    static const uint8_t rgb[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};
    static const uint8_t rgb16[] = {255, 255, 0,   0,   0,   0, 0, 0, 255, 255,
                                    0,   0,   0,   0,   0,   0, 255, 255, 9, 9,
                                    9,   9,   9,   9};
    static const uint8_t want[] = {76, 150, 29, 9};
    expect(make_png(PNG_KIND(4, 1, 8, PNG_COLOR_TYPE_RGB, 0, rgb,
                                       12)),
           4, 1, want, 0);
    expect(make_png(PNG_KIND(4, 1, 16, PNG_COLOR_TYPE_RGB, 0, rgb16,
                                       24)),
           4, 1, want, 0);
    expect(make_png(PNG_KIND(2, 2, 8, PNG_COLOR_TYPE_RGB, 1, rgb, 6)),
           2, 2, want, 0);
}

TEST(transparency_lies_over_white)
{
    static const uint8_t ga[] = {0, 0, 0, 255, 0, 128, 200, 255};
    static const uint8_t rgba[] = {0, 0, 0, 0, 0,   0,   0,   255,
                                   0, 0, 0, 128, 200, 200, 200, 255};
    static const uint8_t want[] = {255, 0, 127, 200};
    expect(make_png(PNG_KIND(4, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, 0,
                                       ga, 8)),
           4, 1, want, 0);
    expect(make_png(PNG_KIND(4, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, 0,
                                       rgba, 16)),
           4, 1, want, 0);
    expect(make_png(PNG_KIND(2, 2, 8, PNG_COLOR_TYPE_RGB_ALPHA, 1,
                                       rgba, 8)),
           2, 2, want, 0);
}

TEST(palettes_with_and_without_transparency)
{
    static const png_color palette[] = {{0, 0, 0}, {255, 0, 0}, {9, 9, 9}};
    static const uint8_t rows[] = {0x18}, alphas[] = {0}; /* 0 1 2 0 */
    static const uint8_t opaque[] = {0, 76, 9, 0}, clear[] = {255, 76, 9, 255};
    expect(make_png(&(struct png_kind){4, 1, 2, PNG_COLOR_TYPE_PALETTE, 0, rows,
                                       1, palette, 3, NULL, 0, NULL}),
           4, 1, opaque, 0);
    expect(make_png(&(struct png_kind){4, 1, 2, PNG_COLOR_TYPE_PALETTE, 0, rows,
                                       1, palette, 3, alphas, 1, NULL}),
           4, 1, clear, 0);
    static const uint8_t grey[] = {5, 6, 7, 5};
    static const uint8_t want[] = {255, 6, 7, 255};
    png_color_16 five = {.gray = 5};
    expect(make_png(&(struct png_kind){4, 1, 8, PNG_COLOR_TYPE_GRAY, 0, grey, 4,
                                       NULL, 0, NULL, 0, &five}),
           4, 1, want, 0);
}

/* ---- JPEG ---- */

enum { W = 16, H = 8 };

/* Light on the left, dark on the right, darkest at the lower right. */
static void fill(uint8_t *samples, int channels)
{
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            for (int c = 0; c < channels; c++)
                samples[(y * W + x) * channels + c] =
                    x < 8 ? 220 : y < 4 ? 120 : 20;
}

TEST(jpegs_of_every_colour_space)
{
    uint8_t grey[W * H], rgb[W * H * 3], cmyk[W * H * 4];
    fill(grey, 1);
    fill(rgb, 3);
    expect(make_jpeg(grey, W, H, 1, JCS_GRAYSCALE, 0, false), W, H, grey, 12);
    expect(make_jpeg(rgb, W, H, 3, JCS_RGB, 0, false), W, H, grey, 12);
    expect(make_jpeg(rgb, W, H, 3, JCS_RGB, 0, true), W, H, grey, 12);
    /* libjpeg writes CMYK with an Adobe marker: samples are inverted inks. */
    for (int i = 0; i < W * H; i++) {
        memset(cmyk + 4 * i, grey[i], 3);
        cmyk[4 * i + 3] = 255;
    }
    expect(make_jpeg(cmyk, W, H, 4, JCS_CMYK, 0, false), W, H, grey, 12);
}

TEST(exif_turns_pictures_upright)
{
    /* Where the stored corners light (0,0), middle (W-1,0), dark (W-1,H-1)
     * and light (0,H-1) go, per orientation: upright top left, top right,
     * bottom left, bottom right. */
    static const uint8_t corners[9][4] = {
        {0},
        {220, 120, 220, 20}, {120, 220, 20, 220}, {20, 220, 120, 220},
        {220, 20, 220, 120}, {220, 220, 120, 20}, {220, 220, 20, 120},
        {20, 120, 220, 220}, {120, 20, 220, 220}};
    uint8_t grey[W * H];
    fill(grey, 1);
    for (int o = 1; o <= 8; o++) {
        struct made made =
            make_jpeg(grey, W, H, 1, JCS_GRAYSCALE, o, false);
        REQUIRE(read_limited(&made, W * H, NULL) == TEM_OK);
        CHECK_INT(image->width, o < 5 ? W : H);
        CHECK_INT(image->height, o < 5 ? H : W);
        uint32_t w = image->width, h = image->height;
        uint8_t got[4] = {image->pixels[0], image->pixels[w - 1],
                          image->pixels[(h - 1) * w],
                          image->pixels[h * w - 1]};
        for (int k = 0; k < 4; k++)
            if (abs(got[k] - corners[o][k]) > 12) {
                printf("# orientation %d corner %d: %d\n", o, k, got[k]);
                test_failures++;
            }
        tem_image_free(image);
        free(made.data);
    }
}

TEST(broken_exif_is_passed_over)
{
    uint8_t good[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0,    42,   0, 0,
                      0,   8,   0,   1,   1, 0x12, 0, 3,  0,    0,    0, 1,
                      0,   6,   0,   0};
    struct tem_bytes all = {good, sizeof good};
    CHECK_INT(tem_image_exif_orientation(all), 6);
    for (size_t n = 0; n < sizeof good - 2; n++) {
        uint8_t *exact = malloc(n ? n : 1);
        memcpy(exact, good, n);
        CHECK_INT(tem_image_exif_orientation((struct tem_bytes){exact, n}), 1);
        free(exact);
    }
    good[25] = 9;
    CHECK_INT(tem_image_exif_orientation(all), 1);
    good[25] = 0;
    CHECK_INT(tem_image_exif_orientation(all), 1);
    good[25] = 6;
    good[19] = 4; /* another type */
    CHECK_INT(tem_image_exif_orientation(all), 1);
    good[19] = 3;
    good[17] = 0x13; /* another tag */
    CHECK_INT(tem_image_exif_orientation(all), 1);
    good[17] = 0x12;
    good[9] = 43;
    CHECK_INT(tem_image_exif_orientation(all), 1);
    good[9] = 42;
    memset(good + 10, 0xFF, 4); /* a directory far away */
    CHECK_INT(tem_image_exif_orientation(all), 1);
    uint8_t little[] = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0,
                        0,   0,   1,   0,   0x12, 1, 3, 0,  1,  0, 0, 0,
                        8,   0,   0,   0};
    CHECK_INT(tem_image_exif_orientation(
                  (struct tem_bytes){little, sizeof little}),
              8);
}

/* ---- broken files ---- */

static void cut_everywhere(struct made made, size_t whole)
{
    struct tem_error error;
    for (size_t n = 0; n < made.size; n++) {
        uint8_t *exact = malloc(n ? n : 1);
        memcpy(exact, made.data, n);
        struct made cut = {exact, n, n};
        enum tem_status status = read_limited(&cut, 1 << 20, &error);
        /* What is after the last pixel may be missing. */
        if (n < whole && status == TEM_OK) {
            printf("# read although cut to %zu of %zu\n", n, made.size);
            test_failures++;
        }
        CHECK(status == TEM_OK || image == NULL);
        tem_image_free(image);
        free(exact);
    }
    free(made.data);
}

TEST(cut_files_are_refused)
{
    uint8_t grey[W * H], rgb[W * H * 3];
    fill(grey, 1);
    fill(rgb, 3);
    struct made png = make_png(
        PNG_KIND(W, H, 8, PNG_COLOR_TYPE_GRAY, 0, grey, W));
    cut_everywhere(png, png.size - 12); /* the closing chunk */
    png = make_png(PNG_KIND(W, H, 8, PNG_COLOR_TYPE_RGB, 1, rgb,
                                      3 * W));
    cut_everywhere(png, png.size - 12);
    struct made jpeg = make_jpeg(rgb, W, H, 3, JCS_RGB, 0, false);
    cut_everywhere(jpeg, jpeg.size - 2); /* the closing marker */
    jpeg = make_jpeg(rgb, W, H, 3, JCS_RGB, 3, true);
    cut_everywhere(jpeg, jpeg.size - 2);
}

TEST(turned_bits_never_crash)
{
    uint8_t rgb[W * H * 3];
    fill(rgb, 3);
    struct made files[] = {
        make_png(PNG_KIND(W, H, 8, PNG_COLOR_TYPE_RGB, 1, rgb,
                                    3 * W)),
        make_jpeg(rgb, W, H, 3, JCS_RGB, 6, true)};
    for (size_t f = 0; f < 2; f++) {
        for (size_t bit = 0; bit < files[f].size * 8; bit += 3) {
            files[f].data[bit / 8] ^= (uint8_t)(1u << bit % 8);
            enum tem_status status = read_limited(&files[f], 1 << 16, NULL);
            CHECK(status != TEM_OK ||
                  (uint64_t)image->width * image->height <= 1 << 16);
            tem_image_free(image);
            files[f].data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        free(files[f].data);
    }
}

TEST(huge_headers_are_refused_before_memory_is_taken)
{
    uint8_t grey[W * H];
    fill(grey, 1);
    struct tem_error error;
    struct made png = make_png(
        PNG_KIND(W, H, 8, PNG_COLOR_TYPE_GRAY, 0, grey, W));
    /* 60000 x 60000, and the header's checksum made right. */
    static const uint8_t header[] = {0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60};
    memcpy(png.data + 16, header, 8);
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 12; i < 29; i++) {
        crc ^= png.data[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    crc = ~crc;
    for (int k = 0; k < 4; k++)
        png.data[29 + k] = (uint8_t)(crc >> (24 - 8 * k));
    CHECK_INT(read_limited(&png, TEM_IMAGE_PIXELS_DEFAULT, &error),
              TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_PIXELS);
    free(png.data);
    struct made jpeg = make_jpeg(grey, W, H, 1, JCS_GRAYSCALE, 0, false);
    for (size_t i = 0; i + 9 < jpeg.size; i++)
        if (jpeg.data[i] == 0xFF && jpeg.data[i + 1] == 0xC0) {
            memset(jpeg.data + i + 5, 0xEA, 4);
            break;
        }
    CHECK_INT(read_limited(&jpeg, TEM_IMAGE_PIXELS_DEFAULT, &error),
              TEM_E_LIMIT);
    free(jpeg.data);
}

TEST(other_files_are_named_for_what_they_are)
{
    struct tem_error error;
    struct made empty = {NULL, 0, 0};
    struct made text = {(uint8_t *)"hello, world", 12, 12};
    CHECK_INT(read_limited(&empty, 1, &error), TEM_E_UNSUPPORTED);
    CHECK_INT(read_limited(&text, 1, &error), TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_KIND);
    CHECK_INT(read_limited(&text, 0, &error), TEM_E_ARGUMENT);
}

int main(void)
{
    RUN(grey_of_every_depth);
    RUN(colours_become_luma);
    RUN(transparency_lies_over_white);
    RUN(palettes_with_and_without_transparency);
    RUN(jpegs_of_every_colour_space);
    RUN(exif_turns_pictures_upright);
    RUN(broken_exif_is_passed_over);
    RUN(cut_files_are_refused);
    RUN(turned_bits_never_crash);
    RUN(huge_headers_are_refused_before_memory_is_taken);
    RUN(other_files_are_named_for_what_they_are);
    return test_done();
}
