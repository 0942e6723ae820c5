/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/projective.h: maps are found again from what they map. */
#include "chance.h"
#include "scan_scene.h"

static double real(struct chance *chance, double low, double high)
{
    return low + (high - low) * chance_next(chance) / 4294967296.0;
}

/* A symbol somewhere in a picture, at a slant. */
static struct tem_projective some_map(struct chance *chance)
{
    struct tem_spot middle = {20, 20};
    struct tem_spot at = {real(chance, 0, 65500), real(chance, 0, 65500)};
    struct tem_projective map = turned_map(
        real(chance, 0.8, 30), real(chance, 0, 360) * DEGREES, middle, at);
    return slanted(map, middle, real(chance, -0.008, 0.008),
                   real(chance, -0.008, 0.008));
}

static struct tem_pair pair_of(const struct tem_projective *map, double u,
                               double v)
{
    return (struct tem_pair){{u, v}, tem_project(map, u, v), 1};
}

static void check_map(const struct tem_projective *got,
                      const struct tem_projective *want, double off)
{
    for (double v = 0; v <= 41; v += 8.2)
        for (double u = 0; u <= 41; u += 8.2) {
            struct tem_spot there = tem_project(want, u, v);
            CHECK_SPOT(tem_project(got, u, v), there.x, there.y, off);
        }
}

TEST(a_map_is_what_its_definition_says)
{
    struct tem_projective map = {{2, 3, 5, 7, 11, 13, 0.5, 0.25}};
    struct tem_spot at = tem_project(&map, 4, 8);
    CHECK_REAL(at.x, (2 * 4 + 3 * 8 + 5) / 5.0, 1e-12);
    CHECK_REAL(at.y, (7 * 4 + 11 * 8 + 13) / 5.0, 1e-12);
    at = unproject(&map, at.x, at.y); /* of the tests */
    CHECK_SPOT(at, 4, 8, 1e-9);
}

TEST(four_pairs_give_the_map)
{
    struct chance chance = {1};
    for (int i = 0; i < 1000; i++) {
        struct tem_projective map = some_map(&chance), got;
        struct tem_pair pairs[] = {pair_of(&map, 0, 0), pair_of(&map, 41, 0),
                                   pair_of(&map, 41, 41), pair_of(&map, 0, 41)};
        REQUIRE(tem_projective_fit(pairs, 4, &got));
        check_map(&got, &map, 1e-4);
    }
}

TEST(more_pairs_give_the_same_map)
{
    struct chance chance = {2};
    for (int i = 0; i < 200; i++) {
        struct tem_projective map = some_map(&chance), got;
        struct tem_pair pairs[61];
        for (int k = 0; k < 61; k++) {
            pairs[k] =
                pair_of(&map, real(&chance, 0, 41), real(&chance, 0, 41));
            pairs[k].weight = real(&chance, 0.1, 4);
        }
        REQUIRE(tem_projective_fit(pairs, 61, &got));
        check_map(&got, &map, 1e-3);
    }
}

/* Where pairs do not agree the map goes between them, by their weight. */
TEST(pairs_count_by_their_weight)
{
    struct tem_spot zero = {0, 0}, at = {100, 50};
    struct tem_projective map = turned_map(4, 0.3, zero, at), got;
    struct tem_pair pairs[8];
    for (int i = 0; i < 8; i++) {
        pairs[i] = pair_of(&map, i % 2 * 20.0, i / 2 % 2 * 20.0);
        pairs[i].picture.x += i < 4 ? 1 : -1;
        pairs[i].picture.y += i < 4 ? -2 : 2;
    }
    REQUIRE(tem_projective_fit(pairs, 8, &got));
    check_map(&got, &map, 1e-6);
    for (int i = 0; i < 4; i++)
        pairs[i].weight = 3;
    REQUIRE(tem_projective_fit(pairs, 8, &got));
    map.m[2] += 0.5; /* (3 - 1) / 4 */
    map.m[5] -= 1;
    check_map(&got, &map, 1e-3);
}

TEST(what_fixes_no_map_is_refused)
{
    struct tem_projective map = {{1, 0, 0, 0, 1, 0, 0, 0}}, got;
    struct tem_pair sound[] = {pair_of(&map, 0, 0), pair_of(&map, 7, 0),
                               pair_of(&map, 7, 7), pair_of(&map, 0, 7)};
    struct tem_pair pairs[4];
    CHECK(tem_projective_fit(sound, 4, &got));
    memcpy(pairs, sound, sizeof pairs); /* three on a line */
    pairs[2].symbol = pairs[2].picture = (struct tem_spot){3.5, 0};
    CHECK(!tem_projective_fit(pairs, 4, &got));
    for (int i = 0; i < 4; i++) /* all on a line */
        pairs[i].symbol = pairs[i].picture = (struct tem_spot){i, 2.0 * i};
    CHECK(!tem_projective_fit(pairs, 4, &got));
    for (int i = 0; i < 4; i++) /* all at one place */
        pairs[i].picture = (struct tem_spot){9, 9};
    CHECK(!tem_projective_fit(pairs, 4, &got));
    memcpy(pairs, sound, sizeof pairs); /* two at one place */
    pairs[1] = pairs[0];
    CHECK(!tem_projective_fit(pairs, 4, &got));
    memcpy(pairs, sound, sizeof pairs);
    pairs[1].picture.x = NAN;
    CHECK(!tem_projective_fit(pairs, 4, &got));
    pairs[1].picture.x = INFINITY;
    CHECK(!tem_projective_fit(pairs, 4, &got));
}

int main(void)
{
    RUN(a_map_is_what_its_definition_says);
    RUN(four_pairs_give_the_map);
    RUN(more_pairs_give_the_same_map);
    RUN(pairs_count_by_their_weight);
    RUN(what_fixes_no_map_is_refused);
    return test_done();
}
