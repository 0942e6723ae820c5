/* SPDX-License-Identifier: MIT */
/* See <tem/image.h>: HEIC in. The only file that sees libheif; a build without
 * it has heif_none.c in its place. libheif turns and crops by itself. */
#include "../error/fail.h"
#include "read.h"
#include <libheif/heif.h>
#include <limits.h>

/* Coders round a picture up to whole blocks of theirs. */
enum { BLOCK = 64 };

/* Everything that must be let go of. */
struct reading {
    struct heif_context *context;
    struct heif_image_handle *handle;
    struct heif_image *decoded;
    uint32_t width, height; /* upright */
};

bool tem_image_reads_heic(void)
{
    struct heif_context *context = heif_context_alloc(); /* finds plugins */
    bool reads = heif_have_decoder_for_format(heif_compression_HEVC) != 0;
    heif_context_free(context);
    return reads;
}

static void let_go(struct reading *r)
{
    heif_image_release(r->decoded);
    heif_image_handle_release(r->handle);
    heif_context_free(r->context);
}

static enum tem_status failed(struct heif_error why, struct tem_error *error)
{
    /* That is: something in the file claims to be larger than it may be. */
    bool limit = why.subcode == heif_suberror_Security_limit_exceeded;
    if (why.code == heif_error_Memory_allocation_error && !limit)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    switch (why.code) {
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
    case heif_error_Plugin_loading_error: /* also: no decoder */
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_OTHER, "s", "HEIC");
    default:
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_HEIC, "");
    }
}

/* ---- the header ---- */

/* The sides as coded, before a part is cut out, are to be decoded as well. */
static enum tem_status check_sizes(struct reading *r, uint64_t max_pixels,
                                   struct tem_error *error)
{
    int width = heif_image_handle_get_width(r->handle);
    int height = heif_image_handle_get_height(r->handle);
    int coded_width = heif_image_handle_get_ispe_width(r->handle);
    int coded_height = heif_image_handle_get_ispe_height(r->handle);
    if (width < 1 || height < 1 || coded_width < 1 || coded_height < 1)
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_HEIC, "");
    enum tem_status status = tem_image_check_size(
        (uint64_t)coded_width, (uint64_t)coded_height, max_pixels, error);
    if (status == TEM_OK)
        status = tem_image_check_size((uint64_t)width, (uint64_t)height,
                                      max_pixels, error);
    r->width = (uint32_t)width;
    r->height = (uint32_t)height;
    /* What is inside may claim more than the header: libheif's own limit. */
    int side = coded_width > coded_height ? coded_width : coded_height;
    if (status == TEM_OK)
        heif_context_set_maximum_image_size_limit(r->context, side + BLOCK);
    return status;
}

static enum tem_status read_header(struct reading *r, struct tem_bytes file,
                                   uint64_t max_pixels, struct tem_error *error)
{
    if (!tem_image_reads_heic())
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, IMAGE_HEIC_NONE, "");
    r->context = heif_context_alloc();
    if (!r->context)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    /* Ours come next, with the figures. */
    heif_context_set_maximum_image_size_limit(r->context, INT_MAX);
    struct heif_error why = heif_context_read_from_memory_without_copy(
        r->context, file.data, file.size, NULL);
    if (why.code == heif_error_Ok)
        why = heif_context_get_primary_image_handle(r->context, &r->handle);
    return why.code == heif_error_Ok ? check_sizes(r, max_pixels, error)
                                     : failed(why, error);
}

/* ---- the pixels ---- */

static struct heif_error decode(struct reading *r, bool has_alpha)
{
    struct heif_decoding_options *options = heif_decoding_options_alloc();
    if (options) {
        options->convert_hdr_to_8bit = 1;
        options->strict_decoding = 1; /* not whole: not read */
    }
    struct heif_error why = heif_decode_image(
        r->handle, &r->decoded, heif_colorspace_RGB,
        has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB,
        options);
    heif_decoding_options_free(options);
    return why;
}

static void to_grey(const uint8_t *from, uint32_t width, bool has_alpha,
                    uint8_t *grey)
{
    unsigned channels = has_alpha ? 4 : 3;
    for (uint32_t x = 0; x < width; x++, from += channels)
        grey[x] =
            tem_image_over_white(tem_image_luma(from[0], from[1], from[2]),
                                 has_alpha ? from[3] : 255);
}

static enum tem_status make_image(const struct reading *r, bool has_alpha,
                                  struct tem_image **image,
                                  struct tem_error *error)
{
    int stride = 0;
    const uint8_t *pixels = heif_image_get_plane_readonly(
        r->decoded, heif_channel_interleaved, &stride);
    int width = heif_image_get_width(r->decoded, heif_channel_interleaved);
    int height = heif_image_get_height(r->decoded, heif_channel_interleaved);
    if (!pixels || width < 0 || height < 0 || (uint32_t)width != r->width ||
        (uint32_t)height != r->height) /* the header lied */
        return TEM_FAIL(error, TEM_E_FORMAT, IMAGE_HEIC, "");
    struct tem_image *made = NULL;
    enum tem_status status = tem_image_new(r->width, r->height, &made, error);
    if (status != TEM_OK)
        return status;
    for (uint32_t y = 0; y < r->height; y++)
        to_grey(pixels + y * (size_t)stride, r->width, has_alpha,
                made->pixels + (size_t)y * r->width);
    *image = made;
    return TEM_OK;
}

enum tem_status tem_image_read_heif(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error)
{
    (void)denominator;
    struct reading r = {0};
    enum tem_status status = read_header(&r, file, max_pixels, error);
    if (status == TEM_OK) {
        bool has_alpha = heif_image_handle_has_alpha_channel(r.handle) != 0;
        struct heif_error why = decode(&r, has_alpha);
        status = why.code == heif_error_Ok
                     ? make_image(&r, has_alpha, image, error)
                     : failed(why, error);
    }
    let_go(&r);
    return status;
}

enum tem_status tem_image_size_heif(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error)
{
    struct reading r = {0};
    enum tem_status status = read_header(&r, file, UINT64_MAX, error);
    if (status == TEM_OK) {
        *width = r.width;
        *height = r.height;
    }
    let_go(&r);
    return status;
}
