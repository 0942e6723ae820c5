/* SPDX-License-Identifier: MIT */
/* The PNG reader of <tem/image.h>: every colour type and bit depth, written
 * here with libpng, against the grey worked out here. */
#include "image_file.h"
#include <png.h>

enum { WIDTH = 19, HEIGHT = 11 }; /* odd: packed rows end inside bytes */

struct file {
    uint8_t data[1 << 16];
    size_t size;
};

/* One kind of PNG; samples are made by sample(). */
struct kind {
    int type, depth, interlace;
    bool transparent; /* with a tRNS chunk */
};

static struct tem_bytes bytes_of(const struct file *file)
{
    return (struct tem_bytes){file->data, file->size};
}

/* ---- what is in the pictures ------------------------------------------ */

static unsigned top_of(int depth)
{
    return (1u << depth) - 1;
}

/* Channel c of pixel (x, y), 0 .. top_of(depth). */
static unsigned sample(int x, int y, int c, int depth)
{
    unsigned value = (unsigned)(x * 2731 + y * 977 + c * 4111 + x * y * 131);
    return value % (top_of(depth) + 1);
}

static int channels_of(int type)
{
    return type == PNG_COLOR_TYPE_RGB          ? 3
           : type == PNG_COLOR_TYPE_RGB_ALPHA  ? 4
           : type == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
                                               : 1;
}

static png_color palette_entry(unsigned i)
{
    return (png_color){(png_byte)(i * 37), (png_byte)(255 - i * 11),
                       (png_byte)(i * 101)};
}

static png_byte palette_alpha(unsigned i)
{
    return (png_byte)(i * 53);
}

/* ---- the grey that must come out -------------------------------------- */

static double expected(const struct kind *kind, int x, int y)
{
    double top = top_of(kind->depth), v[4], alpha = 1;
    int channels = channels_of(kind->type);
    bool key = kind->transparent;
    for (int c = 0; c < channels; c++) {
        unsigned value = sample(x, y, c, kind->depth);
        v[c] = value / top * 255;
        key = key && value == sample(0, 0, c, kind->depth);
    }
    if (kind->type == PNG_COLOR_TYPE_PALETTE) {
        unsigned i = sample(x, y, 0, kind->depth);
        png_color rgb = palette_entry(i);
        v[0] = rgb.red;
        v[1] = rgb.green;
        v[2] = rgb.blue;
        alpha = kind->transparent ? palette_alpha(i) / 255.0 : 1;
        channels = 3;
    } else if (channels % 2 == 0) {
        alpha = v[channels - 1] / 255;
    } else if (key) {
        alpha = 0;
    }
    double grey = channels < 3 ? v[0]
                               : 0.299 * v[0] + 0.587 * v[1] + 0.114 * v[2];
    return grey * alpha + 255 * (1 - alpha);
}

/* ---- writing them ----------------------------------------------------- */

static void put(png_structp png, png_bytep data, size_t size)
{
    struct file *file = png_get_io_ptr(png);
    if (size > sizeof file->data - file->size)
        exit(99);
    memcpy(file->data + file->size, data, size);
    file->size += size;
}

static void flush(png_structp png)
{
    (void)png;
}

static void set_colours(png_structp png, png_infop info,
                        const struct kind *kind)
{
    png_color palette[256];
    png_byte alpha[256];
    int count = 1 << (kind->depth < 8 ? kind->depth : 8);
    png_color_16 key = {
        .red = (png_uint_16)sample(0, 0, 0, kind->depth),
        .green = (png_uint_16)sample(0, 0, 1, kind->depth),
        .blue = (png_uint_16)sample(0, 0, 2, kind->depth),
        .gray = (png_uint_16)sample(0, 0, 0, kind->depth)};
    for (int i = 0; i < count; i++) {
        palette[i] = palette_entry((unsigned)i);
        alpha[i] = palette_alpha((unsigned)i);
    }
    if (kind->type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, count);
    if (kind->transparent && kind->type == PNG_COLOR_TYPE_PALETTE)
        png_set_tRNS(png, info, alpha, count, NULL);
    else if (kind->transparent)
        png_set_tRNS(png, info, NULL, 0, &key);
}

static void pack_row(const struct kind *kind, int y, uint8_t *row)
{
    int channels = channels_of(kind->type), depth = kind->depth;
    memset(row, 0, WIDTH * 8);
    for (int i = 0; i < WIDTH * channels; i++) {
        unsigned value = sample(i / channels, y, i % channels, depth);
        int bit = i * depth;
        if (depth == 16) {
            row[2 * i] = (uint8_t)(value >> 8);
            row[2 * i + 1] = (uint8_t)value;
        } else {
            row[bit / 8] |= (uint8_t)(value << (8 - depth - bit % 8));
        }
    }
}

static void write_kind(const struct kind *kind, struct file *file)
{
    static uint8_t memory[HEIGHT][WIDTH * 8];
    png_bytep rows[HEIGHT];
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    file->size = 0;
    png_set_write_fn(png, file, put, flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, kind->depth, kind->type,
                 kind->interlace, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    set_colours(png, info, kind);
    png_text text = {.compression = PNG_TEXT_COMPRESSION_zTXt,
                     .key = (char[]){"Comment"},
                     .text = (char[]){"skipped, whatever it says"}};
    png_set_text(png, info, &text, 1);
    png_set_gAMA(png, info, 0.45);
    for (int y = 0; y < HEIGHT; y++) {
        rows[y] = memory[y];
        pack_row(kind, y, rows[y]);
    }
    png_write_info(png, info);
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
}

/* ---- reading ---------------------------------------------------------- */

static void check_kind(struct kind kind)
{
    static struct file file;
    struct tem_image *image = NULL;
    /* Grey is rounded once, from 16 bits; colours and alpha once more each. */
    double near = kind.type == PNG_COLOR_TYPE_GRAY ? 0.51 : 1.5;
    int off = 0;
    write_kind(&kind, &file);
    REQUIRE(tem_image_read(bytes_of(&file), PIXELS, &image, NULL) == TEM_OK);
    REQUIRE(image->width == WIDTH && image->height == HEIGHT);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            double distance =
                image->pixels[y * WIDTH + x] - expected(&kind, x, y);
            off += distance > near || distance < -near;
        }
    if (off)
        printf("# type %d depth %d interlace %d transparent %d\n", kind.type,
               kind.depth, kind.interlace, kind.transparent);
    CHECK_INT(off, 0);
    tem_image_free(image);
}

/* Type and lowest and highest depth (PNG table 11.1). */
static const struct {
    int type, low, high;
    bool may_key;
} types[] = {{PNG_COLOR_TYPE_GRAY, 1, 16, true},
             {PNG_COLOR_TYPE_RGB, 8, 16, true},
             {PNG_COLOR_TYPE_PALETTE, 1, 8, true},
             {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 16, false},
             {PNG_COLOR_TYPE_RGB_ALPHA, 8, 16, false}};

TEST(every_colour_type_and_depth_comes_out_grey)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (int depth = types[i].low; depth <= types[i].high; depth *= 2) {
            check_kind((struct kind){types[i].type, depth, 0, false});
            check_kind((struct kind){types[i].type, depth,
                                     PNG_INTERLACE_ADAM7, false});
        }
}

TEST(transparent_colours_are_white)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (int depth = types[i].low;
             types[i].may_key && depth <= types[i].high; depth *= 2) {
            check_kind((struct kind){types[i].type, depth, 0, true});
            check_kind((struct kind){types[i].type, depth,
                                     PNG_INTERLACE_ADAM7, true});
        }
}

TEST(a_file_cut_anywhere_is_refused)
{
    static struct file file;
    for (int interlace = 0; interlace < 2; interlace++) {
        write_kind(&(struct kind){PNG_COLOR_TYPE_RGB_ALPHA, 8, interlace,
                                  false},
                   &file);
        for (size_t size = 0; size < file.size; size++) {
            struct tem_error error;
            enum tem_status status =
                read_exact(file.data, size, PIXELS, &error);
            CHECK(status == (size >= 8 || size == 0 ? TEM_E_FORMAT
                                                    : TEM_E_UNSUPPORTED));
            if (size >= 8)
                CHECK_INT(error.message.id, TEM_MSG_IMAGE_PNG);
        }
        CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
    }
}

/* Any byte may be changed: never a crash, never more than the limit. */
TEST(a_spoiled_file_is_survived)
{
    static struct file file;
    int refused = 0;
    write_kind(&(struct kind){PNG_COLOR_TYPE_PALETTE, 4, 1, true}, &file);
    for (size_t i = 8; i < file.size; i++) {
        file.data[i] ^= 0x41;
        refused += read_exact(file.data, file.size, 1 << 16, NULL) != TEM_OK;
        file.data[i] ^= 0x41;
    }
    CHECK(refused > 50);
}

/* A chunk is found spoiled by its check sum, also one that could be skipped
 * (PNG section 13.2): without its tRNS a picture would be another. */
TEST(every_chunk_is_held_to_its_check_sum)
{
    static struct file file;
    bool clear = false;
    write_kind(&(struct kind){PNG_COLOR_TYPE_PALETTE, 4, 0, true}, &file);
    for (size_t i = 8; i < file.size;) {
        uint32_t size = png_get_uint_32(file.data + i);
        uint8_t *sum = file.data + i + 8 + size;
        struct tem_error error;
        clear |= memcmp(file.data + i + 4, "tRNS", 4) == 0;
        for (int byte = 0; byte < 4; byte++) {
            sum[byte] ^= 1;
            CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
                      TEM_E_FORMAT);
            CHECK_INT(error.message.id, TEM_MSG_IMAGE_PNG);
            sum[byte] ^= 1;
        }
        i += size + 12;
    }
    CHECK(clear);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
}

/* ---- headers that promise too much ------------------------------------ */

static void put_chunk(struct file *file, const char *type,
                      const uint8_t *content, uint32_t size)
{
    uint8_t *at = file->data + file->size;
    uint32_t crc = 0xFFFFFFFF; /* PNG annex D */
    png_save_uint_32(at, size);
    memcpy(at + 4, type, 4);
    if (size)
        memcpy(at + 8, content, size);
    for (uint32_t i = 0; i < size + 4; i++) {
        crc ^= at[4 + i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    png_save_uint_32(at + 8 + size, ~crc);
    file->size += size + 12;
}

static struct file *header(uint32_t width, uint32_t height, int type)
{
    static struct file file;
    uint8_t content[13] = {[8] = 8, [9] = (uint8_t)type};
    memcpy(file.data, "\x89PNG\r\n\x1a\n", 8);
    file.size = 8;
    png_save_uint_32(content, width);
    png_save_uint_32(content + 4, height);
    put_chunk(&file, "IHDR", content, sizeof content);
    put_chunk(&file, "IDAT", NULL, 0);
    return &file;
}

TEST(a_header_of_a_huge_picture_is_refused_before_memory_is_taken)
{
    static const struct {
        uint32_t width, height;
        enum tem_message_id id;
    } rows[] = {{60000, 60000, TEM_MSG_IMAGE_PIXELS},
                {10001, 10000, TEM_MSG_IMAGE_PIXELS},
                {65501, 1, TEM_MSG_IMAGE_SIDE},
                {1, 65501, TEM_MSG_IMAGE_SIDE},
                {0x7FFFFFFF, 0x7FFFFFFF, TEM_MSG_IMAGE_SIDE}};
    struct tem_error error;
    uint32_t sides[2];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct file *file =
            header(rows[i].width, rows[i].height, PNG_COLOR_TYPE_RGB);
        CHECK_INT(read_exact(file->data, file->size, PIXELS, &error),
                  TEM_E_LIMIT);
        CHECK_INT(error.message.id, rows[i].id);
        bool fits = rows[i].id == TEM_MSG_IMAGE_PIXELS;
        CHECK_INT(size_exact(file->data, file->size, sides, NULL),
                  fits ? TEM_OK : TEM_E_LIMIT);
        CHECK(!fits ||
              (sides[0] == rows[i].width && sides[1] == rows[i].height));
    }
    struct file *file = header(0, 5, PNG_COLOR_TYPE_GRAY);
    CHECK_INT(read_exact(file->data, file->size, PIXELS, NULL), TEM_E_FORMAT);
    /* within the limit: broken for want of data only */
    file = header(100, 100, PNG_COLOR_TYPE_GRAY);
    CHECK_INT(read_exact(file->data, file->size, 10000, NULL), TEM_E_FORMAT);
    CHECK_INT(read_exact(file->data, file->size, 9999, NULL), TEM_E_LIMIT);
}

int main(void)
{
    RUN(every_colour_type_and_depth_comes_out_grey);
    RUN(transparent_colours_are_white);
    RUN(a_file_cut_anywhere_is_refused);
    RUN(a_spoiled_file_is_survived);
    RUN(every_chunk_is_held_to_its_check_sum);
    RUN(a_header_of_a_huge_picture_is_refused_before_memory_is_taken);
    return test_done();
}
