/* SPDX-License-Identifier: MIT */
/* See <tem/scan.h>: at which scales a picture is read, and in which order the
 * symbols come out. zbar is best where a module is a few pixels wide: large
 * symbols are found in a small copy, small ones in the full picture. */
#include "../error/fail.h"
#include "zbar.h"
#include <stdlib.h>
#include <string.h>

enum {
    SMALL_SIDE = 1000, /* pixels: a picture this small may be magnified */
};

/* Longer sides of the copies read, before the picture itself. */
static const uint32_t sides[] = {480, 800, 1600};

static uint32_t longer_side(const struct tem_image *image)
{
    return image->width > image->height ? image->width : image->height;
}

/* Read a smaller copy of which the longer side is @p side. */
static enum tem_status read_smaller(const struct tem_image *image,
                                    uint32_t side,
                                    const struct tem_scan_frame *frame,
                                    struct tem_scan_list *list,
                                    struct tem_error *error)
{
    struct tem_image *smaller = NULL;
    unsigned per_mille =
        (unsigned)((uint64_t)side * 1000 / longer_side(image));
    enum tem_status status =
        tem_image_shrink(image, per_mille ? per_mille : 1, &smaller, error);
    if (status == TEM_OK)
        status = tem_scan_zbar(smaller, frame, list, error);
    tem_image_free(smaller);
    return status;
}

/* Each scale at least a quarter apart from the picture's own, then itself. */
static enum tem_status read_scales(const struct tem_image *image,
                                   const struct tem_scan_frame *frame,
                                   struct tem_scan_list *list,
                                   struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (status == TEM_OK && sides[i] * 5 / 4 <= longer_side(image))
            status = read_smaller(image, sides[i], frame, list, error);
    return status == TEM_OK ? tem_scan_zbar(image, frame, list, error)
                            : status;
}

/* Twice the size, every pixel doubled and smoothed with its neighbours. */
static enum tem_status magnify(const struct tem_image *image,
                               struct tem_image **larger,
                               struct tem_error *error)
{
    enum tem_status status =
        tem_image_new(2 * image->width, 2 * image->height, larger, error);
    if (status != TEM_OK)
        return status;
    uint32_t w = image->width, h = image->height;
    for (uint32_t y = 0; y < 2 * h; y++)
        for (uint32_t x = 0; x < 2 * w; x++) {
            uint32_t x0 = x / 2, y0 = y / 2;
            uint32_t x1 = x % 2 && x0 + 1 < w ? x0 + 1 : x0;
            uint32_t y1 = y % 2 && y0 + 1 < h ? y0 + 1 : y0;
            const uint8_t *a = image->pixels + (size_t)y0 * w;
            const uint8_t *b = image->pixels + (size_t)y1 * w;
            (*larger)->pixels[(size_t)y * 2 * w + x] =
                (uint8_t)((a[x0] + a[x1] + b[x0] + b[x1] + 2) / 4);
        }
    return TEM_OK;
}

static enum tem_status read_larger(const struct tem_image *image,
                                   const struct tem_scan_frame *frame,
                                   struct tem_scan_list *list,
                                   struct tem_error *error)
{
    struct tem_image *larger = NULL;
    enum tem_status status = magnify(image, &larger, error);
    if (status == TEM_OK)
        status = tem_scan_zbar(larger, frame, list, error);
    tem_image_free(larger);
    return status;
}

/* White on black. */
static enum tem_status read_inverted(const struct tem_image *image,
                                     const struct tem_scan_frame *frame,
                                     struct tem_scan_list *list,
                                     struct tem_error *error)
{
    struct tem_image *copy = NULL;
    enum tem_status status = tem_image_shrink(image, 1000, &copy, error);
    if (status != TEM_OK)
        return status;
    size_t size = (size_t)copy->width * copy->height;
    for (size_t i = 0; i < size; i++)
        copy->pixels[i] = (uint8_t)(255 - copy->pixels[i]);
    status = read_scales(copy, frame, list, error);
    tem_image_free(copy);
    return status;
}

static int top(const struct tem_scan_symbol *symbol)
{
    int y = symbol->corners[0].y;
    for (int i = 1; i < 4; i++)
        y = symbol->corners[i].y < y ? symbol->corners[i].y : y;
    return y;
}

static int left(const struct tem_scan_symbol *symbol)
{
    int x = symbol->corners[0].x;
    for (int i = 1; i < 4; i++)
        x = symbol->corners[i].x < x ? symbol->corners[i].x : x;
    return x;
}

static int in_reading_order(const void *a, const void *b)
{
    const struct tem_scan_symbol *p = a, *q = b;
    int down = (top(p) > top(q)) - (top(p) < top(q));
    int across = (left(p) > left(q)) - (left(p) < left(q));
    return down ? down : across;
}

static void free_symbols(struct tem_scan_symbol *symbols, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((uint8_t *)symbols[i].text.data);
    free(symbols);
}

static enum tem_status read_all(const struct tem_image *image,
                                struct tem_scan_list *list,
                                struct tem_error *error)
{
    struct tem_scan_frame frame = {image->width, image->height};
    enum tem_status status = read_scales(image, &frame, list, error);
    if (status == TEM_OK && list->count == 0 &&
        longer_side(image) <= SMALL_SIDE)
        status = read_larger(image, &frame, list, error);
    if (status == TEM_OK && list->count == 0)
        status = read_inverted(image, &frame, list, error);
    return status;
}

enum tem_status tem_scan_image(const struct tem_image *image,
                               struct tem_scan **scan, struct tem_error *error)
{
    struct tem_scan_list list = {0, 0, NULL};
    struct tem_scan *made = malloc(sizeof *made);
    enum tem_status status = made ? read_all(image, &list, error)
                                  : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (status != TEM_OK) {
        free_symbols(list.symbols, list.count);
        free(made);
        return status;
    }
    if (list.count > 1)
        qsort(list.symbols, list.count, sizeof *list.symbols,
              in_reading_order);
    *made = (struct tem_scan){list.count, list.symbols};
    *scan = made;
    return TEM_OK;
}

void tem_scan_free(struct tem_scan *scan)
{
    if (!scan)
        return;
    free_symbols(scan->symbols, scan->count);
    free(scan);
}
