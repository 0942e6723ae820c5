/* SPDX-License-Identifier: MIT */
/* What libqrencode makes comes back exactly: every version, any level and mask,
 * turned by any angle, in a mirror or light on dark, at a slant, at 2 to 6
 * pixels a module. By chance, the same in every run; an argument is how many
 * times over, 1 if there is none. */
#include "qr_modules.h"
#include "scan_scene.h"
#include <tem/scan.h>

enum { PIXELS_MOST = 500000 }; /* of one picture: it is drawn point by point */

static uint8_t memory[TEM_SYMBOL_TEXT_MAX];
static struct tem_modules modules;
static unsigned rounds = 1;

static double chance(double low, double high)
{
    return low + (high - low) * roll(1000000) / 1e6;
}

/* A text that fills it, or is short of that, under any mask. */
static struct tem_bytes make_symbol(unsigned version, enum tem_ecc level,
                                    struct tem_symbol *symbol)
{
    struct tem_bytes text = fill_symbol(version, level, memory, symbol);
    unsigned side = symbol->side;
    modules_of(symbol, &modules);
    change_mask(&modules, level, tem_read_format(&modules).mask, roll(8));
    memset(symbol->bits, 0, sizeof symbol->bits);
    for (unsigned i = 0; i < side * side; i++)
        if (modules.dark[i] > 0)
            symbol->bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
    return text;
}

/* Is the symbol in the picture, with some of its quiet zone? */
static bool is_whole(const struct scene *scene, uint32_t side)
{
    double near = -2, far = scene->symbol->side + 2.0;
    const double corners[4][2] = {
        {near, near}, {near, far}, {far, far}, {far, near}};
    for (int i = 0; i < 4; i++) {
        struct tem_spot at = scene_at(scene, corners[i][0], corners[i][1]);
        if (at.x < 0 || at.y < 0 || at.x > side || at.y > side)
            return false;
    }
    return true;
}

static struct scene pose_anyhow(const struct tem_symbol *symbol, uint32_t side,
                                double scale)
{
    struct tem_spot middle = {symbol->side / 2.0, symbol->side / 2.0};
    struct tem_spot at = {side / 2.0 + chance(-1, 1),
                          side / 2.0 + chance(-1, 1)};
    struct tem_projective map =
        turned_map(scale, chance(0, 360) * DEGREES, middle, at);
    struct scene scene = {.symbol = symbol, .mirrored = roll(2)};
    double most = 0.15 / symbol->side; /* far modules a seventh smaller */
    scene.map = slanted(map, middle, chance(-most, most), chance(-most, most));
    scene.dark = (uint8_t)chance(0, 90);
    scene.light = (uint8_t)chance(170, 255);
    if (roll(2)) {
        uint8_t kept = scene.dark;
        scene.dark = scene.light;
        scene.light = kept;
    }
    return scene;
}

static struct scene pose(const struct tem_symbol *symbol, uint32_t side,
                         double scale)
{
    struct scene scene;
    do
        scene = pose_anyhow(symbol, side, scale);
    while (!is_whole(&scene, side));
    return scene;
}

static bool is_right(const struct tem_scan_symbol *got, struct tem_bytes text,
                     enum tem_ecc level, const struct scene *scene,
                     double scale)
{
    double far = scene->symbol->side;
    const double corners[4][2] = {{0, 0}, {0, far}, {far, far}, {far, 0}};
    CHECK_INT(got->version, scene->symbol->version);
    CHECK_INT(got->level, level);
    CHECK_INT(got->mirrored, scene->mirrored);
    CHECK_INT(got->inverted, scene->dark > scene->light);
    CHECK_REAL(got->module, scale, 0.15 * scale);
    for (int i = 0; i < 4; i++) {
        bool mirrored = scene->mirrored;
        struct tem_spot want =
            scene_at(scene, corners[i][mirrored], corners[i][!mirrored]);
        struct tem_spot at = {got->corners[i].x, got->corners[i].y};
        /* it is read in the smallest picture that it can be read in */
        CHECK_SPOT(at, want.x, want.y, 2 * scale);
    }
    return got->text.size == text.size &&
           memcmp(got->text.data, text.data, text.size) == 0;
}

/* @return whether it was read; what is read must be right. */
static bool comes_back(unsigned version, double scale)
{
    enum tem_ecc level = (enum tem_ecc)roll(4);
    struct tem_symbol symbol;
    struct tem_bytes text = make_symbol(version, level, &symbol);
    uint32_t side = (uint32_t)(1.5 * scale * (symbol.side + 8));
    struct scene scene = pose(&symbol, side, scale);
    struct tem_image *image = scene_picture(&scene, side, side);
    struct tem_scan *scan = NULL;
    if (tem_scan_image(image, NULL, &scan, NULL) != TEM_OK)
        exit(99);
    CHECK(scan->count <= 1);
    bool read = scan->count == 1;
    if (read)
        CHECK(is_right(&scan->symbols[0], text, level, &scene, scale));
    else
        printf("# version %u at %.2f pixels a module is not read\n", version,
               scale);
    tem_scan_free(scan);
    tem_image_free(image);
    return read;
}

/* The scale that leaves a picture of the pixels allowed. */
static double scale_most(unsigned version)
{
    double most = sqrt(PIXELS_MOST) / 1.5 / (4 * version + 17 + 8);
    return most < 6 ? most : 6;
}

TEST(what_is_made_comes_back)
{
    unsigned read = 0, all = 0;
    for (unsigned i = 0; i < rounds * 80; i++) {
        unsigned version = 1 + i % 40;
        double most = scale_most(version);
        read += comes_back(version, chance(most < 3 ? 2 : 2.5, most));
        all++;
    }
    printf("# %u of %u read\n", read, all);
    CHECK_INT(read, all);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        rounds = (unsigned)strtoul(argv[1], NULL, 10);
    RUN(what_is_made_comes_back);
    return test_done();
}
