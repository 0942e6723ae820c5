/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/ray.h. */
#include "../../lib/scan/ray.h"
#include "scan_scene.h"

enum { SIDE = 160 };

static uint8_t dark[SIDE * SIDE];
static const struct tem_binary binary = {SIDE, SIDE, dark};

/* Squares one in another about a middle, of modules that size. */
static void draw(double middle_x, double middle_y, double module, bool light)
{
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double a = fabs(x + 0.5 - middle_x), b = fabs(y + 0.5 - middle_y);
            double far = (a > b ? a : b) / module;
            bool ink = far < 1.5 || (far >= 2.5 && far < 3.5);
            dark[y * SIDE + x] = ink != light;
        }
}

static struct tem_spot way(int degrees)
{
    return (struct tem_spot){cos(degrees * DEGREES), sin(degrees * DEGREES)};
}

/* Every way out meets the three squares where they are. */
TEST(a_ray_turns_where_the_squares_end)
{
    for (int module = 2; module <= 20; module += 3)
        for (int light = 0; light < 2; light++) {
            draw(80, 80, module, light);
            for (int degrees = 0; degrees < 360; degrees += 5) {
                struct tem_spot step = way(degrees);
                double longest = fmax(fabs(step.x), fabs(step.y)), edge[3];
                struct tem_spot from = {80, 80};
                REQUIRE(tem_cast_ray(&binary, from, step, 9 * module, edge));
                for (int i = 0; i < 3; i++)
                    CHECK_REAL(edge[i], (i + 1.5) * module / longest, 1.2);
                CHECK_INT(tem_rate_ray(edge), 3);
            }
        }
}

TEST(a_symbol_may_end_with_the_picture)
{
    static const int ways[] = {0, 90, 180, 270};
    draw(80, 80, 160 / 7.0, false);
    for (int i = 0; i < 4; i++) {
        double edge[3];
        struct tem_spot from = {80, 80};
        CHECK(tem_cast_ray(&binary, from, way(ways[i]), 200, edge));
        CHECK_REAL(edge[0], 1.5 * 160 / 7, 1);
        CHECK_REAL(edge[1], 2.5 * 160 / 7, 1);
        CHECK(edge[2] >= 79);
    }
    draw(80, 80, 160 / 5.0, false); /* and the light square with it: no */
    for (int i = 0; i < 4; i++) {
        double edge[3];
        struct tem_spot from = {80, 80};
        CHECK(!tem_cast_ray(&binary, from, way(ways[i]), 200, edge));
    }
}

/* The limit is passed before the second edge, before the third, or not. */
TEST(a_ray_ends_with_its_limit)
{
    struct tem_spot from = {80, 80}, step = {1, 0};
    double edge[3];
    draw(80, 80, 10, false);
    CHECK(!tem_cast_ray(&binary, from, step, 24, edge));
    CHECK(tem_cast_ray(&binary, from, step, 27, edge));
    CHECK_REAL(edge[1], 25, 1);
    CHECK_REAL(edge[2], 27, 0);
    CHECK(tem_cast_ray(&binary, from, step, 60, edge));
    CHECK_REAL(edge[2], 35, 1);
}

/* From every pixel every way: nothing outside is looked at. */
TEST(a_ray_stays_inside)
{
    enum { SMALL = 9 };
    uint8_t *few = calloc(SMALL, SMALL);
    if (few == NULL)
        exit(99);
    struct tem_binary small = {SMALL, SMALL, few};
    unsigned met = 0;
    for (int i = 0; i < SMALL * SMALL; i++)
        few[i] = i % 5 < 2;
    for (int i = 0; i < SMALL * SMALL; i++)
        for (int degrees = 0; degrees < 360; degrees += 3) {
            double edge[3];
            struct tem_spot from = {i % SMALL + 0.5, i / SMALL + 0.5};
            if (!tem_cast_ray(&small, from, way(degrees), 30, edge))
                continue;
            met++;
            CHECK(edge[0] > 0 && edge[0] < edge[1] && edge[1] <= edge[2]);
        }
    CHECK(met > 0);
    free(few);
}

TEST(rates)
{
    static const struct {
        double edge[3];
        int rate;
    } rows[] = {
        {{1.5, 2.5, 3.5}, 3}, {{15, 25, 35}, 3},    {{150, 250, 350}, 3},
        {{18, 24, 35}, 3},    {{12, 26, 35}, 3},    {{15, 25, 32}, 3},
        {{15, 25, 90}, 2},    {{15, 25, 400}, 2},   {{15, 25, 26}, 0},
        {{150, 250, 280}, 0}, {{150, 250, 310}, 3}, {{2, 25, 35}, 0},
        {{24, 25, 35}, 0},    {{150, 158, 350}, 0}, {{50, 250, 900}, 0},
        {{250, 300, 350}, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (tem_rate_ray(rows[i].edge) != rows[i].rate)
            printf("# row %zu\n", i);
        CHECK_INT(tem_rate_ray(rows[i].edge), rows[i].rate);
    }
}

int main(void)
{
    RUN(a_ray_turns_where_the_squares_end);
    RUN(a_symbol_may_end_with_the_picture);
    RUN(a_ray_ends_with_its_limit);
    RUN(a_ray_stays_inside);
    RUN(rates);
    return test_done();
}
