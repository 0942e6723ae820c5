/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/locate.h. */
#include "../../lib/scan/locate.h"
#include "scan_scene.h"

/* A symbol in the middle of a picture, at a slant if `slant` is not 0. */
static struct scene scene_of(const struct tem_symbol *symbol, double scale,
                             double angle, double slant, uint32_t side)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    struct tem_spot at = {side / 2.0, side / 2.0};
    struct tem_projective map = turned_map(scale, angle, middle, at);
    return (struct scene){.map = slanted(map, middle, slant / symbol->side,
                                         -slant / symbol->side),
                          .symbol = symbol,
                          .dark = 40,
                          .light = 210};
}

/* Begin with another corner, the other way round. */
static void turn_quad(struct tem_quad *quad, unsigned by, bool back)
{
    struct tem_quad old = *quad;
    for (unsigned i = 0; i < 4; i++)
        quad->corner[i] = old.corner[(back ? 8 + by - i : by + i) % 4];
}

static void check_lattice(const struct tem_lattice *lattice,
                          const struct scene *scene, double off)
{
    for (double v = 0; v <= scene->symbol->side; v += 3.5)
        for (double u = 0; u <= scene->symbol->side; u += 3.5) {
            struct tem_spot want = scene_at(scene, u, v);
            CHECK_SPOT(tem_lattice_at(lattice, u, v), want.x, want.y, off);
        }
}

/* Whichever corner of a finder pattern is given first. */
TEST(corners_are_laid_where_they_belong)
{
    struct tem_symbol symbol = symbol_of_version(4, TEM_ECC_M);
    for (unsigned i = 0; i < 512; i++) {
        struct tem_pair pairs[12];
        struct tem_lattice lattice;
        struct scene scene = scene_of(&symbol, 4, i, i % 5 * 0.1 - 0.2, 300);
        struct tem_stand stand = stand_of(&scene);
        for (unsigned k = 0; k < 3; k++)
            turn_quad(&stand.quad[k], (i >> k) + k, i >> (k + 3) & 1);
        REQUIRE(tem_lay(&stand, 4, pairs, &lattice));
        CHECK_INT(lattice.version, 4);
        CHECK_INT(lattice.cells, 1);
        CHECK(!lattice.light);
        check_lattice(&lattice, &scene, 1e-6);
        for (int k = 0; k < 12; k++) {
            struct tem_spot want =
                scene_at(&scene, pairs[k].symbol.x, pairs[k].symbol.y);
            CHECK_SPOT(pairs[k].picture, want.x, want.y, 1e-9);
        }
    }
}

TEST(three_at_one_place_are_no_symbol)
{
    struct tem_symbol symbol = symbol_of_version(4, TEM_ECC_M);
    struct tem_pair pairs[12];
    struct tem_lattice lattice;
    struct scene scene = scene_of(&symbol, 4, 0, 0, 300);
    struct tem_stand stand = stand_of(&scene);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 4; k++)
            stand.quad[i].corner[k] = (struct tem_spot){9, 9};
    CHECK(!tem_lay(&stand, 4, pairs, &lattice));
}

/* Every version, from a size that is off by as much as it will be. */
TEST(every_version_is_told)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version++) {
        struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
        double off = 2.5 + symbol.side / 50.0;
        uint32_t size = 3 * symbol.side + symbol.side;
        struct scene scene = scene_of(&symbol, 2.6, version, 0, size);
        if (version % 2) {
            scene.dark = 210;
            scene.light = 40;
        }
        struct tem_image *image = scene_picture(&scene, size, size);
        struct tem_stand stand = stand_of(&scene);
        for (int i = -1; i <= 1; i++) {
            struct tem_lattice lattice;
            double evidence =
                tem_locate(image, &stand, symbol.side + i * off, &lattice);
            CHECK(evidence > 4);
            REQUIRE(evidence > 0);
            CHECK_INT(lattice.version, version);
            CHECK_INT(lattice.light, version % 2);
            tem_locate_closely(image, &stand, &lattice);
            CHECK_INT(lattice.version, version);
            check_lattice(&lattice, &scene, 0.6);
        }
        tem_image_free(image);
    }
}

/* Finder patterns measured wrong by a pixel and more: the fourth corner is off
 * by as much, until the alignment patterns are found. */
TEST(a_close_look_mends_the_far_corner)
{
    for (unsigned version = 2; version <= 14; version += 3) {
        struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
        uint32_t size = 4 * symbol.side;
        double far = symbol.side - 6.5;
        struct scene scene = scene_of(&symbol, 3, 0.3, 0.2, size);
        struct tem_image *image = scene_picture(&scene, size, size);
        struct tem_stand stand = stand_of(&scene);
        struct tem_lattice lattice;
        for (int k = 0; k < 4; k++) {
            stand.quad[1].corner[k].y += 1.5;
            stand.quad[2].corner[k].x += 1.5;
        }
        REQUIRE(tem_locate(image, &stand, symbol.side, &lattice) > 4);
        struct tem_spot want = scene_at(&scene, far, far);
        struct tem_spot at = tem_lattice_at(&lattice, far, far);
        double before = hypot(at.x - want.x, at.y - want.y);
        tem_locate_closely(image, &stand, &lattice);
        at = tem_lattice_at(&lattice, far, far);
        double after = hypot(at.x - want.x, at.y - want.y);
        CHECK(before > 1);
        CHECK(after < before / 2);
        tem_image_free(image);
    }
}

TEST(nothing_is_located_in_nothing)
{
    struct tem_symbol symbol = symbol_of_version(3, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 4, 0.5, 0, 300);
    struct tem_stand stand = stand_of(&scene);
    struct tem_image *image = sheet(300, 300, 210);
    for (int side = 21; side <= 177; side += 4) {
        struct tem_lattice lattice;
        CHECK(tem_locate(image, &stand, side, &lattice) <= 0);
    }
    tem_image_free(image);
}

int main(void)
{
    RUN(corners_are_laid_where_they_belong);
    RUN(three_at_one_place_are_no_symbol);
    RUN(every_version_is_told);
    RUN(a_close_look_mends_the_far_corner);
    RUN(nothing_is_located_in_nothing);
    return test_done();
}
