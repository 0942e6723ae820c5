/* SPDX-License-Identifier: MIT */
/* See <tem/scan.h>: a picture file to symbols. */
#include "look.h"
#include <string.h>

/* A JPEG of more pixels is looked at smaller first: at half its size, for what
 * is small beside what is large would not be seen in a smaller one. */
#define LARGE_PIXELS 4000000

/* 1 if there is no cheaper way than to decode all of it. */
static unsigned denominator_of(struct tem_bytes file,
                               const struct tem_scan_options *options)
{
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
    uint32_t width, height;
    if (options->all || options->effort == TEM_EFFORT_HARD ||
        file.size < sizeof jpeg || memcmp(file.data, jpeg, sizeof jpeg) != 0 ||
        tem_image_size(file, &width, &height, NULL) != TEM_OK)
        return 1;
    return (uint64_t)width * height > LARGE_PIXELS ? 2 : 1;
}

static void enlarge(struct tem_scan *scan, unsigned by)
{
    for (size_t i = 0; i < scan->count; i++) {
        struct tem_scan_symbol *symbol = &scan->symbols[i];
        symbol->module *= by;
        for (int k = 0; k < 4; k++) {
            symbol->corners[k].x *= (int32_t)by;
            symbol->corners[k].y *= (int32_t)by;
        }
    }
}

/* @param[out] scan  NULL if it is not to be relied on. */
static enum tem_status scan_smaller(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    const struct tem_scan_options *options,
                                    struct tem_scan **scan,
                                    struct tem_error *error)
{
    struct tem_image *image;
    struct tem_glance glance;
    enum tem_status status =
        tem_image_read_scaled(file, max_pixels, denominator, &image, error);
    if (status != TEM_OK)
        return status;
    status = tem_look(image, options, scan, &glance, error);
    tem_image_free(image);
    if (status != TEM_OK)
        return status;
    if (glance.enough && !glance.unread) {
        enlarge(*scan, denominator);
        return TEM_OK;
    }
    tem_scan_free(*scan);
    *scan = NULL;
    return TEM_OK;
}

enum tem_status tem_scan_file(struct tem_bytes file, uint64_t max_pixels,
                              const struct tem_scan_options *options,
                              struct tem_scan **scan, struct tem_error *error)
{
    static const struct tem_scan_options standard = {0};
    if (options == NULL)
        options = &standard;
    unsigned denominator = denominator_of(file, options);
    struct tem_scan *all = NULL;
    if (denominator > 1) {
        enum tem_status status =
            scan_smaller(file, max_pixels, denominator, options, &all, error);
        if (status != TEM_OK)
            return status;
    }
    if (all != NULL) {
        *scan = all;
        return TEM_OK;
    }
    struct tem_image *image;
    enum tem_status status = tem_image_read(file, max_pixels, &image, error);
    if (status != TEM_OK)
        return status;
    status = tem_look(image, options, scan, NULL, error);
    tem_image_free(image);
    return status;
}
