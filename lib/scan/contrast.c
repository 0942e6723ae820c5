/* SPDX-License-Identifier: MIT */
/*
 * See contrast.h. Sums over a window that slides along rows of column sums:
 * each pixel enters and leaves once a direction, whatever the window's size.
 */
#include "contrast.h"
#include "../error/fail.h"
#include <stdlib.h>
#include <string.h>

enum { RADIUS = 10, GAIN = 6 };

/* Add a row to the column sums, or take it off. */
static void add_row(uint32_t *columns, const struct tem_image *image,
                    uint32_t y, bool off)
{
    const uint8_t *row = image->pixels + (size_t)y * image->width;
    for (uint32_t x = 0; x < image->width; x++)
        columns[x] += off ? -(uint32_t)row[x] : row[x];
}

static uint8_t stretched(int grey, int mean)
{
    int out = 128 + GAIN * (grey - mean);
    return (uint8_t)(out < 0 ? 0 : out > 255 ? 255 : out);
}

/* One row of `out`; `columns` sum `rows` rows about it. */
static void stretch_row(const struct tem_image *image, uint32_t y,
                        const uint32_t *columns, uint32_t rows, uint8_t *out)
{
    const uint8_t *row = image->pixels + (size_t)y * image->width;
    uint32_t sum = 0, count = 0;
    for (uint32_t x = 0; x < RADIUS && x < image->width; x++, count++)
        sum += columns[x];
    for (uint32_t x = 0; x < image->width; x++) {
        if (x + RADIUS < image->width) {
            sum += columns[x + RADIUS];
            count++;
        }
        if (x > RADIUS) {
            sum -= columns[x - RADIUS - 1];
            count--;
        }
        out[x] = stretched(row[x], (int)(sum / (count * rows)));
    }
}

enum tem_status tem_scan_stretch(const struct tem_image *image,
                                 struct tem_image **stretched_copy,
                                 struct tem_error *error)
{
    uint32_t *columns = calloc(image->width, sizeof *columns);
    if (columns == NULL)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    struct tem_image *copy;
    enum tem_status status =
        tem_image_new(image->width, image->height, &copy, error);
    if (status != TEM_OK) {
        free(columns);
        return status;
    }
    uint32_t rows = 0;
    for (uint32_t y = 0; y < RADIUS && y < image->height; y++, rows++)
        add_row(columns, image, y, false);
    for (uint32_t y = 0; y < image->height; y++) {
        if (y + RADIUS < image->height) {
            add_row(columns, image, y + RADIUS, false);
            rows++;
        }
        if (y > RADIUS) {
            add_row(columns, image, y - RADIUS - 1, true);
            rows--;
        }
        stretch_row(image, y, columns, rows,
                    copy->pixels + (size_t)y * image->width);
    }
    free(columns);
    *stretched_copy = copy;
    return TEM_OK;
}
