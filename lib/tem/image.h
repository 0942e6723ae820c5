/* SPDX-License-Identifier: MIT */
#ifndef TEM_IMAGE_H
#define TEM_IMAGE_H

/**
 * tem/image.h - pixels from and to files.
 *
 * Writes a symbol (tem/symbol.h) laid out (tem/label.h) as a 1-bit PNG; reads
 * PNG, JPEG, WebP and, where the build has it, HEIC into 8-bit grey for
 * tem/scan.h. Files are bytes in memory: the library opens nothing.
 *
 * Standard  PNG (Third Edition), JPEG (ITU-T T.81), WebP (RFC 9649), HEIF
 *           (ISO/IEC 23008-12), EXIF 2.3 orientation.
 * Threads   Calls on distinct objects may run concurrently.
 * Memory    Images are freed by tem_image_free(), encoded files by
 *           tem_image_file_free(); sizes are checked before memory is taken.
 */

#include <tem/label.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_IMAGE_PIXELS_DEFAULT 100000000 /**< default limit: 100 Mpixel */
#define TEM_IMAGE_SIDE_MAX 65500           /**< pixels on one side, at most */

/** An 8-bit grey picture, 0 = black, rows without padding from the top. */
struct tem_image {
    uint32_t width, height; /**< 1..TEM_IMAGE_SIDE_MAX each */
    uint8_t *pixels;        /**< width * height bytes */
};

/**
 * Take memory for a picture of white pixels.
 *
 * @param[out] image  written only on TEM_OK; free with tem_image_free().
 * @retval TEM_E_LIMIT  a side is 0 or over TEM_IMAGE_SIDE_MAX.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status tem_image_new(uint32_t width,
                                                   uint32_t height,
                                                   struct tem_image **image,
                                                   struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_image_free(struct tem_image *image);

/**
 * Read a picture, whose kind its first bytes tell. PNG: any bit depth and
 * colour type, interlaced, 16-bit. JPEG: any colours, progressive. WebP: lossy
 * and lossless, not animated. HEIC: what libheif reads, the primary picture.
 * Transparency comes over white, grey by luma; a JPEG or WebP is turned upright
 * by its EXIF, a HEIC by its own properties.
 *
 * @param file        the whole file; borrowed.
 * @param max_pixels  refuse more than this many pixels, 1..; checked on the
 *                    header, before memory is taken. TEM_IMAGE_PIXELS_DEFAULT.
 * @param[out] image  written only on TEM_OK; free with tem_image_free().
 *
 * @retval TEM_E_UNSUPPORTED  none of these kinds, a JPEG that is 12-bit or
 *                            lossless, an animated WebP, a HEIC where
 *                            tem_image_reads_heic() is false, or a rare one.
 * @retval TEM_E_FORMAT       empty, broken or cut short.
 * @retval TEM_E_LIMIT        more than @p max_pixels, or a side too long.
 * @retval TEM_E_ARGUMENT     @p max_pixels is 0.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_read(struct tem_bytes file, uint64_t max_pixels,
               struct tem_image **image, struct tem_error *error);

/** Whether HEIC is read: this build has libheif, and that an HEVC decoder. */
TEM_API bool tem_image_reads_heic(void);

/**
 * tem_image_read(), smaller: each side becomes side / @p denominator, rounded
 * up. A JPEG is never decoded in full, which takes less time and memory; of
 * other kinds each pixel is the mean of a block of the whole picture.
 *
 * @param max_pixels   the limit on the picture's own, full size.
 * @param denominator  1, 2, 4 or 8.
 * @param[out] image   written only on TEM_OK; free with tem_image_free().
 *
 * @retval TEM_E_ARGUMENT  @p max_pixels is 0, or another @p denominator.
 *
 * Else it returns what tem_image_read() does.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_read_scaled(struct tem_bytes file, uint64_t max_pixels,
                      unsigned denominator, struct tem_image **image,
                      struct tem_error *error);

/**
 * The size of a picture that tem_image_read() would give, from the header: the
 * pixels are not looked at, and may be broken.
 *
 * @param file               the whole file; of PNG and JPEG its beginning, up to
 *                           the pixels, is enough.
 * @param[out] width,height  upright; written only on TEM_OK.
 *
 * @retval TEM_E_LIMIT  a side too long.
 *
 * Else it returns what tem_image_read() does.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_size(struct tem_bytes file, uint32_t *width, uint32_t *height,
               struct tem_error *error);

/**
 * A smaller copy by area averaging: each side becomes side * @p per_mille /
 * 1000, at least 1.
 *
 * @param per_mille     1..1000.
 * @param[out] smaller  written only on TEM_OK; free with tem_image_free().
 * @retval TEM_E_ARGUMENT  @p per_mille is out of range.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_shrink(const struct tem_image *image, unsigned per_mille,
                 struct tem_image **smaller, struct tem_error *error);

/**
 * Draw a symbol with its quiet zone as a grey picture, 0 and 255 only. For
 * programs that show or print pixels by themselves, and to scan a label back
 * before it is printed.
 *
 * @param[out] image  written only on TEM_OK; free with tem_image_free().
 * @retval TEM_E_LIMIT   wider than TEM_IMAGE_SIDE_MAX.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_draw(const struct tem_symbol *symbol, const struct tem_layout *layout,
               struct tem_image **image, struct tem_error *error);

/** A line of text to keep inside a PNG (an uncompressed iTXt chunk). */
struct tem_image_text {
    const char *keyword; /**< 1..79 Latin-1 characters, as "URI" */
    const char *text;    /**< UTF-8 */
};

/** An encoded file. Zero it before its first use; reuse it for speed. */
struct tem_image_file {
    uint8_t *data;
    size_t size, capacity;
};

/** Free the bytes, not the struct; a zeroed one is fine. */
TEM_API void tem_image_file_free(struct tem_image_file *file);

/**
 * A symbol with its quiet zone as a PNG: 1-bit grey, whole pixels a module,
 * pHYs from the layout's dpi, the texts as iTXt.
 *
 * @param file  what it held is overwritten, its memory used again; on failure
 *              its size is 0.
 * @retval TEM_E_LIMIT     wider than TEM_IMAGE_SIDE_MAX.
 * @retval TEM_E_ARGUMENT  a keyword that PNG does not allow.
 * @retval TEM_E_MEMORY
 *
 * Same input, same bytes, for one version of libpng and zlib.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_write_symbol(const struct tem_symbol *symbol,
                       const struct tem_layout *layout,
                       const struct tem_image_text *texts, size_t text_count,
                       struct tem_image_file *file, struct tem_error *error);

/**
 * A label's dots (tem_label_draw()) as a PNG of 1-bit grey, 8-bit grey or RGB,
 * with pHYs and texts like tem_image_write_symbol().
 *
 * @param file  as for tem_image_write_symbol().
 * @retval TEM_E_LIMIT     a side over TEM_IMAGE_SIDE_MAX.
 * @retval TEM_E_ARGUMENT  a keyword that PNG does not allow.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_write_raster(const struct tem_raster *raster,
                       const struct tem_image_text *texts, size_t text_count,
                       struct tem_image_file *file, struct tem_error *error);

/**
 * A label's dots as a grey picture, to scan a label before it is printed.
 *
 * @param[out] image  written only on TEM_OK; free with tem_image_free().
 * @retval TEM_E_LIMIT  a side over TEM_IMAGE_SIDE_MAX.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_from_raster(const struct tem_raster *raster, struct tem_image **image,
                      struct tem_error *error);

/**
 * A grey picture as an 8-bit grey PNG, without texts. For programs that keep
 * what a camera saw, or what tem_image_shrink() made.
 *
 * @param file  as for tem_image_write_symbol().
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_image_write_grey(const struct tem_image *image, struct tem_image_file *file,
                     struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
