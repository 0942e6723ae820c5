/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/quad.h. */
#include "../../lib/scan/quad.h"
#include "scan_scene.h"

/* A pattern in the middle of a picture of 14 modules. */
static struct scene scene_of(double module, double angle, bool light)
{
    static const struct tem_spot middle = {3.5, 3.5};
    struct tem_spot at = {7 * module + 0.4, 7 * module - 0.3};
    return (struct scene){.map = turned_map(module, angle, middle, at),
                          .dark = light ? 230 : 30,
                          .light = light ? 30 : 230};
}

static bool quad_of(const struct tem_image *image,
                    const struct tem_finder *finder, struct tem_quad *quad)
{
    struct tem_binary binary;
    if (tem_binarise(image, 24, &binary, NULL) != TEM_OK)
        exit(99);
    bool found = tem_finder_quad(image, &binary, finder, quad);
    tem_binary_free(&binary);
    return found;
}

/* The corners are the true ones, beginning with any, either way round. */
static double farthest(const struct tem_quad *got, const struct tem_quad *want)
{
    double best = 1e9;
    for (int k = 0; k < 8; k++) {
        double most = 0;
        for (int i = 0; i < 4; i++) {
            struct tem_spot a = want->corner[i];
            struct tem_spot b = got->corner[(k < 4 ? k + i : k + 8 - i) % 4];
            most = fmax(most, hypot(a.x - b.x, a.y - b.y));
        }
        best = fmin(best, most);
    }
    return best;
}

static unsigned close_ones, all_ones;

/* Corners of the symbol's finder pattern, exactly, from a finder whose middle
 * and size are a little off, as they are. */
static void check_quad(const struct scene *scene, double module)
{
    struct tem_finder finder;
    struct tem_quad want, got;
    uint32_t side = (uint32_t)(14 * module);
    struct tem_image *image = scene_picture(scene, side, side);
    exact_finder(scene, 0, 0, &finder, &want);
    finder.at.x += 0.1 * module;
    finder.at.y -= 0.1 * module;
    finder.module *= 1.1;
    REQUIRE(quad_of(image, &finder, &got));
    double off = farthest(&got, &want);
    CHECK(off < 0.4 * module);
    close_ones += off < 0.3 + 0.06 * module;
    all_ones++;
    CHECK(got.rough >= 0 && got.rough < 0.05 + 0.15 / module);
    tem_image_free(image);
}

TEST(corners_are_found_to_parts_of_a_pixel)
{
    close_ones = all_ones = 0;
    static const double modules[] = {2.5, 3, 4, 6, 10, 17};
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        for (int degrees = 0; degrees < 90; degrees += 3)
            for (int light = 0; light < 2; light++) {
                struct scene scene =
                    scene_of(modules[i], degrees * DEGREES, light);
                check_quad(&scene, modules[i]);
            }
    printf("# %u of %u close\n", close_ones, all_ones);
    CHECK(close_ones * 100 >= all_ones * 98);
}

TEST(corners_are_found_at_a_slant)
{
    close_ones = all_ones = 0;
    static const struct tem_spot middle = {3.5, 3.5};
    for (int degrees = 0; degrees < 180; degrees += 6)
        for (int way = 0; way < 4; way++) {
            struct scene scene = scene_of(8, degrees * DEGREES, false);
            for (int i = 3; i < 6; i++) /* lower by a third */
                scene.map.m[i] =
                    0.65 * scene.map.m[i] + (i == 5 ? 0.35 * 55.7 : 0);
            scene.map = slanted(scene.map, middle, way % 2 ? 0.01 : -0.01,
                                way / 2 ? 0.01 : -0.01);
            check_quad(&scene, 8);
        }
    printf("# %u of %u close\n", close_ones, all_ones);
    CHECK(close_ones * 100 >= all_ones * 98);
}

/* Grey at the edges says where they are between the pixels. */
TEST(an_edge_between_pixels_is_told)
{
    for (int tenth = 0; tenth < 10; tenth++) {
        struct tem_finder finder;
        struct tem_quad want, got;
        struct scene scene = scene_of(5, 0, false);
        scene.map.m[2] += tenth / 10.0;
        struct tem_image *image = scene_picture(&scene, 80, 80);
        exact_finder(&scene, 0, 0, &finder, &want);
        REQUIRE(quad_of(image, &finder, &got));
        CHECK_REAL(farthest(&got, &want), 0, 0.2);
        tem_image_free(image);
    }
}

/* Rings are cut 1:1:3:1:1 as well, but have no sides. */
TEST(rings_are_rough_or_none)
{
    struct tem_image *image = sheet(100, 100, 230);
    struct tem_finder finder = {.at = {50, 50}, .module = 8};
    struct tem_quad quad;
    for (uint32_t y = 0; y < 100; y++)
        for (uint32_t x = 0; x < 100; x++) {
            double far = hypot(x + 0.5 - 50, y + 0.5 - 50) / 8;
            if (far < 1.5 || (far >= 2.5 && far < 3.5))
                image->pixels[y * 100 + x] = 30;
        }
    bool found = quad_of(image, &finder, &quad);
    printf("# %s, rough %g\n", found ? "found" : "none", quad.rough);
    CHECK(!found || quad.rough > 0.12 + 0.15 / 8);
    tem_image_free(image);
}

TEST(what_has_no_rim_is_none)
{
    struct tem_finder finder = {.at = {30, 30}, .module = 4};
    struct tem_quad quad;
    struct tem_image *image = sheet(60, 60, 230);
    CHECK(!quad_of(image, &finder, &quad));
    for (uint32_t i = 0; i < 60 * 60; i++) /* but on one side of it */
        image->pixels[i] = i % 60 < 40 ? 230 : 30;
    CHECK(!quad_of(image, &finder, &quad));
    tem_image_free(image);
}

/* A gap in the ring, and rays that go through it to far away. */
TEST(a_gap_moves_no_corner)
{
    struct tem_finder finder;
    struct tem_quad want, got;
    struct scene scene = scene_of(8, 0.2, false);
    struct tem_image *image = scene_picture(&scene, 112, 112);
    exact_finder(&scene, 0, 0, &finder, &want);
    for (double u = 5.6; u < 7.6; u += 0.05)
        for (double v = 3; v < 3.8; v += 0.05) {
            struct tem_spot at = scene_at(&scene, u, v);
            image->pixels[(int)at.y * 112 + (int)at.x] = 230;
        }
    REQUIRE(quad_of(image, &finder, &got));
    CHECK_REAL(farthest(&got, &want), 0, 0.8);
    tem_image_free(image);
}

TEST(extents_are_those_of_the_square)
{
    struct scene scene = scene_of(10, 30 * DEGREES, false);
    struct tem_finder finder;
    struct tem_quad quad;
    exact_finder(&scene, 0, 0, &finder, &quad);
    for (int degrees = 0; degrees < 360; degrees += 5) {
        struct tem_spot way = {3 * cos(degrees * DEGREES),
                               3 * sin(degrees * DEGREES)};
        double a = fabs(cos((degrees - 30) * DEGREES));
        double b = fabs(sin((degrees - 30) * DEGREES));
        CHECK_REAL(tem_quad_extent(&quad, finder.at, way), 70 / fmax(a, b),
                   1e-6);
    }
    struct tem_spot beside = {finder.at.x + 80, finder.at.y};
    struct tem_spot down = {0, 1}, right = {1, 0};
    CHECK_REAL(tem_quad_extent(&quad, beside, down), 0, 0);
    CHECK(tem_quad_extent(&quad, beside, right) > 0);
}

int main(void)
{
    RUN(corners_are_found_to_parts_of_a_pixel);
    RUN(corners_are_found_at_a_slant);
    RUN(an_edge_between_pixels_is_told);
    RUN(rings_are_rough_or_none);
    RUN(what_has_no_rim_is_none);
    RUN(a_gap_moves_no_corner);
    RUN(extents_are_those_of_the_square);
    return test_done();
}
