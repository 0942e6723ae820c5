/* SPDX-License-Identifier: MIT */
/* tem_image_read_scaled() and tem_image_size() of <tem/image.h>, of PNG and of
 * JPEG, which is made smaller while it is decoded. */
#include "image_exif.h"
#include "image_scaled.h"
#include <stdio.h> /* before jpeglib.h, which needs it */
#include <jpeglib.h>

enum { WIDTH = 48, HEIGHT = 32 };

/* ---- PNG -------------------------------------------------------------- */

/* A PNG of noise that is the same at every run. */
static struct tem_image_file noise(uint32_t width, uint32_t height)
{
    struct tem_image_file file = {0};
    struct tem_image *image;
    if (tem_image_new(width, height, &image, NULL) != TEM_OK)
        exit(99);
    uint32_t state = 1;
    for (size_t i = 0; i < (size_t)width * height; i++) {
        state = state * 1664525 + 1013904223;
        image->pixels[i] = (uint8_t)(state >> 24);
    }
    if (tem_image_write_grey(image, &file, NULL) != TEM_OK)
        exit(99);
    tem_image_free(image);
    return file;
}

static struct tem_bytes bytes_of(const struct tem_image_file *file)
{
    return (struct tem_bytes){file->data, file->size};
}

TEST(a_picture_read_smaller_is_the_mean_of_its_blocks)
{
    static const uint32_t sides[][2] = {{1, 1},  {8, 8},  {9, 7},   {16, 17},
                                        {2, 31}, {64, 1}, {301, 97}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct tem_image_file file = noise(sides[i][0], sides[i][1]);
        check_scaled(bytes_of(&file), 0.5);
        tem_image_file_free(&file);
    }
}

TEST(only_some_denominators_are_allowed)
{
    static const unsigned bad[] = {0, 3, 5, 6, 7, 9, 16, 1u << 31};
    struct tem_image_file file = noise(9, 9);
    struct tem_image *read = NULL;
    struct tem_error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_INT(tem_image_read_scaled(bytes_of(&file), PIXELS, bad[i], &read,
                                        &error),
                  TEM_E_ARGUMENT);
        CHECK_INT(error.message.id, TEM_MSG_ARGUMENT);
        CHECK_STR(error.message.args[0], "denominator");
    }
    CHECK_INT(tem_image_read_scaled(bytes_of(&file), 0, 1, &read, NULL),
              TEM_E_ARGUMENT);
    CHECK(read == NULL);
    tem_image_file_free(&file);
}

TEST(the_limit_is_on_the_full_size)
{
    struct tem_image_file file = noise(40, 25);
    struct tem_image *read = NULL;
    CHECK_INT(tem_image_read_scaled(bytes_of(&file), 999, 8, &read, NULL),
              TEM_E_LIMIT);
    CHECK(read == NULL);
    CHECK_INT(tem_image_read_scaled(bytes_of(&file), 1000, 8, &read, NULL),
              TEM_OK);
    tem_image_free(read);
    tem_image_file_free(&file);
}

TEST(the_size_is_in_the_header)
{
    struct tem_image_file file = noise(40, 25);
    struct tem_error error;
    uint32_t sides[2];
    /* 8 bytes, IHDR of 25, then what IDAT begins with. */
    CHECK_INT(size_exact(file.data, 41, sides, NULL), TEM_OK);
    CHECK(sides[0] == 40 && sides[1] == 25);
    for (size_t size = 8; size < 41; size++)
        CHECK_INT(size_exact(file.data, size, sides, NULL), TEM_E_FORMAT);
    CHECK_INT(size_exact(file.data, 0, sides, &error), TEM_E_FORMAT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_EMPTY);
    CHECK_INT(size_exact((const uint8_t *)"GIF89a", 6, sides, &error),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_OTHER);
    CHECK_INT(size_exact((const uint8_t *)"text", 4, sides, &error),
              TEM_E_UNSUPPORTED);
    tem_image_file_free(&file);
}

/* ---- JPEG ------------------------------------------------------------- */

/* How a JPEG is to be written. */
struct kind {
    J_COLOR_SPACE in, stored;
    bool progressive;
    uint32_t width, height;
    struct tem_bytes app1; /* may be empty */
};

struct file {
    unsigned char *data; /* libjpeg's malloc; free() it */
    unsigned long size;
};

static int channels_of(J_COLOR_SPACE space)
{
    return space == JCS_GRAYSCALE ? 1 : space == JCS_CMYK ? 4 : 3;
}

/* Flat in blocks of 16 x 16, so that JPEG keeps it but for rounding. */
static unsigned sample(uint32_t x, uint32_t y, int c)
{
    return (x / 16 * 70 + y / 16 * 45 + (unsigned)c * 60 + 20) % 256;
}

static struct file written(const struct kind *kind)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct file file = {NULL, 0};
    uint8_t row[128 * 4];
    JSAMPROW rows[] = {row};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &file.data, &file.size);
    jpeg.image_width = kind->width;
    jpeg.image_height = kind->height;
    jpeg.input_components = channels_of(kind->in);
    jpeg.in_color_space = kind->in;
    jpeg_set_defaults(&jpeg); /* colours by halves, where there are any */
    jpeg_set_colorspace(&jpeg, kind->stored);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (kind->app1.size)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, kind->app1.data,
                          (unsigned)kind->app1.size);
    while (jpeg.next_scanline < jpeg.image_height) {
        unsigned channels = (unsigned)jpeg.input_components;
        for (uint32_t i = 0; i < jpeg.image_width * channels; i++)
            row[i] = (uint8_t)sample(i / channels, jpeg.next_scanline,
                                     (int)(i % channels));
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return file;
}

TEST(a_jpeg_read_smaller_is_the_mean_of_its_blocks)
{
    static const uint32_t sides[][2] = {{1, 1},  {8, 8},  {9, 7},   {16, 17},
                                        {2, 31}, {33, 1}, {100, 75}};
    static const struct kind kinds[] = {
        {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE},
        {.in = JCS_RGB, .stored = JCS_YCbCr},
        {.in = JCS_RGB, .stored = JCS_RGB, .progressive = true},
        {.in = JCS_CMYK, .stored = JCS_YCCK},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
            struct kind kind = kinds[k];
            kind.width = sides[i][0];
            kind.height = sides[i][1];
            struct file file = written(&kind);
            check_scaled((struct tem_bytes){file.data, file.size}, 6);
            free(file.data);
        }
}

static struct file turned(unsigned orientation)
{
    uint8_t exif[EXIF_SIZE];
    make_exif(exif, false, orientation);
    struct kind kind = {.in = JCS_GRAYSCALE,
                        .stored = JCS_GRAYSCALE,
                        .width = WIDTH,
                        .height = HEIGHT,
                        .app1 = {exif, sizeof exif}};
    return written(&kind);
}

TEST(a_smaller_jpeg_is_turned_upright_too)
{
    for (unsigned o = 1; o <= 8; o++) {
        struct file file = turned(o);
        uint32_t sides[2];
        CHECK_INT(size_exact(file.data, file.size, sides, NULL), TEM_OK);
        CHECK_INT(sides[0], turns[o].lying ? HEIGHT : WIDTH);
        CHECK_INT(sides[1], turns[o].lying ? WIDTH : HEIGHT);
        for (unsigned d = 1; d <= 8; d *= 2) {
            struct tem_image *image = NULL;
            REQUIRE(
                tem_image_read_scaled((struct tem_bytes){file.data, file.size},
                                      PIXELS, d, &image, NULL) == TEM_OK);
            CHECK_INT(image->width, sides[0] / d);
            CHECK_INT(image->height, sides[1] / d);
            CHECK(near(corner(image, turns[o].first), sample(0, 0, 0)));
            CHECK(near(corner(image, turns[o].right), sample(47, 0, 0)));
            CHECK(near(corner(image, turns[o].below), sample(0, 31, 0)));
            tem_image_free(image);
        }
        free(file.data);
    }
}

TEST(a_smaller_jpeg_is_held_to_its_full_size)
{
    struct file file = turned(1);
    struct tem_bytes bytes = {file.data, file.size};
    struct tem_image *image = NULL;
    struct tem_error error;
    CHECK_INT(
        tem_image_read_scaled(bytes, WIDTH * HEIGHT - 1, 8, &image, &error),
        TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_PIXELS);
    CHECK(image == NULL);
    CHECK_INT(tem_image_read_scaled(bytes, WIDTH * HEIGHT, 8, &image, NULL),
              TEM_OK);
    tem_image_free(image);
    image = NULL;
    bytes.size -= 5; /* of the pixels, which are looked at here, too */
    CHECK_INT(tem_image_read_scaled(bytes, PIXELS, 8, &image, NULL),
              TEM_E_FORMAT);
    CHECK(image == NULL);
    free(file.data);
}

/* T.81 section B.2.3: a scan header of one component takes 2 + 8 bytes, and
 * the pixels follow it to the end. */
TEST(the_size_of_a_jpeg_wants_no_pixels)
{
    struct file file = turned(1);
    size_t at = file.size;
    uint32_t sides[2];
    while (file.data[at - 2] != 0xFF || file.data[at - 1] != 0xDA)
        at--;
    for (size_t size = 3; size < file.size; size++)
        CHECK_INT(size_exact(file.data, size, sides, NULL),
                  size < at + 8 ? TEM_E_FORMAT : TEM_OK);
    CHECK(sides[0] == WIDTH && sides[1] == HEIGHT);
    free(file.data);
}

int main(void)
{
    RUN(a_picture_read_smaller_is_the_mean_of_its_blocks);
    RUN(only_some_denominators_are_allowed);
    RUN(the_limit_is_on_the_full_size);
    RUN(the_size_is_in_the_header);
    RUN(a_jpeg_read_smaller_is_the_mean_of_its_blocks);
    RUN(a_smaller_jpeg_is_turned_upright_too);
    RUN(a_smaller_jpeg_is_held_to_its_full_size);
    RUN(the_size_of_a_jpeg_wants_no_pixels);
    return test_done();
}
