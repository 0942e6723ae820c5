/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: PNG out. Only this and png_read.c see libpng. */
#include "../error/fail.h"
#include "png_jump.h"
#include <stdlib.h>
#include <string.h>
#include <tem/image.h>

enum {
    /* A label's rows repeat, so zlib's first level without filters does. A
     * symbol of 49 modules at 3 dots a module takes 39 us and 868 bytes; level
     * 6 takes 74 us and 787 bytes, "up" filters 41 us and 980, run lengths 52
     * us and 1950. zlib's tables of 2^(7+8) entries cost more to clear than
     * to use: with 2^(7+5) it takes 18 us and 872 bytes, and at 9 dots 82 us
     * and 1844 bytes in place of 115 us and 1802. */
    COMPRESSION_LEVEL = 1,
    COMPRESSION_MEMORY = 5,
    KEYWORD_MAX = 79, /* PNG section 11.3.3.1 */
    ROW_BYTES_MAX = (TEM_IMAGE_SIDE_MAX + 7) / 8,
};

static void append(png_structp png, png_bytep data, size_t size)
{
    struct tem_image_file *file = png_get_io_ptr(png);
    if (size > file->capacity - file->size) {
        size_t capacity = 2 * (file->size + size);
        uint8_t *grown = realloc(file->data, capacity);
        if (!grown)
            png_error(png, "memory");
        file->data = grown;
        file->capacity = capacity;
    }
    memcpy(file->data + file->size, data, size);
    file->size += size;
}

/* libpng calls it; there is nothing to flush. */
static void flush(png_structp png)
{
    (void)png;
}

/* May PNG keep a text under this keyword (section 11.3.3.1)? */
static bool keyword_valid(const char *keyword)
{
    size_t length = strlen(keyword);
    bool valid = length >= 1 && length <= KEYWORD_MAX && keyword[0] != ' ' &&
                 keyword[length - 1] != ' ' && !strstr(keyword, "  ");
    for (size_t i = 0; valid && i < length; i++) {
        unsigned char c = (unsigned char)keyword[i];
        valid = (c >= 0x20 && c <= 0x7E) || c >= 0xA1;
    }
    return valid;
}

/* ---- a row of modules ---- */

/* One row of a symbol as packed pixels, 1 = white. */
static void pack_row(const struct tem_symbol *symbol,
                     const struct tem_layout *layout, int my, uint8_t *row,
                     size_t size)
{
    memset(row, 0xFF, size);
    for (int mx = 0; mx < symbol->side; mx++) {
        if (!tem_symbol_dark(symbol, mx, my))
            continue;
        size_t x = (size_t)((unsigned)mx + layout->quiet) * layout->dots;
        for (unsigned i = 0; i < layout->dots; i++, x++)
            row[x / 8] &= (uint8_t)~(0x80u >> x % 8);
    }
}

static void write_symbol_rows(png_structp png, const struct tem_symbol *symbol,
                              const struct tem_layout *layout, uint8_t *row,
                              size_t size)
{
    int quiet = (int)layout->quiet, side = symbol->side;
    for (int my = -quiet; my < side + quiet; my++) {
        if (my == -quiet || (my >= 0 && my <= side)) /* quiet rows are alike */
            pack_row(symbol, layout, my, row, size);
        for (unsigned i = 0; i < layout->dots; i++)
            png_write_row(png, row);
    }
}

/* ---- what stands before the pixels ---- */

static void set_texts(png_structp png, png_infop info,
                      const struct tem_image_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char empty[] = "";
        png_text text = {.compression = PNG_ITXT_COMPRESSION_NONE,
                         .key = (char *)texts[i].keyword,
                         .text = (char *)texts[i].text,
                         .itxt_length = strlen(texts[i].text),
                         .lang = empty,
                         .lang_key = empty};
        png_set_text(png, info, &text, 1);
    }
}

static void set_header(png_structp png, png_infop info, uint32_t width,
                       uint32_t height, int depth, int colours)
{
    png_set_compression_level(png, COMPRESSION_LEVEL);
    png_set_compression_mem_level(png, COMPRESSION_MEMORY);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png, info, width, height, depth, colours,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
}

/* dots per inch to dots per metre: 39.3701 inches, rounded. */
static uint32_t per_metre(unsigned dpi)
{
    return (uint32_t)(((uint64_t)dpi * 10000 + 127) / 254);
}

/* ---- a file ---- */

struct writing {
    png_structp png;
    png_infop info;
};

static bool start(struct writing *w, struct tem_image_file *file)
{
    file->size = 0;
    w->png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, jump_out, go_on);
    w->info = w->png ? png_create_info_struct(w->png) : NULL;
    if (w->info)
        png_set_write_fn(w->png, file, append, flush);
    return w->info != NULL;
}

static enum tem_status finish(struct writing *w)
{
    png_write_end(w->png, NULL);
    png_destroy_write_struct(&w->png, &w->info);
    return TEM_OK;
}

/* The only thing that can go wrong with libpng here is memory. */
static enum tem_status give_up(struct writing *w, struct tem_image_file *file,
                               struct tem_error *error)
{
    png_destroy_write_struct(&w->png, &w->info);
    file->size = 0;
    return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
}

static enum tem_status check_size(uint32_t width, uint32_t height,
                                  const struct tem_image_text *texts,
                                  size_t text_count, struct tem_error *error)
{
    for (size_t i = 0; i < text_count; i++)
        if (!keyword_valid(texts[i].keyword))
            return TEM_FAIL(error, TEM_E_ARGUMENT, IMAGE_KEYWORD, "s",
                            texts[i].keyword);
    if (width > TEM_IMAGE_SIDE_MAX || height > TEM_IMAGE_SIDE_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, IMAGE_SIDE, "ddd", (long long)width,
                        (long long)height, (long long)TEM_IMAGE_SIDE_MAX);
    return TEM_OK;
}

enum tem_status tem_image_write_symbol(const struct tem_symbol *symbol,
                                       const struct tem_layout *layout,
                                       const struct tem_image_text *texts,
                                       size_t text_count,
                                       struct tem_image_file *file,
                                       struct tem_error *error)
{
    const unsigned side = tem_label_side(layout, symbol);
    const uint32_t density = per_metre(layout->dpi);
    uint8_t row[ROW_BYTES_MAX];
    struct writing w;
    file->size = 0;
    enum tem_status status = check_size(side, side, texts, text_count, error);
    if (status != TEM_OK)
        return status;
    if (!start(&w, file))
        return give_up(&w, file, error);
    if (setjmp(png_jmpbuf(w.png)))
        return give_up(&w, file, error);
    set_header(w.png, w.info, side, side, 1, PNG_COLOR_TYPE_GRAY);
    png_set_pHYs(w.png, w.info, density, density, PNG_RESOLUTION_METER);
    set_texts(w.png, w.info, texts, text_count);
    png_write_info(w.png, w.info);
    write_symbol_rows(w.png, symbol, layout, row, (side + 7) / 8);
    return finish(&w);
}

enum tem_status tem_image_write_raster(const struct tem_raster *raster,
                                       const struct tem_image_text *texts,
                                       size_t text_count,
                                       struct tem_image_file *file,
                                       struct tem_error *error)
{
    const uint32_t density = per_metre(raster->dpi);
    struct writing w;
    file->size = 0;
    enum tem_status status =
        check_size(raster->width, raster->height, texts, text_count, error);
    if (status != TEM_OK)
        return status;
    if (!start(&w, file))
        return give_up(&w, file, error);
    if (setjmp(png_jmpbuf(w.png)))
        return give_up(&w, file, error);
    set_header(w.png, w.info, raster->width, raster->height,
               raster->depth == 24 ? 8 : (int)raster->depth,
               raster->depth == 24 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY);
    png_set_pHYs(w.png, w.info, density, density, PNG_RESOLUTION_METER);
    set_texts(w.png, w.info, texts, text_count);
    png_write_info(w.png, w.info);
    for (uint32_t y = 0; y < raster->height; y++)
        png_write_row(w.png, raster->pixels + y * raster->stride);
    return finish(&w);
}

enum tem_status tem_image_write_grey(const struct tem_image *image,
                                     struct tem_image_file *file,
                                     struct tem_error *error)
{
    struct writing w;
    if (!start(&w, file))
        return give_up(&w, file, error);
    if (setjmp(png_jmpbuf(w.png)))
        return give_up(&w, file, error);
    set_header(w.png, w.info, image->width, image->height, 8,
               PNG_COLOR_TYPE_GRAY);
    png_write_info(w.png, w.info);
    for (uint32_t y = 0; y < image->height; y++)
        png_write_row(w.png, image->pixels + (size_t)y * image->width);
    return finish(&w);
}
