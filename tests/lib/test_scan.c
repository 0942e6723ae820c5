/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/scan.h>. Pictures are drawn here; test_photos.c has real ones. */
#include "scan_pictures.h"

/* zbar's corners are this near the true ones, or within two pixels of a copy
 * of 800, whichever is more. */
#define CORNER_MODULES 1.0

#define CHECK_NEAR(got, want, off)                                             \
    CHECK((got) >= (want) - (off) && (got) <= (want) + (off))

/* ---- checks ----------------------------------------------------------- */

static struct tem_scan *scanned(const struct tem_image *image)
{
    struct tem_scan *scan = NULL;
    struct tem_error error;
    if (tem_scan_image(image, NULL, &scan, &error) != TEM_OK)
        exit(99);
    return scan;
}

/* Scan, free the picture, and compare the texts in their order. */
static void check_texts(struct tem_image *image, const char *const *texts,
                        size_t count)
{
    struct tem_scan *scan = scanned(image);
    CHECK_INT(scan->count, count);
    for (size_t i = 0; i < scan->count && i < count; i++)
        CHECK_STR((const char *)scan->symbols[i].text.data, texts[i]);
    tem_scan_free(scan);
    tem_image_free(image);
}

static void check_text(struct tem_image *image, const char *text)
{
    check_texts(image, &text, 1);
}

static void check_none(struct tem_image *image)
{
    struct tem_scan *scan = scanned(image);
    CHECK_INT(scan->count, 0);
    CHECK(scan->symbols == NULL);
    tem_scan_free(scan);
    tem_image_free(image);
}

static void check_bytes(struct tem_bytes text, enum tem_ecc ecc, unsigned dots)
{
    struct tem_image *image = symbol_of(text, ecc, dots);
    struct tem_scan *scan = scanned(image);
    CHECK_INT(scan->count, 1);
    if (scan->count == 1) {
        struct tem_bytes got = scan->symbols[0].text;
        CHECK_INT(got.size, text.size);
        CHECK(got.size == text.size &&
              memcmp(got.data, text.data, text.size) == 0);
        CHECK_INT(got.data[got.size], 0);
    }
    tem_scan_free(scan);
    tem_image_free(image);
}

static const char label_text[] =
    "HTTPS://OCOP.SONLA.GOV.VN/T/01234567890123456789012345678901234567890123"
    "4567890123456789012345678901234567890123456789012345678901234567890123456";

/* ---- texts ------------------------------------------------------------ */

TEST(every_byte_comes_back)
{
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (uint8_t)i;
    check_bytes(bytes(all, sizeof all), TEM_ECC_M, 4);
    check_bytes(bytes(all + 128, 128), TEM_ECC_Q, 4);
    for (unsigned value = 0; value < 256; value++) {
        uint8_t text[3] = {'<', (uint8_t)value, '>'};
        check_bytes(bytes(text, sizeof text), TEM_ECC_M, 3);
    }
}

TEST(vietnamese_comes_back)
{
    static const char *const texts[] = {
        "Mận hậu Mộc Châu - Hợp tác xã Nông nghiệp Sơn La",
        "Chè Shan tuyết Tà Xùa, Bắc Yên: Ủy ban nhân dân xã",
        "ĂÂĐÊÔƠƯ ăâđêôơư ẠẢÃÀÁ ặẳẵằắ ệểễềế ộổỗồố ợởỡờớ ựửữừứ",
        "été noël", "日本語", "Mâ\xCC\xA3n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_bytes(tem_bytes_of(texts[i]), TEM_ECC_M, 4);
}

TEST(every_length_comes_back)
{
    static char digits[TEM_SYMBOL_TEXT_MAX];
    for (size_t i = 0; i < sizeof digits; i++)
        digits[i] = (char)('0' + i * 7 % 10);
    check_bytes(bytes(digits, 1), TEM_ECC_L, 4);
    check_bytes(bytes(digits, 500), TEM_ECC_M, 4);
    check_bytes(bytes(digits, sizeof digits), TEM_ECC_L, 6);
    check_bytes(tem_bytes_of(label_text), TEM_ECC_M, 4);
}

/* ---- how many, and where ---------------------------------------------- */

TEST(nothing_is_found_in_nothing)
{
    check_none(sheet(1, 1, 0));
    check_none(sheet(3, 2000, 255));
    check_none(sheet(640, 480, 255));
    check_none(sheet(1700, 1200, 0));
    struct tem_image *noise = sheet(700, 500, 128);
    uint32_t seed = 7;
    for (size_t i = 0; i < 700 * 500; i++) {
        seed = seed * 1664525 + 1013904223;
        noise->pixels[i] = (uint8_t)(seed >> 24);
    }
    check_none(noise);
}

TEST(nothing_is_found_in_stripes)
{
    struct tem_image *lines = sheet(900, 700, 255);
    for (uint32_t y = 40; y < 660; y++)
        for (uint32_t x = 40; x < 860; x++)
            if (y % 24 < 14 && (x * 7 / 5 % 11 < 4 || (x / 9 + y / 24) % 5 == 0))
                lines->pixels[y * 900 + x] = 20;
    check_none(lines);
}

TEST(two_symbols_are_two)
{
    struct tem_image *image = sheet(700, 400, 255);
    paste(image, drawn("RIGHT", 5), 400, 60);
    paste(image, drawn("LEFT", 5), 20, 80);
    check_texts(image, (const char *const[]){"LEFT", "RIGHT"}, 2);
    image = sheet(400, 700, 255);
    paste(image, drawn("LOWER", 5), 20, 400);
    paste(image, drawn("UPPER", 5), 150, 30);
    check_texts(image, (const char *const[]){"UPPER", "LOWER"}, 2);
}

TEST(one_text_at_two_places_is_two)
{
    struct tem_image *image = sheet(1900, 600, 255);
    paste(image, drawn("AGAIN", 6), 30, 30);
    paste(image, drawn("AGAIN", 6), 1500, 40);
    check_texts(image, (const char *const[]){"AGAIN", "AGAIN"}, 2);
    /* side by side, quiet zones touching */
    image = sheet(29 * 12, 29 * 6, 255);
    paste(image, drawn("AGAIN", 6), 0, 0);
    paste(image, drawn("AGAIN", 6), 29 * 6, 0);
    check_texts(image, (const char *const[]){"AGAIN", "AGAIN"}, 2);
}

TEST(a_sheet_is_read_in_its_order)
{
    static const char *const texts[] = {"00", "11", "22", "33", "44", "55",
                                        "66", "77", "88", "99"};
    struct tem_image *image = sheet(2480, 1200, 255); /* A4 across, 300 dpi */
    for (uint32_t i = 0; i < 10; i++) /* columns not quite level */
        paste(image, drawn(texts[i], 6), 100 + i % 5 * 450,
              100 + i / 5 * 500 + i * 37 % 60);
    check_texts(image, texts, 10);
}

/* The symbol's own corners, from those of its quiet zone's square. */
static void check_corners(uint32_t width, uint32_t height, uint32_t x,
                          uint32_t y, unsigned dots)
{
    struct tem_image *part = drawn(label_text, dots);
    double side = part->width - 8.0 * dots;
    struct tem_image *image = sheet(width, height, 255);
    paste(image, part, x, y);
    struct tem_scan *scan = scanned(image);
    CHECK_INT(scan->count, 1);
    double left = x + 4.0 * dots, top = y + 4.0 * dots;
    const double want[4][2] = {{left, top},
                               {left, top + side},
                               {left + side, top + side},
                               {left + side, top}};
    double off = CORNER_MODULES * dots;
    uint32_t longest = width > height ? width : height;
    if (off < longest / 800.0 * 2)
        off = longest / 800.0 * 2;
    for (int c = 0; scan->count == 1 && c < 4; c++) {
        CHECK_NEAR(scan->symbols[0].corners[c].x, want[c][0], off);
        CHECK_NEAR(scan->symbols[0].corners[c].y, want[c][1], off);
    }
    tem_scan_free(scan);
    tem_image_free(image);
}

TEST(corners_are_in_pixels_of_the_picture)
{
    check_corners(500, 500, 30, 50, 5);
    check_corners(1200, 900, 600, 300, 5);
    check_corners(3000, 2000, 2000, 1000, 10);
    check_corners(900, 4000, 100, 3000, 9);
    check_corners(6000, 2500, 3500, 300, 30);
}

TEST(corners_turn_with_the_symbol)
{
    struct tem_image *part = drawn("12345678", 8); /* version 1: 21 modules */
    for (int t = 0; t < 4; t++) {
        struct tem_image *image = turned(part, quarters[t], 400);
        struct tem_scan *scan = scanned(image);
        CHECK_INT(scan->count, 1);
        double half = 21 * 8 / 2.0;
        const double want[4][2] = {{-half, -half}, {-half, half},
                                   {half, half}, {half, -half}};
        double c = quarters[t].c, s = quarters[t].s;
        for (int i = 0; scan->count == 1 && i < 4; i++) {
            const struct tem_point *at = &scan->symbols[0].corners[i];
            CHECK_NEAR(at->x, 200 + c * want[i][0] - s * want[i][1], 8);
            CHECK_NEAR(at->y, 200 + s * want[i][0] + c * want[i][1], 8);
        }
        tem_scan_free(scan);
        tem_image_free(image);
    }
    tem_image_free(part);
}

/* ---- pictures that are not clean -------------------------------------- */

static void invert(struct tem_image *image)
{
    for (size_t i = 0; i < (size_t)image->width * image->height; i++)
        image->pixels[i] = (uint8_t)(255 - image->pixels[i]);
}

TEST(an_inverted_symbol_is_read)
{
    static const uint32_t sizes[] = {300, 1700};
    for (int k = 0; k < 2; k++) {
        struct tem_image *image = sheet(sizes[k], sizes[k], 255);
        paste(image, drawn("INVERTED", 5), 40, 60);
        invert(image);
        check_text(image, "INVERTED");
    }
}

TEST(an_inverted_symbol_is_seen_beside_another)
{
    static const uint32_t sizes[] = {500, 1700, 4000};
    for (int k = 0; k < 3; k++) {
        struct tem_image *image = sheet(sizes[k], sizes[k], 255);
        struct tem_image *light = drawn("LIGHT", 4u << k);
        invert(light);
        paste(image, drawn("DARK", 6), 20, 30);
        paste(image, light, 250, 300);
        check_texts(image, (const char *const[]){"DARK", "LIGHT"}, 2);
    }
}

TEST(a_turned_symbol_is_read)
{
    struct tem_image *part = drawn(label_text, 5);
    for (int i = 0; i < 4; i++)
        check_text(turned(part, quarters[i], 500), label_text);
    for (int i = 0; i < 3; i++)
        check_text(turned(part, slants[i], 500), label_text);
    tem_image_free(part);
}

TEST(blur_and_noise_are_borne)
{
    struct tem_image *part = drawn(label_text, 5);
    check_text(blurred(part, 30), label_text);
    tem_image_free(part);
    /* a module of many noisy pixels: the smallest copy is the one read */
    part = drawn(label_text, 24);
    check_text(blurred(part, 40), label_text);
    tem_image_free(part);
}

/* Light from the left: a dark module there is brighter than paper here. */
static struct tem_image *shaded(unsigned dots, unsigned percent)
{
    struct tem_image *part = drawn(label_text, dots);
    for (uint32_t y = 0; y < part->height; y++)
        for (uint32_t x = 0; x < part->width; x++) {
            uint8_t *grey = &part->pixels[(size_t)y * part->width + x];
            unsigned light = 250 - 200 * x / part->width;
            *grey = (uint8_t)(*grey ? light : light * (100 - percent) / 100);
        }
    return part;
}

TEST(shadow_and_faint_print_are_borne)
{
    check_text(shaded(4, 60), label_text);
    check_text(shaded(4, 5), label_text); /* only with contrast stretched */
    check_text(shaded(22, 6), label_text);
}

TEST(tiny_and_huge_symbols_are_read)
{
    check_text(drawn(label_text, 1), label_text);
    check_text(drawn(label_text, 2), label_text);
    check_text(drawn(label_text, 30), label_text);
    struct tem_image *image = sheet(6000, 6000, 255);
    paste(image, drawn(label_text, 30), 2000, 3000);
    paste(image, drawn("SMALL", 6), 300, 300);
    check_texts(image, (const char *const[]){"SMALL", label_text}, 2);
    image = sheet(6000, 6000, 255); /* over what one pass takes */
    paste(image, drawn("ALONE", 8), 5000, 5500);
    check_text(image, "ALONE");
}

TEST(long_thin_pictures_are_read)
{
    struct tem_image *image = sheet(40000, 300, 255);
    paste(image, drawn("END", 6), 39000, 60);
    check_text(image, "END");
    image = sheet(300, 40000, 255);
    paste(image, drawn("END", 6), 60, 39000);
    check_text(image, "END");
}

TEST(layouts_of_every_printer_are_read)
{
    static const unsigned dpi[] = {203, 300, 600};
    for (size_t i = 0; i < 3; i++) {
        struct tem_layout layout;
        struct tem_symbol symbol;
        struct tem_image *image;
        REQUIRE(tem_label_fit(dpi[i], 0, 4, &layout, NULL) == TEM_OK);
        REQUIRE(tem_symbol_encode(tem_bytes_of(label_text), TEM_ECC_M, 40,
                                  &symbol, NULL) == TEM_OK);
        REQUIRE(tem_image_draw(&symbol, &layout, &image, NULL) == TEM_OK);
        check_text(image, label_text);
    }
}

/* ---- structured append ------------------------------------------------ */

/* Parts of one text, drawn side by side; `shown` of them. */
static struct tem_image *parts(int shown)
{
    uint8_t text[] = "one text in several symbols, put together by the reader";
    QRcode_List *list = QRcode_encodeString8bitStructured((char *)text, 2,
                                                          QR_ECLEVEL_M);
    if (list == NULL)
        exit(99);
    struct tem_image *image = sheet(1200, 300, 255);
    int i = 0;
    for (QRcode_List *at = list; at && i < shown; at = at->next, i++)
        for (int y = 0; y < at->code->width * 5; y++)
            for (int x = 0; x < at->code->width * 5; x++)
                if (at->code->data[y / 5 * at->code->width + x / 5] & 1)
                    image->pixels[(50 + y) * 1200 + 50 + i * 250 + x] = 0;
    QRcode_List_free(list);
    return image;
}

TEST(parts_of_a_text_are_told)
{
    struct tem_image *image = parts(4);
    struct tem_scan *scan = scanned(image);
    char text[200] = "";
    CHECK(scan->count > 1);
    for (size_t i = 0; i < scan->count; i++) {
        const struct tem_scan_symbol *symbol = &scan->symbols[i];
        CHECK(symbol->part);
        CHECK_INT(symbol->part_number, i + 1);
        CHECK_INT(symbol->part_count, scan->count);
        strncat(text, (const char *)symbol->text.data, 100);
    }
    CHECK_STR(text, "one text in several symbols, put together by the reader");
    tem_scan_free(scan);
    tem_image_free(image);
    image = parts(1);
    scan = scanned(image);
    CHECK(scan->count == 1 && scan->symbols[0].part);
    tem_scan_free(scan);
    tem_image_free(image);
}

TEST(the_picture_is_untouched_and_the_answer_the_same)
{
    struct tem_image *image = sheet(1700, 900, 255);
    paste(image, drawn("ONE", 6), 30, 30);
    paste(image, drawn("TWO", 6), 1300, 50);
    paste(image, drawn("THREE", 6), 700, 500);
    struct tem_image *before = sheet(1700, 900, 255);
    memcpy(before->pixels, image->pixels, 1700 * 900);
    struct tem_scan *first = scanned(image), *second = scanned(image);
    CHECK(memcmp(before->pixels, image->pixels, 1700 * 900) == 0);
    CHECK_INT(first->count, 3);
    REQUIRE(first->count == second->count);
    for (size_t i = 0; i < first->count; i++) {
        CHECK_STR((const char *)first->symbols[i].text.data,
                  (const char *)second->symbols[i].text.data);
        CHECK(memcmp(first->symbols[i].corners, second->symbols[i].corners,
                     sizeof first->symbols[i].corners) == 0);
    }
    tem_scan_free(first);
    tem_scan_free(second);
    tem_image_free(image);
    tem_image_free(before);
}

TEST(nothing_is_freed_of_null)
{
    tem_scan_free(NULL);
}

int main(void)
{
    RUN(every_byte_comes_back);
    RUN(vietnamese_comes_back);
    RUN(every_length_comes_back);
    RUN(nothing_is_found_in_nothing);
    RUN(nothing_is_found_in_stripes);
    RUN(two_symbols_are_two);
    RUN(one_text_at_two_places_is_two);
    RUN(a_sheet_is_read_in_its_order);
    RUN(corners_are_in_pixels_of_the_picture);
    RUN(corners_turn_with_the_symbol);
    RUN(an_inverted_symbol_is_read);
    RUN(an_inverted_symbol_is_seen_beside_another);
    RUN(a_turned_symbol_is_read);
    RUN(blur_and_noise_are_borne);
    RUN(shadow_and_faint_print_are_borne);
    RUN(tiny_and_huge_symbols_are_read);
    RUN(long_thin_pictures_are_read);
    RUN(layouts_of_every_printer_are_read);
    RUN(parts_of_a_text_are_told);
    RUN(the_picture_is_untouched_and_the_answer_the_same);
    RUN(nothing_is_freed_of_null);
    return test_done();
}
