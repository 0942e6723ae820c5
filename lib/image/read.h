/* SPDX-License-Identifier: MIT */
#ifndef TEM_IMAGE_READ_H
#define TEM_IMAGE_READ_H

/* What the readers of the image stage share. */

#include <tem/image.h>

/* TEM_E_LIMIT, with the figures, if a picture of this size must not be read. */
enum tem_status tem_image_check_size(uint64_t width, uint64_t height,
                                     uint64_t max_pixels,
                                     struct tem_error *error);

/* One kind of picture: the pixels, upright. Only the JPEG reader makes it
 * smaller by itself; the others are always called with 1. */
enum tem_status tem_image_read_png(struct tem_bytes file, uint64_t max_pixels,
                                   unsigned denominator,
                                   struct tem_image **image,
                                   struct tem_error *error);
enum tem_status tem_image_read_jpeg(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error);
enum tem_status tem_image_read_webp(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error);
enum tem_status tem_image_read_heif(struct tem_bytes file, uint64_t max_pixels,
                                    unsigned denominator,
                                    struct tem_image **image,
                                    struct tem_error *error);

/* The sides of the upright picture by the header, within the limit on sides. */
enum tem_status tem_image_size_png(struct tem_bytes file, uint32_t *width,
                                   uint32_t *height, struct tem_error *error);
enum tem_status tem_image_size_jpeg(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error);
enum tem_status tem_image_size_webp(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error);
enum tem_status tem_image_size_heif(struct tem_bytes file, uint32_t *width,
                                    uint32_t *height, struct tem_error *error);

/* Grey of a colour by ITU-R BT.601, rounded. */
static inline uint8_t tem_image_luma(unsigned r, unsigned g, unsigned b)
{
    return (uint8_t)((19595 * r + 38470 * g + 7471 * b + 32768) >> 16);
}

/* A sample over white (PNG section 12.4: linear in the sample is near enough
 * for telling dark from light). */
static inline uint8_t tem_image_over_white(unsigned sample, unsigned alpha)
{
    return (uint8_t)((sample * alpha + 255 * (255 - alpha) + 127) / 255);
}

/* EXIF orientation 1..8 of an APP1 segment's content, and of the TIFF structure
 * in it; 1 if it says none. */
int tem_image_exif_orientation(struct tem_bytes app1);
int tem_image_tiff_orientation(struct tem_bytes tiff);

/* Turn a picture upright: @p orientation as in EXIF. On failure the picture
 * stays as it was. */
enum tem_status tem_image_orient(struct tem_image *image, int orientation,
                                 struct tem_error *error);

/* A smaller copy: each pixel is the mean of a block of @p block by @p block, of
 * what there is of one at the right and lower edges. */
enum tem_status tem_image_average(const struct tem_image *image, unsigned block,
                                  struct tem_image **smaller,
                                  struct tem_error *error);

#endif
