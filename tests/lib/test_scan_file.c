/* SPDX-License-Identifier: MIT */
/* tem_scan_file() of <tem/scan.h>: how a JPEG is decoded, counted by the linker
 * sending the calls here (--wrap, see meson.build), and what comes of it. */
#include "../bench/jpeg.h"
#include "image_file.h"
#include "scan_pictures.h"
#include <tem/symbol.h>

static unsigned small, whole; /* pictures decoded */
static unsigned denominator;  /* of the last small one */

enum tem_status __real_tem_image_read(struct tem_bytes file,
                                      uint64_t max_pixels,
                                      struct tem_image **image,
                                      struct tem_error *error);
enum tem_status __wrap_tem_image_read(struct tem_bytes file,
                                      uint64_t max_pixels,
                                      struct tem_image **image,
                                      struct tem_error *error);
enum tem_status __real_tem_image_read_scaled(struct tem_bytes file,
                                             uint64_t max_pixels, unsigned by,
                                             struct tem_image **image,
                                             struct tem_error *error);
enum tem_status __wrap_tem_image_read_scaled(struct tem_bytes file,
                                             uint64_t max_pixels, unsigned by,
                                             struct tem_image **image,
                                             struct tem_error *error);

enum tem_status __wrap_tem_image_read(struct tem_bytes file,
                                      uint64_t max_pixels,
                                      struct tem_image **image,
                                      struct tem_error *error)
{
    whole++;
    return __real_tem_image_read(file, max_pixels, image, error);
}

enum tem_status __wrap_tem_image_read_scaled(struct tem_bytes file,
                                             uint64_t max_pixels, unsigned by,
                                             struct tem_image **image,
                                             struct tem_error *error)
{
    small++;
    denominator = by;
    return __real_tem_image_read_scaled(file, max_pixels, by, image, error);
}

/* Scan a picture as a JPEG file; the picture stays. */
static struct tem_scan *scan_jpeg(const struct tem_image *image,
                                  const struct tem_scan_options *options)
{
    struct tem_bytes file = to_jpeg(image, 90);
    struct tem_scan *scan = NULL;
    small = whole = denominator = 0;
    if (tem_scan_file(file, PIXELS, options, &scan, NULL) != TEM_OK)
        exit(99);
    free((void *)(uintptr_t)file.data);
    return scan;
}

/* So many symbols, and pictures decoded. Frees the picture. */
static void check_decoded(struct tem_image *image,
                          const struct tem_scan_options *options, size_t count,
                          unsigned by, unsigned wholes)
{
    struct tem_scan *scan = scan_jpeg(image, options);
    CHECK_INT(scan->count, count);
    CHECK_INT(small, by > 0);
    CHECK_INT(denominator, by);
    CHECK_INT(whole, wholes);
    tem_scan_free(scan);
    tem_image_free(image);
}

/* A label of @p dots pixels a module. */
static struct tem_image *with_label(uint32_t width, uint32_t height,
                                    unsigned dots)
{
    struct tem_image *image = sheet(width, height, 200);
    paste(image, drawn("HTTPS://OCOP.SONLA.GOV.VN/01/1", dots), 40, 60);
    return image;
}

TEST(a_large_jpeg_is_decoded_smaller)
{
    check_decoded(with_label(2400, 2000, 8), NULL, 1, 2, 0);
    check_decoded(with_label(8200, 8000, 30), NULL, 1, 2, 0);
    check_decoded(with_label(2000, 2000, 8), NULL, 1, 0, 1);
    check_decoded(with_label(2000, 2001, 8), NULL, 1, 2, 0);
}

TEST(places_are_those_of_the_full_picture)
{
    struct tem_image *image = with_label(2401, 2003, 9);
    struct tem_scan *scan = scan_jpeg(image, NULL), *full = NULL;
    REQUIRE(scan->count == 1 && whole == 0);
    REQUIRE(tem_scan_image(image, NULL, &full, NULL) == TEM_OK);
    REQUIRE(full->count == 1);
    CHECK_STR((const char *)scan->symbols->text.data,
              (const char *)full->symbols->text.data);
    for (int i = 0; i < 4; i++) {
        struct tem_point at = scan->symbols->corners[i];
        struct tem_point want = full->symbols->corners[i];
        CHECK(abs(at.x - want.x) <= 4 && abs(at.y - want.y) <= 4);
    }
    CHECK(scan->symbols->module > 8.8 && scan->symbols->module < 9.2);
    tem_scan_free(full);
    tem_scan_free(scan);
    tem_image_free(image);
}

TEST(where_nothing_is_seen_it_is_decoded_in_full)
{
    check_decoded(sheet(2400, 2000, 180), NULL, 0, 2, 1);
}

/* At half the size they have 2.5 pixels a module: there may be smaller ones. */
TEST(beside_small_symbols_smaller_ones_are_looked_for)
{
    struct tem_image *image = with_label(2400, 2000, 5);
    paste(image, drawn("1", 2), 1200, 900);
    check_decoded(image, NULL, 2, 2, 1);
    check_decoded(with_label(2400, 2000, 6), NULL, 1, 2, 0);
}

/* A label in front, and small ones far behind it. */
TEST(what_is_far_away_is_read_beside_what_is_near)
{
    for (unsigned dots = 4; dots <= 6; dots += 2) {
        struct tem_image *image = with_label(4800, 3600, 14);
        for (uint32_t i = 0; i < 6; i++)
            paste(image, drawn((char[2]){(char)('1' + i), '\0'}, dots),
                  1500 + 500 * i, 2500);
        check_decoded(image, NULL, 7, 2, dots == 4);
    }
}

/* Half of it is blotted out: seen, and not read. */
TEST(beside_what_is_not_read_it_is_decoded_in_full)
{
    struct tem_image *image = with_label(2400, 2000, 8);
    struct tem_image *damaged = drawn("HTTPS://OCOP.SONLA.GOV.VN/01/2", 8);
    for (uint32_t y = 0; y < damaged->height; y++)
        for (uint32_t x = damaged->width / 2; x < damaged->width; x++)
            if (y > 100 && y < damaged->height - 40 && x + 40 < damaged->width)
                damaged->pixels[y * damaged->width + x] = 0;
    paste(image, damaged, 1200, 900);
    check_decoded(image, NULL, 1, 2, 1);
}

static bool says_no(void *context, struct tem_bytes text)
{
    (void)text;
    ++*(int *)context;
    return false;
}

static bool says_yes(void *context, struct tem_bytes text)
{
    (void)text;
    ++*(int *)context;
    return true;
}

TEST(the_caller_may_not_be_content)
{
    int asked = 0;
    struct tem_scan_options options = {.confirm = says_no, .context = &asked};
    check_decoded(with_label(2400, 2000, 8), &options, 1, 2, 1);
    CHECK(asked > 1);
    options.confirm = says_yes;
    check_decoded(with_label(2400, 2000, 8), &options, 1, 2, 0);
}

TEST(who_wants_all_gets_the_full_picture)
{
    struct tem_scan_options hard = {.effort = TEM_EFFORT_HARD};
    struct tem_scan_options all = {.all = true};
    struct tem_scan_options fast = {.effort = TEM_EFFORT_FAST};
    check_decoded(with_label(2400, 2000, 8), &hard, 1, 0, 1);
    check_decoded(with_label(2400, 2000, 8), &all, 1, 0, 1);
    check_decoded(with_label(2400, 2000, 8), &fast, 1, 2, 0);
}

TEST(other_kinds_are_decoded_in_full)
{
    struct tem_image *image = with_label(2400, 2000, 8);
    struct tem_scan *scan = NULL;
    struct tem_image_file file = {0};
    REQUIRE(tem_image_write_grey(image, &file, NULL) == TEM_OK);
    small = whole = 0;
    REQUIRE(tem_scan_file(bytes(file.data, file.size), PIXELS, NULL, &scan,
                          NULL) == TEM_OK);
    CHECK(scan->count == 1 && small == 0 && whole == 1);
    tem_scan_free(scan);
    tem_image_file_free(&file);
    tem_image_free(image);
}

TEST(what_is_no_picture_is_told)
{
    struct tem_image *image = with_label(2400, 2000, 8);
    struct tem_bytes file = to_jpeg(image, 90);
    struct tem_scan *scan = NULL;
    CHECK_INT(tem_scan_file(file, 2400 * 2000 - 1, NULL, &scan, NULL),
              TEM_E_LIMIT);
    CHECK_INT(tem_scan_file(bytes(file.data, 700), PIXELS, NULL, &scan, NULL),
              TEM_E_FORMAT);
    CHECK_INT(tem_scan_file(bytes(file.data, 3), PIXELS, NULL, &scan, NULL),
              TEM_E_FORMAT);
    CHECK_INT(tem_scan_file(bytes("GIF89a", 6), PIXELS, NULL, &scan, NULL),
              TEM_E_UNSUPPORTED);
    CHECK_INT(tem_scan_file(bytes(NULL, 0), PIXELS, NULL, &scan, NULL),
              TEM_E_FORMAT);
    CHECK(scan == NULL);
    free((void *)(uintptr_t)file.data);
    tem_image_free(image);
}

int main(void)
{
    RUN(a_large_jpeg_is_decoded_smaller);
    RUN(places_are_those_of_the_full_picture);
    RUN(where_nothing_is_seen_it_is_decoded_in_full);
    RUN(beside_small_symbols_smaller_ones_are_looked_for);
    RUN(what_is_far_away_is_read_beside_what_is_near);
    RUN(beside_what_is_not_read_it_is_decoded_in_full);
    RUN(the_caller_may_not_be_content);
    RUN(who_wants_all_gets_the_full_picture);
    RUN(other_kinds_are_decoded_in_full);
    RUN(what_is_no_picture_is_told);
    return test_done();
}
