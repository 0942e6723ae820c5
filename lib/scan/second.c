/* SPDX-License-Identifier: MIT */
/*
 * See second.h. zbar misses a symbol at one size that it reads at another, most
 * of all large ones with noise, which shrinking averages away: hence passes
 * over small copies first, over ones made easier, and never over the whole of a
 * large picture.
 */
#include "second.h"
#include "contrast.h"
#include "place.h"
#include "pyramid.h"
#include "zbar.h"
#include <stdlib.h>

/* Longest sides of the copies that are read. */
static const uint32_t sides[] = {320, 640, 1000};

enum {
    SIDES = sizeof sides / sizeof *sides,
    EAN_SIDE = 1600,
    DOUBLE_SIDE = 800, /* pictures up to this are read at twice their size */
};

/* What is looked for and found, and in which picture. */
struct second {
    enum tem_symbology symbology;
    const struct tem_image *image;
    struct tem_scan *scan;
    struct tem_error *error;
};

/* ---- what was found --------------------------------------------------- */

/* Is it one of those that were read before? zbar gives some in other characters
 * than they have, and parts of a text put together. */
static bool is_known(const struct tem_scan *scan,
                     const struct tem_scan_symbol *symbol)
{
    for (size_t i = 0; i < scan->count; i++) {
        const struct tem_scan_symbol *known = &scan->symbols[i];
        bool both_qr =
            known->symbology == TEM_QR_CODE && symbol->symbology == TEM_QR_CODE;
        if (tem_same_symbol(known, symbol) ||
            (both_qr && known->version > 0 &&
             ((known->part && symbol->part) || tem_same_place(known, symbol))))
            return true;
    }
    return false;
}

/* Take over a symbol if it is new; else it stays behind. */
static void take(struct tem_scan *scan, struct tem_scan_symbol *symbol)
{
    if (is_known(scan, symbol))
        return;
    scan->truncated |= scan->count == TEM_SCAN_SYMBOLS_MAX;
    if (scan->count == TEM_SCAN_SYMBOLS_MAX)
        return;
    scan->symbols[scan->count++] = *symbol;
    symbol->text = (struct tem_bytes){NULL, 0};
}

/* From pixels of a copy to those of the picture, to the nearest. */
static int32_t scaled(int32_t at, uint32_t from, uint32_t to)
{
    int64_t twice = 2 * (int64_t)at * to;
    return (int32_t)((twice + (twice < 0 ? -(int64_t)from : from)) /
                     (2 * (int64_t)from));
}

/* Take over what a pass found; the rest is freed. */
static void merge(struct tem_scan *found, const struct tem_image *copy,
                  struct second *second)
{
    second->scan->truncated |= found->truncated;
    for (size_t i = 0; i < found->count; i++) {
        struct tem_scan_symbol *symbol = &found->symbols[i];
        for (int c = 0; c < 4; c++) {
            struct tem_point *at = &symbol->corners[c];
            at->x = scaled(at->x, copy->width, second->image->width);
            at->y = scaled(at->y, copy->height, second->image->height);
        }
        take(second->scan, symbol);
    }
    tem_scan_clear(found);
}

/* ---- passes ----------------------------------------------------------- */

static enum tem_status read_copy(const struct tem_image *copy,
                                 struct second *second)
{
    struct tem_scan found;
    enum tem_status status =
        tem_scan_pass(copy, second->symbology, &found, second->error);
    if (status == TEM_OK)
        merge(&found, copy, second);
    return status;
}

static enum tem_status read_stretched(const struct tem_image *copy,
                                      struct second *second)
{
    struct tem_image *stretched;
    enum tem_status status = tem_scan_stretch(copy, &stretched, second->error);
    if (status != TEM_OK)
        return status;
    status = read_copy(stretched, second);
    tem_image_free(stretched);
    return status;
}

typedef enum tem_status (*pass_fn)(const struct tem_image *copy,
                                   struct second *second);

static uint32_t longest_side(const struct tem_image *image)
{
    return image->width > image->height ? image->width : image->height;
}

/* A pass over a copy whose longest side is @p side, or over the picture itself
 * if it is no larger. */
static enum tem_status read_sized(pass_fn pass, uint32_t side,
                                  struct second *second)
{
    uint32_t longest = longest_side(second->image);
    if (longest <= side)
        return pass(second->image, second);
    struct tem_image *copy;
    unsigned per_mille = (side * 1000 + longest - 1) / longest;
    enum tem_status status =
        tem_image_shrink(second->image, per_mille, &copy, second->error);
    if (status != TEM_OK)
        return status;
    status = pass(copy, second);
    tem_image_free(copy);
    return status;
}

static enum tem_status read_doubled(pass_fn pass, struct second *second)
{
    const struct tem_image *image = second->image;
    if (longest_side(image) > DOUBLE_SIDE)
        return TEM_OK;
    struct tem_image *copy;
    enum tem_status status = tem_double(image, &copy, second->error);
    if (status != TEM_OK)
        return status;
    status = pass(copy, second);
    tem_image_free(copy);
    return status;
}

enum tem_status tem_second_opinion(const struct tem_image *image,
                                   struct tem_scan *scan,
                                   struct tem_error *error)
{
    struct second second = {TEM_QR_CODE, image, scan, error};
    static const pass_fn passes[] = {read_copy, read_stretched};
    size_t before = scan->count;
    for (int kind = 0; kind < 2; kind++) {
        for (int i = 0; i < SIDES; i++) {
            enum tem_status status =
                read_sized(passes[kind], sides[i], &second);
            if (status != TEM_OK || scan->count > before)
                return status;
            if (longest_side(image) <= sides[i])
                break; /* the next one would be the same again */
        }
        enum tem_status status = read_doubled(passes[kind], &second);
        if (status != TEM_OK || scan->count > before)
            return status;
    }
    return TEM_OK;
}

enum tem_status tem_read_ean(const struct tem_image *image,
                             struct tem_scan *scan, struct tem_error *error)
{
    struct second second = {TEM_EAN_13, image, scan, error};
    size_t before = scan->count;
    enum tem_status status = read_sized(read_copy, EAN_SIDE, &second);
    if (status != TEM_OK || scan->count > before ||
        longest_side(image) <= EAN_SIDE)
        return status;
    return read_copy(image, &second);
}
