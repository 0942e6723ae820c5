/* SPDX-License-Identifier: MIT */
#ifndef TEST_PICTURES_H
#define TEST_PICTURES_H

/* PNG and JPEG files made by the libraries themselves, of every kind that
 * tem_image_read() must take. */

#include <png.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>

struct made {
    uint8_t *data;
    size_t size, capacity;
};

static inline void made_append(png_structp png, png_bytep data, size_t size)
{
    struct made *made = png_get_io_ptr(png);
    if (made->size + size > made->capacity) {
        made->capacity = 2 * (made->size + size);
        made->data = realloc(made->data, made->capacity);
        if (!made->data)
            abort();
    }
    memcpy(made->data + made->size, data, size);
    made->size += size;
}

static inline void made_flush(png_structp png)
{
    (void)png;
}

/* What to write; rows are packed as PNG packs them. */
struct png_kind {
    uint32_t width, height;
    int depth, type, interlace;
    const uint8_t *rows;
    size_t row_bytes;
    const png_color *palette;
    int palette_size;
    const uint8_t *alphas; /* of palette entries */
    int alpha_count;
    const png_color_16 *transparent;
};

#define PNG_KIND(width, height, depth, type, interlace, rows, row_bytes)       \
    &(struct png_kind)                                                         \
    {                                                                          \
        width, height, depth, type, interlace, rows, row_bytes, NULL, 0, NULL, \
            0, NULL                                                            \
    }

static inline struct made make_png(const struct png_kind *kind)
{
    struct made made = {NULL, 0, 0};
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)))
        abort();
    png_set_write_fn(png, &made, made_append, made_flush);
    png_set_IHDR(png, info, kind->width, kind->height, kind->depth, kind->type,
                 kind->interlace, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    if (kind->palette)
        png_set_PLTE(png, info, kind->palette, kind->palette_size);
    if (kind->alphas || kind->transparent)
        png_set_tRNS(png, info, kind->alphas, kind->alpha_count,
                     kind->transparent);
    png_write_info(png, info);
    png_bytep rows[64];
    for (uint32_t y = 0; y < kind->height; y++)
        rows[y] = (png_bytep)kind->rows + y * kind->row_bytes;
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return made;
}

/* @p samples of @p channels each; EXIF orientation 1..8, or 0 for no EXIF. */
static inline struct made make_jpeg(const uint8_t *samples, int width,
                                    int height, int channels,
                                    J_COLOR_SPACE space, int orientation,
                                    bool progressive)
{
    uint8_t exif[] = {'E', 'x', 'i', 'f', 0,   0,    'M',  'M', 0, 42,
                      0,   0,   0,   8,   0,   1,    0x01, 0x12, 0, 3,
                      0,   0,   0,   1,   0,   (uint8_t)orientation, 0, 0,
                      0,   0,   0,   0};
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = (JDIMENSION)width;
    jpeg.image_height = (JDIMENSION)height;
    jpeg.input_components = channels;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 100, TRUE);
    if (progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (orientation)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, exif, sizeof exif);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = (JSAMPROW)samples +
                       jpeg.next_scanline * (size_t)(width * channels);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (struct made){data, size, size};
}

#endif
