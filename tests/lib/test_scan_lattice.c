/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/lattice.h. */
#include "../../lib/scan/lattice.h"
#include "chance.h"
#include "scan_scene.h"

/* A symbol of a version in the middle of a picture of @p side pixels. */
static struct scene scene_of(const struct tem_symbol *symbol, double scale,
                             double angle, uint32_t side)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    struct tem_spot at = {side / 2.0, side / 2.0};
    return (struct scene){.map = turned_map(scale, angle, middle, at),
                          .symbol = symbol,
                          .dark = 40,
                          .light = 210};
}

static void turn_light(struct scene *scene)
{
    scene->dark = 210;
    scene->light = 40;
}

TEST(a_coordinate_is_in_its_cell)
{
    struct tem_lattice lattice = {.cells = 3, .knot = {6.5, 22.5, 38.5, 54.5}};
    static const struct {
        double at;
        unsigned cell;
    } rows[] = {{-9, 0},   {0, 0},    {6.5, 0},  {22.499, 0}, {22.5, 1},
                {38.4, 1}, {38.5, 2}, {54.5, 2}, {99, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(tem_lattice_cell(&lattice, rows[i].at), rows[i].cell);
    for (unsigned i = 0; i < 9; i++)
        lattice.cell[i / 3][i % 3].m[2] = i; /* its number */
    CHECK_REAL(tem_lattice_at(&lattice, 40, 10).x, 2, 0);
    CHECK_REAL(tem_lattice_at(&lattice, 10, 40).x, 6, 0);
}

TEST(a_plain_one_is_one_map)
{
    struct tem_lattice lattice;
    struct tem_projective map = {{3, 0.5, 9, -0.5, 3, 7, 0.001, 0.002}};
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version++) {
        tem_lattice_plain(&lattice, version, &map, version % 2);
        CHECK_INT(lattice.version, version);
        CHECK_INT(lattice.side, 4 * version + 17);
        CHECK_INT(lattice.light, version % 2);
        CHECK_INT(lattice.cells, 1);
        for (double u = -5; u < 190; u += 13) {
            struct tem_spot at = tem_project(&map, u, 200 - u);
            CHECK_SPOT(tem_lattice_at(&lattice, u, 200 - u), at.x, at.y, 0);
        }
    }
}

TEST(contrast_is_that_of_the_finder_patterns)
{
    struct tem_symbol symbol = symbol_of_version(3, TEM_ECC_M);
    for (int light = 0; light < 2; light++) {
        struct tem_lattice lattice;
        struct scene scene = scene_of(&symbol, 6, 0.5, 300);
        if (light)
            turn_light(&scene);
        struct tem_image *image = scene_picture(&scene, 300, 300);
        tem_lattice_plain(&lattice, 3, &scene.map, light);
        struct tem_contrast contrast = tem_lattice_contrast(image, &lattice);
        CHECK_REAL(contrast.dark, scene.dark, 2);
        CHECK_REAL(contrast.light, scene.light, 2);
        tem_image_free(image);
    }
}

/* Where a symbol lies its timing patterns stand out, of one as large, and not
 * of one larger or smaller by a version, or of the other colour. */
TEST(timing_is_evidence_of_the_version)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version++) {
        struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
        struct tem_lattice lattice;
        uint32_t side = 4 * symbol.side;
        struct scene scene = scene_of(&symbol, 3, 0.2, side);
        if (version % 2)
            turn_light(&scene);
        struct tem_image *image = scene_picture(&scene, side, side);
        tem_lattice_plain(&lattice, version, &scene.map, version % 2);
        double evidence = tem_timing_evidence(image, &lattice);
        CHECK(evidence > 4);
        lattice.light = !lattice.light;
        CHECK_REAL(tem_timing_evidence(image, &lattice), -evidence, 1e-9);
        for (unsigned other = version - 1; other <= version + 1; other += 2) {
            if (other < 1 || other > TEM_SYMBOL_VERSION_MAX)
                continue;
            struct tem_projective map = scene.map; /* as wide */
            double wider = (17.0 + 4 * version) / (17.0 + 4 * other);
            for (int i = 0; i < 6; i++)
                map.m[i] *= i % 3 == 2 ? 1 : wider;
            tem_lattice_plain(&lattice, other, &map, version % 2);
            CHECK(tem_timing_evidence(image, &lattice) < evidence / 2);
        }
        tem_image_free(image);
    }
}

/* Standard deviations: of noise a few in a hundred are more than two. */
TEST(noise_is_no_evidence)
{
    struct chance chance = {11};
    struct tem_image *image = sheet(200, 200, 0);
    unsigned over_two = 0, over_four = 0;
    for (int i = 0; i < 2000; i++) {
        struct tem_lattice lattice;
        struct tem_spot zero = {0, 0}, at = {30, 30};
        unsigned version = 1 + (unsigned)i % 5;
        for (uint32_t k = 0; k < 200 * 200 && i % 50 == 0; k++)
            image->pixels[k] = (uint8_t)chance_next(&chance);
        struct tem_projective map = turned_map(3, i % 7 * 0.01, zero, at);
        map.m[2] += i % 50 / 7.0;
        tem_lattice_plain(&lattice, version, &map, i % 2);
        double evidence = fabs(tem_timing_evidence(image, &lattice));
        over_two += evidence > 2;
        over_four += evidence > 4;
    }
    printf("# of 2000 over two %u, over four %u\n", over_two, over_four);
    CHECK(over_two < 200);
    CHECK(over_four <= 2);
    memset(image->pixels, 99, 200 * 200);
    struct tem_lattice lattice;
    struct tem_projective map = {{3, 0, 9, 0, 3, 9, 0, 0}};
    tem_lattice_plain(&lattice, 2, &map, false);
    CHECK_REAL(tem_timing_evidence(image, &lattice), 0, 0);
    tem_image_free(image);
}

/* Every cell, at a slant. */
TEST(a_scaled_lattice_lies_in_a_scaled_picture)
{
    struct tem_spot middle = {14, 14}, at = {100, 100};
    struct tem_projective map =
        slanted(turned_map(4, 0.3, middle, at), middle, 0.01, -0.02);
    struct tem_lattice lattice, scaled;
    tem_lattice_plain(&lattice, 8, &map, true);
    tem_lattice_divide(&lattice, 20);
    for (unsigned i = 0; i < lattice.cells * lattice.cells; i++) {
        lattice.cell[i / lattice.cells][i % lattice.cells] = map;
        lattice.cell[i / lattice.cells][i % lattice.cells].m[2] += i;
    }
    scaled = lattice;
    tem_lattice_scale(&scaled, 2);
    CHECK(lattice.cells > 1 && scaled.cells == lattice.cells && scaled.light);
    for (int v = 0; v <= 49; v += 7)
        for (int u = 0; u <= 49; u += 7) {
            struct tem_spot want = tem_lattice_at(&lattice, u, v);
            CHECK_SPOT(tem_lattice_at(&scaled, u, v), 2 * want.x, 2 * want.y,
                       1e-9);
        }
}

int main(void)
{
    RUN(a_coordinate_is_in_its_cell);
    RUN(a_plain_one_is_one_map);
    RUN(contrast_is_that_of_the_finder_patterns);
    RUN(timing_is_evidence_of_the_version);
    RUN(noise_is_no_evidence);
    RUN(a_scaled_lattice_lies_in_a_scaled_picture);
    return test_done();
}
