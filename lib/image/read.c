/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: which kind of picture a file is, by its first bytes, and
 * who reads it. */
#include "../error/fail.h"
#include "read.h"

/* `?` is any byte. */
#define BEGINS(text) text, sizeof text - 1

/* What is read. */
static const struct kind {
    const char *begin;
    size_t begin_size;
    enum tem_status (*read)(struct tem_bytes file, uint64_t max_pixels,
                            unsigned denominator, struct tem_image **image,
                            struct tem_error *error);
    enum tem_status (*size)(struct tem_bytes file, uint32_t *width,
                            uint32_t *height, struct tem_error *error);
    bool scales; /* heeds the denominator; else the picture comes whole */
} kinds[] = {
    {BEGINS("\x89PNG\r\n\x1a\n"), tem_image_read_png, tem_image_size_png,
     false},
    {BEGINS("\xFF\xD8\xFF"), tem_image_read_jpeg, tem_image_size_jpeg, true},
    {BEGINS("RIFF????WEBP"), tem_image_read_webp, tem_image_size_webp, false},
    {BEGINS("????ftyphei"), tem_image_read_heif, tem_image_size_heif, false},
    {BEGINS("????ftyphev"), tem_image_read_heif, tem_image_size_heif, false},
    {BEGINS("????ftypmif1"), tem_image_read_heif, tem_image_size_heif, false},
    {BEGINS("????ftypmsf1"), tem_image_read_heif, tem_image_size_heif, false},
};

/* How files begin that telephones and scanners write and that are not read. */
static const struct {
    const char *name, *begin;
    size_t size;
} other_kinds[] = {
    {"AVIF", BEGINS("????ftypavif")},
    {"TIFF", BEGINS("II*\0")},
    {"TIFF", BEGINS("MM\0*")},
    {"GIF", BEGINS("GIF8")},
    {"BMP", BEGINS("BM????\0\0\0\0")},
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
    if (file.size == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_EMPTY, "");
    for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++)
        if (begins(file, other_kinds[i].begin, other_kinds[i].size))
            return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_OTHER, "s",
                            other_kinds[i].name);
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_KIND, "");
}

/* NULL: none that is read. */
static const struct kind *kind_of(struct tem_bytes file)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (begins(file, kinds[i].begin, kinds[i].begin_size))
            return &kinds[i];
    return NULL;
}

enum tem_status tem_image_read(struct tem_bytes file, uint64_t max_pixels,
                               struct tem_image **image,
                               struct tem_error *error)
{
    return tem_image_read_scaled(file, max_pixels, 1, image, error);
}

enum tem_status tem_image_read_scaled(struct tem_bytes file,
                                      uint64_t max_pixels, unsigned denominator,
                                      struct tem_image **image,
                                      struct tem_error *error)
{
    struct tem_image *whole = NULL;
    if (max_pixels < 1)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "max_pixels");
    if (denominator != 1 && denominator != 2 && denominator != 4 &&
        denominator != 8)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "denominator");
    const struct kind *kind = kind_of(file);
    if (!kind)
        return refuse_kind(file, error);
    if (kind->scales || denominator == 1)
        return kind->read(file, max_pixels, denominator, image, error);
    enum tem_status status = kind->read(file, max_pixels, 1, &whole, error);
    if (status == TEM_OK)
        status = tem_image_average(whole, denominator, image, error);
    tem_image_free(whole);
    return status;
}

enum tem_status tem_image_size(struct tem_bytes file, uint32_t *width,
                               uint32_t *height, struct tem_error *error)
{
    const struct kind *kind = kind_of(file);
    return kind ? kind->size(file, width, height, error)
                : refuse_kind(file, error);
}
