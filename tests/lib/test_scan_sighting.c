/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/sighting.h. */
#include "../../lib/scan/sighting.h"
#include "scan_scene.h"

static struct tem_attempt attempt;

/* As if a symbol of version 1 had been read, with modules of @p scale pixels
 * and its corner at (x, y). */
static void read_at(double x, double y, double scale, const char *text)
{
    struct tem_projective map = {{scale, 0, x, 0, scale, y, 0, 0}};
    tem_lattice_plain(&attempt.lattice, 1, &map, false);
    attempt.decode.text.size = strlen(text);
    memcpy(attempt.decode.text.bytes, text, strlen(text));
}

static void add(struct tem_sightings *list, double scale)
{
    struct tem_sighting *one;
    if (tem_sightings_add(list, &attempt, scale, &one, NULL) != TEM_OK)
        exit(99);
}

static struct tem_sightings list_of(size_t most)
{
    struct tem_sightings list;
    if (tem_sightings_new(most, &list, NULL) != TEM_OK)
        exit(99);
    return list;
}

/* Everything of the attempt, in pixels of the picture. */
TEST(what_was_read_is_kept)
{
    struct tem_sightings list = list_of(2);
    struct tem_sighting *one, other;
    read_at(10, 20, 3, "TEXT");
    attempt.confirmed = attempt.mirrored = true;
    attempt.decode.corrected = 5;
    attempt.decode.erased = 6;
    attempt.decode.format.level = TEM_ECC_H;
    attempt.decode.text.parts = 3;
    attempt.decode.text.part = 2;
    CHECK_INT(tem_sightings_add(&list, &attempt, 4, &one, NULL), TEM_OK);
    REQUIRE(one != NULL && list.count == 1);
    CHECK_STR((const char *)one->text.data, "TEXT");
    CHECK_INT(one->text.size, 4);
    CHECK_STR(one->charset, "UTF-8");
    CHECK_SPOT(one->corner[0], 40, 80, 1e-9);
    CHECK_SPOT(one->corner[1], 40 + 12 * 21, 80, 1e-9); /* seen from behind */
    CHECK_SPOT(one->corner[2], 40 + 12 * 21, 80 + 12 * 21, 1e-9);
    CHECK_SPOT(one->corner[3], 40, 80 + 12 * 21, 1e-9);
    CHECK_SPOT(one->middle, 40 + 6 * 21, 80 + 6 * 21, 1e-9);
    CHECK_REAL(one->module, 12, 1e-9);
    CHECK_INT(one->version, 1);
    CHECK_INT(one->codewords, 26);
    CHECK_INT(one->corrected, 5);
    CHECK_INT(one->erased, 6);
    CHECK_INT(one->level, TEM_ECC_H);
    CHECK_INT(one->parts, 3);
    CHECK_INT(one->part, 2);
    CHECK(one->confirmed && one->mirrored && !one->light);
    attempt.confirmed = attempt.mirrored = false;
    CHECK(tem_sightings_take(&list, &other));
    CHECK(!tem_sightings_take(&list, one));
    free((void *)(uintptr_t)other.text.data);
    tem_sightings_free(&list);
}

TEST(there_is_room_for_so_many)
{
    struct tem_sightings list = list_of(3);
    struct tem_sighting *one;
    for (int i = 0; i < 3; i++) {
        read_at(100 * i, 0, 2, "A");
        add(&list, 1);
        CHECK(!list.full);
    }
    CHECK_INT(tem_sightings_add(&list, &attempt, 1, &one, NULL), TEM_OK);
    CHECK(one == NULL && !list.full); /* the third once more */
    read_at(300, 0, 2, "A");
    CHECK_INT(tem_sightings_add(&list, &attempt, 1, &one, NULL), TEM_OK);
    CHECK(one == NULL && list.full);
    CHECK_INT(list.count, 3);
    tem_sightings_free(&list);
}

/* From the first module to the last, and no farther. */
TEST(places_in_a_symbol_are_known)
{
    struct tem_sightings list = list_of(3);
    read_at(50, 50, 4, "A");
    CHECK(!tem_sightings_cover(&list, (struct tem_spot){60, 60}));
    add(&list, 1);
    for (int i = 0; i <= 200; i += 3) {
        bool inside = i > 50 && i < 50 + 84;
        struct tem_spot across = {i, 100}, down = {100, i}, both = {i, i};
        CHECK_INT(tem_sightings_cover(&list, across), inside);
        CHECK_INT(tem_sightings_cover(&list, down), inside);
        CHECK_INT(tem_sightings_cover(&list, both), inside);
    }
    tem_sightings_free(&list);
}

/* At another size or place it is another one. */
TEST(one_is_kept_once)
{
    static const struct {
        double x, y, scale;
        size_t count;
    } rows[] = {{100, 100, 4, 1}, {101, 98, 4, 1},  {104, 104, 3.6, 1},
                {128, 100, 4, 2}, {121, 121, 2, 3}, {108, 108, 3, 4}};
    struct tem_sightings list = list_of(9);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_at(rows[i].x, rows[i].y, rows[i].scale, "A");
        add(&list, 1);
        CHECK_INT(list.count, rows[i].count);
    }
    tem_sightings_free(&list);
}

/* Three of the four corners have one, and no fourth does harm. */
TEST(finder_patterns_are_known)
{
    struct tem_sightings list = list_of(1);
    read_at(100, 200, 4, "A");
    add(&list, 1);
    for (int k = 0; k < 4; k++) {
        double x = 100 + (k % 2 ? 17.5 : 3.5) * 4;
        double y = 200 + (k / 2 ? 17.5 : 3.5) * 4;
        CHECK(tem_sightings_mark(&list, (struct tem_spot){x, y}));
        CHECK(tem_sightings_mark(&list, (struct tem_spot){x + 10, y - 10}));
        CHECK(!tem_sightings_mark(&list, (struct tem_spot){x + 17, y}));
    }
    CHECK(!tem_sightings_mark(&list, (struct tem_spot){142, 242}));
    tem_sightings_free(&list);
}

/* Whichever is found first; one that only overlaps stays. */
TEST(inner_ones_are_dropped)
{
    for (int first = 0; first < 2; first++) {
        struct tem_sightings list = list_of(4);
        for (int i = 0; i < 2; i++)
            if (i == first) {
                read_at(0, 0, 10, "OUTER");
                add(&list, 1);
            } else {
                read_at(80, 80, 2, "INNER");
                add(&list, 1);
            }
        read_at(200, 100, 2, "BESIDE"); /* from 200 to 242, over 210 */
        add(&list, 1);
        tem_sightings_drop_inner(&list);
        CHECK_INT(list.count, 2);
        for (size_t i = 0; i < list.count; i++)
            CHECK(strcmp((const char *)list.all[i].text.data, "INNER") != 0);
        tem_sightings_free(&list);
    }
}

int main(void)
{
    RUN(what_was_read_is_kept);
    RUN(there_is_room_for_so_many);
    RUN(places_in_a_symbol_are_known);
    RUN(one_is_kept_once);
    RUN(finder_patterns_are_known);
    RUN(inner_ones_are_dropped);
    return test_done();
}
