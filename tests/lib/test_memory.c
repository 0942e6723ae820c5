/* SPDX-License-Identifier: MIT */
/* <tem/image.h>, <tem/scan.h> and <tem/verify.h> without memory;
 * test_sign_fails.c starves OpenSSL. */
#include "sample.h"
#include "starve.h"
#include <stdio.h> /* before jpeglib.h, which needs it */
#include <jpeglib.h>
#include <png.h>
#include <tem/verify.h>
#include <webp/encode.h>

#define PIXELS TEM_IMAGE_PIXELS_DEFAULT

static struct tem_symbol symbol;
static struct tem_layout layout = {.dpi = 300, .dots = 4, .quiet = 4};
static struct tem_image *picture;
static struct tem_bytes input;

static enum tem_status make_new(struct tem_error *error)
{
    struct tem_image *image = NULL;
    enum tem_status status = tem_image_new(5, 5, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    return status;
}

static enum tem_status draw(struct tem_error *error)
{
    struct tem_image *image = NULL;
    enum tem_status status = tem_image_draw(&symbol, &layout, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    return status;
}

static enum tem_status shrink(struct tem_error *error)
{
    struct tem_image *image = NULL;
    enum tem_status status = tem_image_shrink(picture, 500, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    return status;
}

static enum tem_status write_label(struct tem_error *error)
{
    struct tem_image_file file = {0};
    enum tem_status status =
        tem_image_write_symbol(&symbol, &layout, NULL, 0, &file, error);
    CHECK((file.size > 0) == (status == TEM_OK));
    tem_image_file_free(&file);
    return status;
}

static enum tem_status write_grey(struct tem_error *error)
{
    struct tem_image_file file = {0};
    enum tem_status status = tem_image_write_grey(picture, &file, error);
    CHECK((file.size > 0) == (status == TEM_OK));
    tem_image_file_free(&file);
    return status;
}

static enum tem_status read_input(struct tem_error *error)
{
    struct tem_image *image = NULL;
    enum tem_status status = tem_image_read(input, PIXELS, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    return status;
}

static enum tem_status read_half(struct tem_error *error)
{
    struct tem_image *image = NULL;
    enum tem_status status =
        tem_image_read_scaled(input, PIXELS, 2, &image, error);
    CHECK((image != NULL) == (status == TEM_OK));
    tem_image_free(image);
    return status;
}

static enum tem_status read_size(struct tem_error *error)
{
    uint32_t width = 0, height = 0;
    enum tem_status status = tem_image_size(input, &width, &height, error);
    CHECK((width == 8 && height == 8) == (status == TEM_OK));
    return status;
}

static enum tem_status scan(struct tem_error *error)
{
    struct tem_scan *found = NULL;
    enum tem_status status = tem_scan_image(picture, NULL, &found, error);
    CHECK((found != NULL) == (status == TEM_OK));
    tem_scan_free(found);
    return status;
}

TEST(drawing_and_writing_want_memory)
{
    starve(make_new, 2);
    starve(draw, 2);
    starve(shrink, 3);
    starve(write_label, 2);
    starve(write_grey, 2);
}

/* ---- reading ---------------------------------------------------------- */

static uint8_t file[4096];
static size_t file_size;

static void put(png_structp png, png_bytep data, size_t size)
{
    (void)png;
    if (size > sizeof file - file_size)
        exit(99);
    memcpy(file + file_size, data, size);
    file_size += size;
}

static void flush(png_structp png)
{
    (void)png;
}

TEST(reading_a_png_wants_memory)
{
    for (int interlace = 0; interlace < 2; interlace++) {
        uint8_t row[8 * 3] = {0};
        png_bytep rows[8] = {row, row, row, row, row, row, row, row};
        png_structp png =
            png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
        png_infop info = png_create_info_struct(png);
        file_size = 0;
        png_set_write_fn(png, NULL, put, flush);
        png_set_IHDR(png, info, 8, 8, 8, PNG_COLOR_TYPE_RGB, interlace,
                     PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
        png_write_info(png, info);
        png_write_image(png, rows);
        png_write_end(png, info);
        png_destroy_write_struct(&png, &info);
        input = (struct tem_bytes){file, file_size};
        starve(read_input, interlace ? 4 : 3);
        starve(read_half, interlace ? 7 : 6);
        starve(read_size, 0);
    }
}

TEST(reading_a_jpeg_wants_memory)
{
    static const uint8_t exif[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M',
                                   0,   42,  0,   0,   0, 8, 0,   1,
                                   1,   0x12, 0,  3,   0, 0, 0,   1,
                                   0,   6,   0,   0};
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    uint8_t row[8 * 4] = {0};
    JSAMPROW rows[] = {row};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = jpeg.image_height = 8;
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    jpeg_write_marker(&jpeg, JPEG_APP0 + 1, exif, sizeof exif);
    while (jpeg.next_scanline < 8)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    input = (struct tem_bytes){data, size};
    starve(read_input, 5); /* state, picture, its pixels, a row, the turned */
    starve(read_half, 5);
    starve(read_size, 1);
    __real_free(data);
}

/* Lossless, transparent, and to be turned. */
TEST(reading_a_webp_wants_memory)
{
    static const uint8_t exif[] = {'E', 'X', 'I', 'F', 24, 0,    0, 0, 'M',
                                   'M', 0,   42,  0,   0,  0,    8, 0, 1,
                                   1,   0x12, 0,  3,   0,  0,    0, 1, 0,
                                   6,   0,   0,   0,   0};
    static const uint8_t vp8x[] = {'V', 'P', '8', 'X', 10, 0, 0, 0, 0x18,
                                   0,   0,   0,   7,   0,  0, 7, 0, 0};
    uint8_t rgba[8 * 8 * 4] = {0}, *data = NULL;
    size_t size = WebPEncodeLosslessRGBA(rgba, 8, 8, 32, &data);
    REQUIRE(size > 12 && size < 1000);
    file_size = 12 + sizeof vp8x;
    memcpy(file, data, 12);
    memcpy(file + 12, vp8x, sizeof vp8x);
    memcpy(file + file_size, data + 12, size - 12);
    file_size += size - 12;
    memcpy(file + file_size, exif, sizeof exif);
    file_size += sizeof exif;
    file[4] = (uint8_t)(file_size - 8);
    file[5] = (uint8_t)(file_size >> 8);
    WebPFree(data);
    input = (struct tem_bytes){file, file_size};
    starve(read_input, 4); /* picture, its pixels, colours, the turned */
    starve(read_half, 7);
    starve(read_size, 0);
}

/* ---- scanning --------------------------------------------------------- */

TEST(scanning_wants_memory)
{
    REQUIRE(tem_image_draw(&symbol, &layout, &picture, NULL) == TEM_OK);
    starve(scan, 4);
    memset(picture->pixels, 128, picture->width * picture->height);
    starve(scan, 8); /* nothing is found: every copy is made */
    tem_image_free(picture);
}

/* Two frames: the second is looked at closer, and brings nothing new. */
static enum tem_status watch(struct tem_error *error)
{
    struct tem_video_options options = {.closer = 2};
    struct tem_video *video = NULL;
    size_t count = 0;
    enum tem_status status = tem_video_new(&options, &video, error);
    CHECK((video != NULL) == (status == TEM_OK));
    for (uint64_t t = 0; t < 2 && status == TEM_OK; t++) {
        status = tem_video_frame(video, picture, t, error);
        const struct tem_video_symbol *all = tem_video_symbols(video, &count);
        CHECK_INT(count, t > 0 || status == TEM_OK);
        CHECK(count == 0 || all->last_ms == (status == TEM_OK ? t : 0));
    }
    tem_video_free(video);
    return status;
}

TEST(watching_wants_memory)
{
    REQUIRE(tem_image_draw(&symbol, &layout, &picture, NULL) == TEM_OK);
    starve(watch, 9);
    tem_image_free(picture);
}

/* ---- verifying -------------------------------------------------------- */

static struct tem_key *key;
static char label[TEM_URI_SIZE];
static enum tem_verdict verdict;

/* A plain label with names, so that all there is to check is checked. */
static void seal_label(const struct tem_key *with)
{
    static struct tem_payload p;
    char prefix[TEM_URI_PREFIX_SIZE];
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer cbor = {memory, sizeof memory, 0};
    struct tem_uri uri = {.form = TEM_FORM_PLAIN, .host = "h"};
    p = longest_payload();
    p.example = false;
    if (tem_payload_encode(&p, &cbor, NULL) != TEM_OK ||
        tem_uri_prefix(&uri, prefix, sizeof prefix, NULL) != TEM_OK ||
        tem_seal(with, 1, (struct tem_bytes){memory, cbor.size}, prefix, label,
                 sizeof label, NULL) != TEM_OK)
        exit(99);
}

/* The verdict is the one that memory would give, or there is none. */
static enum tem_status verify(struct tem_error *error)
{
    static struct tem_result result;
    struct tem_verify_options options = {.key = key, .at = TEM_DATE_NONE};
    enum tem_status status =
        tem_verify_text(tem_bytes_of(label), &options, &result, error);
    CHECK_INT(result.verdict, status == TEM_OK ? verdict : TEM_VERDICT_NONE);
    CHECK(status == TEM_OK || result.finding_count == 0);
    return status;
}

TEST(verifying_wants_memory)
{
    for (int a = 0; a < 2; a++) {
        struct tem_key *other = NULL;
        REQUIRE(tem_key_generate((enum tem_algorithm)a, &key, NULL) == TEM_OK);
        REQUIRE(tem_key_generate((enum tem_algorithm)a, &other, NULL) ==
                TEM_OK);
        verdict = TEM_VERDICT_GENUINE;
        seal_label(key);
        starve(verify, 2); /* two names */
        verdict = TEM_VERDICT_ALTERED;
        seal_label(other);
        starve(verify, 2);
        tem_key_free(key);
        tem_key_free(other);
    }
}

int main(void)
{
    if (tem_symbol_encode(tem_bytes_of("TEM"), TEM_ECC_M, 40, &symbol, NULL) !=
            TEM_OK ||
        tem_image_new(40, 40, &picture, NULL) != TEM_OK)
        return 99;
    RUN(drawing_and_writing_want_memory);
    RUN(reading_a_png_wants_memory);
    RUN(reading_a_jpeg_wants_memory);
    RUN(reading_a_webp_wants_memory);
    tem_image_free(picture);
    RUN(scanning_wants_memory);
    RUN(watching_wants_memory);
    RUN(verifying_wants_memory);
    return test_done();
}
