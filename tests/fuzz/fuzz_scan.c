/* SPDX-License-Identifier: MIT */
/* Any grey picture: width and height in cells, how to look at it and how many
 * pixels a cell has, then a byte a cell; what there is of them, over and over.
 * What is found keeps to its header, the picture is left as it is, and looked
 * at again it says the same. */
#include <stdlib.h>
#include <string.h>
#include <tem/scan.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    HEADER = 3,
    EFFORT = 3, /* bits of the third byte */
    ALL = 4,
    CONFIRM = 8,
    TWICE = 16, /* compare */
    DOTS = 6,   /* the shift of its highest bits */
};

static void check(bool condition)
{
    if (!condition)
        abort();
}

static struct tem_image *picture_of(const uint8_t *data, size_t size)
{
    uint32_t dots = 1 + (data[2] >> DOTS);
    uint32_t across = 1u + data[0], down = 1u + data[1];
    const uint8_t *cells = data + HEADER;
    size_t count = size - HEADER;
    struct tem_image *image;
    check(tem_image_new(across * dots, down * dots, &image, NULL) == TEM_OK);
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++)
            image->pixels[(size_t)y * image->width + x] =
                cells[((size_t)(y / dots) * across + x / dots) % count];
    return image;
}

static bool is_even(void *context, struct tem_bytes text)
{
    (void)context;
    return text.size % 2 == 0;
}

static void check_symbol(const struct tem_scan_symbol *symbol, bool all)
{
    check(symbol->text.data && symbol->text.data[symbol->text.size] == 0);
    check(symbol->text.size <= TEM_SYMBOL_TEXT_MAX || symbol->part);
    check(symbol->charset && *symbol->charset);
    check(symbol->symbology == TEM_QR_CODE ||
          (all && symbol->symbology == TEM_EAN_13));
    check(symbol->version <= TEM_SYMBOL_VERSION_MAX);
    check(symbol->module >= 0 && symbol->module < 1e6);
    check(symbol->part_number <= symbol->part_count);
    check(symbol->part_count <= 16);
    if (symbol->version > 0)
        check(symbol->corrected <= symbol->codewords &&
              symbol->erased <= symbol->codewords && symbol->codewords >= 26 &&
              symbol->codewords <= 3706);
}

static bool is_same(const struct tem_scan_symbol *a,
                    const struct tem_scan_symbol *b)
{
    return a->text.size == b->text.size &&
           memcmp(a->text.data, b->text.data, a->text.size) == 0 &&
           memcmp(a->corners, b->corners, sizeof a->corners) == 0 &&
           a->corrected == b->corrected && a->erased == b->erased;
}

static struct tem_scan *scanned(const struct tem_image *image,
                                const struct tem_scan_options *options)
{
    struct tem_scan *scan = NULL;
    check(tem_scan_image(image, options, &scan, NULL) == TEM_OK && scan);
    check(scan->count <= TEM_SCAN_SYMBOLS_MAX);
    check((scan->count > 0) == (scan->symbols != NULL));
    for (size_t i = 0; i < scan->count; i++)
        check_symbol(&scan->symbols[i], options->all);
    return scan;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size <= HEADER)
        return 0;
    struct tem_scan_options options = {
        .effort = (enum tem_effort)((data[2] & EFFORT) % 3),
        .all = data[2] & ALL,
        .confirm = data[2] & CONFIRM ? is_even : NULL};
    struct tem_image *image = picture_of(data, size);
    struct tem_image *before = picture_of(data, size);
    struct tem_scan *scan = scanned(image, &options);
    check(memcmp(image->pixels, before->pixels,
                 (size_t)image->width * image->height) == 0);
    if (data[2] & TWICE) {
        struct tem_scan *again = scanned(before, &options);
        check(again->count == scan->count &&
              again->truncated == scan->truncated);
        for (size_t i = 0; i < scan->count; i++)
            check(is_same(&scan->symbols[i], &again->symbols[i]));
        tem_scan_free(again);
    }
    tem_scan_free(scan);
    tem_image_free(image);
    tem_image_free(before);
    return 0;
}
