/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/image.h>: what is drawn and written, limits, shrinking.
 * test_image_png.c and test_image_jpeg.c hold the readers to their formats. */
#include "test.h"
#include <png.h>
#include <tem/image.h>

#define PIXELS TEM_IMAGE_PIXELS_DEFAULT

static const char TEXT[] = "HTTPS://OCOP.SONLA.GOV.VN/T/0123456789";

static struct tem_symbol symbol_of(const char *text)
{
    struct tem_symbol symbol;
    if (tem_symbol_encode(tem_bytes_of(text), TEM_ECC_M, 40, &symbol, NULL) !=
        TEM_OK)
        exit(99);
    return symbol;
}

static struct tem_layout layout_of(unsigned dpi, unsigned dots, unsigned quiet)
{
    return (struct tem_layout){.dpi = dpi, .dots = dots, .quiet = quiet};
}

static struct tem_bytes bytes_of(const struct tem_image_file *file)
{
    return (struct tem_bytes){file->data, file->size};
}

/* A picture of noise that is the same at every run. */
static struct tem_image *noise(uint32_t width, uint32_t height)
{
    struct tem_image *image;
    if (tem_image_new(width, height, &image, NULL) != TEM_OK)
        exit(99);
    uint32_t state = 1;
    for (size_t i = 0; i < (size_t)width * height; i++) {
        state = state * 1664525 + 1013904223;
        image->pixels[i] = (uint8_t)(state >> 24);
    }
    return image;
}

static bool same(const struct tem_image *a, const struct tem_image *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->pixels, b->pixels, (size_t)a->width * a->height) == 0;
}

/* ---- what libpng reads of a file, without our reader ------------------ */

struct facts {
    png_uint_32 width, height, x_density, y_density;
    int depth, type, interlace, unit, text_count;
    char keyword[2][80], text[2][200];
    int compression[2];
    bool has_time;
};

static void take(png_structp png, png_bytep out, size_t size)
{
    struct tem_bytes *rest = png_get_io_ptr(png);
    if (size > rest->size)
        png_error(png, "short");
    memcpy(out, rest->data, size);
    rest->data += size;
    rest->size -= size;
}

static struct facts facts_of(const struct tem_image_file *file)
{
    struct facts f = {0};
    struct tem_bytes rest = bytes_of(file);
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_textp texts = NULL;
    png_set_read_fn(png, &rest, take);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    png_get_IHDR(png, info, &f.width, &f.height, &f.depth, &f.type,
                 &f.interlace, NULL, NULL);
    png_get_pHYs(png, info, &f.x_density, &f.y_density, &f.unit);
    f.has_time = png_get_valid(png, info, PNG_INFO_tIME) != 0;
    png_get_text(png, info, &texts, &f.text_count);
    for (int i = 0; i < f.text_count && i < 2; i++) {
        snprintf(f.keyword[i], sizeof f.keyword[i], "%s", texts[i].key);
        snprintf(f.text[i], sizeof f.text[i], "%s", texts[i].text);
        f.compression[i] = texts[i].compression;
    }
    png_destroy_read_struct(&png, &info, NULL);
    CHECK_INT(rest.size, 0);
    return f;
}

/* ---- pictures --------------------------------------------------------- */

TEST(a_new_picture_is_white)
{
    struct tem_image *image = NULL;
    REQUIRE(tem_image_new(3, 2, &image, NULL) == TEM_OK);
    CHECK(image->width == 3 && image->height == 2);
    for (int i = 0; i < 6; i++)
        CHECK_INT(image->pixels[i], 255);
    tem_image_free(image);
    tem_image_free(NULL);
}

TEST(sides_are_bounded)
{
    struct tem_image *image = NULL;
    struct tem_error error;
    CHECK_INT(tem_image_new(0, 1, &image, &error), TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_SIDE);
    CHECK_INT(tem_image_new(1, 0, &image, NULL), TEM_E_LIMIT);
    CHECK_INT(tem_image_new(TEM_IMAGE_SIDE_MAX + 1, 1, &image, &error),
              TEM_E_LIMIT);
    CHECK_STR(error.message.args[0], "65501");
    CHECK_INT(tem_image_new(1, TEM_IMAGE_SIDE_MAX + 1, &image, NULL),
              TEM_E_LIMIT);
    CHECK(image == NULL);
    CHECK_INT(tem_image_new(TEM_IMAGE_SIDE_MAX, 1, &image, NULL), TEM_OK);
    tem_image_free(image);
}

TEST(a_drawn_symbol_has_its_modules_where_they_belong)
{
    struct tem_symbol symbol = symbol_of(TEXT);
    for (unsigned dots = 1; dots <= 5; dots += 2) {
        struct tem_layout layout = layout_of(300, dots, 4 + dots);
        struct tem_image *image = NULL;
        REQUIRE(tem_image_draw(&symbol, &layout, &image, NULL) == TEM_OK);
        uint32_t side = (symbol.side + 2 * layout.quiet) * dots;
        REQUIRE(image->width == side && image->height == side);
        int wrong = 0;
        for (uint32_t y = 0; y < side; y++)
            for (uint32_t x = 0; x < side; x++) {
                int mx = (int)(x / dots) - (int)layout.quiet;
                int my = (int)(y / dots) - (int)layout.quiet;
                wrong += image->pixels[y * side + x] !=
                         (tem_symbol_dark(&symbol, mx, my) ? 0 : 255);
            }
        CHECK_INT(wrong, 0);
        tem_image_free(image);
    }
}

TEST(a_drawing_over_the_limit_is_refused)
{
    struct tem_symbol symbol = {.version = 1, .side = 21};
    struct tem_layout layout = layout_of(300, 2258, 4); /* 29 * 2258 = 65482 */
    struct tem_image *image = NULL;
    struct tem_image_file file = {0};
    struct tem_error error;
    CHECK_INT(tem_image_write_symbol(&symbol, &layout, NULL, 0, &file, &error),
              TEM_OK);
    layout.dots++;
    CHECK_INT(tem_image_draw(&symbol, &layout, &image, &error), TEM_E_LIMIT);
    CHECK(image == NULL);
    error.status = TEM_OK;
    file.size = 7;
    CHECK_INT(tem_image_write_symbol(&symbol, &layout, NULL, 0, &file, &error),
              TEM_E_LIMIT);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_SIDE);
    CHECK_STR(error.message.args[0], "65511");
    CHECK_INT(file.size, 0);
    tem_image_file_free(&file);
}

/* ---- writing ---------------------------------------------------------- */

TEST(a_written_symbol_is_read_back_as_it_was_drawn)
{
    static const unsigned dpis[] = {203, 300, 600};
    struct tem_symbol symbol = symbol_of(TEXT);
    struct tem_image_file file = {0};
    for (size_t i = 0; i < 3; i++) {
        struct tem_layout layout;
        struct tem_image *drawn = NULL, *read = NULL;
        REQUIRE(tem_label_fit(dpis[i], 0, 4, &layout, NULL) == TEM_OK);
        REQUIRE(tem_image_draw(&symbol, &layout, &drawn, NULL) == TEM_OK);
        REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &file,
                                       NULL) == TEM_OK);
        REQUIRE(tem_image_read(bytes_of(&file), PIXELS, &read, NULL) ==
                TEM_OK);
        CHECK(same(drawn, read));
        CHECK_INT(read->width, tem_label_side(&layout, &symbol));
        tem_image_free(drawn);
        tem_image_free(read);
    }
    tem_image_file_free(&file);
    CHECK(file.data == NULL && file.size == 0 && file.capacity == 0);
}

TEST(a_written_symbol_is_one_bit_grey_with_its_density_and_texts)
{
    /* dots a metre: dpi / 0.0254, rounded */
    static const struct {
        unsigned dpi;
        png_uint_32 density;
    } rows[] = {{72, 2835}, {203, 7992}, {300, 11811}, {600, 23622},
                {4800, 188976}};
    struct tem_image_text texts[] = {{"URI", TEXT},
                                     {"Title", "Mận hậu Mộc Châu"}};
    struct tem_symbol symbol = symbol_of(TEXT);
    struct tem_image_file file = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_layout layout = layout_of(rows[i].dpi, 3, 4);
        REQUIRE(tem_image_write_symbol(&symbol, &layout, texts, 2, &file,
                                       NULL) == TEM_OK);
        struct facts f = facts_of(&file);
        CHECK_INT(f.width, (symbol.side + 8) * 3);
        CHECK_INT(f.height, f.width);
        CHECK_INT(f.depth, 1);
        CHECK_INT(f.type, PNG_COLOR_TYPE_GRAY);
        CHECK_INT(f.interlace, PNG_INTERLACE_NONE);
        CHECK_INT(f.unit, PNG_RESOLUTION_METER);
        CHECK_INT(f.x_density, rows[i].density);
        CHECK_INT(f.y_density, rows[i].density);
        CHECK(!f.has_time);
        REQUIRE(f.text_count == 2);
        for (int t = 0; t < 2; t++) {
            CHECK_STR(f.keyword[t], texts[t].keyword);
            CHECK_STR(f.text[t], texts[t].text);
            CHECK_INT(f.compression[t], PNG_ITXT_COMPRESSION_NONE);
        }
    }
    tem_image_file_free(&file);
}

TEST(the_same_symbol_gives_the_same_bytes_in_old_memory)
{
    struct tem_symbol symbol = symbol_of(TEXT);
    struct tem_symbol larger = symbol_of("a text in bytes that needs a much "
                                         "larger symbol than the other one");
    struct tem_layout layout = layout_of(300, 5, 4);
    struct tem_image_file first = {0}, again = {0};
    REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &first, NULL) ==
            TEM_OK);
    REQUIRE(tem_image_write_symbol(&larger, &layout, NULL, 0, &again, NULL) ==
            TEM_OK);
    uint8_t *memory = again.data;
    REQUIRE(tem_image_write_symbol(&symbol, &layout, NULL, 0, &again, NULL) ==
            TEM_OK);
    CHECK(again.data == memory);
    CHECK_INT(again.size, first.size);
    CHECK(memcmp(again.data, first.data, first.size) == 0);
    tem_image_file_free(&first);
    tem_image_file_free(&again);
}

TEST(keywords_that_png_does_not_allow_are_refused)
{
    char longest[81];
    memset(longest, 'k', 80);
    longest[80] = '\0';
    const char *const bad[] = {"",      " URI",   "URI ",    "a  b",
                               longest, "a\x1f", "a\x7f", "a\xa0"};
    struct tem_symbol symbol = symbol_of(TEXT);
    struct tem_layout layout = layout_of(300, 3, 4);
    struct tem_image_file file = {0};
    struct tem_error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct tem_image_text text = {bad[i], "x"};
        file.size = 7;
        CHECK_INT(tem_image_write_symbol(&symbol, &layout, &text, 1, &file,
                                         &error),
                  TEM_E_ARGUMENT);
        CHECK_INT(error.message.id, TEM_MSG_IMAGE_KEYWORD);
        CHECK_INT(file.size, 0);
    }
    longest[79] = '\0';
    const char *const good[] = {longest, "a b", "~", "\xa1\xff"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct tem_image_text text = {good[i], ""};
        CHECK_INT(tem_image_write_symbol(&symbol, &layout, &text, 1, &file,
                                         &error),
                  TEM_OK);
        CHECK_STR(facts_of(&file).keyword[0], good[i]);
    }
    tem_image_file_free(&file);
}

TEST(a_grey_picture_is_read_back_as_it_was_written)
{
    struct tem_image *image = noise(301, 97), *read = NULL;
    struct tem_image_file file = {0};
    REQUIRE(tem_image_write_grey(image, &file, NULL) == TEM_OK);
    struct facts f = facts_of(&file);
    CHECK_INT(f.depth, 8);
    CHECK_INT(f.type, PNG_COLOR_TYPE_GRAY);
    CHECK_INT(f.text_count, 0);
    REQUIRE(tem_image_read(bytes_of(&file), PIXELS, &read, NULL) == TEM_OK);
    CHECK(same(image, read));
    tem_image_free(image);
    tem_image_free(read);
    tem_image_file_free(&file);
}

/* ---- reading: what is common to both kinds ---------------------------- */

static enum tem_message_id refused(struct tem_bytes file, uint64_t max_pixels,
                                   enum tem_status want)
{
    struct tem_image *image = NULL;
    struct tem_error error;
    CHECK_INT(tem_image_read(file, max_pixels, &image, &error), want);
    CHECK(image == NULL);
    CHECK_INT(tem_image_read(file, max_pixels, &image, NULL), want);
    return error.message.id;
}

TEST(what_is_no_picture_is_refused)
{
    CHECK_INT(refused((struct tem_bytes){NULL, 0}, PIXELS, TEM_E_FORMAT),
              TEM_MSG_IMAGE_EMPTY);
    CHECK_INT(refused(tem_bytes_of("product,lot\n"), PIXELS,
                      TEM_E_UNSUPPORTED),
              TEM_MSG_IMAGE_KIND);
    CHECK_INT(refused(tem_bytes_of("\x89PNG\r\n\x1a"), PIXELS,
                      TEM_E_UNSUPPORTED),
              TEM_MSG_IMAGE_KIND);
    CHECK_INT(refused(tem_bytes_of("\xff\xd8"), PIXELS, TEM_E_UNSUPPORTED),
              TEM_MSG_IMAGE_KIND);
    CHECK_INT(refused(tem_bytes_of("x"), 0, TEM_E_ARGUMENT),
              TEM_MSG_ARGUMENT);
}

/* What a telephone sends instead is told by its name. */
TEST(other_kinds_of_pictures_are_named)
{
#define FILE_OF(text) {(const uint8_t *)text, sizeof text - 1}
    static const struct {
        struct tem_bytes file;
        const char *name; /* NULL: no kind that is known */
    } rows[] = {
        {FILE_OF("\0\0\0\x18" "ftypavif"), "AVIF"},
        {FILE_OF("\0\0\0\x18" "ftypmp42"), NULL},
        {FILE_OF("RIFF\x10\0\0\0WEB"), NULL},
        {FILE_OF("RIFF\x10\0\0\0WAVE"), NULL},
        {FILE_OF("II*\0\x08"), "TIFF"},
        {FILE_OF("MM\0*\0"), "TIFF"},
        {FILE_OF("GIF89a"), "GIF"},
        {FILE_OF("GIF87a"), "GIF"},
        {FILE_OF("BM\x36\0\x0c\0\0\0\0\0\x36"), "BMP"},
        {FILE_OF("BM,product,lot"), NULL},
        {FILE_OF("%PDF-1.7"), "PDF"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_image *image = NULL;
        struct tem_error error;
        CHECK_INT(tem_image_read(rows[i].file, PIXELS, &image, &error),
                  TEM_E_UNSUPPORTED);
        CHECK_INT(error.message.id,
                  rows[i].name ? TEM_MSG_IMAGE_OTHER : TEM_MSG_IMAGE_KIND);
        if (rows[i].name)
            CHECK_STR(error.message.args[0], rows[i].name);
    }
}

/* A build without libheif says so, and what to do; with it, a beginning alone
 * is broken. test_image_heif.c has the rest. */
TEST(a_heic_is_told_from_its_first_bytes)
{
    static const char *const brands[] = {"heic", "heix", "hevc", "mif1",
                                         "msf1"};
    for (size_t i = 0; i < sizeof brands / sizeof *brands; i++) {
        uint8_t start[24] = {0, 0, 0, 24, 'f', 't', 'y', 'p'};
        struct tem_bytes file = {start, sizeof start};
        uint32_t width = 7, height = 7;
        bool reads = tem_image_reads_heic();
        memcpy(start + 8, brands[i], 4);
        memcpy(start + 16, "mif1heic", 8);
        CHECK_INT(refused(file, PIXELS,
                          reads ? TEM_E_FORMAT : TEM_E_UNSUPPORTED),
                  reads ? TEM_MSG_IMAGE_HEIC : TEM_MSG_IMAGE_HEIC_NONE);
        CHECK_INT(tem_image_size(file, &width, &height, NULL),
                  reads ? TEM_E_FORMAT : TEM_E_UNSUPPORTED);
        CHECK(width == 7 && height == 7);
    }
}

TEST(the_limit_on_pixels_is_exact)
{
    struct tem_image *image = noise(40, 25), *read = NULL;
    struct tem_image_file file = {0};
    REQUIRE(tem_image_write_grey(image, &file, NULL) == TEM_OK);
    CHECK_INT(refused(bytes_of(&file), 999, TEM_E_LIMIT),
              TEM_MSG_IMAGE_PIXELS);
    CHECK_INT(tem_image_read(bytes_of(&file), 1000, &read, NULL), TEM_OK);
    tem_image_free(image);
    tem_image_free(read);
    tem_image_file_free(&file);
}

/* ---- shrinking -------------------------------------------------------- */

TEST(shrinking_averages_areas)
{
    struct tem_image *image = NULL, *smaller = NULL;
    REQUIRE(tem_image_new(4, 4, &image, NULL) == TEM_OK);
    static const uint8_t pixels[16] = {0,  10, 255, 255, 20, 30, 255, 255,
                                       1,  2,  0,   0,   2,  2,  0,   3};
    memcpy(image->pixels, pixels, 16);
    REQUIRE(tem_image_shrink(image, 500, &smaller, NULL) == TEM_OK);
    CHECK(smaller->width == 2 && smaller->height == 2);
    CHECK_INT(smaller->pixels[0], 15);
    CHECK_INT(smaller->pixels[1], 255);
    CHECK_INT(smaller->pixels[2], 2); /* 1.75 */
    CHECK_INT(smaller->pixels[3], 1); /* 0.75 */
    tem_image_free(smaller);
    tem_image_free(image);
}

TEST(shrinking_keeps_the_mean_and_at_least_a_pixel)
{
    struct tem_image *image = noise(313, 211), *smaller = NULL;
    static const struct {
        unsigned per_mille;
        uint32_t width, height;
    } rows[] = {{1000, 313, 211}, {999, 312, 210}, {400, 125, 84},
                {10, 3, 2},       {1, 1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        REQUIRE(tem_image_shrink(image, rows[i].per_mille, &smaller, NULL) ==
                TEM_OK);
        CHECK_INT(smaller->width, rows[i].width);
        CHECK_INT(smaller->height, rows[i].height);
        if (rows[i].per_mille == 1000)
            CHECK(same(image, smaller));
        if (rows[i].per_mille == 1)
            CHECK(smaller->pixels[0] >= 125 && smaller->pixels[0] <= 130);
        tem_image_free(smaller);
    }
    struct tem_error error;
    smaller = NULL;
    CHECK_INT(tem_image_shrink(image, 0, &smaller, &error), TEM_E_ARGUMENT);
    CHECK_INT(error.message.id, TEM_MSG_ARGUMENT);
    CHECK_INT(tem_image_shrink(image, 1001, &smaller, NULL), TEM_E_ARGUMENT);
    CHECK(smaller == NULL);
    tem_image_free(image);
}

TEST(an_uneven_size_shrinks_without_a_seam)
{
    struct tem_image *image = NULL, *smaller = NULL;
    int off = 0;
    REQUIRE(tem_image_new(1001, 777, &image, NULL) == TEM_OK);
    memset(image->pixels, 77, 1001 * 777);
    REQUIRE(tem_image_shrink(image, 333, &smaller, NULL) == TEM_OK);
    for (size_t i = 0; i < (size_t)smaller->width * smaller->height; i++)
        off += smaller->pixels[i] != 77;
    CHECK_INT(off, 0);
    tem_image_free(smaller);
    tem_image_free(image);
}

int main(void)
{
    RUN(a_new_picture_is_white);
    RUN(sides_are_bounded);
    RUN(a_drawn_symbol_has_its_modules_where_they_belong);
    RUN(a_drawing_over_the_limit_is_refused);
    RUN(a_written_symbol_is_read_back_as_it_was_drawn);
    RUN(a_written_symbol_is_one_bit_grey_with_its_density_and_texts);
    RUN(the_same_symbol_gives_the_same_bytes_in_old_memory);
    RUN(keywords_that_png_does_not_allow_are_refused);
    RUN(a_grey_picture_is_read_back_as_it_was_written);
    RUN(what_is_no_picture_is_refused);
    RUN(other_kinds_of_pictures_are_named);
    RUN(a_heic_is_told_from_its_first_bytes);
    RUN(the_limit_on_pixels_is_exact);
    RUN(shrinking_averages_areas);
    RUN(shrinking_keeps_the_mean_and_at_least_a_pixel);
    RUN(an_uneven_size_shrinks_without_a_seam);
    return test_done();
}
