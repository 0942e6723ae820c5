/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/relax.h. */
#include "../../lib/scan/relax.h"
#include "../../lib/scan/sample.h"
#include "scan_scene.h"

enum { SCALE = 5 };

/* A symbol that waves up and down by @p wave modules, four times across. */
static struct scene scene_of(const struct tem_symbol *symbol, double wave,
                             bool light)
{
    return (struct scene){
        .map = {{SCALE, 0, 4 * SCALE, 0, SCALE, 4 * SCALE, 0, 0}},
        .wave = wave * SCALE,
        .length = symbol->side * SCALE / 6.0,
        .symbol = symbol,
        .dark = light ? 210 : 40,
        .light = light ? 40 : 210};
}

static struct tem_image *picture_of(const struct scene *scene)
{
    uint32_t side = SCALE * (scene->symbol->side + 8U);
    return scene_picture(scene, side, side);
}

/* How far modules are off where they should be on the average, modules. */
static double distance(const struct tem_lattice *lattice,
                       const struct scene *scene)
{
    double sum = 0;
    unsigned side = lattice->side;
    for (unsigned v = 0; v < side; v++)
        for (unsigned u = 0; u < side; u++) {
            struct tem_spot at = tem_lattice_at(lattice, u + 0.5, v + 0.5);
            struct tem_spot want = scene_at(scene, u + 0.5, v + 0.5);
            sum += hypot(at.x - want.x, at.y - want.y);
        }
    return sum / side / side / SCALE;
}

static unsigned wrong_modules(const struct tem_image *image,
                              const struct tem_lattice *lattice,
                              const struct tem_symbol *symbol)
{
    static struct tem_greys greys;
    static struct tem_modules modules;
    unsigned wrong = 0;
    tem_sample(image, lattice, &greys);
    tem_part(&greys, lattice, 0, &modules);
    for (unsigned y = 0; y < symbol->side; y++)
        for (unsigned x = 0; x < symbol->side; x++)
            wrong += (tem_module_at(&modules, x, y) > 0) !=
                     tem_symbol_dark(symbol, (int)x, (int)y);
    return wrong;
}

/* Waves of half a module to each side are flattened; of dark symbols and of
 * light ones. */
TEST(a_wave_is_followed)
{
    static const unsigned versions[] = {3, 10, 24};
    for (size_t i = 0; i < 3; i++)
        for (int light = 0; light < 2; light++) {
            struct tem_symbol symbol =
                symbol_of_version(versions[i], TEM_ECC_M);
            struct scene scene = scene_of(&symbol, 0.5, light);
            struct tem_image *image = picture_of(&scene);
            struct tem_lattice lattice;
            tem_lattice_plain(&lattice, versions[i], &scene.map, light);
            double before = distance(&lattice, &scene);
            unsigned wrong = wrong_modules(image, &lattice, &symbol);
            CHECK(tem_relax(image, &lattice) > 0);
            double after = distance(&lattice, &scene);
            unsigned left = wrong_modules(image, &lattice, &symbol);
            printf("# version %u: off by %.2f modules, %u wrong; then %.2f, "
                   "%u\n",
                   versions[i], before, wrong, after, left);
            CHECK(after < before * 0.6);
            CHECK(wrong > symbol.side && left == 0);
            tem_image_free(image);
        }
}

/* Where it lies flat it is left there. */
TEST(what_is_flat_stays_flat)
{
    struct tem_symbol symbol = symbol_of_version(7, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0, false);
    struct tem_image *image = picture_of(&scene);
    struct tem_lattice lattice;
    tem_lattice_plain(&lattice, 7, &scene.map, false);
    tem_relax(image, &lattice);
    CHECK(distance(&lattice, &scene) < 0.2);
    CHECK_INT(wrong_modules(image, &lattice, &symbol), 0);
    tem_image_free(image);
}

/* The work of the largest symbol is bounded: a module is looked at for five
 * places of each of four knots, in four rounds; and for where it was and is. */
TEST(work_is_bounded)
{
    struct tem_symbol symbol = symbol_of_version(40, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0.3, false);
    struct tem_image *image = picture_of(&scene);
    struct tem_lattice lattice;
    tem_lattice_plain(&lattice, 40, &scene.map, false);
    int64_t samples = tem_relax(image, &lattice);
    CHECK(samples > 177 * 177);
    CHECK(samples <= 177 * 177 * 4 * 4 * 6);
    tem_image_free(image);
}

TEST(without_contrast_nothing_is_done)
{
    struct tem_projective map = {{3, 0, 9, 0, 3, 9, 0, 0}};
    struct tem_image *image = sheet(100, 100, 128);
    struct tem_lattice lattice;
    tem_lattice_plain(&lattice, 2, &map, false);
    CHECK_INT(tem_relax(image, &lattice), 0);
    CHECK_INT(lattice.cells, 1);
    tem_image_free(image);
}

int main(void)
{
    RUN(a_wave_is_followed);
    RUN(what_is_flat_stays_flat);
    RUN(work_is_bounded);
    RUN(without_contrast_nothing_is_done);
    return test_done();
}
