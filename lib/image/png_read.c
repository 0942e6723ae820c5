/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: PNG in. Rows are turned to grey as they come; only an
 * interlaced picture is held whole in its own depth first. */
#include "../error/fail.h"
#include "png_jump.h"
#include "read.h"
#include <stdlib.h>
#include <string.h>

/* Everything that must be let go of when libpng jumps out. */
struct reading {
    struct tem_bytes file;
    size_t at;
    uint64_t max_pixels;
    bool header_only;
    uint32_t width, height;
    bool no_memory; /* the failure was not the file's */
    struct tem_image *image;
    uint8_t *row; /* one row as libpng gives it */
    uint8_t *all; /* interlaced: all rows */
    png_bytepp rows;
};

static void take(png_structp png, png_bytep out, size_t size)
{
    struct reading *reading = png_get_io_ptr(png);
    if (size > reading->file.size - reading->at)
        png_error(png, "cut short");
    memcpy(out, reading->file.data + reading->at, size);
    reading->at += size;
}

/* Have libpng give 8-bit grey, or RGB, each with or without alpha. */
static void set_transforms(png_structp png, png_infop info)
{
    int type = png_get_color_type(png, info);
    if (type == PNG_COLOR_TYPE_PALETTE)
        png_set_palette_to_rgb(png);
    if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8)
        png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_valid(png, info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha(png);
    png_set_scale_16(png);
}

static void to_grey(const uint8_t *from, uint32_t width, int channels,
                    uint8_t *grey)
{
    for (uint32_t x = 0; x < width; x++, from += channels) {
        unsigned alpha = channels % 2 ? 255 : from[channels - 1];
        unsigned value =
            channels < 3 ? from[0] : tem_image_luma(from[0], from[1], from[2]);
        grey[x] = tem_image_over_white(value, alpha);
    }
}

static void read_rows(png_structp png, struct reading *r, size_t row_bytes,
                      int channels)
{
    r->row = malloc(row_bytes);
    if (!r->row) {
        r->no_memory = true;
        png_error(png, "memory");
    }
    for (uint32_t y = 0; y < r->image->height; y++) {
        png_read_row(png, r->row, NULL);
        to_grey(r->row, r->image->width, channels,
                r->image->pixels + (size_t)y * r->image->width);
    }
}

static void read_interlaced(png_structp png, struct reading *r,
                            size_t row_bytes, int channels)
{
    uint32_t height = r->image->height;
    r->all = malloc(row_bytes * height);
    r->rows = malloc(height * sizeof *r->rows);
    if (!r->all || !r->rows) {
        r->no_memory = true;
        png_error(png, "memory");
    }
    for (uint32_t y = 0; y < height; y++)
        r->rows[y] = r->all + y * row_bytes;
    png_read_image(png, r->rows);
    for (uint32_t y = 0; y < height; y++)
        to_grey(r->rows[y], r->image->width, channels,
                r->image->pixels + (size_t)y * r->image->width);
}

/* Everything after the header; jumps out on failure. */
static void read_pixels(png_structp png, png_infop info, struct reading *r)
{
    set_transforms(png, info);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    int channels = png_get_channels(png, info);
    size_t row_bytes = png_get_rowbytes(png, info);
    if (passes > 1)
        read_interlaced(png, r, row_bytes, channels);
    else
        read_rows(png, r, row_bytes, channels);
    png_read_end(png, NULL);
}

/* Everything up to the pixels; jumps out on failure, but for the limits. */
static enum tem_status read_header(png_structp png, png_infop info,
                                   struct reading *r, struct tem_error *error)
{
    png_set_read_fn(png, r, take);
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF); /* ours come next */
    /* Else libpng drops a spoiled tRNS chunk and reads on: what is transparent
     * would come out in the colour stored under it, often black. */
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
    /* Texts and profiles, which may inflate to anything, are skipped. */
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, info);
    r->width = png_get_image_width(png, info);
    r->height = png_get_image_height(png, info);
    return tem_image_check_size(r->width, r->height, r->max_pixels, error);
}

static enum tem_status read_all(png_structp png, png_infop info,
                                struct reading *r, struct tem_error *error)
{
    if (setjmp(png_jmpbuf(png)))
        return r->no_memory ? TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "")
                            : TEM_FAIL(error, TEM_E_FORMAT, IMAGE_PNG, "");
    enum tem_status status = read_header(png, info, r, error);
    if (status != TEM_OK || r->header_only)
        return status;
    status = tem_image_new(r->width, r->height, &r->image, error);
    if (status == TEM_OK)
        read_pixels(png, info, r);
    return status;
}

static enum tem_status read_file(struct reading *r, struct tem_error *error)
{
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, jump_out, go_on);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    enum tem_status status = info ? read_all(png, info, r, error)
                                  : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    png_destroy_read_struct(&png, &info, NULL);
    free(r->row);
    free(r->all);
    free(r->rows);
    return status;
}

enum tem_status tem_image_read_png(struct tem_bytes file, uint64_t max_pixels,
                                   unsigned denominator,
                                   struct tem_image **image,
                                   struct tem_error *error)
{
    (void)denominator;
    struct reading r = {.file = file, .max_pixels = max_pixels};
    enum tem_status status = read_file(&r, error);
    if (status == TEM_OK)
        *image = r.image;
    else
        tem_image_free(r.image);
    return status;
}

enum tem_status tem_image_size_png(struct tem_bytes file, uint32_t *width,
                                   uint32_t *height, struct tem_error *error)
{
    struct reading r = {
        .file = file, .max_pixels = UINT64_MAX, .header_only = true};
    enum tem_status status = read_file(&r, error);
    if (status == TEM_OK) {
        *width = r.width;
        *height = r.height;
    }
    return status;
}
