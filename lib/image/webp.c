/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: WebP in. The only file that sees libwebp. */
#include "../error/fail.h"
#include "read.h"
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

enum { RIFF_HEADER = 12, CHUNK_HEADER = 8 }; /* bytes */

/* ---- the container (RFC 9649 section 2.3: chunks, padded to be even) ---- */

static uint32_t get32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

/* What the RIFF header says that the file is; false if it is cut short. */
static bool take_whole(struct tem_bytes *file)
{
    if (file->size < RIFF_HEADER ||
        get32(file->data + 4) > file->size - CHUNK_HEADER)
        return false;
    file->size = CHUNK_HEADER + (size_t)get32(file->data + 4);
    return true;
}

/* EXIF as it ought to be, and as it is after writers that copy a JPEG's. */
static int exif_orientation(struct tem_bytes exif)
{
    int found = tem_image_tiff_orientation(exif);
    return found != 1 ? found : tem_image_exif_orientation(exif);
}

/* Of a whole file: the chunk stands behind the pixels. */
static int orientation(struct tem_bytes file)
{
    size_t at = RIFF_HEADER;
    while (at < file.size && file.size - at >= CHUNK_HEADER) {
        const uint8_t *chunk = file.data + at;
        size_t size = get32(chunk + 4), left = file.size - at - CHUNK_HEADER;
        if (size > left)
            break;
        if (memcmp(chunk, "EXIF", 4) == 0)
            return exif_orientation(
                (struct tem_bytes){chunk + CHUNK_HEADER, size});
        at += CHUNK_HEADER + size + size % 2;
    }
    return 1;
}

/* ---- the header ---- */

static enum tem_status failed(VP8StatusCode code, struct tem_error *error)
{
    if (code == VP8_STATUS_OUT_OF_MEMORY)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_WEBP, "");
}

static enum tem_status read_header(struct tem_bytes *file, uint64_t max_pixels,
                                   WebPBitstreamFeatures *header,
                                   struct tem_error *error)
{
    if (!take_whole(file))
        return failed(VP8_STATUS_NOT_ENOUGH_DATA, error);
    VP8StatusCode code = WebPGetFeatures(file->data, file->size, header);
    if (code != VP8_STATUS_OK)
        return failed(code, error);
    if (header->has_animation)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_ANIMATED, "s", "WebP");
    return tem_image_check_size((uint64_t)header->width,
                                (uint64_t)header->height, max_pixels, error);
}

/* ---- the pixels ---- */

/* The decoder's luma is that of ITU-R BT.601 from 16 to 235, also of what is
 * stored as RGB: so grey is its table, and colours need not be made. */
static uint8_t full_range(unsigned luma)
{
    unsigned above = luma < 16 ? 0 : luma > 235 ? 219 : luma - 16;
    return (uint8_t)((above * 255 + 109) / 219);
}

static void to_grey(struct tem_image *image, const uint8_t *alpha)
{
    uint8_t table[256];
    size_t count = (size_t)image->width * image->height;
    for (unsigned i = 0; i < sizeof table; i++)
        table[i] = full_range(i);
    for (size_t i = 0; i < count; i++) {
        unsigned grey = table[image->pixels[i]];
        image->pixels[i] =
            alpha ? tem_image_over_white(grey, alpha[i]) : (uint8_t)grey;
    }
}

/* Luma straight into the picture; @p rest takes the colours, which are thrown
 * away, and then the alpha. */
static enum tem_status decode(struct tem_bytes file, bool has_alpha,
                              struct tem_image *image, uint8_t *rest,
                              struct tem_error *error)
{
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) /* of another ABI than its header */
        return failed(VP8_STATUS_INVALID_PARAM, error);
    size_t count = (size_t)image->width * image->height;
    size_t half_width = (image->width + 1) / 2;
    size_t quarter = half_width * ((image->height + 1) / 2);
    config.output.colorspace = has_alpha ? MODE_YUVA : MODE_YUV;
    config.output.is_external_memory = 1;
    config.output.u.YUVA = (WebPYUVABuffer){
        .y = image->pixels,
        .u = rest,
        .v = rest + quarter,
        .a = has_alpha ? rest + 2 * quarter : NULL,
        .y_stride = (int)image->width,
        .u_stride = (int)half_width,
        .v_stride = (int)half_width,
        .a_stride = has_alpha ? (int)image->width : 0,
        .y_size = count,
        .u_size = quarter,
        .v_size = quarter,
        .a_size = has_alpha ? count : 0,
    };
    VP8StatusCode code = WebPDecode(file.data, file.size, &config);
    WebPFreeDecBuffer(&config.output);
    if (code != VP8_STATUS_OK)
        return failed(code, error);
    to_grey(image, config.output.u.YUVA.a);
    return TEM_OK;
}

static enum tem_status read_pixels(struct tem_bytes file, bool has_alpha,
                                   struct tem_image *image,
                                   struct tem_error *error)
{
    size_t width = image->width, height = image->height;
    size_t colours = 2 * ((width + 1) / 2) * ((height + 1) / 2);
    uint8_t *rest = malloc(colours + (has_alpha ? width * height : 0));
    enum tem_status status = rest ? decode(file, has_alpha, image, rest, error)
                                  : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    free(rest);
    return status == TEM_OK ? tem_image_orient(image, orientation(file), error)
                            : status;
}

enum tem_status tem_image_read_webp(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error)
{
    (void)denominator;
    WebPBitstreamFeatures header;
    struct tem_image *made = NULL;
    enum tem_status status = read_header(&file, max_pixels, &header, error);
    if (status == TEM_OK)
        status = tem_image_new((uint32_t)header.width, (uint32_t)header.height,
                               &made, error);
    if (status == TEM_OK)
        status = read_pixels(file, header.has_alpha, made, error);
    if (status == TEM_OK)
        *image = made;
    else
        tem_image_free(made);
    return status;
}

enum tem_status tem_image_size_webp(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error)
{
    WebPBitstreamFeatures header;
    enum tem_status status = read_header(&file, UINT64_MAX, &header, error);
    if (status != TEM_OK)
        return status;
    bool lying = orientation(file) >= 5;
    *width = (uint32_t)(lying ? header.height : header.width);
    *height = (uint32_t)(lying ? header.width : header.height);
    return TEM_OK;
}
