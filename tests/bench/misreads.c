/* SPDX-License-Identifier: MIT */
/* Texts that nobody wrote: bench_misreads [PICTURES [FIRST]] [--save DIR]
 * Labels damaged beyond reading, symbols of random modules, two symbols in one,
 * collages of finder patterns, and noise, 100,000 of them: each text that comes
 * back is held against what was drawn. Memory is looked at before and after.
 * A picture depends on its number alone; FIRST begins with another, and --save
 * keeps those that were read wrong as PNG.
 * Ends with 1 if a text was wrong, or if the heap has grown. */
#include "bench.h"
#include "../../lib/scan/spec.h"
#include "camera.h"
#include <malloc.h>
#include <stdio.h>
#include <tem/scan.h>

enum {
    TEXTS_MAX = 2,
    TEXT_SIZE = 161,
    SIDE_MAX = 200,
    EVERY = 10000,
    WARM = 1000,     /* pictures, until what is taken once has been */
    KEPT = 256 << 10 /* malloc keeps that much at hand, and calls it used */
};

/* ---- pictures --------------------------------------------------------- */

/* A picture and the texts that may come of it. */
struct picture {
    struct tem_image *image;
    char text[TEXTS_MAX][TEXT_SIZE];
    size_t texts;
};

static struct tem_image *sheet(uint32_t width, uint32_t height, uint8_t grey)
{
    struct tem_image *image;
    need(tem_image_new(width, height, &image, NULL) == TEM_OK);
    memset(image->pixels, grey, (size_t)width * height);
    return image;
}

static struct tem_symbol some_symbol(struct chance *chance, char *text)
{
    struct tem_symbol symbol;
    int32_t most = chance_of(chance, 4) ? TEXT_SIZE - 1 : 40;
    chance_text(chance, chance_of(chance, 2) ? DIGITS : DIGITS CAPITALS ":/", 1,
                most, text);
    need(tem_symbol_encode(tem_bytes_of(text),
                           (enum tem_ecc)(chance_next(chance) % 4), 40, &symbol,
                           NULL) == TEM_OK);
    return symbol;
}

static void flip(struct tem_symbol *symbol, unsigned x, unsigned y)
{
    unsigned at = y * symbol->side + x;
    symbol->bits[at / 8] ^= (uint8_t)(0x80 >> at % 8);
}

/* In the middle of paper, a little smudged. */
static struct tem_image *draw(const struct tem_symbol *symbol, unsigned dots)
{
    struct tem_layout layout = {.dpi = 300, .dots = dots, .quiet = 4};
    struct tem_image *image;
    need(tem_image_draw(symbol, &layout, &image, NULL) == TEM_OK);
    return image;
}

/* Several things at once, more of them than half of the labels survive. */
static void shoot(struct chance *chance, struct picture *picture)
{
    struct tem_symbol symbol = some_symbol(chance, picture->text[0]);
    struct camera camera = {.black = chance_real(chance, 0, 90),
                            .white = chance_real(chance, 140, 255),
                            .table = chance_real(chance, 100, 200),
                            .inverted = chance_of(chance, 8),
                            .strips = chance_of(chance, 2),
                            .scale = chance_real(chance, 1.5, 4),
                            .turn = chance_real(chance, -3.2, 3.2),
                            .noise = chance_real(chance, 0, 20)};
    if (chance_of(chance, 2))
        camera.covered = chance_real(chance, 0, 0.3);
    if (chance_of(chance, 3))
        camera.blur = chance_real(chance, 0, 1);
    if (chance_of(chance, 4)) {
        camera.motion = chance_real(chance, 0, 2.5);
        camera.motion_angle = chance_real(chance, 0, 3.2);
    }
    if (chance_of(chance, 4)) {
        camera.tilt = chance_real(chance, 0, 60) * CAMERA_RADIANS;
        camera.axis = chance_real(chance, 0, 3.2);
    } else if (chance_of(chance, 4)) {
        camera.wrap = chance_real(chance, 0, 120) * CAMERA_RADIANS;
    }
    if (chance_of(chance, 4))
        camera.glare = chance_real(chance, 0, 0.3);
    if (chance_of(chance, 4))
        camera.quality = between(chance, 1, 40);
    picture->texts = 1;
    picture->image = camera_shoot(&camera, &symbol, chance);
}

/* Some of the data's modules are wrong, up to three in ten. */
static void scramble(struct chance *chance, struct picture *picture)
{
    struct tem_symbol symbol = some_symbol(chance, picture->text[0]);
    struct tem_qr_plan plan = tem_qr_plan(symbol.version);
    uint32_t share = chance_next(chance) % 30;
    for (unsigned y = 0; y < symbol.side; y++)
        for (unsigned x = 0; x < symbol.side; x++)
            if (!tem_qr_is_function(&plan, x, y) &&
                chance_next(chance) % 100 < share)
                flip(&symbol, x, y);
    picture->texts = 1;
    picture->image = draw(&symbol, 1 + chance_next(chance) % 3);
}

/* One symbol to a line, and another past it, as of labels stuck over labels. */
static void splice(struct chance *chance, struct picture *picture)
{
    struct tem_symbol first = some_symbol(chance, picture->text[0]), other;
    size_t length = strlen(picture->text[0]);
    for (size_t i = 0; i < length; i++) /* of the same kind and length */
        picture->text[1][i] = picture->text[0][chance_next(chance) % length];
    picture->text[1][length] = '\0';
    need(tem_symbol_encode(tem_bytes_of(picture->text[1]),
                           (enum tem_ecc)first.ecc, 40, &other,
                           NULL) == TEM_OK);
    unsigned line = chance_next(chance) % (first.side + 1u);
    bool across = chance_of(chance, 2);
    for (unsigned y = 0; y < first.side && first.side == other.side; y++)
        for (unsigned x = 0; x < first.side; x++)
            if ((across ? x : y) >= line &&
                tem_symbol_dark(&first, (int)x, (int)y) !=
                    tem_symbol_dark(&other, (int)x, (int)y))
                flip(&first, x, y);
    picture->texts = 2;
    picture->image = draw(&first, 1 + chance_next(chance) % 3);
}

static void fill(struct tem_image *image, int32_t x, int32_t y, int32_t size,
                 uint8_t grey)
{
    for (int32_t i = y; i < y + size; i++)
        for (int32_t k = x; k < x + size; k++)
            if (i >= 0 && k >= 0 && i < (int32_t)image->height &&
                k < (int32_t)image->width)
                image->pixels[(size_t)i * image->width + (size_t)k] = grey;
}

static void stamp_finder(struct tem_image *image, int32_t x, int32_t y,
                         int32_t dots, bool light)
{
    uint8_t ink = light ? 255 : 0, paper = light ? 0 : 255;
    fill(image, x - dots, y - dots, 9 * dots, paper);
    fill(image, x, y, 7 * dots, ink);
    fill(image, x + dots, y + dots, 5 * dots, paper);
    fill(image, x + 2 * dots, y + 2 * dots, 3 * dots, ink);
}

/* Modules by chance with finder patterns among them, most of them three where
 * those of a symbol would be. */
static void collage(struct chance *chance, struct picture *picture)
{
    int32_t dots = 2 + (int32_t)(chance_next(chance) % 3);
    int32_t version = between(chance, 1, 7), side = 4 * version + 17;
    int32_t size = (side + 8) * dots;
    struct tem_image *image = sheet((uint32_t)size, (uint32_t)size, 255);
    for (int32_t y = 4; y < side + 4; y++)
        for (int32_t x = 4; x < side + 4; x++)
            if (x == 10 || y == 10 ? (x + y) % 2 == 0 : chance_of(chance, 2))
                fill(image, x * dots, y * dots, dots, 0);
    for (int corner = 0; corner < 3; corner++)
        stamp_finder(image, (corner == 1 ? side - 3 : 4) * dots,
                     (corner == 2 ? side - 3 : 4) * dots, dots, false);
    for (uint32_t more = chance_next(chance) % 12; more > 0; more--)
        stamp_finder(image, (int32_t)(chance_next(chance) % (uint32_t)size),
                     (int32_t)(chance_next(chance) % (uint32_t)size), dots,
                     chance_of(chance, 4));
    picture->image = image;
}

static void make_noise(struct chance *chance, struct picture *picture)
{
    uint32_t width = 1 + chance_next(chance) % SIDE_MAX;
    uint32_t height = 1 + chance_next(chance) % SIDE_MAX;
    uint32_t dots = 1 + chance_next(chance) % 5;
    bool grey = chance_of(chance, 2);
    picture->image = sheet(width, height, 255);
    for (uint32_t y = 0; y < height; y += dots)
        for (uint32_t x = 0; x < width; x += dots)
            fill(picture->image, (int32_t)x, (int32_t)y, (int32_t)dots,
                 grey                   ? (uint8_t)chance_next(chance)
                 : chance_of(chance, 2) ? 255
                                        : 0);
}

static const struct kind {
    const char *name;
    void (*make)(struct chance *chance, struct picture *picture);
} kinds[] = {{"damaged labels", shoot},
             {"wrong modules", scramble},
             {"two symbols in one", splice},
             {"finder patterns", collage},
             {"noise", make_noise}};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* ---- runs ------------------------------------------------------------- */

struct score {
    unsigned pictures, right, wrong;
    double ms;
};

static void save(const struct tem_image *image, const char *folder,
                 unsigned long number)
{
    char name[4096];
    struct tem_image_file png = {NULL, 0, 0};
    snprintf(name, sizeof name, "%s/misread-%lu.png", folder, number);
    need(tem_image_write_grey(image, &png, NULL) == TEM_OK);
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(png.data, 1, png.size, file) != png.size ||
        fclose(file) != 0) {
        perror(name);
        exit(2);
    }
    tem_image_file_free(&png);
}

static bool is_text_of(const struct picture *picture, struct tem_bytes got)
{
    for (size_t i = 0; i < picture->texts; i++)
        if (got.size == strlen(picture->text[i]) &&
            memcmp(got.data, picture->text[i], got.size) == 0)
            return true;
    return false;
}

/* Every 50th the hard way, which takes long where nothing is. */
static void run_one(unsigned long number, struct score scores[KINDS],
                    const char *folder)
{
    struct chance chance = {0x9E3779B97F4A7C15u * (number + 1)};
    for (int i = 0; i < 8; i++) /* until near seeds have parted */
        chance_next(&chance);
    struct picture picture = {.texts = 0};
    size_t kind = chance_next(&chance) % (KINDS + 1) % KINDS;
    struct score *score = &scores[kind];
    kinds[kind].make(&chance, &picture);
    struct tem_scan_options options = {
        .effort = number % 50 == 0   ? TEM_EFFORT_HARD
                  : number % 50 == 1 ? TEM_EFFORT_FAST
                                     : TEM_EFFORT_NORMAL,
        .all = number % 3 == 0};
    struct tem_scan *scan;
    double start = now();
    need(tem_scan_image(picture.image, &options, &scan, NULL) == TEM_OK);
    score->ms += now() - start;
    score->pictures++;
    unsigned wrong = 0;
    for (size_t i = 0; i < scan->count; i++)
        wrong += !is_text_of(&picture, scan->symbols[i].text);
    if (wrong > 0)
        printf("  picture %lu, %s: \"%s\" for \"%s\"\n", number,
               kinds[kind].name, (const char *)scan->symbols[0].text.data,
               picture.texts > 0 ? picture.text[0] : "");
    if (wrong > 0 && folder)
        save(picture.image, folder, number);
    score->right += scan->count > wrong;
    score->wrong += wrong;
    tem_scan_free(scan);
    tem_image_free(picture.image);
}

/* Bytes given out and not yet freed. */
static size_t heap(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static unsigned report(const struct score scores[KINDS])
{
    unsigned wrong = 0;
    printf("  %-20s %9s %9s %9s %8s\n", "pictures of", "of", "right", "wrong",
           "ms");
    for (size_t i = 0; i < KINDS; i++) {
        const struct score *s = &scores[i];
        printf("  %-20s %9u %9u %9u %8.2f\n", kinds[i].name, s->pictures,
               s->right, s->wrong, s->pictures ? s->ms / s->pictures : 0);
        wrong += s->wrong;
    }
    return wrong;
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_misreads [PICTURES [FIRST]] [--save DIR]\n");
    return 2;
}

int main(int argc, char **argv)
{
    unsigned long range[2] = {100000, 0};
    const char *folder = NULL;
    int given = 0;
    for (int i = 1; i < argc; i++) {
        char *end = argv[i];
        if (strcmp(argv[i], "--save") == 0 && i + 1 < argc)
            folder = argv[++i];
        else if (given == 2 || (range[given++] = strtoul(argv[i], &end, 10),
                                *end || !*argv[i]))
            return usage();
    }
    struct score scores[KINDS] = {{0, 0, 0, 0}};
    size_t before = 0, after = 0;
    for (unsigned long i = 0; i < range[0]; i++) {
        run_one(range[1] + i, scores, folder);
        if (i + 1 == WARM)
            before = heap();
        if ((i + 1) % EVERY == 0 || i + 1 == range[0]) {
            after = heap();
            printf("  %7lu pictures: %zu bytes of heap\n", i + 1, after);
            fflush(stdout); /* it takes an hour */
        }
    }
    unsigned wrong = report(scores);
    printf("  wrong texts: %u (wanted: 0)\n", wrong);
    printf("  heap: %zu bytes after %d pictures, %zu at the end\n", before,
           WARM, after);
    return wrong > 0 || (before > 0 && after > before + KEPT);
}
