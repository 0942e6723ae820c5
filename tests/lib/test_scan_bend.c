/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/bend.h. */
#include "../../lib/scan/bend.h"
#include "scan_scene.h"

enum { SIDE = 57, ROWS = 7, PAIRS = ROWS * ROWS };

static const struct tem_projective flat = {{4, 0.3, 20, -0.2, 4, 30, 0, 0}};

/* How far a symbol round a jar is off a flat one, pixels across. */
static double sag(double u)
{
    double x = 2 * u / SIDE - 1;
    return 9 * (1 - x * x);
}

/* Places all over the symbol, bent by some part of that. */
static void bent_pairs(double part, struct tem_pair pairs[PAIRS])
{
    for (int i = 0; i < PAIRS; i++) {
        struct tem_spot at = {i % ROWS * SIDE / (ROWS - 1.0),
                              i / ROWS * SIDE / (ROWS - 1.0)};
        struct tem_spot to = tem_project(&flat, at.x, at.y);
        to.y += part * sag(at.x);
        pairs[i] = (struct tem_pair){at, to, 1};
    }
}

TEST(without_a_bend_it_is_the_map)
{
    struct tem_bend bend;
    tem_bend_none(&flat, SIDE, &bend);
    for (int i = 0; i <= SIDE; i += 5) {
        struct tem_spot want = tem_project(&flat, i, SIDE - i);
        CHECK_SPOT(tem_bend_at(&bend, i, SIDE - i), want.x, want.y, 0);
    }
}

/* What is flat is not bent, what is bent is followed, to a seventh of what it
 * was off; between the pairs, too. */
TEST(a_bend_is_followed)
{
    for (int part = 0; part <= 4; part++) {
        struct tem_pair pairs[PAIRS];
        struct tem_bend bend;
        double off = part == 0 ? 1e-6 : part * 9 / 4.0 / 7;
        bent_pairs(part / 4.0, pairs);
        REQUIRE(tem_bend_fit(pairs, PAIRS, SIDE, &bend));
        for (int v = 0; v <= SIDE; v += 3)
            for (int u = 0; u <= SIDE; u += 3) {
                struct tem_spot want = tem_project(&flat, u, v);
                CHECK_SPOT(tem_bend_at(&bend, u, v), want.x,
                           want.y + part / 4.0 * sag(u), off);
            }
    }
}

/* Four corners say nothing of a bend. */
TEST(little_is_made_of_little)
{
    struct tem_pair pairs[PAIRS], few[4];
    static const int which[] = {0, ROWS - 1, PAIRS - ROWS, PAIRS - 1};
    struct tem_bend bend;
    bent_pairs(1, pairs);
    for (int i = 0; i < 4; i++)
        few[i] = pairs[which[i]];
    REQUIRE(tem_bend_fit(few, 4, SIDE, &bend));
    for (int i = 0; i < TEM_BEND_TERMS; i++) {
        CHECK_REAL(bend.across[i], 0, 1e-6);
        CHECK_REAL(bend.down[i], 0, 1e-6);
    }
}

/* A pair of little weight that is wrong bends little. */
TEST(weights_count)
{
    struct tem_pair pairs[PAIRS];
    struct tem_bend bend;
    struct tem_spot want = tem_project(&flat, SIDE / 2.0, SIDE / 2.0);
    double off[2];
    for (int heavy = 0; heavy < 2; heavy++) {
        bent_pairs(0, pairs);
        pairs[PAIRS / 2].picture.y += 20;
        pairs[PAIRS / 2].weight = heavy ? 1 : 0.01;
        REQUIRE(tem_bend_fit(pairs, PAIRS, SIDE, &bend));
        off[heavy] =
            fabs(tem_bend_at(&bend, SIDE / 2.0, SIDE / 2.0).y - want.y);
    }
    CHECK(off[0] < 0.1);
    CHECK(off[1] > 20 * off[0]);
}

TEST(one_place_fixes_no_map)
{
    struct tem_pair pairs[PAIRS];
    struct tem_bend bend;
    bent_pairs(0, pairs);
    for (int i = 0; i < PAIRS; i++)
        pairs[i].symbol = pairs[0].symbol;
    CHECK(!tem_bend_fit(pairs, PAIRS, SIDE, &bend));
    bent_pairs(0, pairs);
    CHECK(!tem_bend_fit(pairs, 3, SIDE, &bend));
}

int main(void)
{
    RUN(without_a_bend_it_is_the_map);
    RUN(a_bend_is_followed);
    RUN(little_is_made_of_little);
    RUN(weights_count);
    RUN(one_place_fixes_no_map);
    return test_done();
}
