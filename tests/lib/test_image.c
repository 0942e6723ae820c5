/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/image.h>: drawing, shrinking, and our own PNG files. */
#include "test.h"
#include <png.h>
#include <setjmp.h>
#include <tem/image.h>

static struct tem_symbol symbol_of(const char *text)
{
    struct tem_symbol symbol;
    if (tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, NULL) !=
        TEM_OK)
        abort();
    return symbol;
}

TEST(pictures_have_bounded_sides)
{
    struct tem_image *image = NULL;
    struct tem_error error;
    CHECK_INT(tem_image_new(0, 1, &image, &error), TEM_E_LIMIT);
    CHECK_INT(tem_image_new(1, 0, &image, &error), TEM_E_LIMIT);
    CHECK_INT(tem_image_new(TEM_IMAGE_SIDE_MAX + 1, 1, &image, &error),
              TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_SIDE);
    CHECK(image == NULL);
    REQUIRE(tem_image_new(TEM_IMAGE_SIDE_MAX, 1, &image, &error) == TEM_OK);
    CHECK_INT(image->pixels[TEM_IMAGE_SIDE_MAX - 1], 255);
    tem_image_free(image);
    tem_image_free(NULL);
}

TEST(a_symbol_is_drawn_with_its_quiet_zone)
{
    struct tem_symbol symbol = symbol_of("TEM");
    struct tem_layout layout = {.dpi = 203, .dots = 3, .quiet = 4};
    struct tem_image *image = NULL;
    REQUIRE(tem_image_draw(&symbol, &layout, &image, NULL) == TEM_OK);
    CHECK_INT(image->width, (21 + 8) * 3);
    for (unsigned y = 0; y < image->height; y++)
        for (unsigned x = 0; x < image->width; x++) {
            bool dark = tem_symbol_dark(&symbol, (int)(x / 3) - 4,
                                        (int)(y / 3) - 4);
            if (image->pixels[y * image->width + x] != (dark ? 0 : 255)) {
                CHECK(!"pixel");
                y = image->height;
                break;
            }
        }
    tem_image_free(image);
}

TEST(shrinking_averages_areas)
{
    struct tem_image *image = NULL, *smaller = NULL;
    static const uint8_t pixels[] = {0, 100, 10, 20, 100, 200, 30, 40};
    REQUIRE(tem_image_new(4, 2, &image, NULL) == TEM_OK);
    memcpy(image->pixels, pixels, sizeof pixels);
    REQUIRE(tem_image_shrink(image, 500, &smaller, NULL) == TEM_OK);
    CHECK(smaller->width == 2 && smaller->height == 1);
    CHECK_INT(smaller->pixels[0], 100);
    CHECK_INT(smaller->pixels[1], 25);
    tem_image_free(smaller);
    REQUIRE(tem_image_shrink(image, 1, &smaller, NULL) == TEM_OK);
    CHECK(smaller->width == 1 && smaller->height == 1);
    CHECK_INT(smaller->pixels[0], 63); /* 500 / 8 = 62.5 */
    tem_image_free(smaller);
    REQUIRE(tem_image_shrink(image, 1000, &smaller, NULL) == TEM_OK);
    CHECK(memcmp(smaller->pixels, pixels, sizeof pixels) == 0);
    tem_image_free(smaller);
    smaller = NULL;
    CHECK_INT(tem_image_shrink(image, 0, &smaller, NULL), TEM_E_ARGUMENT);
    CHECK_INT(tem_image_shrink(image, 1001, &smaller, NULL), TEM_E_ARGUMENT);
    CHECK(smaller == NULL);
    tem_image_free(image);
}

TEST(an_uneven_size_shrinks_without_a_seam)
{
    struct tem_image *image = NULL, *smaller = NULL;
    REQUIRE(tem_image_new(1001, 777, &image, NULL) == TEM_OK);
    memset(image->pixels, 77, 1001 * 777);
    REQUIRE(tem_image_shrink(image, 333, &smaller, NULL) == TEM_OK);
    for (size_t i = 0; i < (size_t)smaller->width * smaller->height; i++)
        CHECK_INT(smaller->pixels[i], 77);
    tem_image_free(smaller);
    tem_image_free(image);
}

/* ---- our own files ---- */

struct source {
    const struct tem_image_file *file;
    size_t at;
};

static void take(png_structp png, png_bytep out, size_t size)
{
    struct source *source = png_get_io_ptr(png);
    if (size > source->file->size - source->at)
        png_error(png, "end");
    memcpy(out, source->file->data + source->at, size);
    source->at += size;
}

static void check_png(const struct tem_image_file *file,
                      const struct tem_symbol *symbol,
                      const struct tem_layout *layout, uint32_t per_metre)
{
    struct source source = {file, 0};
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)))
        abort();
    png_set_read_fn(png, &source, take);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    uint32_t side = tem_label_side(layout, symbol);
    CHECK_INT(png_get_image_width(png, info), side);
    CHECK_INT(png_get_image_height(png, info), side);
    CHECK_INT(png_get_bit_depth(png, info), 1);
    CHECK_INT(png_get_color_type(png, info), PNG_COLOR_TYPE_GRAY);
    CHECK_INT(png_get_interlace_type(png, info), PNG_INTERLACE_NONE);
    uint32_t x, y;
    int unit;
    CHECK(png_get_pHYs(png, info, &x, &y, &unit) == PNG_INFO_pHYs);
    CHECK(x == per_metre && y == per_metre && unit == PNG_RESOLUTION_METER);
    png_textp texts;
    int count = png_get_text(png, info, &texts, NULL);
    REQUIRE(count == 2);
    CHECK_INT(texts[0].compression, PNG_ITXT_COMPRESSION_NONE);
    CHECK_STR(texts[0].key, "URI");
    CHECK_STR(texts[0].text, "HTTPS://X/T/1");
    CHECK_STR(texts[1].key, "Lot");
    CHECK_STR(texts[1].text, "Lô é");
    png_bytepp rows = png_get_rows(png, info);
    bool same = true;
    for (uint32_t py = 0; py < side; py++)
        for (uint32_t px = 0; px < side; px++) {
            bool dark = tem_symbol_dark(
                symbol, (int)(px / layout->dots) - (int)layout->quiet,
                (int)(py / layout->dots) - (int)layout->quiet);
            same &= dark == !(rows[py][px / 8] >> (7 - px % 8) & 1);
        }
    CHECK(same);
    png_destroy_read_struct(&png, &info, NULL);
}

TEST(labels_are_exact_at_every_resolution)
{
    static const struct {
        unsigned dpi;
        uint32_t per_metre;
    } rows[] = {{203, 7992}, {300, 11811}, {600, 23622}};
    static const struct tem_image_text texts[] = {{"URI", "HTTPS://X/T/1"},
                                                  {"Lot", "Lô é"}};
    struct tem_symbol symbol = symbol_of("HTTPS://X/T/12345678901234567890");
    struct tem_image_file file = {NULL, 0, 0};
    for (size_t i = 0; i < 3; i++)
        for (unsigned quiet = 4; quiet <= 5; quiet++) {
            struct tem_layout layout;
            REQUIRE(tem_label_fit(rows[i].dpi, 0, quiet, &layout, NULL) ==
                    TEM_OK);
            REQUIRE(tem_image_write_symbol(&symbol, &layout, texts, 2, &file,
                                           NULL) == TEM_OK);
            check_png(&file, &symbol, &layout, rows[i].per_metre);
        }
    tem_image_file_free(&file);
    CHECK(file.data == NULL && file.size == 0);
}

TEST(the_same_label_is_the_same_file)
{
    struct tem_symbol symbol = symbol_of("TEM");
    struct tem_layout layout = {.dpi = 300, .dots = 5, .quiet = 4};
    struct tem_image_file a = {NULL, 0, 0}, b = {NULL, 0, 0};
    REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &a, NULL) ==
            TEM_OK);
    REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &b, NULL) ==
            TEM_OK);
    REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &b, NULL) ==
            TEM_OK); /* into the memory of the one before */
    CHECK(a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
    tem_image_file_free(&a);
    tem_image_file_free(&b);
}

TEST(a_label_too_wide_is_refused)
{
    struct tem_symbol symbol = symbol_of("TEM");
    struct tem_layout layout = {.dpi = 4800, .dots = 65500 / 29, .quiet = 4};
    struct tem_image_file file = {NULL, 0, 0};
    struct tem_error error;
    CHECK_INT(tem_image_write_symbol(&symbol, &layout, NULL, 0, &file, &error),
              TEM_OK);
    layout.dots++;
    CHECK_INT(tem_image_write_symbol(&symbol, &layout, NULL, 0, &file, &error),
              TEM_E_LIMIT);
    CHECK_INT(file.size, 0);
    tem_image_file_free(&file);
}

TEST(grey_pictures_come_back)
{
    struct tem_image *image = NULL, *back = NULL;
    struct tem_image_file file = {NULL, 0, 0};
    REQUIRE(tem_image_new(251, 13, &image, NULL) == TEM_OK);
    for (size_t i = 0; i < 251 * 13; i++)
        image->pixels[i] = (uint8_t)(i * 7);
    REQUIRE(tem_image_write_grey(image, &file, NULL) == TEM_OK);
    REQUIRE(tem_image_read((struct tem_bytes){file.data, file.size}, 251 * 13,
                           &back, NULL) == TEM_OK);
    CHECK(back->width == 251 && back->height == 13);
    CHECK(memcmp(back->pixels, image->pixels, 251 * 13) == 0);
    tem_image_free(back);
    tem_image_free(image);
    tem_image_file_free(&file);
}

int main(void)
{
    RUN(pictures_have_bounded_sides);
    RUN(a_symbol_is_drawn_with_its_quiet_zone);
    RUN(shrinking_averages_areas);
    RUN(an_uneven_size_shrinks_without_a_seam);
    RUN(labels_are_exact_at_every_resolution);
    RUN(the_same_label_is_the_same_file);
    RUN(a_label_too_wide_is_refused);
    RUN(grey_pictures_come_back);
    return test_done();
}
