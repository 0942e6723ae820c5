/* SPDX-License-Identifier: MIT */
/* How much damage a label survives: bench_damage [CLASS] [--save DIR]
 * Thirty labels are photographed with every level of every class of damage;
 * tem_scan_image() and zbar alone at full size read the very same pictures.
 * CLASS limits it to one class, --save keeps the pictures as PNG in DIR.
 * Ends with 1 if a text was read that no label has. */
#include "bench.h"
#include "../../lib/scan/zbar.h"
#include "camera.h"
#include <stdio.h>

enum { LABELS = 30, LEVELS_MAX = 8, TEXT_SIZE = 551 };

/* ---- labels ----------------------------------------------------------- */

struct label {
    char text[TEXT_SIZE];
    struct tem_symbol symbol;
};

/* Half of them with 220 characters, half with 550: small symbols and large
 * ones, shaped as our labels are. */
static void make_labels(struct label labels[LABELS])
{
    struct chance chance = {20260813};
    for (size_t i = 0; i < LABELS; i++) {
        struct label *label = &labels[i];
        size_t length = i % 2 ? 550 : 220;
        int at = snprintf(label->text, TEXT_SIZE,
                          "HTTPS://OCOP.SONLA.GOV.VN/01/08931234567894/10/"
                          "L%07u/21/%06u?S=",
                          chance_next(&chance) % 10000000, (unsigned)i + 1);
        for (size_t k = (size_t)at; k < length; k++)
            label->text[k] = (char)('0' + chance_next(&chance) % 10);
        label->text[length] = '\0';
        need(tem_symbol_encode(tem_bytes_of(label->text), TEM_ECC_M, 40,
                               &label->symbol, NULL) == TEM_OK);
    }
}

/* ---- damage ----------------------------------------------------------- */

/* Held by hand, on a table, in fair light: everybody reads it. */
static struct camera fair(struct chance *chance)
{
    struct camera camera = {.black = 35, .white = 215, .scale = 4, .noise = 2};
    camera.table = chance_real(chance, 150, 190);
    camera.turn = chance_real(chance, -5, 5) * CAMERA_RADIANS;
    return camera;
}

static double any_angle(struct chance *chance)
{
    return chance_real(chance, 0, 360) * CAMERA_RADIANS;
}

static void add_blur(struct camera *camera, double level, struct chance *chance)
{
    (void)chance;
    camera->blur = level;
}

static void add_motion(struct camera *camera, double level,
                       struct chance *chance)
{
    camera->motion = level;
    camera->motion_angle = any_angle(chance);
}

static void add_tilt(struct camera *camera, double level, struct chance *chance)
{
    camera->tilt = level * CAMERA_RADIANS;
    camera->axis = any_angle(chance);
}

static void set_resolution(struct camera *camera, double level,
                           struct chance *chance)
{
    (void)chance;
    camera->scale = level;
}

static void add_noise(struct camera *camera, double level,
                      struct chance *chance)
{
    (void)chance;
    camera->noise = level;
}

static void add_dirt(struct camera *camera, double level, struct chance *chance)
{
    camera->covered = level / 100;
    camera->strips = chance_of(chance, 2);
}

static void add_glare(struct camera *camera, double level,
                      struct chance *chance)
{
    (void)chance;
    camera->glare = level;
}

static void wrap(struct camera *camera, double level, struct chance *chance)
{
    (void)chance;
    camera->wrap = level * CAMERA_RADIANS;
}

static void turn(struct camera *camera, double level, struct chance *chance)
{
    camera->turn = level * (chance_of(chance, 2) ? 1 : -1) * CAMERA_RADIANS;
}

static void compress(struct camera *camera, double level, struct chance *chance)
{
    (void)chance;
    camera->quality = (int)level;
}

/* By a slope from side to side; or half by that and the rest, from 50 % on, by
 * the edge of a shadow. */
static void take_light(struct camera *camera, double level,
                       struct chance *chance)
{
    camera->fade = level / 100;
    camera->fade_angle = any_angle(chance);
    if (chance_of(chance, 2)) {
        camera->fade = 0.5;
        camera->shadow = 1 - (1 - level / 100) / (1 - camera->fade);
        camera->shadow_angle = any_angle(chance);
    }
}

static void take_contrast(struct camera *camera, double level,
                          struct chance *chance)
{
    double middle = chance_real(chance, 70, 170);
    camera->black = middle - level / 2;
    camera->white = middle + level / 2;
    camera->table = middle + level / 4;
}

static void invert(struct camera *camera, double level, struct chance *chance)
{
    (void)chance;
    camera->inverted = true;
    camera->blur = level;
}

/* A little of everything, as a hurried hand does it. */
static void hurry(struct camera *camera, double level, struct chance *chance)
{
    camera->turn = any_angle(chance);
    add_tilt(camera, 7 * level, chance);
    add_motion(camera, 0.2 * level, chance);
    camera->blur = 0.1 * level;
    camera->scale = 4.5 - 0.4 * level;
    camera->noise = 3 * level;
    camera->fade = 0.1 * level;
    camera->fade_angle = any_angle(chance);
    camera->glare = level > 2 ? 0.02 * level : 0;
    camera->quality = 95 - (int)(9 * level);
}

static const struct damage {
    const char *name, *unit;
    void (*add)(struct camera *camera, double level, struct chance *chance);
    double levels[LEVELS_MAX]; /* rising damage; 0 ends them, but the first */
} damages[] = {
    {"blur", "modules", add_blur, {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 1.2}},
    {"motion", "modules", add_motion, {0.5, 1, 1.5, 2, 2.5, 3.5}},
    {"tilt", "degrees", add_tilt, {10, 20, 30, 40, 50, 60, 65, 70}},
    {"resolution",
     "px/module",
     set_resolution,
     {3, 2.5, 2.25, 2, 1.75, 1.5, 1.25}},
    {"noise", "greys", add_noise, {10, 20, 35, 50, 75, 110}},
    {"occlusion", "% covered", add_dirt, {2, 4, 7, 10, 14, 20}},
    {"glare", "sides", add_glare, {0.06, 0.1, 0.14, 0.18, 0.24, 0.32}},
    {"cylinder", "degrees", wrap, {20, 40, 60, 80, 100, 120}},
    {"phone", "of all", hurry, {1, 2, 3, 4, 5, 6}},
    {"rotation", "degrees", turn, {10, 25, 45, 100, 170}},
    {"jpeg", "quality", compress, {50, 20, 8, 4, 1}},
    {"light", "% lost", take_light, {50, 70, 80, 90, 96}},
    {"contrast", "greys", take_contrast, {120, 60, 30, 16, 8}},
    {"inverted", "modules blur", invert, {0, 0.3}},
};

/* ---- readers ---------------------------------------------------------- */

struct score {
    unsigned right, wrong;
    double ms;
};

static void judge(const struct tem_scan *scan, const char *text,
                  struct score *score)
{
    struct tem_bytes wanted = tem_bytes_of(text);
    bool found = false;
    for (size_t i = 0; i < scan->count; i++) {
        struct tem_bytes got = scan->symbols[i].text;
        bool same = got.size == wanted.size &&
                    memcmp(got.data, wanted.data, got.size) == 0;
        found |= same;
        score->wrong += !same;
    }
    score->right += found;
}

static void read_with_tem(const struct tem_image *image, const char *text,
                          struct score *score)
{
    struct tem_scan *scan;
    double start = now();
    need(tem_scan_image(image, NULL, &scan, NULL) == TEM_OK);
    score->ms += now() - start;
    judge(scan, text, score);
    tem_scan_free(scan);
}

static void read_with_zbar(const struct tem_image *image, const char *text,
                           struct score *score)
{
    struct tem_scan scan;
    double start = now();
    need(tem_scan_pass(image, TEM_QR_CODE, &scan, NULL) == TEM_OK);
    score->ms += now() - start;
    judge(&scan, text, score);
    tem_scan_clear(&scan);
}

/* ---- table ------------------------------------------------------------ */

struct row {
    unsigned pictures;
    struct score us, zbar;
};

static void add_row(struct row *sum, const struct row *row)
{
    sum->pictures += row->pictures;
    sum->us.right += row->us.right;
    sum->us.wrong += row->us.wrong;
    sum->us.ms += row->us.ms;
    sum->zbar.right += row->zbar.right;
    sum->zbar.wrong += row->zbar.wrong;
    sum->zbar.ms += row->zbar.ms;
}

static void print_row(const char *name, const char *level,
                      const struct row *row)
{
    double n = row->pictures;
    printf("  %-10s  %-17s %5u %5u %5u %8.1f %8.1f\n", name, level,
           row->pictures, row->us.right, row->zbar.right, row->us.ms / n,
           row->zbar.ms / n);
    fflush(stdout); /* it takes minutes */
}

/* ---- runs ------------------------------------------------------------- */

static void save(const struct tem_image *image, const char *folder,
                 const struct damage *damage, double level, size_t label)
{
    char name[4096];
    struct tem_image_file png = {NULL, 0, 0};
    snprintf(name, sizeof name, "%s/%s-%g-%02zu.png", folder, damage->name,
             level, label);
    need(tem_image_write_grey(image, &png, NULL) == TEM_OK);
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(png.data, 1, png.size, file) != png.size ||
        fclose(file) != 0) {
        perror(name);
        exit(1);
    }
    tem_image_file_free(&png);
}

/* The chance hangs on the damage and the label alone, so that a class run by
 * itself takes the same pictures. */
static struct tem_image *shoot(const struct damage *damage, double level,
                               const struct label *label, size_t number)
{
    struct chance chance = {0x9E3779B97F4A7C15u * (number + 1)};
    chance.state ^= (uint64_t)(damage - damages + 1) << 32;
    chance.state ^= (uint64_t)(level * 1000);
    for (int i = 0; i < 8; i++) /* until near seeds have parted */
        chance_next(&chance);
    struct camera camera = fair(&chance);
    damage->add(&camera, level, &chance);
    return camera_shoot(&camera, &label->symbol, &chance);
}

static struct row run_level(const struct damage *damage, double level,
                            const struct label labels[LABELS],
                            const char *folder)
{
    struct row row = {.pictures = LABELS};
    char name[32];
    for (size_t i = 0; i < LABELS; i++) {
        struct tem_image *image = shoot(damage, level, &labels[i], i);
        read_with_tem(image, labels[i].text, &row.us);
        read_with_zbar(image, labels[i].text, &row.zbar);
        if (folder)
            save(image, folder, damage, level, i);
        tem_image_free(image);
    }
    snprintf(name, sizeof name, "%g %s", level, damage->unit);
    print_row(damage->name, name, &row);
    return row;
}

static struct row run_damage(const struct damage *damage,
                             const struct label labels[LABELS],
                             const char *folder)
{
    struct row sum = {.pictures = 0};
    for (size_t i = 0; i < LEVELS_MAX; i++) {
        if (i > 0 && damage->levels[i] <= 0)
            break;
        struct row row = run_level(damage, damage->levels[i], labels, folder);
        add_row(&sum, &row);
    }
    print_row(damage->name, "all", &sum);
    return sum;
}

static struct row run(const char *only, const char *folder)
{
    static struct label labels[LABELS];
    struct row sum = {.pictures = 0};
    make_labels(labels);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        if (only && strcmp(only, damages[i].name) != 0)
            continue;
        struct row row = run_damage(&damages[i], labels, folder);
        add_row(&sum, &row);
    }
    return sum;
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_damage [CLASS] [--save DIR]\nclasses:");
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++)
        fprintf(stderr, " %s", damages[i].name);
    fprintf(stderr, "\n");
    return 2;
}

int main(int argc, char **argv)
{
    const char *only = NULL, *folder = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--save") == 0 && i + 1 < argc)
            folder = argv[++i];
        else if (argv[i][0] != '-' && !only)
            only = argv[i];
        else
            return usage();
    }
    printf("labels read, of %d a level; CPU ms a picture\n", LABELS);
    printf("  %-10s  %-17s %5s %5s %5s %8s %8s\n", "damage", "level", "of",
           "tem", "zbar", "tem ms", "zbar ms");
    struct row sum = run(only, folder);
    if (sum.pictures == 0)
        return usage();
    print_row("all", "", &sum);
    printf("  wrong texts: tem %u, zbar %u (wanted: 0)\n", sum.us.wrong,
           sum.zbar.wrong);
    return sum.us.wrong > 0;
}
