/* SPDX-License-Identifier: MIT */
/* See drawn.h: dots. */
#include "../error/fail.h"
#include "drawn.h"
#include <stdlib.h>
#include <string.h>

enum tem_status tem_raster_set(struct tem_raster *raster, int width, int height,
                               unsigned depth, unsigned dpi,
                               struct tem_error *error)
{
    size_t stride = ((size_t)width * depth + 7) / 8;
    size_t size = stride * (size_t)height;
    if (size > raster->capacity) {
        uint8_t *more = realloc(raster->pixels, size);
        if (!more)
            return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
        raster->pixels = more;
        raster->capacity = size;
    }
    raster->width = (uint32_t)width;
    raster->height = (uint32_t)height;
    raster->depth = depth;
    raster->dpi = dpi;
    raster->stride = stride;
    return TEM_OK;
}

void tem_raster_free(struct tem_raster *raster)
{
    free(raster->pixels);
    memset(raster, 0, sizeof *raster);
}

/* ---- from cairo --------------------------------------------------------- */

static uint8_t grey_of(uint32_t rgb)
{
    unsigned red = rgb >> 16 & 255, green = rgb >> 8 & 255, blue = rgb & 255;
    return (uint8_t)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

/* Is a grey dot white? By Bayer's screen of 4 by 4: black and white stay what
 * they are. */
static bool is_white(uint8_t grey, uint32_t x, uint32_t y)
{
    static const uint8_t screen[4][4] = {
        {0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};
    return grey > screen[y % 4][x % 4] * 16 + 7;
}

static void take_row(struct tem_raster *raster, const uint32_t *from,
                     uint32_t y)
{
    uint8_t *row = raster->pixels + y * raster->stride;
    if (raster->depth == 1)
        memset(row, 0, raster->stride);
    for (uint32_t x = 0; x < raster->width; x++) {
        uint32_t rgb = from[x] & 0xFFFFFF;
        if (raster->depth == 1) {
            if (is_white(grey_of(rgb), x, y))
                row[x / 8] |= (uint8_t)(0x80u >> x % 8);
        } else if (raster->depth == 8) {
            row[x] = grey_of(rgb);
        } else {
            row[3 * x] = (uint8_t)(rgb >> 16);
            row[3 * x + 1] = (uint8_t)(rgb >> 8);
            row[3 * x + 2] = (uint8_t)rgb;
        }
    }
}

void tem_raster_take(struct tem_raster *raster, cairo_surface_t *surface)
{
    cairo_surface_flush(surface);
    const uint8_t *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (uint32_t y = 0; y < raster->height; y++)
        take_row(raster, (const uint32_t *)(const void *)(data + y * stride),
                 y);
}

/* ---- drawing ------------------------------------------------------------ */

static void clear_bits(uint8_t *row, size_t x, size_t count)
{
    for (; count > 0 && x % 8 != 0; x++, count--)
        row[x / 8] &= (uint8_t) ~(0x80u >> x % 8);
    memset(row + x / 8, 0, count / 8);
    for (x += count / 8 * 8, count %= 8; count > 0; x++, count--)
        row[x / 8] &= (uint8_t) ~(0x80u >> x % 8);
}

/* Black dots side by side. */
static void blacken(const struct tem_raster *raster, uint8_t *row, size_t x,
                    size_t count)
{
    if (raster->depth == 1)
        clear_bits(row, x, count);
    else
        memset(row + x * raster->depth / 8, 0, count * raster->depth / 8);
}

static void draw_modules(const struct tem_raster *raster, uint8_t *row,
                         size_t x, const struct tem_symbol *symbol, int my,
                         size_t dots)
{
    for (int mx = 0; mx < symbol->side; mx++) {
        int end = mx;
        while (end < symbol->side && tem_symbol_dark(symbol, end, my))
            end++;
        if (end > mx)
            blacken(raster, row, x + (size_t)mx * dots,
                    (size_t)(end - mx) * dots);
        mx = end > mx ? end : mx;
    }
}

void tem_raster_symbol(struct tem_raster *raster, int x, int y,
                       const struct tem_symbol *symbol,
                       const struct tem_layout *layout)
{
    size_t quiet = (size_t)layout->quiet * layout->dots;
    uint8_t *row = raster->pixels + ((size_t)y + quiet) * raster->stride;
    for (int my = 0; my < symbol->side; my++)
        for (unsigned i = 0; i < layout->dots; i++, row += raster->stride)
            draw_modules(raster, row, (size_t)x + quiet, symbol, my,
                         layout->dots);
}

static void darken(const struct tem_raster *raster, size_t x, size_t y,
                   uint8_t dark)
{
    uint8_t *row = raster->pixels + y * raster->stride;
    unsigned bytes = raster->depth / 8;
    if (raster->depth == 1 && dark >= 128)
        row[x / 8] &= (uint8_t) ~(0x80u >> x % 8);
    for (unsigned i = 0; i < bytes; i++)
        if (row[x * bytes + i] > 255 - dark)
            row[x * bytes + i] = (uint8_t)(255 - dark);
}

void tem_raster_cell(struct tem_raster *raster, int x, int y,
                     const struct tem_cell *cell)
{
    const uint8_t *dark = cell->dark;
    for (int dy = 0; dy < cell->height; dy++)
        for (int dx = 0; dx < cell->width; dx++, dark++) {
            int to_x = x + cell->left + dx, to_y = y + cell->top + dy;
            if (*dark && to_x >= 0 && to_y >= 0 && to_x < (int)raster->width &&
                to_y < (int)raster->height)
                darken(raster, (size_t)to_x, (size_t)to_y, *dark);
        }
}

static void paste_bits(uint8_t *row, size_t x, const uint8_t *from,
                       size_t width)
{
    for (size_t i = 0; i < width; i++)
        if (!(from[i / 8] & 0x80u >> i % 8))
            row[(x + i) / 8] &= (uint8_t) ~(0x80u >> (x + i) % 8);
}

void tem_raster_paste(struct tem_raster *raster, int x, int y,
                      const struct tem_raster *from)
{
    for (uint32_t dy = 0; dy < from->height; dy++) {
        uint8_t *row = raster->pixels + ((size_t)y + dy) * raster->stride;
        const uint8_t *source = from->pixels + dy * from->stride;
        if (raster->depth == 1 && x % 8 != 0)
            paste_bits(row, (size_t)x, source, from->width);
        else if (raster->depth == 1) {
            memcpy(row + x / 8, source, from->width / 8);
            paste_bits(row, (size_t)x + from->width / 8 * 8,
                       source + from->width / 8, from->width % 8);
        } else
            memcpy(row + (size_t)x * raster->depth / 8, source, from->stride);
    }
}
