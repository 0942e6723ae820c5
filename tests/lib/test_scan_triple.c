/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/triple.h. No pictures: finder patterns as if all were found
 * where they are. */
#include "../../lib/scan/triple.h"
#include "chance.h"
#include "scan_scene.h"

static struct tem_finders finders;
static struct tem_quad quads[TEM_FINDERS_MAX];
static struct tem_triples triples;

static void add(const struct scene *scene, double u, double v)
{
    if (finders.count < TEM_FINDERS_MAX)
        exact_finder(scene, u, v, &finders.all[finders.count],
                     &quads[finders.count]);
    finders.count++;
}

/* The three of a symbol: top left, top right, bottom left. */
static void add_symbol(const struct scene *scene, unsigned side)
{
    add(scene, 0, 0);
    add(scene, side - 7.0, 0);
    add(scene, 0, side - 7.0);
}

static struct scene placed(double module, double angle, double x, double y)
{
    static const struct tem_spot corner = {0, 0};
    struct tem_spot at = {x, y};
    return (struct scene){.map = turned_map(module, angle, corner, at),
                          .light = 255};
}

static bool is_triple(const struct tem_triple *t, unsigned first)
{
    return t->top_left == first && t->top_right == first + 1 &&
           t->bottom_left == first + 2;
}

TEST(a_symbol_is_put_together)
{
    for (unsigned side = 21; side <= 177; side += 4)
        for (int degrees = 0; degrees < 360; degrees += 15) {
            struct scene scene = placed(3.3, degrees * DEGREES, 700, 800);
            finders.count = 0;
            add_symbol(&scene, side);
            tem_find_triples(&finders, quads, 0.5, &triples);
            CHECK(triples.count >= 1);
            CHECK(is_triple(&triples.all[0], 0));
            CHECK_REAL(triples.all[0].side, side, 0.01 * side);
            CHECK(triples.all[0].doubt >= 0 && triples.all[0].doubt <= 0.5F);
        }
}

TEST(the_order_of_finding_does_not_matter)
{
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const double at[][2] = {{0, 0}, {18, 0}, {0, 18}};
    struct scene scene = placed(4, 1, 300, 300);
    for (int i = 0; i < 6; i++) {
        finders.count = 0;
        for (int k = 0; k < 3; k++)
            add(&scene, at[orders[i][k]][0], at[orders[i][k]][1]);
        tem_find_triples(&finders, quads, 0.5, &triples);
        REQUIRE(triples.count >= 1);
        CHECK_INT(orders[i][triples.all[0].top_left], 0);
        CHECK_INT(orders[i][triples.all[0].top_right], 1);
        CHECK_INT(orders[i][triples.all[0].bottom_left], 2);
    }
}

TEST(in_a_mirror_two_change_places)
{
    struct scene scene = placed(4, 0.4, 300, 300);
    for (int i = 0; i < 6; i += 3)
        scene.map.m[i] = -scene.map.m[i];
    finders.count = 0;
    add_symbol(&scene, 25);
    tem_find_triples(&finders, quads, 0.5, &triples);
    REQUIRE(triples.count >= 1);
    CHECK_INT(triples.all[0].top_left, 0);
    CHECK_INT(triples.all[0].top_right, 2);
    CHECK_INT(triples.all[0].bottom_left, 1);
}

/* Modules shrink to a half from one end to the other. */
TEST(a_slant_is_borne)
{
    static const struct tem_spot middle = {12.5, 12.5};
    for (int degrees = 0; degrees < 360; degrees += 10) {
        struct scene scene = placed(4, degrees * DEGREES, 300, 300);
        scene.map = slanted(scene.map, middle, 0.01, -0.012);
        finders.count = 0;
        add_symbol(&scene, 25);
        tem_find_triples(&finders, quads, 0.7, &triples);
        REQUIRE(triples.count >= 1);
        CHECK(is_triple(&triples.all[0], 0));
        CHECK_REAL(triples.all[0].side, 25, 3);
    }
}

/* A sheet of them: each is among the triples, and before what is worse. */
TEST(each_of_many_is_put_together)
{
    struct chance chance = {5};
    bool seen[49] = {false};
    finders.count = 0;
    for (unsigned i = 0; i < 49; i++) {
        struct scene scene = placed(3, chance_next(&chance) % 360 * DEGREES,
                                    200 + i % 7 * 180.0, 200 + i / 7 * 180.0);
        add_symbol(&scene, 21 + chance_next(&chance) % 3 * 4);
    }
    tem_find_triples(&finders, quads, 0.5, &triples);
    for (size_t i = 0; i < triples.count; i++) {
        const struct tem_triple *t = &triples.all[i];
        CHECK(i == 0 || t->doubt >= t[-1].doubt);
        CHECK(t->doubt <= 0.5F);
        CHECK(t->top_left < 147 && t->top_right < 147 && t->bottom_left < 147);
        if (t->top_left % 3 == 0 && is_triple(t, t->top_left))
            seen[t->top_left / 3] = true;
    }
    for (int i = 0; i < 49; i++)
        CHECK(seen[i]);
}

TEST(what_does_not_belong_together_stays_apart)
{
    struct scene scene = placed(4, 0, 300, 300);
    struct scene large = placed(11, 0, 300, 300);
    finders.count = 0;
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
    add(&scene, 0, 0);
    add(&scene, 18, 0);
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
    add(&scene, 36, 0); /* in a row */
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
    finders.count = 2;
    add(&scene, 0, 40); /* one side twice the other */
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
    finders.count = 0;
    add_symbol(&scene, 25);
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK(triples.count > 0);
    finders.all[1].light = true; /* of two colours */
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
    finders.count = 2;
    finders.all[1].light = false;
    add(&large, 0, 7); /* of two sizes */
    tem_find_triples(&finders, quads, 1, &triples);
    CHECK_INT(triples.count, 0);
}

TEST(no_more_doubt_than_asked_for)
{
    struct scene scene = placed(4, 0.3, 300, 300);
    finders.count = 0;
    add_symbol(&scene, 25);
    finders.all[2].at.x += 6;
    tem_find_triples(&finders, quads, 1, &triples);
    REQUIRE(triples.count > 0);
    double doubt = triples.all[0].doubt;
    CHECK(doubt > 0.1);
    tem_find_triples(&finders, quads, doubt + 0.001, &triples);
    CHECK(triples.count > 0);
    tem_find_triples(&finders, quads, doubt - 0.001, &triples);
    CHECK_INT(triples.count, 0);
}

/* As many as can be, in a square where many lie at right angles; those left out
 * are the more doubtful: each but the last row and column has its nearest. */
TEST(there_is_room_for_so_many)
{
    struct scene scene = placed(2, 0, 20, 20);
    finders.count = 0;
    for (int i = 0; i < TEM_FINDERS_MAX; i++)
        add(&scene, i % 64 * 14.0, i / 64 * 14.0);
    REQUIRE(finders.count == TEM_FINDERS_MAX);
    tem_find_triples(&finders, quads, 0.7, &triples);
    CHECK(triples.count >= TEM_TRIPLES_MAX / 2);
    CHECK(triples.count <= TEM_TRIPLES_MAX);
    REQUIRE(triples.count > 63 * 63);
    CHECK(triples.all[63 * 63 - 1].doubt < triples.all[0].doubt + 1e-6);
    for (size_t i = 1; i < triples.count; i++)
        CHECK(triples.all[i - 1].doubt <= triples.all[i].doubt);
}

int main(void)
{
    RUN(a_symbol_is_put_together);
    RUN(the_order_of_finding_does_not_matter);
    RUN(in_a_mirror_two_change_places);
    RUN(a_slant_is_borne);
    RUN(each_of_many_is_put_together);
    RUN(what_does_not_belong_together_stays_apart);
    RUN(no_more_doubt_than_asked_for);
    RUN(there_is_room_for_so_many);
    return test_done();
}
