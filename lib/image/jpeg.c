/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: JPEG in. The only file that sees libjpeg. */
#include "../error/fail.h"
#include "read.h"
#include <setjmp.h>
#include <stdio.h> /* before jpeglib.h, which needs it */
#include <jpeglib.h>
#include <jerror.h> /* its numbers hang on what jpeglib.h configures */
#include <stdlib.h>

enum {
    SCANS_MAX = 500, /* a progressive file may claim any number of passes */
    MARKER_APP1 = JPEG_APP0 + 1,
};

/* Everything that must be let go of when libjpeg jumps out. */
struct reading {
    struct tem_bytes file;
    uint64_t max_pixels;
    unsigned denominator; /* 0: only the header is read */
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    int orientation;
    struct tem_image *image;
    uint8_t *row;
    bool no_memory;
    int code; /* libjpeg's, of what made it jump out */
};

static void stop(j_common_ptr jpeg)
{
    struct reading *r = jpeg->client_data;
    r->no_memory |= jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
    r->code = jpeg->err->msg_code;
    longjmp(r->out, 1);
}

/* Warnings are of damaged data: a picture that is not whole is not read. Bad
 * headers of application segments are none of our business. */
static void warn(j_common_ptr jpeg, int level)
{
    if (level >= 0)
        return; /* a trace */
    switch (jpeg->err->msg_code) {
#if JPEG_LIB_VERSION >= 70 || defined(D_ARITH_CODING_SUPPORTED)
    case JWRN_ARITH_BAD_CODE:
#endif
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
        stop(jpeg);
    }
}

static void say_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void watch_scans(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)jpeg)->input_scan_number > SCANS_MAX)
        stop(jpeg);
}

/* Grey straight from the decoder where the file has a luma; else convert. */
static void choose_colours(j_decompress_ptr jpeg)
{
    switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_YCbCr:
        jpeg->out_color_space = JCS_GRAYSCALE;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        jpeg->out_color_space = JCS_CMYK;
        break;
    default:
        jpeg->out_color_space = JCS_RGB;
    }
}

/* CMYK as Adobe stores it, inverted: each ink times the black. */
static uint8_t cmyk_to_grey(const uint8_t *p, bool inverted)
{
    unsigned c = p[0], m = p[1], y = p[2], k = p[3];
    if (!inverted) {
        c = 255 - c;
        m = 255 - m;
        y = 255 - y;
        k = 255 - k;
    }
    return tem_image_luma(c * k / 255, m * k / 255, y * k / 255);
}

static void to_grey(const struct reading *r, const uint8_t *from, uint8_t *grey)
{
    int channels = r->jpeg.output_components;
    bool inverted = r->jpeg.saw_Adobe_marker;
    for (uint32_t x = 0; x < r->image->width; x++, from += channels)
        grey[x] = channels == 4 ? cmyk_to_grey(from, inverted)
                                : tem_image_luma(from[0], from[1], from[2]);
}

/* Jumps out on failure. */
static void read_rows(struct reading *r)
{
    j_decompress_ptr jpeg = &r->jpeg;
    size_t width = r->image->width;
    int channels = jpeg->output_components;
    if (channels > 1) {
        r->row = malloc(width * (size_t)channels);
        r->no_memory = !r->row;
        if (!r->row)
            longjmp(r->out, 1);
    }
    while (jpeg->output_scanline < jpeg->output_height) {
        uint8_t *grey = r->image->pixels + jpeg->output_scanline * width;
        JSAMPROW row = channels > 1 ? r->row : grey;
        jpeg_read_scanlines(jpeg, &row, 1);
        if (channels > 1)
            to_grey(r, r->row, grey);
    }
}

static int orientation(j_decompress_ptr jpeg)
{
    for (jpeg_saved_marker_ptr m = jpeg->marker_list; m; m = m->next) {
        int found = m->marker == MARKER_APP1
                        ? tem_image_exif_orientation((struct tem_bytes){
                              m->data, m->data_length})
                        : 1;
        if (found != 1)
            return found;
    }
    return 1;
}

/* Say why libjpeg jumped out. */
static enum tem_status failed(const struct reading *r, struct tem_error *error)
{
    if (r->no_memory)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    switch (r->code) {
    case JERR_IMAGE_TOO_BIG: /* a side over libjpeg's own limit */
        return tem_image_check_size(r->jpeg.image_width, r->jpeg.image_height,
                                    r->max_pixels, error);
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_JPEG_KIND, "");
    default:
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_JPEG, "");
    }
}

/* Jumps out on failure, but for the limits. */
static enum tem_status read_header(struct reading *r, struct tem_error *error)
{
    j_decompress_ptr jpeg = &r->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->client_data = r;
    jpeg->progress = &r->progress;
    jpeg_mem_src(jpeg, r->file.data, r->file.size);
    jpeg_save_markers(jpeg, MARKER_APP1, 0xFFFF);
    jpeg_read_header(jpeg, TRUE);
    r->orientation = orientation(jpeg);
    return tem_image_check_size(jpeg->image_width, jpeg->image_height,
                                r->max_pixels, error);
}

/* Jumps out on failure, but for our own memory. */
static enum tem_status read_pixels(struct reading *r, struct tem_error *error)
{
    j_decompress_ptr jpeg = &r->jpeg;
    choose_colours(jpeg);
    jpeg->scale_num = 1;
    jpeg->scale_denom = r->denominator;
    jpeg_calc_output_dimensions(jpeg);
    enum tem_status status = tem_image_new(
        jpeg->output_width, jpeg->output_height, &r->image, error);
    if (status != TEM_OK)
        return status;
    jpeg_start_decompress(jpeg);
    read_rows(r);
    status = tem_image_orient(r->image, r->orientation, error);
    if (status == TEM_OK)
        jpeg_finish_decompress(jpeg);
    return status;
}

static enum tem_status read_all(struct reading *r, struct tem_error *error)
{
    if (setjmp(r->out))
        return failed(r, error);
    enum tem_status status = read_header(r, error);
    return status == TEM_OK && r->denominator ? read_pixels(r, error) : status;
}

static struct reading *start(struct tem_bytes file, uint64_t max_pixels,
                             unsigned denominator)
{
    struct reading *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->file = file;
    r->max_pixels = max_pixels;
    r->denominator = denominator;
    r->jpeg.err = jpeg_std_error(&r->errors);
    r->jpeg.client_data = r;
    r->errors.error_exit = stop;
    r->errors.emit_message = warn;
    r->errors.output_message = say_nothing;
    r->progress.progress_monitor = watch_scans;
    return r;
}

/* But for the picture, which is the caller's. */
static void end(struct reading *r)
{
    jpeg_destroy_decompress(&r->jpeg);
    free(r->row);
    free(r);
}

enum tem_status tem_image_read_jpeg(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error)
{
    struct reading *r = start(file, max_pixels, denominator);
    if (!r)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    enum tem_status status = read_all(r, error);
    if (status == TEM_OK)
        *image = r->image;
    else
        tem_image_free(r->image);
    end(r);
    return status;
}

enum tem_status tem_image_size_jpeg(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error)
{
    struct reading *r = start(file, UINT64_MAX, 0);
    if (!r)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    enum tem_status status = read_all(r, error);
    bool lying = r->orientation >= 5;
    if (status == TEM_OK) {
        *width = lying ? r->jpeg.image_height : r->jpeg.image_width;
        *height = lying ? r->jpeg.image_width : r->jpeg.image_height;
    }
    end(r);
    return status;
}
