/* SPDX-License-Identifier: MIT */
/* See binary.h. */
#include "binary.h"
#include "../error/fail.h"
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 8,
    AROUND = 2, /* blocks to each side that a threshold is averaged over */
};

/* Thresholds, one a block; 0 where the block is flat. */
struct blocks {
    uint32_t columns, rows;
    int contrast;
    uint8_t *level, *smooth;
    uint16_t *sum, *count; /* of some rows, by column */
};

void tem_binary_free(struct tem_binary *binary)
{
    free(binary->dark);
    binary->dark = NULL;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

static uint8_t most(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static uint8_t block_level(const uint8_t *low, const uint8_t *high, size_t size,
                           int contrast)
{
    uint8_t darkest = 255, lightest = 0;
    for (size_t i = 0; i < size; i++) {
        darkest = least(darkest, low[i]);
        lightest = most(lightest, high[i]);
    }
    if (lightest - darkest <= contrast)
        return 0;
    return (uint8_t)((darkest + lightest + 1) / 2);
}

/* One row of blocks. Darkest and lightest of each column first: that is what
 * the machine does many at once. */
static void measure_row(const struct tem_image *image, uint32_t row,
                        uint8_t *low, uint8_t *high, struct blocks *blocks)
{
    size_t width = image->width;
    uint32_t top = row * BLOCK;
    uint32_t end = top + BLOCK < image->height ? top + BLOCK : image->height;
    memset(low, 255, width);
    memset(high, 0, width);
    for (uint32_t y = top; y < end; y++) {
        const uint8_t *pixels = image->pixels + y * width;
        for (size_t x = 0; x < width; x++) {
            low[x] = least(low[x], pixels[x]);
            high[x] = most(high[x], pixels[x]);
        }
    }
    for (uint32_t i = 0; i < blocks->columns; i++) {
        size_t left = (size_t)i * BLOCK;
        size_t size = width - left < BLOCK ? width - left : BLOCK;
        blocks->level[(size_t)row * blocks->columns + i] =
            block_level(low + left, high + left, size, blocks->contrast);
    }
}

/* Of a row of blocks and those above and below: sums by column of their levels,
 * and how many are not flat. */
static void sum_columns(struct blocks *blocks, uint32_t row)
{
    uint32_t top = row > AROUND ? row - AROUND : 0;
    uint32_t bottom = row + AROUND + 1;
    bottom = bottom < blocks->rows ? bottom : blocks->rows;
    memset(blocks->sum, 0, blocks->columns * sizeof *blocks->sum);
    memset(blocks->count, 0, blocks->columns * sizeof *blocks->count);
    for (uint32_t y = top; y < bottom; y++) {
        const uint8_t *level = blocks->level + (size_t)y * blocks->columns;
        for (uint32_t x = 0; x < blocks->columns; x++) {
            blocks->sum[x] = (uint16_t)(blocks->sum[x] + level[x]);
            blocks->count[x] = (uint16_t)(blocks->count[x] + (level[x] > 0));
        }
    }
}

/* The mean of the blocks around that are not flat, or 0. */
static uint8_t mean_around(const struct blocks *blocks, uint32_t column)
{
    uint32_t left = column > AROUND ? column - AROUND : 0;
    uint32_t right = column + AROUND + 1;
    right = right < blocks->columns ? right : blocks->columns;
    unsigned sum = 0, count = 0;
    for (uint32_t x = left; x < right; x++) {
        sum += blocks->sum[x];
        count += blocks->count[x];
    }
    return count ? (uint8_t)(sum / count) : 0;
}

/* Flat regions take the threshold of what is left of them, else of what is
 * right; whole flat rows that of the row above, else below. */
static void fill(struct blocks *blocks)
{
    size_t columns = blocks->columns, size = columns * blocks->rows;
    uint8_t *level = blocks->smooth;
    for (size_t i = 1; i < size; i++)
        if (level[i] == 0 && i % columns != 0)
            level[i] = level[i - 1];
    for (size_t i = size; i-- > 0;)
        if (level[i] == 0 && i % columns != columns - 1)
            level[i] = level[i + 1];
    for (size_t i = columns; i < size; i++)
        if (level[i] == 0)
            level[i] = level[i - columns];
    for (size_t i = size - columns; i-- > 0;)
        if (level[i] == 0)
            level[i] = level[i + columns];
}

static void smooth(struct blocks *blocks)
{
    for (uint32_t y = 0; y < blocks->rows; y++) {
        sum_columns(blocks, y);
        for (uint32_t x = 0; x < blocks->columns; x++)
            blocks->smooth[(size_t)y * blocks->columns + x] =
                mean_around(blocks, x);
    }
    fill(blocks);
}

/* @param level  room for the thresholds of a row of pixels. */
static void part(const struct tem_image *image, const struct blocks *blocks,
                 uint8_t *level, struct tem_binary *binary)
{
    size_t width = image->width;
    for (uint32_t y = 0; y < image->height; y++) {
        const uint8_t *pixels = image->pixels + y * width;
        const uint8_t *smooth =
            blocks->smooth + (size_t)(y / BLOCK) * blocks->columns;
        uint8_t *dark = binary->dark + y * width;
        for (size_t x = 0; x < width && y % BLOCK == 0; x += BLOCK)
            memset(level + x, smooth[x / BLOCK],
                   width - x < BLOCK ? width - x : BLOCK);
        for (size_t x = 0; x < width; x++)
            dark[x] = pixels[x] <= level[x];
    }
}

enum tem_status tem_binarise(const struct tem_image *image, int contrast,
                             struct tem_binary *binary, struct tem_error *error)
{
    struct blocks blocks = {.columns = (image->width + BLOCK - 1) / BLOCK,
                            .rows = (image->height + BLOCK - 1) / BLOCK,
                            .contrast = contrast};
    size_t count = (size_t)blocks.columns * blocks.rows;
    uint8_t *memory = malloc(2 * count + 2 * (size_t)image->width);
    uint8_t *dark = malloc((size_t)image->width * image->height);
    uint16_t *sums = malloc(2 * blocks.columns * sizeof *sums);
    if (!memory || !dark || !sums) {
        free(memory);
        free(dark);
        free(sums);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    blocks.level = memory;
    blocks.smooth = memory + count;
    blocks.sum = sums;
    blocks.count = sums + blocks.columns;
    uint8_t *low = memory + 2 * count, *high = low + image->width;
    *binary = (struct tem_binary){image->width, image->height, dark};
    for (uint32_t row = 0; row < blocks.rows; row++)
        measure_row(image, row, low, high, &blocks);
    smooth(&blocks);
    part(image, &blocks, low, binary);
    free(memory);
    free(sums);
    return TEM_OK;
}
