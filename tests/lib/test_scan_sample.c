/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/sample.h. */
#include "../../lib/scan/sample.h"
#include "chance.h"
#include "scan_scene.h"

static struct tem_greys greys;
static struct tem_modules modules;

/* A symbol that fills a picture but for a module at each side. */
static struct scene scene_of(const struct tem_symbol *symbol, double scale,
                             double angle, bool light)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    double side = scale * (1.5 * symbol->side + 2);
    struct tem_spot at = {side / 2, side / 2};
    return (struct scene){.map = turned_map(scale, angle, middle, at),
                          .symbol = symbol,
                          .dark = light ? 210 : 40,
                          .light = light ? 40 : 210};
}

static struct tem_image *picture_of(const struct scene *scene, double scale)
{
    uint32_t side = (uint32_t)(scale * (1.5 * scene->symbol->side + 2));
    return scene_picture(scene, side, side);
}

/* How many modules came out wrong, and how many of all were surely. */
static unsigned wrong_ones(const struct tem_symbol *symbol, int sure,
                           unsigned *sure_ones)
{
    unsigned wrong = 0;
    *sure_ones = 0;
    for (unsigned y = 0; y < symbol->side; y++)
        for (unsigned x = 0; x < symbol->side; x++) {
            int dark = tem_module_at(&modules, x, y);
            wrong += (dark > 0) != tem_symbol_dark(symbol, (int)x, (int)y);
            *sure_ones += abs(dark) >= sure;
        }
    return wrong;
}

TEST(every_module_is_sampled)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version += 3)
        for (int light = 0; light < 2; light++) {
            struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_Q);
            struct scene scene = scene_of(&symbol, 3, version, light);
            struct tem_image *image = picture_of(&scene, 3);
            struct tem_lattice lattice;
            unsigned sure;
            tem_lattice_plain(&lattice, version, &scene.map, light);
            tem_sample(image, &lattice, &greys);
            CHECK_INT(greys.side, symbol.side);
            for (unsigned i = 0; i < greys.side * greys.side; i++) {
                bool dark = tem_symbol_dark(&symbol, (int)(i % greys.side),
                                            (int)(i / greys.side));
                CHECK_REAL(greys.grey[i], dark ? scene.dark : scene.light, 60);
            }
            tem_part(&greys, &lattice, 0, &modules);
            CHECK_INT(modules.version, version);
            CHECK_INT(wrong_ones(&symbol, 80, &sure), 0);
            CHECK(sure * 100 >= symbol.side * symbol.side * 99);
            tem_image_free(image);
        }
}

/* What a module is: the mean about its middle, to a quarter from its edge. */
TEST(a_sample_is_of_the_middle)
{
    struct tem_lattice lattice;
    struct tem_projective map = {{16, 0, 8, 0, 16, 8, 0, 0}};
    struct tem_image *image = sheet(21 * 16 + 16, 21 * 16 + 16, 255);
    tem_lattice_plain(&lattice, 1, &map, false);
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++)
            if ((x + 8) % 16 < 3 || (x + 8) % 16 >= 13 || (y + 8) % 16 < 3 ||
                (y + 8) % 16 >= 13)
                image->pixels[y * image->width + x] =
                    0; /* edges do not count */
    tem_sample(image, &lattice, &greys);
    for (unsigned i = 0; i < 21 * 21; i++)
        CHECK_REAL(greys.grey[i], 255, 0);
    tem_image_free(image);
}

/* From side to side light falls to a fifth: ink there, paper here. */
TEST(light_that_falls_off_is_borne)
{
    struct tem_symbol symbol = symbol_of_version(8, TEM_ECC_M);
    for (int way = 0; way < 4; way++) {
        struct scene scene = scene_of(&symbol, 3, 0.1, false);
        struct tem_image *image = picture_of(&scene, 3);
        struct tem_lattice lattice;
        unsigned sure, side = image->width;
        for (uint32_t i = 0; i < side * side; i++) {
            uint32_t at = way % 2 ? i % side : i / side;
            at = way < 2 ? at : side - 1 - at;
            image->pixels[i] =
                (uint8_t)(image->pixels[i] * (100 - 80 * at / side) / 100);
        }
        tem_lattice_plain(&lattice, 8, &scene.map, false);
        tem_sample(image, &lattice, &greys);
        tem_part(&greys, &lattice, 0, &modules);
        CHECK_INT(wrong_ones(&symbol, 60, &sure), 0);
        tem_image_free(image);
    }
}

/* The greys of a symbol blurred as the mean over a module of a Gaussian. */
static void blur_modules(const struct tem_symbol *symbol, double sigma)
{
    unsigned side = greys.side = symbol->side;
    double part[5], sum = 0;
    for (int i = -2; i <= 2; i++) {
        part[i + 2] = 0;
        for (int k = 0; k < 100; k++) /* seen from all over the module */
            for (int m = 0; m < 100; m++) {
                double far = i + (k - m) / 100.0;
                part[i + 2] += exp(-far * far / (2 * sigma * sigma));
            }
        sum += part[i + 2];
    }
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++) {
            double grey = 0;
            for (int v = -2; v <= 2; v++)
                for (int u = -2; u <= 2; u++)
                    grey +=
                        part[u + 2] * part[v + 2] / sum / sum *
                        (tem_symbol_dark(symbol, (int)x + u, (int)y + v) ? 40
                                                                         : 210);
            greys.grey[y * side + x] = (float)grey;
        }
}

/* More modules are right, and more are sure, with the blur undone that was
 * there. */
TEST(blur_is_undone)
{
    static const double blurs[] = {0.4, 0.5, 0.6, 0.7};
    struct tem_symbol symbol = symbol_of_version(10, TEM_ECC_M);
    struct tem_lattice lattice;
    struct tem_projective map = {{1, 0, 0, 0, 1, 0, 0, 0}};
    tem_lattice_plain(&lattice, 10, &map, false);
    for (size_t i = 0; i < 4; i++) {
        unsigned sure_before, sure_after;
        blur_modules(&symbol, blurs[i]);
        tem_part(&greys, &lattice, 0, &modules);
        unsigned before = wrong_ones(&symbol, 64, &sure_before);
        tem_part(&greys, &lattice, blurs[i], &modules);
        unsigned after = wrong_ones(&symbol, 64, &sure_after);
        printf("# blur %g: %u wrong and %u sure, undone %u and %u\n", blurs[i],
               before, sure_before, after, sure_after);
        CHECK(after * 4 <= before && sure_after > sure_before);
        CHECK(i == 3 || after <= symbol.side * symbol.side / 200u);
    }
}

enum { SIDE = 29, COUNT = SIDE * SIDE };

static int turned_place(int place, int way)
{
    int x = place % SIDE, y = place / SIDE;
    return way == 0   ? y * SIDE + SIDE - 1 - x
           : way == 1 ? (SIDE - 1 - y) * SIDE + x
                      : x * SIDE + y;
}

/* Upside down, from behind or on its side: the same the other way about. */
TEST(no_side_is_preferred)
{
    static float before[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    static struct tem_modules first;
    struct tem_lattice lattice;
    struct tem_projective map = {{1, 0, 0, 0, 1, 0, 0, 0}};
    struct chance chance = {33};
    tem_lattice_plain(&lattice, 3, &map, false);
    for (int i = 0; i < 30; i++) {
        double blur = i % 2 * 0.5;
        greys.side = SIDE;
        for (int k = 0; k < COUNT; k++) /* lighter to the right and below */
            before[k] = greys.grey[k] =
                (float)(chance_next(&chance) % 100 +
                        3 * (uint32_t)(k / SIDE + k % SIDE));
        tem_part(&greys, &lattice, blur, &first);
        for (int way = 0; way < 3; way++) {
            int from[COUNT];
            for (int k = 0; k < COUNT; k++) {
                from[k] = turned_place(k, way);
                greys.grey[k] = before[from[k]];
            }
            tem_part(&greys, &lattice, blur, &modules);
            for (int k = 0; k < COUNT; k++)
                CHECK_REAL(modules.dark[k], first.dark[from[k]], 1);
        }
    }
}

/* Greys stay as sampled, so that they can be parted again. */
TEST(greys_are_left_as_they_were)
{
    static float before[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    struct tem_symbol symbol = symbol_of_version(5, TEM_ECC_M);
    struct tem_lattice lattice;
    struct tem_projective map = {{1, 0, 0, 0, 1, 0, 0, 0}};
    static struct tem_modules first;
    tem_lattice_plain(&lattice, 5, &map, false);
    blur_modules(&symbol, 0.3);
    memcpy(before, greys.grey, sizeof before);
    tem_part(&greys, &lattice, 0, &first);
    tem_part(&greys, &lattice, 0.7, &modules);
    tem_part(&greys, &lattice, 0, &modules);
    CHECK(memcmp(before, greys.grey, sizeof before) == 0);
    CHECK(memcmp(first.dark, modules.dark, (size_t)symbol.side * symbol.side) ==
          0);
}

TEST(where_nothing_is_nothing_is_sure)
{
    struct tem_lattice lattice;
    struct tem_projective map = {{3, 0, 9, 0, 3, 9, 0, 0}};
    struct tem_image *image = sheet(100, 100, 128);
    struct chance chance = {31};
    tem_lattice_plain(&lattice, 2, &map, false);
    for (int noise = 0; noise < 2; noise++) {
        int surest = 0;
        for (int i = 0; i < 100 * 100 && noise; i++) /* of the sensor */
            image->pixels[i] = (uint8_t)(127 + chance_next(&chance) % 3);
        tem_sample(image, &lattice, &greys);
        tem_part(&greys, &lattice, 0, &modules);
        for (unsigned i = 0; i < 25 * 25; i++)
            surest =
                abs(modules.dark[i]) > surest ? abs(modules.dark[i]) : surest;
        CHECK(surest <= 40);
    }
    tem_image_free(image);
}

/* A patch of dirt that is neither dark nor light is less sure than the rest. */
TEST(dirt_is_less_sure)
{
    struct tem_symbol symbol = symbol_of_version(6, TEM_ECC_H);
    struct scene scene = scene_of(&symbol, 4, 0, false);
    struct tem_image *image = picture_of(&scene, 4);
    struct tem_lattice lattice;
    tem_lattice_plain(&lattice, 6, &scene.map, false);
    for (int v = 18; v < 23; v++)
        for (int u = 18; u < 23; u++) {
            struct tem_spot at = scene_at(&scene, u, v);
            for (int i = 0; i < 16; i++)
                image->pixels[((int)at.y + i / 4) * (int)image->width +
                              (int)at.x + i % 4] = 125;
        }
    tem_sample(image, &lattice, &greys);
    tem_part(&greys, &lattice, 0, &modules);
    for (unsigned v = 19; v < 22; v++)
        for (unsigned u = 19; u < 22; u++)
            CHECK(abs(tem_module_at(&modules, u, v)) < 40);
    for (unsigned u = 9; u < 30; u++)
        CHECK(abs(tem_module_at(&modules, u, 30)) > 80);
    tem_image_free(image);
}

int main(void)
{
    RUN(every_module_is_sampled);
    RUN(a_sample_is_of_the_middle);
    RUN(light_that_falls_off_is_borne);
    RUN(blur_is_undone);
    RUN(no_side_is_preferred);
    RUN(greys_are_left_as_they_were);
    RUN(where_nothing_is_nothing_is_sure);
    RUN(dirt_is_less_sure);
    return test_done();
}
