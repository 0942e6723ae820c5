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

/* ---- reading ---- */

/* How files begin that telephones and scanners write and that are not read;
 * `?` is any byte. */
#define BEGINS(text) text, sizeof text - 1
static const struct {
    const char *name, *begin;
    size_t size;
} other_kinds[] = {
    {"HEIC", BEGINS("????ftyphei")},  {"HEIC", BEGINS("????ftyphev")},
    {"HEIC", BEGINS("????ftypmif1")}, {"HEIC", BEGINS("????ftypmsf1")},
    {"AVIF", BEGINS("????ftypavif")}, {"WebP", BEGINS("RIFF????WEBP")},
    {"TIFF", BEGINS("II*\0")},        {"TIFF", BEGINS("MM\0*")},
    {"GIF", BEGINS("GIF8")},          {"BMP", BEGINS("BM????\0\0\0\0")},
    {"PDF", BEGINS("%PDF-")},
};

static bool begins(struct tem_bytes file, const char *begin, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (i >= file.size ||
            (begin[i] != '?' && file.data[i] != (uint8_t)begin[i]))
            return false;
    return true;
}

static enum tem_status refuse_kind(struct tem_bytes file,
                                   struct tem_error *error)
{
    for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++)
        if (begins(file, other_kinds[i].begin, other_kinds[i].size))
            return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_OTHER, "s",
                            other_kinds[i].name);
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_KIND, "");
}

enum tem_status tem_image_read(struct tem_bytes file, uint64_t max_pixels,
                               struct tem_image **image,
                               struct tem_error *error)
{
    static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t jpeg[] = {0xFF, 0xD8, 0xFF};
    if (max_pixels < 1)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "max_pixels");
    if (file.size == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_EMPTY, "");
    if (file.size >= sizeof png && memcmp(file.data, png, sizeof png) == 0)
        return tem_image_read_png(file, max_pixels, image, error);
    if (file.size >= sizeof jpeg && memcmp(file.data, jpeg, sizeof jpeg) == 0)
        return tem_image_read_jpeg(file, max_pixels, image, error);
    return refuse_kind(file, error);
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

static uint32_t shrunk(uint32_t side, unsigned per_mille)
{
    uint32_t smaller = (uint32_t)((uint64_t)side * per_mille / 1000);
    return smaller < 1 ? 1 : smaller;
}

/* Add a stored row to the sums of the row that it falls into. */
static void add_row(const uint8_t *row, uint32_t width, uint32_t smaller,
                    uint64_t *sums)
{
    for (uint32_t x = 0, from = 0; x < smaller; x++) {
        uint32_t to = (uint32_t)((uint64_t)(x + 1) * width / smaller);
        uint32_t sum = 0;
        for (; from < to; from++)
            sum += row[from];
        sums[x] += sum;
    }
}

/* The mean of each column's pixels over @p rows rows. No column is empty, as
 * a side is never shrunk to more than it was. */
static void put_means(const uint64_t *sums, uint32_t width, uint32_t smaller,
                      uint32_t rows, uint8_t *out)
{
    for (uint32_t x = 0, from = 0; x < smaller; x++) {
        uint32_t to = (uint32_t)((uint64_t)(x + 1) * width / smaller);
        uint64_t count = (uint64_t)(to - from) * rows;
        /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
        out[x] = (uint8_t)((sums[x] + count / 2) / count);
        from = to;
    }
}

enum tem_status tem_image_shrink(const struct tem_image *image,
                                 unsigned per_mille, struct tem_image **smaller,
                                 struct tem_error *error)
{
    if (per_mille < 1 || per_mille > 1000)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "per_mille");
    struct tem_image *made = NULL;
    enum tem_status status =
        tem_image_new(shrunk(image->width, per_mille),
                      shrunk(image->height, per_mille), &made, error);
    if (status != TEM_OK)
        return status;
    uint64_t *sums = malloc(made->width * sizeof *sums);
    if (!sums) {
        tem_image_free(made);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    for (uint32_t y = 0, from = 0; y < made->height; y++) {
        uint32_t to =
            (uint32_t)((uint64_t)(y + 1) * image->height / made->height);
        uint32_t rows = to - from;
        memset(sums, 0, made->width * sizeof *sums);
        for (; from < to; from++)
            add_row(image->pixels + (size_t)from * image->width, image->width,
                    made->width, sums);
        put_means(sums, image->width, made->width, rows,
                  made->pixels + (size_t)y * made->width);
    }
    free(sums);
    *smaller = made;
    return TEM_OK;
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
