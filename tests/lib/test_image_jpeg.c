/* SPDX-License-Identifier: MIT */
/* The JPEG reader of <tem/image.h>: every colour space, written here with
 * libjpeg, EXIF orientation, and files that are cut, spoiled or too large. */
#include "image_exif.h"
#include "image_file.h"
#include <stdio.h> /* before jpeglib.h, which needs it */
#include <jpeglib.h>

enum { WIDTH = 48, HEIGHT = 32, BLOCK = 16 };

struct file {
    unsigned char *data; /* libjpeg's malloc; free() it */
    unsigned long size;
};

/* How a JPEG is to be written. */
struct kind {
    J_COLOR_SPACE in, stored;
    bool progressive, adobe, arithmetic;
    bool rough;             /* every pixel another: long data */
    int sampling;           /* of the luma, 1 or 2 */
    struct tem_bytes app1;  /* may be empty */
    uint32_t width, height; /* 0: WIDTH x HEIGHT */
    const jpeg_scan_info *scans;
    int scan_count;
};

static const struct kind grey = {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE};
static const struct kind colour[2] = {
    {.in = JCS_RGB, .stored = JCS_YCbCr, .sampling = 2},
    {.in = JCS_RGB, .stored = JCS_YCbCr, .sampling = 2, .progressive = true},
};

static int channels_of(J_COLOR_SPACE space)
{
    return space == JCS_GRAYSCALE ? 1 : space == JCS_CMYK ? 4 : 3;
}

/* Channel c of the 16 x 16 block that (x, y) is in: flat, so that JPEG keeps
 * it but for rounding. */
static unsigned sample(uint32_t x, uint32_t y, int c)
{
    return (x / BLOCK * 70 + y / BLOCK * 45 + (unsigned)c * 60 + 20) % 256;
}

static struct file written(const struct kind *kind)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct file file = {NULL, 0};
    uint8_t row[1024 * 4];
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &file.data, &file.size);
    jpeg.image_width = kind->width ? kind->width : WIDTH;
    jpeg.image_height = kind->height ? kind->height : HEIGHT;
    jpeg.input_components = channels_of(kind->in);
    jpeg.in_color_space = kind->in;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, kind->stored);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (kind->sampling)
        jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor =
            kind->sampling;
    jpeg.arith_code = kind->arithmetic;
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    if (kind->scans) {
        jpeg.scan_info = kind->scans;
        jpeg.num_scans = kind->scan_count;
    }
    if (kind->in == JCS_CMYK)
        jpeg.write_Adobe_marker = kind->adobe;
    jpeg_start_compress(&jpeg, TRUE);
    if (kind->app1.size)
        jpeg_write_marker(&jpeg, JPEG_APP0 + 1, kind->app1.data,
                          (unsigned)kind->app1.size);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW rows[] = {row};
        for (uint32_t x = 0; x < jpeg.image_width; x++)
            for (int c = 0; c < jpeg.input_components; c++)
                row[x * (unsigned)jpeg.input_components + (unsigned)c] =
                    (uint8_t)(kind->rough
                                  ? x * 37 ^ jpeg.next_scanline * 91
                                  : sample(x, jpeg.next_scanline, c));
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return file;
}

/* ---- colours ---------------------------------------------------------- */

static double expected(const struct kind *kind, uint32_t x, uint32_t y)
{
    double v[4];
    for (int c = 0; c < 4; c++)
        v[c] = sample(x, y, c);
    if (kind->in == JCS_GRAYSCALE)
        return v[0];
    /* Adobe stores inks inverted: 255 is none. */
    for (int c = 0; kind->in == JCS_CMYK && c < 4; c++)
        v[c] = kind->adobe ? v[c] : 255 - v[c];
    for (int c = 0; kind->in == JCS_CMYK && c < 3; c++)
        v[c] = v[c] * v[3] / 255;
    return 0.299 * v[0] + 0.587 * v[1] + 0.114 * v[2];
}

static void check_colours(struct kind kind)
{
    struct file file = written(&kind);
    struct tem_image *image = NULL;
    struct tem_error error;
    int off = 0;
    REQUIRE(tem_image_read((struct tem_bytes){file.data, file.size}, PIXELS,
                           &image, &error) == TEM_OK);
    REQUIRE(image->width == WIDTH && image->height == HEIGHT);
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++) {
            double distance =
                image->pixels[y * WIDTH + x] - expected(&kind, x, y);
            off += distance > 4 || distance < -4;
        }
    if (off)
        printf("# from %d as %d\n", kind.in, kind.stored);
    CHECK_INT(off, 0);
    tem_image_free(image);
    free(file.data);
}

TEST(every_colour_space_comes_out_grey)
{
    static const struct kind kinds[] = {
        {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE},
        {.in = JCS_RGB, .stored = JCS_YCbCr, .sampling = 1},
        {.in = JCS_RGB, .stored = JCS_YCbCr, .sampling = 2},
        {.in = JCS_RGB, .stored = JCS_RGB},
        {.in = JCS_CMYK, .stored = JCS_CMYK, .adobe = true},
        {.in = JCS_CMYK, .stored = JCS_CMYK, .adobe = false},
        {.in = JCS_CMYK, .stored = JCS_YCCK, .adobe = true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct kind kind = kinds[i];
        check_colours(kind);
        kind.progressive = true;
        check_colours(kind);
    }
}

/* ---- orientation ------------------------------------------------------ */

static struct tem_image *with_app1(const uint8_t *app1, size_t size)
{
    struct kind kind = grey;
    kind.app1 = (struct tem_bytes){app1, size};
    struct file file = written(&kind);
    struct tem_image *image = NULL;
    if (tem_image_read((struct tem_bytes){file.data, file.size}, PIXELS,
                       &image, NULL) != TEM_OK)
        exit(99);
    free(file.data);
    return image;
}

TEST(all_eight_orientations_are_turned_upright)
{
    for (unsigned o = 1; o <= 8; o++)
        for (int big = 0; big < 2; big++) {
            uint8_t exif[EXIF_SIZE];
            make_exif(exif, big, o);
            struct tem_image *image = with_app1(exif, sizeof exif);
            CHECK_INT(image->width, turns[o].lying ? HEIGHT : WIDTH);
            CHECK_INT(image->height, turns[o].lying ? WIDTH : HEIGHT);
            CHECK(near(corner(image, turns[o].first), sample(0, 0, 0)));
            CHECK(near(corner(image, turns[o].right), sample(47, 0, 0)));
            CHECK(near(corner(image, turns[o].below), sample(0, 31, 0)));
            tem_image_free(image);
        }
}

static bool stays(const uint8_t *app1, size_t size)
{
    struct tem_image *image = with_app1(app1, size);
    bool same = image->width == WIDTH &&
                near(image->pixels[0], sample(0, 0, 0));
    tem_image_free(image);
    return same;
}

TEST(an_exif_that_makes_no_sense_turns_nothing)
{
    uint8_t exif[EXIF_SIZE];
    static const struct {
        size_t at, size;
        uint32_t value;
    } faults[] = {
        {AT_ENTRY + 8, 2, 0},          {AT_ENTRY + 8, 2, 9},
        {AT_ENTRY + 2, 2, 4},          {AT_ENTRY, 2, 0x113},
        {AT_TIFF + 2, 2, 43},          {AT_TIFF + 4, 4, 0xFFFFFFFF},
        {AT_TIFF + 4, 4, 33},          {AT_TIFF + 4, 4, 0x7FFFFFF8},
        {AT_TIFF + 8, 2, 0},           {AT_TIFF + 8, 2, 1},
        {0, 4, 0x20202020},            {AT_TIFF, 2, 0x5858 /* XX */},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        make_exif(exif, false, 6);
        put(exif + faults[i].at, false, faults[i].size, faults[i].value);
        if (!stays(exif, sizeof exif))
            printf("# fault %zu\n", i);
        CHECK(stays(exif, sizeof exif));
    }
    make_exif(exif, true, 6);
    CHECK(!stays(exif, AT_ENTRY + 10));
    for (size_t size = 1; size < AT_ENTRY + 10; size++)
        CHECK(stays(exif, size)); /* cut short */
    make_exif(exif, true, 6);
    put(exif + AT_TIFF + 8, true, 2, 0xFFFF); /* more entries than bytes */
    CHECK(!stays(exif, sizeof exif));
    put(exif + AT_ENTRY, true, 2, 0x113);
    CHECK(stays(exif, sizeof exif));
}

/* ---- files that are not whole ----------------------------------------- */

TEST(a_file_cut_anywhere_is_refused)
{
    for (int progressive = 0; progressive < 2; progressive++) {
        struct file file = written(&colour[progressive]);
        for (size_t size = 0; size < file.size; size++) {
            struct tem_error error;
            enum tem_status status =
                read_exact(file.data, size, PIXELS, &error);
            CHECK(status == (size >= 3 || size == 0 ? TEM_E_FORMAT
                                                    : TEM_E_UNSUPPORTED));
            if (size >= 3)
                CHECK_INT(error.message.id, TEM_MSG_IMAGE_JPEG);
        }
        CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
        free(file.data);
    }
}

TEST(bytes_after_the_end_do_no_harm)
{
    struct file file = written(&grey);
    uint8_t *longer = calloc(1, file.size + 100);
    REQUIRE(longer != NULL);
    memcpy(longer, file.data, file.size);
    CHECK_INT(read_exact(longer, file.size + 100, PIXELS, NULL), TEM_OK);
    free(longer);
    free(file.data);
}

/* Any byte may be changed: never a crash. */
TEST(a_spoiled_file_is_survived)
{
    struct file file = written(&colour[1]);
    int refused = 0;
    for (size_t i = 3; i < file.size; i++)
        for (int bit = 1; bit < 256; bit *= 4) {
            file.data[i] ^= (unsigned char)bit;
            refused +=
                read_exact(file.data, file.size, 1 << 16, NULL) != TEM_OK;
            file.data[i] ^= (unsigned char)bit;
        }
    CHECK(refused > 100);
    free(file.data);
}

/* T.81 annex D: many changes in arithmetic coding end in a code that cannot
 * be, about which libjpeg only warns. */
TEST(spoiled_arithmetic_coding_is_refused)
{
#ifdef C_ARITH_CODING_SUPPORTED
    struct kind kind = grey;
    kind.progressive = kind.arithmetic = kind.rough = true;
    struct file file = written(&kind);
    int refused = 0, tried = 0;
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
    for (size_t i = file.size / 2; i < file.size - 2; i++, tried++) {
        file.data[i] ^= 0x55;
        refused += read_exact(file.data, file.size, PIXELS, NULL) != TEM_OK;
        file.data[i] ^= 0x55;
    }
    printf("# %d of %d refused\n", refused, tried);
    CHECK(refused > tried / 5); /* 1 in 20 if the warning is ignored */
    free(file.data);
#else
    SKIP("this libjpeg has no arithmetic coding");
#endif
}

/* ---- limits ----------------------------------------------------------- */

/* Where the frame header's content begins (T.81 section B.2.2). */
static size_t frame_at(const struct file *file)
{
    for (size_t at = 2; at + 10 < file->size;) {
        uint8_t marker = file->data[at + 1];
        if (marker == 0xC0 || marker == 0xC1 || marker == 0xC2)
            return at + 4;
        at += 2 + (size_t)(file->data[at + 2] << 8 | file->data[at + 3]);
    }
    exit(99);
}

static void set_size(struct file *file, uint32_t width, uint32_t height)
{
    put(file->data + frame_at(file) + 1, true, 2, height);
    put(file->data + frame_at(file) + 3, true, 2, width);
}

TEST(the_limit_on_pixels_is_exact)
{
    struct file file = written(&grey);
    check_pixel_limit(file.data, file.size, WIDTH * HEIGHT);
    free(file.data);
}

TEST(a_header_of_a_huge_picture_is_refused_before_memory_is_taken)
{
    static const struct {
        uint32_t width, height;
        enum tem_status status;
        enum tem_message_id id;
    } rows[] = {{60000, 60000, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {65500, 65500, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {65501, 8, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {8, 65535, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {0, 8, TEM_E_FORMAT, TEM_MSG_IMAGE_JPEG},
                {8, 0, TEM_E_FORMAT, TEM_MSG_IMAGE_JPEG}};
    for (int progressive = 0; progressive < 2; progressive++) {
        struct file file = written(&colour[progressive]);
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            struct tem_error error;
            set_size(&file, rows[i].width, rows[i].height);
            CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
                      rows[i].status);
            CHECK_INT(error.message.id, rows[i].id);
            uint32_t sides[2];
            bool fits = rows[i].id == TEM_MSG_IMAGE_PIXELS;
            CHECK_INT(size_exact(file.data, file.size, sides, &error),
                      fits ? TEM_OK : rows[i].status);
            CHECK(!fits ||
                  (sides[0] == rows[i].width && sides[1] == rows[i].height));
        }
        free(file.data);
    }
}

TEST(kinds_that_cannot_be_read_are_named)
{
    struct file file = written(&grey);
    size_t frame = frame_at(&file);
    struct tem_error error;
    file.data[frame] = 12; /* bits a sample */
    CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_JPEG_KIND);
    file.data[frame] = 8;
    file.data[frame - 3] = 0xC3; /* lossless */
    CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_JPEG_KIND);
    free(file.data);
}

/* Progressive scans of one coefficient each, refined bit by bit: @p count of
 * them, after the one of all DC coefficients. */
static struct file of_many_scans(int count)
{
    static jpeg_scan_info scans[600];
    int n = 0;
    scans[n++] = (jpeg_scan_info){3, {0, 1, 2}, 0, 0, 0, 0};
    for (int step = 0; step < 3; step++)
        for (int c = 0; c < 3; c++)
            for (int k = 1; k < 64 && n <= count; k++)
                scans[n++] = (jpeg_scan_info){1,     {c}, k, k,
                                              step ? 3 - step : 0, 2 - step};
    struct kind kind = colour[1];
    kind.scans = scans;
    kind.scan_count = n;
    return written(&kind);
}

TEST(endless_passes_are_refused)
{
    struct file file = of_many_scans(499);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
    free(file.data);
    file = of_many_scans(500);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_E_FORMAT);
    free(file.data);
}

int main(void)
{
    RUN(every_colour_space_comes_out_grey);
    RUN(all_eight_orientations_are_turned_upright);
    RUN(an_exif_that_makes_no_sense_turns_nothing);
    RUN(a_file_cut_anywhere_is_refused);
    RUN(bytes_after_the_end_do_no_harm);
    RUN(a_spoiled_file_is_survived);
    RUN(spoiled_arithmetic_coding_is_refused);
    RUN(the_limit_on_pixels_is_exact);
    RUN(a_header_of_a_huge_picture_is_refused_before_memory_is_taken);
    RUN(kinds_that_cannot_be_read_are_named);
    RUN(endless_passes_are_refused);
    return test_done();
}
