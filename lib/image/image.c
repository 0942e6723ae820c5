/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: pictures in memory. */
#include "../error/fail.h"
#include "read.h"
#include <stdlib.h>
#include <string.h>

enum tem_status tem_image_check_size(uint64_t width, uint64_t height,
                                     uint64_t max_pixels,
                                     struct tem_error *error)
{
    if (width < 1 || height < 1 || width > TEM_IMAGE_SIDE_MAX ||
        height > TEM_IMAGE_SIDE_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, IMAGE_SIDE, "ddd",
                        (long long)width, (long long)height,
                        (long long)TEM_IMAGE_SIDE_MAX);
    if (width * height > max_pixels)
        return TEM_FAIL(error, TEM_E_LIMIT, IMAGE_PIXELS, "ddd",
                        (long long)width, (long long)height,
                        (long long)max_pixels);
    return TEM_OK;
}

enum tem_status tem_image_new(uint32_t width, uint32_t height,
                              struct tem_image **image,
                              struct tem_error *error)
{
    enum tem_status status =
        tem_image_check_size(width, height, UINT64_MAX, error);
    if (status != TEM_OK)
        return status;
    size_t size = (size_t)width * height;
    struct tem_image *made = malloc(sizeof *made);
    uint8_t *pixels = made ? malloc(size) : NULL;
    if (!pixels) {
        free(made);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    memset(pixels, 255, size);
    *made = (struct tem_image){width, height, pixels};
    *image = made;
    return TEM_OK;
}

void tem_image_free(struct tem_image *image)
{
    if (!image)
        return;
    free(image->pixels);
    free(image);
}

void tem_image_file_free(struct tem_image_file *file)
{
    free(file->data);
    *file = (struct tem_image_file){NULL, 0, 0};
}

/* ---- turning ---- */

/* Where pixel (x, y) of the upright picture lies in the stored one, for EXIF
 * orientations 1..8 (EXIF 2.3 table 6, tag 0x0112). */
static size_t stored(const struct tem_image *image, int orientation, uint32_t x,
                     uint32_t y)
{
    uint32_t right = image->width - 1, bottom = image->height - 1;
    uint32_t sx = orientation >= 5 ? y : x, sy = orientation >= 5 ? x : y;
    if (orientation == 2 || orientation == 3 || orientation == 7 ||
        orientation == 8)
        sx = right - sx;
    if (orientation == 3 || orientation == 4 || orientation == 6 ||
        orientation == 7)
        sy = bottom - sy;
    return (size_t)sy * image->width + sx;
}

enum tem_status tem_image_orient(struct tem_image *image, int orientation,
                                 struct tem_error *error)
{
    if (orientation <= 1 || orientation > 8)
        return TEM_OK;
    bool lying = orientation >= 5;
    uint32_t width = lying ? image->height : image->width;
    uint32_t height = lying ? image->width : image->height;
    uint8_t *turned = malloc((size_t)width * height), *at = turned;
    if (!turned)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++)
            *at++ = image->pixels[stored(image, orientation, x, y)];
    free(image->pixels);
    *image = (struct tem_image){width, height, turned};
    return TEM_OK;
}

/* ---- shrinking and drawing ---- */

/* How one side is cut up: into equal parts, or into blocks of which the last
 * may be smaller. */
struct cut {
    uint32_t side, parts;
    unsigned block; /* 0: equal parts */
};

/* Where part @p i ends. No part is empty. */
static uint32_t end_of(const struct cut *cut, uint32_t i)
{
    uint64_t end = cut->block ? (uint64_t)(i + 1) * cut->block
                              : (uint64_t)(i + 1) * cut->side / cut->parts;
    return end < cut->side ? (uint32_t)end : cut->side;
}

/* Add a stored row to the sums of the row that it falls into. */
static void add_row(const uint8_t *row, const struct cut *across,
                    uint64_t *sums)
{
    for (uint32_t x = 0, from = 0; x < across->parts; x++) {
        uint32_t to = end_of(across, x);
        uint32_t sum = 0;
        for (; from < to; from++)
            sum += row[from];
        sums[x] += sum;
    }
}

/* The mean of each column's pixels over @p rows rows. */
static void put_means(const uint64_t *sums, const struct cut *across,
                      uint32_t rows, uint8_t *out)
{
    for (uint32_t x = 0, from = 0; x < across->parts; x++) {
        uint32_t to = end_of(across, x);
        uint64_t count = (uint64_t)(to - from) * rows;
        /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
        out[x] = (uint8_t)((sums[x] + count / 2) / count);
        from = to;
    }
}

/* The mean of each part of a picture. */
static enum tem_status average(const struct tem_image *image,
                               const struct cut *across, const struct cut *down,
                               struct tem_image **smaller,
                               struct tem_error *error)
{
    struct tem_image *made = NULL;
    enum tem_status status =
        tem_image_new(across->parts, down->parts, &made, error);
    if (status != TEM_OK)
        return status;
    uint64_t *sums = malloc(made->width * sizeof *sums);
    if (!sums) {
        tem_image_free(made);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    for (uint32_t y = 0, from = 0; y < made->height; y++) {
        uint32_t to = end_of(down, y), rows = to - from;
        memset(sums, 0, made->width * sizeof *sums);
        for (; from < to; from++)
            add_row(image->pixels + (size_t)from * image->width, across, sums);
        put_means(sums, across, rows, made->pixels + (size_t)y * made->width);
    }
    free(sums);
    *smaller = made;
    return TEM_OK;
}

static struct cut into_parts(uint32_t side, unsigned per_mille)
{
    uint32_t parts = (uint32_t)((uint64_t)side * per_mille / 1000);
    return (struct cut){side, parts < 1 ? 1 : parts, 0};
}

enum tem_status tem_image_shrink(const struct tem_image *image,
                                 unsigned per_mille, struct tem_image **smaller,
                                 struct tem_error *error)
{
    if (per_mille < 1 || per_mille > 1000)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "per_mille");
    struct cut across = into_parts(image->width, per_mille);
    struct cut down = into_parts(image->height, per_mille);
    return average(image, &across, &down, smaller, error);
}

static struct cut into_blocks(uint32_t side, unsigned block)
{
    return (struct cut){side, (side + block - 1) / block, block};
}

enum tem_status tem_image_average(const struct tem_image *image, unsigned block,
                                  struct tem_image **smaller,
                                  struct tem_error *error)
{
    struct cut across = into_blocks(image->width, block);
    struct cut down = into_blocks(image->height, block);
    return average(image, &across, &down, smaller, error);
}

enum tem_status tem_image_draw(const struct tem_symbol *symbol,
                               const struct tem_layout *layout,
                               struct tem_image **image,
                               struct tem_error *error)
{
    uint32_t side = tem_label_side(layout, symbol);
    struct tem_image *made = NULL;
    enum tem_status status = tem_image_new(side, side, &made, error);
    if (status != TEM_OK)
        return status;
    size_t dots = layout->dots, margin = layout->quiet * dots;
    for (int y = 0; y < symbol->side; y++) {
        uint8_t *row = made->pixels + (margin + (size_t)y * dots) * side;
        for (int x = 0; x < symbol->side; x++)
            if (tem_symbol_dark(symbol, x, y))
                memset(row + margin + (size_t)x * dots, 0, dots);
        for (size_t i = 1; i < dots; i++)
            memcpy(row + i * side, row, side);
    }
    *image = made;
    return TEM_OK;
}
