/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/words.h. */
#include "../../lib/scan/words.h"
#include "scan_scene.h"

static const struct tem_contrast contrast = {40, 210}, inverted = {210, 40};

/* The corners of three finder patterns, exactly. */
static void corners_of(const struct scene *scene, struct tem_pair pairs[12])
{
    static const double corners[][2] = {{0, 0}, {7, 0}, {7, 7}, {0, 7}};
    double far = scene->symbol->side - 7.0;
    const double from[][2] = {{0, 0}, {far, 0}, {0, far}};
    for (int i = 0; i < 12; i++) {
        double u = from[i / 4][0] + corners[i % 4][0];
        double v = from[i / 4][1] + corners[i % 4][1];
        pairs[i] = (struct tem_pair){{u, v}, scene_at(scene, u, v), 1};
    }
}

static struct scene scene_of(const struct tem_symbol *symbol, bool light)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    double half = symbol->side * 3 / 2.0 + 12;
    struct tem_spot at = {half, half};
    return (struct scene){.map = turned_map(3, 2 * DEGREES, middle, at),
                          .symbol = symbol,
                          .dark = light ? 210 : 40,
                          .light = light ? 40 : 210};
}

static struct tem_image *picture_of(const struct scene *scene)
{
    uint32_t side = 3 * scene->symbol->side + 24U;
    return scene_picture(scene, side, side);
}

/* Both words, of each symbol, light ones and mirrored ones. */
TEST(every_word_is_read)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version++) {
        struct tem_symbol symbol =
            symbol_of_version(version, (enum tem_ecc)(version % 4));
        bool light = version % 3 == 0;
        struct scene scene = scene_of(&symbol, light);
        scene.mirrored = version % 2;
        struct tem_image *image = picture_of(&scene);
        struct tem_contrast colours = light ? inverted : contrast;
        struct tem_pair pairs[12];
        struct tem_corner_maps maps;
        int score = 0;
        corners_of(&scene, pairs);
        REQUIRE(tem_corner_maps_fit(pairs, &maps));
        CHECK(tem_said_format(image, &maps, version, colours) > 100);
        if (version >= 7) {
            CHECK_INT(tem_said_version(image, &maps, version, colours, &score),
                      version);
            CHECK(score > 100);
        }
        tem_image_free(image);
    }
}

/* Taken for a symbol of another version: the words stand beside their finder
 * patterns all the same. */
TEST(a_version_is_read_whatever_was_guessed)
{
    static const unsigned guesses[] = {7, 12, 19, 21, 28, 40};
    struct tem_symbol symbol = symbol_of_version(20, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, false);
    struct tem_image *image = picture_of(&scene);
    struct tem_pair pairs[12];
    struct tem_corner_maps maps;
    corners_of(&scene, pairs);
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        double shift = 4.0 * guesses[i] - 4.0 * 20;
        struct tem_pair moved[12];
        int score;
        memcpy(moved, pairs, sizeof moved);
        for (int k = 4; k < 8; k++) {
            moved[k].symbol.x += shift;
            moved[k + 4].symbol.y += shift;
        }
        REQUIRE(tem_corner_maps_fit(moved, &maps));
        CHECK_INT(tem_said_version(image, &maps, guesses[i], contrast, &score),
                  20);
        CHECK(score > 100);
        CHECK(tem_said_format(image, &maps, guesses[i], contrast) > 100);
    }
    tem_image_free(image);
}

/* Between the patterns it is bent by modules; beside them nothing of that is
 * seen. */
TEST(a_bend_elsewhere_does_no_harm)
{
    struct tem_symbol symbol = symbol_of_version(15, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, false);
    struct tem_pair pairs[12];
    struct tem_corner_maps maps;
    struct tem_projective all;
    int score, by_all;
    scene.wave = 6;
    scene.length = symbol.side * 3 / 6.0;
    struct tem_image *image = picture_of(&scene);
    corners_of(&scene, pairs);
    REQUIRE(tem_corner_maps_fit(pairs, &maps));
    CHECK_INT(tem_said_version(image, &maps, 15, contrast, &score), 15);
    CHECK(score > 70);
    REQUIRE(tem_projective_fit(pairs, 12, &all));
    struct tem_corner_maps flat = {all, all, all};
    tem_said_version(image, &flat, 15, contrast, &by_all);
    CHECK(by_all < score);
    tem_image_free(image);
}

TEST(where_nothing_stands_nothing_agrees)
{
    struct tem_symbol symbol = symbol_of_version(9, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, false);
    struct tem_image *grey = sheet(200, 200, 125);
    struct tem_pair pairs[12];
    struct tem_corner_maps maps;
    int score;
    corners_of(&scene, pairs);
    REQUIRE(tem_corner_maps_fit(pairs, &maps));
    CHECK_INT(tem_said_format(grey, &maps, 9, contrast), 0);
    tem_said_version(grey, &maps, 9, contrast, &score);
    CHECK_INT(score, 0);
    tem_image_free(grey);
}

TEST(corners_at_one_place_fix_no_map)
{
    struct tem_symbol symbol = symbol_of_version(9, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, false);
    struct tem_corner_maps maps;
    for (int pattern = 0; pattern < 3; pattern++) {
        struct tem_pair pairs[12];
        corners_of(&scene, pairs);
        for (int i = 0; i < 4; i++)
            pairs[4 * pattern + i].symbol = (struct tem_spot){1, 1};
        CHECK(!tem_corner_maps_fit(pairs, &maps));
    }
}

int main(void)
{
    RUN(every_word_is_read);
    RUN(a_version_is_read_whatever_was_guessed);
    RUN(a_bend_elsewhere_does_no_harm);
    RUN(where_nothing_stands_nothing_agrees);
    RUN(corners_at_one_place_fix_no_map);
    return test_done();
}
