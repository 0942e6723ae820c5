/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/alignment.h. */
#include "../../lib/scan/alignment.h"
#include "chance.h"
#include "scan_scene.h"

enum { SIDE = 200 };

static const struct tem_contrast contrast = {40, 210};

static double real(struct chance *chance, double low, double high)
{
    return low + (high - low) * chance_next(chance) / 4294967296.0;
}

TEST(steps_are_modules)
{
    struct tem_spot zero = {0, 0}, at = {50, 60}, middle = {10, 10};
    struct tem_projective map = turned_map(4, 30 * DEGREES, zero, at);
    struct tem_steps steps = tem_steps_of(&map, 3, 9);
    CHECK_SPOT(steps.right, 4 * cos(30 * DEGREES), 2, 1e-9);
    CHECK_SPOT(steps.down, -2, 4 * cos(30 * DEGREES), 1e-9);
    map = slanted(map, middle, 0.01, 0.02);
    steps = tem_steps_of(&map, 12, 5);
    struct tem_spot a = tem_project(&map, 11.5, 5);
    struct tem_spot b = tem_project(&map, 12.5, 5);
    CHECK_SPOT(steps.right, b.x - a.x, b.y - a.y, 1e-9);
}

/* A pattern about (10, 10) of the map, among modules by chance. */
static struct tem_image *draw_alignment(const struct tem_projective *map,
                                        bool light, struct chance *chance)
{
    uint8_t modules[20][20];
    struct tem_image *image = sheet(SIDE, SIDE, 210);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++) {
            int a = abs(x - 9), b = abs(y - 9), far = a > b ? a : b;
            bool dark = far > 2 ? chance_of(chance, 2) : far != 1;
            modules[y][x] = dark != light ? 40 : 210;
        }
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            struct tem_spot at = unproject(map, x + 0.5, y + 0.5);
            if (at.x >= 0 && at.y >= 0 && at.x < 20 && at.y < 20)
                image->pixels[y * SIDE + x] = modules[(int)at.y][(int)at.x];
        }
    return image;
}

static struct tem_projective some_map(struct chance *chance)
{
    struct tem_spot middle = {9.5, 9.5}, at = {SIDE / 2.0, SIDE / 2.0};
    return turned_map(real(chance, 3, 7), real(chance, 0, 360) * DEGREES,
                      middle, at);
}

/* As far off as may be, the pattern is found, and to half a module: in a
 * picture as sharp as this one cannot tell more by the middles of modules. */
TEST(a_pattern_within_reach_is_found)
{
    struct chance chance = {21};
    unsigned found = 0, all = 0;
    for (int i = 0; i < 400; i++) {
        double reach = i % 4 ? 0.5 + i % 4 : 5;
        struct tem_projective map = some_map(&chance);
        struct tem_image *image = draw_alignment(&map, i % 2, &chance);
        struct tem_steps steps = tem_steps_of(&map, 9.5, 9.5);
        struct tem_spot expected =
            tem_project(&map, 9.5 + real(&chance, -reach, reach),
                        9.5 + real(&chance, -reach, reach));
        struct tem_contrast colours = contrast;
        if (i % 2) { /* light on dark */
            colours.dark = contrast.light;
            colours.light = contrast.dark;
        }
        struct tem_spot at;
        double alike =
            tem_find_alignment(image, expected, &steps, reach, colours, &at);
        struct tem_spot off = unproject(&map, at.x, at.y);
        all++;
        found += hypot(off.x - 9.5, off.y - 9.5) < 0.5 && alike > 0.8;
        tem_image_free(image);
    }
    printf("# %u of %u found\n", found, all);
    CHECK(found * 100 >= all * 97);
}

/* It is not looked for farther away than that. */
TEST(out_of_reach_it_is_not_found)
{
    struct chance chance = {22};
    for (int i = 0; i < 50; i++) {
        struct tem_spot at, middle = {9.5, 9.5}, place = {100, 100};
        struct tem_projective map = turned_map(5, i, middle, place);
        struct tem_image *image = draw_alignment(&map, false, &chance);
        struct tem_steps steps = tem_steps_of(&map, 9.5, 9.5);
        for (int reach = 1; reach <= 2; reach++) {
            struct tem_spot expected =
                tem_project(&map, 9.5 + reach + 1.5, 9.5);
            tem_find_alignment(image, expected, &steps, reach, contrast, &at);
            struct tem_spot off = unproject(&map, at.x, at.y);
            CHECK(fabs(off.x - 9.5 - reach - 1.5) < reach + 0.7);
            CHECK(fabs(off.y - 9.5) < reach + 0.7);
        }
        tem_image_free(image);
    }
}

TEST(nothing_is_like_a_pattern_where_nothing_is)
{
    struct chance chance = {23};
    struct tem_steps steps = {{4, 0}, {0, 4}};
    struct tem_spot expected = {100, 100}, at = {0, 0};
    struct tem_contrast none = {90, 90};
    struct tem_image *image = sheet(SIDE, SIDE, 210);
    CHECK_REAL(tem_find_alignment(image, expected, &steps, 2, contrast, &at), 0,
               1e-9);
    CHECK_REAL(tem_find_alignment(image, expected, &steps, 2, none, &at), 0, 0);
    CHECK_SPOT(at, 100, 100, 0);
    unsigned alike = 0;
    for (int i = 0; i < 300; i++) {
        for (int k = 0; k < SIDE * SIDE; k++)
            if (k / SIDE % 4 == 0 && k % 4 == 0) {
                uint8_t grey = chance_of(&chance, 2) ? 40 : 210;
                for (int m = 0; m < 16; m++)
                    image->pixels[k + m / 4 * SIDE + m % 4] = grey;
            }
        alike += tem_find_alignment(image, expected, &steps, 0.5, contrast,
                                    &at) >= 0.5;
    }
    printf("# %u of 300 alike\n", alike);
    CHECK(alike <= 30);
    tem_image_free(image);
}

/* At the corner of a picture, and as far as it goes: a sanitizer would see. */
TEST(the_longest_reach_ends_with_the_picture)
{
    static const double corners[][2] = {{0, 0}, {200, 0}, {0, 200}, {200, 200}};
    struct tem_steps steps = {{7, 1}, {-1, 7}};
    struct tem_image *image = sheet(SIDE, SIDE, 210);
    for (int i = 0; i < 4; i++) {
        struct tem_spot at, from = {corners[i][0], corners[i][1]};
        double alike = tem_find_alignment(
            image, from, &steps, TEM_ALIGNMENT_REACH_MAX, contrast, &at);
        CHECK_REAL(alike, 0, 1e-9);
        CHECK(hypot(at.x - from.x, at.y - from.y) < 120);
    }
    tem_image_free(image);
}

/* ---- all of a symbol -------------------------------------------------- */

/* How far off a lattice is at worst, modules. */
static double worst(const struct tem_lattice *lattice,
                    const struct scene *scene, double scale)
{
    double most = 0;
    for (double v = 0.5; v < lattice->side; v += 2)
        for (double u = 0.5; u < lattice->side; u += 2) {
            struct tem_spot a = tem_lattice_at(lattice, u, v);
            struct tem_spot b = scene_at(scene, u, v);
            most = fmax(most, hypot(a.x - b.x, a.y - b.y) / scale);
        }
    return most;
}

static struct scene curved(const struct tem_symbol *symbol, double scale,
                           double wave, uint32_t side)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    struct tem_spot at = {side / 2.0, side / 2.0};
    return (struct scene){.map = turned_map(scale, 0.15, middle, at),
                          .symbol = symbol,
                          .wave = wave * scale,
                          .length = side / 3.0,
                          .dark = 40,
                          .light = 210};
}

/* From finder patterns of a label that is wavy, where one map is off by more
 * than a module, to a lattice that is not. */
static void follow(unsigned version, bool bent, double most)
{
    static struct tem_pair
        pairs[12 + TEM_QR_ALIGNMENTS_MAX * TEM_QR_ALIGNMENTS_MAX];
    struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
    double scale = 3, far = symbol.side - 7.0;
    uint32_t side = 4 * symbol.side;
    struct scene scene = curved(&symbol, scale, 1.8, side);
    struct tem_image *image = scene_picture(&scene, side, side);
    const struct tem_spot from[] = {{0, 0}, {far, 0}, {0, far}};
    static const struct tem_spot corners[] = {{0, 0}, {7, 0}, {7, 7}, {0, 7}};
    for (int i = 0; i < 12; i++) {
        struct tem_spot place = tem_spot_add(from[i / 4], corners[i % 4]);
        pairs[i] =
            (struct tem_pair){place, scene_at(&scene, place.x, place.y), 1};
    }
    struct tem_projective map;
    struct tem_lattice lattice;
    REQUIRE(tem_projective_fit(pairs, 12, &map));
    tem_lattice_plain(&lattice, version, &map, false);
    double before = worst(&lattice, &scene, scale);
    tem_grow_alignments(image, pairs, 12, bent, &lattice);
    double after = worst(&lattice, &scene, scale);
    CHECK_INT(lattice.version, version);
    CHECK(before > 0.8);
    CHECK(after < most);
    if (!(after < most))
        printf("# version %u: %g, was %g\n", version, after, before);
    tem_image_free(image);
}

TEST(large_symbols_are_followed)
{
    for (unsigned v = 7; v <= TEM_SYMBOL_VERSION_MAX; v += 3) {
        follow(v, true, 0.15);
        follow(v, false, v < 13 ? 0.6 : 0.45); /* by the patterns alone */
    }
}

/* Version 1 has none; of versions 2 to 6 the one holds the fourth corner, and
 * is as much as four corners of finder patterns. */
TEST(small_symbols_have_one_or_none)
{
    static struct tem_pair
        pairs[12 + TEM_QR_ALIGNMENTS_MAX * TEM_QR_ALIGNMENTS_MAX];
    for (unsigned version = 1; version <= 6; version++) {
        struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
        double far = symbol.side - 7.0;
        uint32_t side = 6 * symbol.side;
        struct scene scene = curved(&symbol, 4, 0, side);
        struct tem_image *image = scene_picture(&scene, side, side);
        const struct tem_spot from[] = {{0, 0}, {far, 0}, {0, far}};
        static const struct tem_spot corners[] = {
            {0, 0}, {7, 0}, {7, 7}, {0, 7}};
        for (int i = 0; i < 12; i++) { /* measured a little wrong */
            struct tem_spot place = tem_spot_add(from[i / 4], corners[i % 4]);
            pairs[i] =
                (struct tem_pair){place, scene_at(&scene, place.x, place.y), 1};
            pairs[i].picture.x += i / 4 == 2 ? 2 : 0;
            pairs[i].picture.y += i / 4 == 1 ? 2 : 0;
        }
        struct tem_projective map;
        struct tem_lattice lattice;
        REQUIRE(tem_projective_fit(pairs, 12, &map));
        tem_lattice_plain(&lattice, version, &map, false);
        struct tem_spot want = scene_at(&scene, far + 0.5, far + 0.5);
        struct tem_spot old = tem_lattice_at(&lattice, far + 0.5, far + 0.5);
        tem_grow_alignments(image, pairs, 12, false, &lattice);
        struct tem_spot at = tem_lattice_at(&lattice, far + 0.5, far + 0.5);
        CHECK_INT(lattice.cells, 1);
        if (version == 1)
            CHECK_SPOT(at, old.x, old.y, 0);
        else
            CHECK_SPOT(at, want.x, want.y,
                       fmax(hypot(old.x - want.x, old.y - want.y) / 2, 0.6));
        tem_image_free(image);
    }
}

int main(void)
{
    RUN(steps_are_modules);
    RUN(a_pattern_within_reach_is_found);
    RUN(out_of_reach_it_is_not_found);
    RUN(nothing_is_like_a_pattern_where_nothing_is);
    RUN(the_longest_reach_ends_with_the_picture);
    RUN(large_symbols_are_followed);
    RUN(small_symbols_have_one_or_none);
    return test_done();
}
