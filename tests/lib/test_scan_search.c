/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/search.h: what each way of looking finds, and what not. */
#include "../../lib/scan/search.h"
#include "scan_pictures.h"

enum { PLENTY = 100000000, CUT = 4 };

static struct tem_search *search_of(const struct tem_image *image, size_t most,
                                    int64_t work)
{
    struct tem_search_settings settings = {.most = most, .work = work};
    struct tem_search *search;
    if (tem_search_new(image, &settings, &search, NULL) != TEM_OK)
        exit(99);
    return search;
}

static size_t count_of(struct tem_search *search)
{
    return tem_search_found(search)->count;
}

/* A label of 200 characters, in modules of some pixels, on a white sheet. */
static struct tem_image *label(unsigned dots)
{
    char text[201];
    for (int i = 0; i < 200; i++)
        text[i] = (char)('0' + i * i % 7 + i % 3);
    text[200] = '\0';
    struct tem_image *part = drawn(text, dots);
    struct tem_image *image = sheet(part->width + 40, part->height + 60, 255);
    paste(image, part, 25, 35);
    return image;
}

static void white(struct tem_image *image, uint32_t x, uint32_t y,
                  uint32_t width, uint32_t height)
{
    for (uint32_t row = y; row < y + height; row++)
        memset(image->pixels + (size_t)row * image->width + x, 255, width);
}

/* Cut off the corner of what begins at some pixel. */
static void cut_corner(struct tem_image *image, uint32_t x, uint32_t y,
                       uint32_t width)
{
    for (uint32_t row = 0; row < width; row++)
        white(image, x, y + row, width - row, 1);
}

TEST(what_is_plain_is_found_quickly)
{
    struct tem_image *image = label(6);
    struct tem_search *search = search_of(image, 10, PLENTY);
    struct tem_sighting one;
    CHECK_INT(count_of(search), 0);
    CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 1);
    CHECK_INT(tem_search_unread(search), 0);
    CHECK(!tem_search_found(search)->full);
    REQUIRE(tem_sightings_take(tem_search_found(search), &one));
    CHECK_INT(one.text.size, 200);
    CHECK(one.module > 5.9 && one.module < 6.1);
    CHECK_INT(one.corrected + one.erased, 0);
    CHECK_INT(one.parts, 0);
    CHECK(!one.light && !one.mirrored && !one.confirmed);
    free((void *)one.text.data);
    CHECK(!tem_sightings_take(tem_search_found(search),
                              &one)); /* there is no other */
    tem_search_free(search);
    tem_image_free(image);
}

/* One symbol is seen at several sizes and in several ways: it is one. */
TEST(a_symbol_is_found_once)
{
    struct tem_image *image = label(9);
    struct tem_search *search = search_of(image, 10, PLENTY);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
        CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
        CHECK_INT(tem_search_lenient(search, UINT64_MAX, NULL), TEM_OK);
        CHECK_INT(tem_search_stretched(search, UINT64_MAX, NULL), TEM_OK);
        CHECK_INT(tem_search_doubled(search, NULL), TEM_OK);
    }
    CHECK_INT(count_of(search), 1);
    tem_search_free(search);
    tem_image_free(image);
}

/* Glare hides so much that a quick look sees it only; a hard one reads it, and
 * then nothing is left unread. */
TEST(what_is_seen_is_worked_on)
{
    for (uint32_t side = 60; side < 200; side += 4) {
        struct tem_image *image = label(6);
        white(image, 180, 190, side, side);
        struct tem_search *search = search_of(image, 10, PLENTY);
        CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
        bool hard = count_of(search) == 0;
        if (hard) {
            CHECK(tem_search_unread(search) > 0);
            CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
            CHECK_INT(count_of(search), 1);
            CHECK_INT(tem_search_unread(search), 0);
            struct tem_sighting one;
            REQUIRE(tem_sightings_take(tem_search_found(search), &one));
            CHECK(one.erased + one.corrected > 0);
            free((void *)one.text.data);
        }
        tem_search_free(search);
        tem_image_free(image);
        if (hard)
            return;
    }
    CHECK(false); /* one of them is hard */
}

/* A finder pattern lacks a corner: found with less care only. */
TEST(damaged_patterns_want_less_care)
{
    struct tem_image *image = label(6);
    cut_corner(image, 25 + 4 * 6, 35 + 4 * 6, CUT * 6);
    struct tem_search *search = search_of(image, 10, PLENTY);
    CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
    CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 0);
    CHECK_INT(tem_search_suspects(search), 2);
    CHECK_INT(tem_search_lenient(search, UINT64_MAX, NULL), TEM_OK);
    CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 1);
    tem_search_free(search);
    tem_image_free(image);
}

/* Eight levels of grey: print that has faded away. */
TEST(what_is_faint_is_stretched)
{
    struct tem_image *image = label(5);
    for (size_t i = 0; i < (size_t)image->width * image->height; i++)
        image->pixels[i] = (uint8_t)(200 + image->pixels[i] / 32);
    struct tem_search *search = search_of(image, 10, PLENTY);
    CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
    CHECK_INT(tem_search_lenient(search, UINT64_MAX, NULL), TEM_OK);
    CHECK_INT(count_of(search), 0);
    CHECK_INT(tem_search_stretched(search, 100, NULL), TEM_OK); /* too large */
    CHECK_INT(count_of(search), 0);
    CHECK_INT(tem_search_stretched(search, UINT64_MAX, NULL), TEM_OK);
    CHECK_INT(count_of(search), 1);
    tem_search_free(search);
    tem_image_free(image);
}

/* Modules of a pixel and a quarter. */
TEST(what_is_tiny_is_doubled)
{
    struct tem_image *large = label(10), *image;
    if (tem_image_shrink(large, 125, &image, NULL) != TEM_OK)
        exit(99);
    tem_image_free(large);
    struct tem_search *search = search_of(image, 10, PLENTY);
    CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 0);
    CHECK_INT(tem_search_doubled(search, NULL), TEM_OK);
    CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
    struct tem_sighting one;
    REQUIRE(tem_sightings_take(tem_search_found(search), &one));
    CHECK(one.module > 1.2 && one.module < 1.3); /* in pixels as given */
    free((void *)one.text.data);
    tem_search_free(search);
    tem_image_free(image);
}

/* A small symbol in the middle of a large one, of which a finder pattern is
 * damaged: the small one is found first. */
static struct tem_image *one_in_another(void)
{
    struct tem_image *image = symbol_of(
        tem_bytes_of("A LABEL WITH A SMALLER ONE IN ITS MIDST"), TEM_ECC_H, 16);
    struct tem_image *inner = drawn("INNER", 4);
    cut_corner(image, 4 * 16, 4 * 16, CUT * 16);
    paste(image, inner, image->width / 2 - 58, image->height / 2 - 58);
    return image;
}

TEST(what_is_inside_another_may_be_dropped)
{
    struct tem_image *image = one_in_another();
    struct tem_search *search = search_of(image, 10, PLENTY);
    CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 1);
    CHECK_INT(tem_search_lenient(search, UINT64_MAX, NULL), TEM_OK);
    CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
    CHECK_INT(count_of(search), 2);
    tem_sightings_drop_inner(tem_search_found(search));
    CHECK_INT(count_of(search), 1);
    struct tem_sighting one;
    REQUIRE(tem_sightings_take(tem_search_found(search), &one));
    CHECK(one.text.size > 30);
    free((void *)one.text.data);
    tem_search_free(search);
    tem_image_free(image);
}

static struct tem_image *shelf(uint32_t labels)
{
    struct tem_image *image = sheet(130 * labels, 140, 255);
    for (uint32_t i = 0; i < labels; i++)
        paste(image, drawn((char[2]){(char)('A' + i), '\0'}, 4), 130 * i, 8);
    return image;
}

/* Of which the large one is found first: looked for only if wanted. */
TEST(inside_of_symbols_is_looked_at_if_wanted)
{
    struct tem_image *image = symbol_of(
        tem_bytes_of("A LABEL WITH A SMALLER ONE IN ITS MIDST"), TEM_ECC_H, 16);
    struct tem_image *inner = drawn("INNER", 4);
    paste(image, inner, image->width / 2 - 58, image->height / 2 - 58);
    for (int i = 0; i < 2; i++) {
        struct tem_search_settings settings = {
            .most = 10, .work = PLENTY, .inner = i};
        struct tem_search *search;
        REQUIRE(tem_search_new(image, &settings, &search, NULL) == TEM_OK);
        CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
        CHECK_INT(count_of(search), 1 + i);
        CHECK_INT(tem_search_unread(search), 0);
        tem_search_free(search);
    }
    tem_image_free(image);
}

TEST(no_more_are_kept_than_are_wanted)
{
    struct tem_image *image = shelf(5);
    for (size_t most = 1; most <= 6; most++) {
        struct tem_search *search = search_of(image, most, PLENTY);
        CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
        CHECK_INT(count_of(search), most < 5 ? most : 5);
        CHECK_INT(tem_search_found(search)->full, most < 5);
        tem_search_free(search);
    }
    tem_image_free(image);
}

/* With less and less work fewer are found, and it always ends. */
TEST(work_is_what_it_may_be)
{
    struct tem_image *image = shelf(5);
    size_t last = 5;
    for (int64_t work = 20000; work > 0; work = work * 3 / 4) {
        struct tem_search *search = search_of(image, 10, work);
        CHECK_INT(tem_search_quick(search, NULL), TEM_OK);
        CHECK_INT(tem_search_hard(search, NULL), TEM_OK);
        CHECK(count_of(search) <= last);
        last = count_of(search);
        tem_search_free(search);
    }
    CHECK_INT(last, 0);
    tem_image_free(image);
}

int main(void)
{
    RUN(what_is_plain_is_found_quickly);
    RUN(a_symbol_is_found_once);
    RUN(what_is_seen_is_worked_on);
    RUN(damaged_patterns_want_less_care);
    RUN(what_is_faint_is_stretched);
    RUN(what_is_tiny_is_doubled);
    RUN(what_is_inside_another_may_be_dropped);
    RUN(inside_of_symbols_is_looked_at_if_wanted);
    RUN(no_more_are_kept_than_are_wanted);
    RUN(work_is_what_it_may_be);
    return test_done();
}
