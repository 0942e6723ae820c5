/* SPDX-License-Identifier: MIT */
#ifndef TEST_SCAN_SCENE_H
#define TEST_SCAN_SCENE_H

/* Symbols and finder patterns as they come to lie in a picture, drawn from the
 * definition of the map: where each thing is, is known exactly. */

#include "../../lib/scan/locate.h"
#include "test.h"
#include <math.h>
#include <tem/symbol.h>

#define DEGREES (3.14159265358979323846 / 180)

/* Three spots of a picture: near when not farther apart than this. */
#define CHECK_SPOT(got, want_x, want_y, off)                                   \
    do {                                                                       \
        struct tem_spot spot_ = (got);                                         \
        double x_ = (want_x), y_ = (want_y);                                   \
        if (!(hypot(spot_.x - x_, spot_.y - y_) <= (off))) {                   \
            test_failures++;                                                   \
            printf("# %s:%d: %s is (%g, %g), not (%g, %g)\n", __FILE__,        \
                   __LINE__, #got, spot_.x, spot_.y, x_, y_);                  \
        }                                                                      \
    } while (0)

#define CHECK_REAL(got, want, off)                                             \
    do {                                                                       \
        double real_ = (got), wanted_ = (want);                                \
        if (!(fabs(real_ - wanted_) <= (off))) {                               \
            test_failures++;                                                   \
            printf("# %s:%d: %s is %g, not %g\n", __FILE__, __LINE__, #got,    \
                   real_, wanted_);                                            \
        }                                                                      \
    } while (0)

static inline struct tem_image *sheet(uint32_t width, uint32_t height,
                                      uint8_t grey)
{
    struct tem_image *image;
    if (tem_image_new(width, height, &image, NULL) != TEM_OK)
        exit(99);
    memset(image->pixels, grey, (size_t)width * height);
    return image;
}

/* The pixels of rows of letters: '#' is 0, '.' 255. */
static inline struct tem_image *image_of(const char *const *rows,
                                         uint32_t height)
{
    uint32_t width = (uint32_t)strlen(rows[0]);
    struct tem_image *image = sheet(width, height, 255);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            if (rows[y][x] == '#')
                image->pixels[y * width + x] = 0;
    return image;
}

/* ---- maps ------------------------------------------------------------- */

/* Modules of @p scale pixels, turned clockwise, so that module place @p from
 * comes to lie at @p to. */
static inline struct tem_projective
turned_map(double scale, double angle, struct tem_spot from, struct tem_spot to)
{
    double c = scale * cos(angle), s = scale * sin(angle);
    return (struct tem_projective){{c, -s, to.x - c * from.x + s * from.y, s, c,
                                    to.y - s * from.x - c * from.y, 0, 0}};
}

/* Seen at a slant: what is far from @p middle along (across, down) shrinks. */
static inline struct tem_projective slanted(struct tem_projective map,
                                            struct tem_spot middle,
                                            double across, double down)
{
    struct tem_spot at = tem_project(&map, middle.x, middle.y);
    double w = 1 - across * middle.x - down * middle.y;
    double *m = map.m;
    for (int i = 0; i < 6; i++) /* about the middle it stays as it was */
        m[i] += (i % 3 == 2 ? w - 1
                 : i % 3    ? down
                            : across) *
                (i < 3 ? at.x : at.y);
    m[6] = across;
    m[7] = down;
    for (int i = 0; i < 8; i++)
        m[i] /= w;
    return map;
}

/* From the picture to the symbol. */
static inline struct tem_spot unproject(const struct tem_projective *map,
                                        double x, double y)
{
    const double *m = map->m;
    double a = m[0] - m[6] * x, b = m[1] - m[7] * x, e = x - m[2];
    double c = m[3] - m[6] * y, d = m[4] - m[7] * y, f = y - m[5];
    double turn = a * d - b * c;
    return (struct tem_spot){(e * d - b * f) / turn, (a * f - e * c) / turn};
}

/* ---- scenes ----------------------------------------------------------- */

struct scene {
    struct tem_projective map; /* of a flat symbol */
    double wave, length;       /* pixels that it is off that, and of a wave */
    const struct tem_symbol
        *symbol; /* NULL: a finder pattern, (0, 0)..(7, 7) */
    bool mirrored;
    uint8_t dark, light;
};

static inline bool is_dark_at(const struct scene *scene, struct tem_spot at)
{
    int x = (int)floor(at.x), y = (int)floor(at.y);
    if (scene->symbol)
        return tem_symbol_dark(scene->symbol, scene->mirrored ? y : x,
                               scene->mirrored ? x : y);
    int a = abs(x - 3), b = abs(y - 3), ring = a > b ? a : b;
    return ring <= 3 && ring != 2;
}

/* Where on the symbol a place of the picture is. */
static inline struct tem_spot scene_from(const struct scene *scene, double x,
                                         double y)
{
    double off = 0;
    if (scene->wave != 0)
        off = scene->wave * sin(x / scene->length);
    return unproject(&scene->map, x, y + off);
}

/* Where in the picture a place of the symbol is. */
static inline struct tem_spot scene_at(const struct scene *scene, double u,
                                       double v)
{
    struct tem_spot at = tem_project(&scene->map, u, v);
    if (scene->wave != 0)
        at.y -= scene->wave * sin(at.x / scene->length);
    return at;
}

/* Each pixel is the mean of 4 x 4 points. Around the symbol is what was. */
static inline void scene_draw(const struct scene *scene,
                              struct tem_image *image)
{
    double side = scene->symbol ? scene->symbol->side : 7;
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++) {
            unsigned sum = 0, inside = 0;
            for (int i = 0; i < 16; i++) {
                struct tem_spot at = scene_from(scene, x + (i % 4 + 0.5) / 4,
                                                y + (i / 4 + 0.5) / 4);
                inside += at.x > -1 && at.y > -1 && at.x < side + 1 &&
                          at.y < side + 1;
                sum += is_dark_at(scene, at) ? scene->dark : scene->light;
            }
            if (inside == 16)
                image->pixels[(size_t)y * image->width + x] =
                    (uint8_t)((sum + 8) / 16);
        }
}

static inline struct tem_image *scene_picture(const struct scene *scene,
                                              uint32_t width, uint32_t height)
{
    struct tem_image *image = sheet(width, height, scene->light);
    scene_draw(scene, image);
    return image;
}

/* A symbol of one version, full of digits. */
static inline struct tem_symbol symbol_of_version(unsigned version,
                                                  enum tem_ecc level)
{
    static char digits[TEM_SYMBOL_TEXT_MAX + 1];
    struct tem_symbol symbol = {.version = 0};
    size_t low = 1, high = TEM_SYMBOL_TEXT_MAX;
    for (size_t i = 0; i < TEM_SYMBOL_TEXT_MAX; i++)
        digits[i] = (char)('0' + i * i % 7 + i % 3);
    while (low < high) { /* the longest that it holds */
        size_t middle = (low + high + 1) / 2;
        struct tem_bytes text = {(const uint8_t *)digits, middle};
        if (tem_symbol_encode(text, level, version, &symbol, NULL) == TEM_OK)
            low = middle;
        else
            high = middle - 1;
    }
    struct tem_bytes text = {(const uint8_t *)digits, low};
    if (tem_symbol_encode(text, level, version, &symbol, NULL) != TEM_OK ||
        symbol.version != version)
        exit(99);
    return symbol;
}

/* ---- finder patterns -------------------------------------------------- */

/* The finder pattern whose first module is at (u, v), as it would be found if
 * everything were exact; its corners round about. */
static inline void exact_finder(const struct scene *scene, double u, double v,
                                struct tem_finder *finder,
                                struct tem_quad *quad)
{
    static const double corners[][2] = {{0, 0}, {7, 0}, {7, 7}, {0, 7}};
    double round = 0;
    for (int i = 0; i < 4; i++)
        quad->corner[i] = scene_at(scene, u + corners[i][0], v + corners[i][1]);
    for (int i = 0; i < 4; i++)
        round += hypot(quad->corner[i].x - quad->corner[(i + 1) % 4].x,
                       quad->corner[i].y - quad->corner[(i + 1) % 4].y);
    quad->rough = 0;
    *finder = (struct tem_finder){.at = scene_at(scene, u + 3.5, v + 3.5),
                                  .module = round / 28,
                                  .light = scene->dark > scene->light,
                                  .rays = TEM_FINDER_RAYS,
                                  .inner_rays = TEM_FINDER_RAYS};
}

/* The three of a symbol. */
static inline struct tem_stand stand_of(const struct scene *scene)
{
    double far = scene->symbol->side - 7.0;
    struct tem_stand stand;
    exact_finder(scene, 0, 0, &stand.top_left, &stand.quad[0]);
    exact_finder(scene, far, 0, &stand.top_right, &stand.quad[1]);
    exact_finder(scene, 0, far, &stand.bottom_left, &stand.quad[2]);
    return stand;
}

#endif
