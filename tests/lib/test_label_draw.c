/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/label.h>: labels as dots. */
#include "label_draw.h"

/* ---- all of it ---------------------------------------------------------- */

static void check_shipped(const char *name, unsigned dpi,
                          enum tem_label_language language, enum tem_ink ink)
{
    static const unsigned depths[] = {1, 8, 24};
    struct tem_template *design = shipped(name);
    struct tem_template_info info = tem_template_describe(design);
    struct tem_label_settings settings = label_settings(dpi);
    struct tem_label_content content = tem_label_content_of(specimen());
    struct tem_label *label;
    settings.language = language;
    settings.ink = ink;
    if (lay_out(design, &settings, &content, &label) != TEM_OK) {
        printf("# %s at %u dpi: %s\n", name, dpi, message);
        CHECK(false);
        tem_template_free(design);
        return;
    }
    struct tem_label_unit unit = label_unit();
    struct tem_raster raster = {0};
    struct tem_image *image = NULL;
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_OK);
    CHECK_INT(raster.width, (info.width_um * (uint64_t)dpi + 12700) / 25400);
    CHECK_INT(raster.height, (info.height_um * (uint64_t)dpi + 12700) / 25400);
    CHECK_INT(raster.depth, depths[ink]);
    CHECK_INT(tem_image_from_raster(&raster, &image, NULL), TEM_OK);
    size_t found = count_texts(image, LABEL_TEXT);
    if (found != 1)
        printf("# %s at %u dpi: %zu\n", name, dpi, found);
    CHECK_INT(found, 1);
    /* a dot is 1 % short at 203 dpi */
    CHECK(tem_label_letters(label) * 100 >= info.letters_um * 99);
    CHECK(tem_label_layout(label).module_um >= TEM_LABEL_MODULE_MIN_UM);
    tem_image_free(image);
    tem_raster_free(&raster);
    tem_label_free(label);
    tem_template_free(design);
}

TEST(all_that_ship_are_drawn_and_read)
{
    static const char *const names[] = {
        "box-70x50",      "pack-50x30",     "code-35x22", "carton-100x75",
        "sheet-a4-70x50", "sheet-a4-38x21", "card-a5"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_shipped(names[i], 203, TEM_LABEL_VI, TEM_INK_BLACK);
        check_shipped(names[i], 203, TEM_LABEL_EN, TEM_INK_GREY);
        check_shipped(names[i], 300, TEM_LABEL_VI, TEM_INK_COLOUR);
        check_shipped(names[i], 300, TEM_LABEL_BOTH, TEM_INK_BLACK);
        check_shipped(names[i], 600, TEM_LABEL_VI, TEM_INK_BLACK);
    }
}

TEST(the_same_input_gives_the_same_dots)
{
    struct tem_raster one =
        drawn_of(CONDENSED SAY("{maker}{serial}") CLOSE, 203, specimen());
    struct tem_raster two =
        drawn_of(CONDENSED SAY("{maker}{serial}") CLOSE, 203, specimen());
    REQUIRE(one.pixels && two.pixels);
    CHECK(memcmp(one.pixels, two.pixels, one.stride * one.height) == 0);
    tem_raster_free(&one);
    tem_raster_free(&two);
    CHECK(one.pixels == NULL);
    tem_raster_free(&one);
}

/* ---- text --------------------------------------------------------------- */

/* Letters that are put together of cells look like those of the whole text. */
TEST(serials_look_like_any_text)
{
    static const char *const live[] = {
        CONDENSED SAY("{serial} *{serial.value}* a {counter}") CLOSE,
        CONDENSED BOX("text", ", \"text\": [\"{counter}\"], \"bold\": true, "
                              "\"align\": \"right\", \"valign\": \"bottom\", "
                              "\"letters_mm\": 2") CLOSE};
    static const char *const fixed[] = {
        CONDENSED SAY("Sê-ri:\xC2\xA0"
                      "000123 *000123* a 17/2000") CLOSE,
        CONDENSED BOX("text", ", \"text\": [\"17/2000\"], \"bold\": true, "
                              "\"align\": \"right\", \"valign\": \"bottom\", "
                              "\"letters_mm\": 2") CLOSE};
    for (size_t i = 0; i < 2; i++)
        for (unsigned dpi = 203; dpi <= 600; dpi += 97) {
            struct tem_raster a = drawn_of(live[i], dpi, real_lot());
            struct tem_raster b = drawn_of(fixed[i], dpi, real_lot());
            REQUIRE(a.pixels && b.pixels);
            CHECK(dark_dots(&a) > 100);
            CHECK(memcmp(a.pixels, b.pixels, a.stride * a.height) == 0);
            tem_raster_free(&a);
            tem_raster_free(&b);
        }
}

TEST(what_has_nothing_to_say_takes_no_line)
{
    struct tem_raster a = drawn_of(
        CONDENSED BOX("text", ", \"text\": [\"{additives}\", \"{lot}\", "
                              "\"{declaration} {nutrition}\"], "
                              "\"letters_mm\": 1.5, \"valign\": \"bottom\"")
            CLOSE,
        203, real_lot());
    struct tem_raster b = drawn_of(
        CONDENSED BOX("text", ", \"text\": [\"{lot}\"], \"letters_mm\": 1.5, "
                              "\"valign\": \"bottom\"") CLOSE,
        203, real_lot());
    REQUIRE(a.pixels && b.pixels);
    CHECK(memcmp(a.pixels, b.pixels, a.stride * a.height) == 0);
    tem_raster_free(&a);
    tem_raster_free(&b);
}

/* Rows of dots between the highest and the lowest dark one of an x. */
TEST(letters_are_as_high_as_they_are_said_to_be)
{
    static const unsigned dpis[] = {203, 300, 600};
    for (size_t i = 0; i < 3; i++) {
        struct tem_raster a =
            drawn_of(CONDENSED SAY("xxx") CLOSE, dpis[i], real_lot());
        uint32_t first = UINT32_MAX, last = 0;
        REQUIRE(a.pixels);
        for (uint32_t y = 0; y < a.height; y++)
            for (uint32_t x = 26 * dpis[i] * 10 / 254; x < a.width; x++)
                if (is_dark(&a, x, y)) {
                    first = first == UINT32_MAX ? y : first;
                    last = y;
                }
        double mm = (last - first + 1) * 25.4 / dpis[i];
        if (mm < 1.485 || mm > 1.7)
            printf("# %u dpi: %.3f mm\n", dpis[i], mm);
        CHECK(mm >= 1.485 && mm <= 1.7);
        tem_raster_free(&a);
    }
}

TEST(text_shrinks_to_its_least_height_and_no_further)
{
    static char name[400];
    struct tem_template *design =
        template_of(CONDENSED BOX("text", ", \"text\": [\"{name}\"], "
                                          "\"letters_mm\": 3, "
                                          "\"letters_min_mm\": 1.2") CLOSE);
    struct tem_label_settings settings = label_settings(300);
    struct tem_label_content content = tem_label_content_of(real_lot());
    unsigned before = 3048;
    struct tem_label *label;
    for (size_t length = 10; length <= 300; length += 10) {
        memset(name, 'a', length);
        for (size_t i = 7; i < length; i += 8)
            name[i] = ' ';
        name[length] = '\0';
        content.product_name = name;
        enum tem_status status = lay_out(design, &settings, &content, &label);
        if (status != TEM_OK)
            break;
        CHECK(tem_label_letters(label) <= before);
        before = tem_label_letters(label);
        tem_label_free(label);
    }
    CHECK(before >= 1188 && before <= 1400);
    memset(name, 'a', 300);
    name[300] = '\0';
    CHECK_INT(lay_out(design, &settings, &content, &label), TEM_E_LIMIT);
    CHECK_STR(message,
              "name of 300 characters does not fit its box of 33.0 x 28.0 mm "
              "at letters of 1.27 mm, the least allowed: shorten it or take a "
              "larger template");
    tem_template_free(design);
}

TEST(fonts_and_letters_must_be_there)
{
    struct tem_label_settings settings = label_settings(203);
    struct tem_label_content content = tem_label_content_of(real_lot());
    struct tem_label *label;
    struct tem_template *design =
        template_of(OPEN("Comic Papyrus") SAY("{lot}") CLOSE);
    CHECK_INT(lay_out(design, &settings, &content, &label), TEM_E_UNSUPPORTED);
    CHECK(strstr(message, "no font Comic Papyrus"));
    tem_template_free(design);
    design = template_of(CONDENSED SAY("{name}") CLOSE);
    static const struct {
        const char *name, *says;
    } rows[] = {
        {"Mận \xD7\x90", "cannot write \xD7\x90 (U+05D0) of the field name"},
        {"Mận \xF0\x9F\x8D\x91", "(U+1F351) of the field name"},
        {"Mận\xE2\x80\xAEx", "(U+202E) of the field name"},
        {"Mận\nx", "(U+000A) of the field name"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        content.product_name = rows[i].name;
        CHECK_INT(lay_out(design, &settings, &content, &label),
                  TEM_E_UNSUPPORTED);
        if (!strstr(message, rows[i].says))
            printf("# %s\n", message);
        CHECK(strstr(message, rows[i].says));
    }
    tem_template_free(design);
    /* every letter of Vietnamese, of either case */
    static const char *const letters[] = {
        "aàảãáạăằẳẵắặ âầẩẫấậbcdđ eèẻẽéẹêềểễếệ fghiìỉĩíịjklmn oòỏõóọôồổỗốộ "
        "ơờởỡớợpqrst uùủũúụưừửữứự vwxyỳỷỹýỵz",
        "AÀẢÃÁẠĂẰẲẴẮẶ ÂẦẨẪẤẬBCDĐ EÈẺẼÉẸÊỀỂỄẾỆ FGHIÌỈĨÍỊJKLMN OÒỎÕÓỌÔỒỔỖỐỘ "
        "ƠỜỞỠỚỢPQRST UÙỦŨÚỤƯỪỬỮỨỰ VWXYỲỶỸÝỴZ"};
    design = template_of(CONDENSED BOX("text", ", \"text\": [\"{name}\"], "
                                               "\"letters_mm\": 1.2") CLOSE);
    for (size_t i = 0; i < 2; i++) {
        content.product_name = letters[i];
        REQUIRE(lay_out(design, &settings, &content, &label) == TEM_OK);
        tem_label_free(label);
    }
    tem_template_free(design);
}

/* ---- the symbol --------------------------------------------------------- */

TEST(symbols_are_whole_dots_that_fit)
{
    struct tem_template *design = template_of(CONDENSED CLOSE); /* 25 mm */
    struct tem_label_content content = tem_label_content_of(real_lot());
    static const struct {
        unsigned dpi, side, module_um, quiet, dots;
    } rows[] = {
        {203, 49, 0, 4, 3},   /* 0.375 mm: what is usual */
        {203, 49, 250, 4, 2}, /* wanted */
        {203, 57, 0, 4, 3},   /* 65 * 3 = 195 of 200 dots */
        {203, 61, 0, 4, 2},   /* 69 * 3 = 207 */
        {203, 59, 0, 4, 2},   /* no such version, but the size counts: 201 */
        {203, 49, 375, 8, 3}, {203, 49, 375, 9, 0},
        {203, 49, 500, 4, 0}, {203, 89, 0, 4, 2}, /* 97 * 2 = 194 */
        {203, 93, 0, 4, 0},                       /* 101 * 2 = 202 */
        {300, 49, 0, 4, 5},   {600, 49, 0, 4, 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_label_settings settings = label_settings(rows[i].dpi);
        struct tem_label *label = NULL;
        settings.symbol_side = rows[i].side;
        settings.module_um = rows[i].module_um;
        settings.quiet = rows[i].quiet;
        enum tem_status status = lay_out(design, &settings, &content, &label);
        CHECK_INT(status, rows[i].dots ? TEM_OK : TEM_E_LIMIT);
        if (status == TEM_OK)
            CHECK_INT(tem_label_layout(label).dots, rows[i].dots);
        else
            CHECK(strstr(message, " modules with its quiet zone needs "));
        tem_label_free(status == TEM_OK ? label : NULL);
    }
    tem_template_free(design);
}

TEST(a_template_may_want_its_own_modules)
{
    struct tem_template *design = shipped("carton-100x75"); /* 0.5 mm */
    struct tem_label_settings settings = label_settings(203);
    struct tem_label_content content = tem_label_content_of(real_lot());
    struct tem_label *label;
    REQUIRE(lay_out(design, &settings, &content, &label) == TEM_OK);
    CHECK_INT(tem_label_layout(label).module_um, 500);
    tem_label_free(label);
    tem_template_free(design);
}

TEST(settings_and_units_have_limits)
{
    struct tem_template *design = template_of(CONDENSED SAY("{serial}") CLOSE);
    struct tem_label_settings good = label_settings(203), bad;
    struct tem_label_content content = tem_label_content_of(real_lot());
    struct tem_label *label;
    bad = good;
    bad.symbol_side = 20;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad.symbol_side = 178;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.dpi = 71;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.quiet = 3;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.ink = (enum tem_ink)3;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.language = (enum tem_label_language)3;
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.serial = "012345678901234567890";
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    bad = good;
    bad.counter = "0123456789/0123456789012";
    CHECK_INT(lay_out(design, &bad, &content, &label), TEM_E_ARGUMENT);
    REQUIRE(lay_out(design, &good, &content, &label) == TEM_OK);
    struct tem_label_unit unit = label_unit();
    struct tem_raster raster = {0};
    unit.serial = "0000001";
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_E_ARGUMENT);
    unit = label_unit();
    unit.counter = "2000/20000";
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_E_ARGUMENT);
    struct tem_symbol small;
    REQUIRE(tem_symbol_encode(tem_bytes_of("A"), TEM_ECC_M, 40, &small, NULL) ==
            TEM_OK);
    unit = label_unit();
    unit.symbol = &small;
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_E_ARGUMENT);
    CHECK(raster.pixels == NULL);
    tem_label_free(label);
    good.vector = true;
    REQUIRE(lay_out(design, &good, &content, &label) == TEM_OK);
    unit = label_unit();
    CHECK_INT(tem_label_draw(label, &unit, &raster, NULL), TEM_E_ARGUMENT);
    tem_label_free(label);
    tem_template_free(design);
    design = shipped("card-a5");
    good = label_settings(1200);
    CHECK_INT(lay_out(design, &good, &content, &label), TEM_E_LIMIT);
    CHECK(strstr(message, "9921 x 6992 dots"));
    tem_template_free(design);
}

int main(void)
{
    RUN(all_that_ship_are_drawn_and_read);
    RUN(the_same_input_gives_the_same_dots);
    RUN(serials_look_like_any_text);
    RUN(what_has_nothing_to_say_takes_no_line);
    RUN(letters_are_as_high_as_they_are_said_to_be);
    RUN(text_shrinks_to_its_least_height_and_no_further);
    RUN(fonts_and_letters_must_be_there);
    RUN(symbols_are_whole_dots_that_fit);
    RUN(a_template_may_want_its_own_modules);
    RUN(settings_and_units_have_limits);
    return test_done();
}
