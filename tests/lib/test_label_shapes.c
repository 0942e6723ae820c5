/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>: what stands on labels and is no text. */
#include "label_draw.h"

/* ---- what is no text ---------------------------------------------------- */

/* Runs of dark dots in the middle row of the stars' upper half. */
TEST(as_many_stars_as_the_product_has)
{
    struct tem_template *design = template_of(
        CONDENSED ",{\"kind\": \"stars\", \"x_mm\": 26, \"y_mm\": 1, "
                  "\"width_mm\": 33, \"height_mm\": 5}" CLOSE);
    struct tem_label_settings settings = label_settings(300);
    for (unsigned stars = 0; stars <= 5; stars++) {
        struct tem_label_content content = tem_label_content_of(real_lot());
        content.stars = stars;
        struct tem_raster raster = drawn(design, &settings, &content);
        REQUIRE(raster.pixels);
        unsigned runs = 0;
        uint32_t y = 3 * 300 * 10 / 254;
        for (uint32_t x = 300; x < raster.width; x++)
            runs += is_dark(&raster, x, y) && !is_dark(&raster, x - 1, y);
        CHECK_INT(runs, stars);
        tem_raster_free(&raster);
    }
    tem_template_free(design);
}

TEST(examples_and_tests_are_marked)
{
    struct tem_template *design = template_of(CONDENSED CLOSE);
    struct tem_label_settings settings = label_settings(203);
    struct tem_label_content content = tem_label_content_of(real_lot());
    struct tem_raster raster = drawn(design, &settings, &content);
    CHECK_INT(dark_dots(&raster), 0);
    tem_raster_free(&raster);
    content.test = true;
    raster = drawn(design, &settings, &content);
    size_t test = dark_dots(&raster);
    CHECK(test > 500);
    tem_raster_free(&raster);
    content = tem_label_content_of(specimen());
    raster = drawn(design, &settings, &content);
    CHECK(dark_dots(&raster) > 300 && dark_dots(&raster) < test);
    struct tem_image *image;
    REQUIRE(tem_image_from_raster(&raster, &image, NULL) == TEM_OK);
    CHECK_INT(count_texts(image, LABEL_TEXT), 1);
    tem_image_free(image);
    tem_raster_free(&raster);
    tem_template_free(design);
}

static bool reads_ean13(const struct tem_raster *raster, const char *digits)
{
    struct tem_scan_options options = {.all = true};
    struct tem_image *image;
    struct tem_scan *scan;
    bool read = false;
    if (tem_image_from_raster(raster, &image, NULL) != TEM_OK ||
        tem_scan_image(image, &options, &scan, NULL) != TEM_OK)
        return false;
    for (size_t i = 0; i < scan->count; i++)
        read |= scan->symbols[i].symbology == TEM_EAN_13 &&
                strcmp((const char *)scan->symbols[i].text.data, digits) == 0;
    tem_scan_free(scan);
    tem_image_free(image);
    return read;
}

/* Each first digit has a parity of its own; zbar reads all of them. */
TEST(bars_are_read_by_another_reader)
{
    static const char wide[] =
        "{\"schema_version\": 1, \"name\": \"t\", \"title\": \"t\", "
        "\"title_en\": \"t\", \"contents\": \"code\", \"width_mm\": 72, "
        "\"height_mm\": 30, \"font\": \"DejaVu Sans\", \"boxes\": ["
        "{\"kind\": \"symbol\", \"x_mm\": 0, \"y_mm\": 0, \"width_mm\": 25, "
        "\"height_mm\": 25}, {\"kind\": \"ean13\", \"x_mm\": 26, \"y_mm\": 2, "
        "\"width_mm\": 45, \"height_mm\": 20}]}";
    static const unsigned dpis[] = {203, 300, 600};
    struct tem_record *record = real_lot();
    for (int first = 0; first <= 9; first++) {
        char *gtin = record->gtin;
        snprintf(gtin, TEM_GTIN_SIZE, "0%d52012460030", first);
        gtin[13] = tem_gs1_check_digit((struct tem_bytes){(uint8_t *)gtin, 13});
        gtin[14] = '\0';
        struct tem_raster raster = drawn_of(wide, dpis[first % 3], record);
        REQUIRE(raster.pixels);
        CHECK(reads_ean13(&raster, gtin + 1));
        tem_raster_free(&raster);
    }
    struct tem_raster raster;
    strcpy(record->gtin, "19520124600309");
    raster = drawn_of(wide, 203, record);
    CHECK(!raster.pixels && strstr(message, "GTIN 19520124600309 is a case's"));
    record->gtin[0] = '\0';
    raster = drawn_of(wide, 203, record);
    CHECK(raster.pixels && dark_dots(&raster) == 0);
    tem_raster_free(&raster);
    record = real_lot();
    raster = drawn_of(CONDENSED BOX("ean13", "") CLOSE, 203, record);
    CHECK(!raster.pixels &&
          strstr(message, "needs 42.4 mm at 203 dpi and its box has 33.0 mm"));
}

/* ---- logos -------------------------------------------------------------- */

static struct tem_raster with_logo(struct tem_bytes logo, enum tem_ink ink)
{
    struct tem_template *design = template_of(CONDENSED BOX("logo", "") CLOSE);
    struct tem_label_settings settings = label_settings(203);
    struct tem_label_content content = tem_label_content_of(real_lot());
    settings.ink = ink;
    content.logo = logo;
    struct tem_raster raster = drawn(design, &settings, &content);
    tem_template_free(design);
    return raster;
}

TEST(logos_are_drawn_from_pixels_and_from_svg)
{
    static const char svg[] =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'>"
        "<rect width='10' height='10' fill='#c00'/></svg>";
    struct tem_image *image;
    struct tem_image_file file = {0};
    REQUIRE(tem_image_new(20, 20, &image, NULL) == TEM_OK);
    memset(image->pixels, 0, 400);
    REQUIRE(tem_image_write_grey(image, &file, NULL) == TEM_OK);
    tem_image_free(image);
    struct tem_raster raster =
        with_logo((struct tem_bytes){file.data, file.size}, TEM_INK_BLACK);
    size_t side = 28 * 203 * 10 / 254; /* the box's lesser side */
    REQUIRE(raster.pixels);
    CHECK(dark_dots(&raster) > (side - 2) * (side - 2) &&
          dark_dots(&raster) < (side + 3) * (side + 3));
    tem_raster_free(&raster);
    raster = with_logo(tem_bytes_of(svg), TEM_INK_COLOUR);
    REQUIRE(raster.pixels);
    const uint8_t *dot = raster.pixels + raster.height / 2 * raster.stride +
                         (uint32_t)(42 * 203 * 10 / 254) * 3;
    CHECK(dot[0] == 0xCC && dot[1] == 0 && dot[2] == 0);
    tem_raster_free(&raster);
    /* cut short, of 100 Mpixel, and none at all */
    CHECK(!with_logo((struct tem_bytes){file.data, 30}, TEM_INK_BLACK).pixels);
    CHECK(strstr(message, "the picture cannot be drawn"));
    static const uint8_t large[] =
        "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x27\x10\0\0\x27\x10\x08\0\0\0\0"
        "\x9F\x25\x3D\xFB\0\0\0\0IDAT\x35\xAF\x06\x1E";
    CHECK(!with_logo((struct tem_bytes){large, sizeof large - 1}, TEM_INK_BLACK)
               .pixels);
    if (!strstr(message, "10000 x 10000 pixel is too large"))
        printf("# %s\n", message);
    CHECK(strstr(message, "10000 x 10000 pixel is too large"));
    CHECK(!with_logo(tem_bytes_of("hello"), TEM_INK_BLACK).pixels);
    CHECK(strstr(message, "a PNG, JPEG or SVG file is wanted"));
    CHECK(!with_logo((struct tem_bytes){file.data, TEM_LABEL_PICTURE_MAX + 1},
                     TEM_INK_BLACK)
               .pixels);
    CHECK(strstr(message, "16000001 byte is too large"));
    tem_image_file_free(&file);
}

TEST(what_is_given_must_have_a_box)
{
    struct tem_template *design = template_of(CONDENSED CLOSE);
    struct tem_label_settings settings = label_settings(203);
    struct tem_label_content content = tem_label_content_of(real_lot());
    struct tem_label *label;
    content.logo = tem_bytes_of("<svg/>");
    CHECK_INT(lay_out(design, &settings, &content, &label), TEM_E_ARGUMENT);
    CHECK(strstr(message, "no box for logo"));
    content.picture = content.logo;
    content.logo.size = 0;
    CHECK_INT(lay_out(design, &settings, &content, &label), TEM_E_ARGUMENT);
    CHECK(strstr(message, "no box for picture"));
    tem_template_free(design);
}

int main(void)
{
    RUN(as_many_stars_as_the_product_has);
    RUN(examples_and_tests_are_marked);
    RUN(bars_are_read_by_another_reader);
    RUN(logos_are_drawn_from_pixels_and_from_svg);
    RUN(what_is_given_must_have_a_box);
    return test_done();
}
