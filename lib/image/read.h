/* SPDX-License-Identifier: MIT */
#ifndef TEM_IMAGE_READ_H
#define TEM_IMAGE_READ_H

/* What the readers of the image stage share. */

#include <tem/image.h>

/* TEM_E_LIMIT, with the figures, if a picture of this size must not be read. */
enum tem_status tem_image_check_size(uint64_t width, uint64_t height,
                                     uint64_t max_pixels,
                                     struct tem_error *error);

enum tem_status tem_image_read_png(struct tem_bytes file, uint64_t max_pixels,
                                   struct tem_image **image,
                                   struct tem_error *error);
enum tem_status tem_image_read_jpeg(struct tem_bytes file, uint64_t max_pixels,
                                    struct tem_image **image,
                                    struct tem_error *error);

/* Grey of a colour by ITU-R BT.601, rounded. */
static inline uint8_t tem_image_luma(unsigned r, unsigned g, unsigned b)
{
    return (uint8_t)((19595 * r + 38470 * g + 7471 * b + 32768) >> 16);
}

/* EXIF orientation 1..8 of an APP1 segment's content; 1 if it says none. */
int tem_image_exif_orientation(struct tem_bytes app1);

/* Turn a picture upright: @p orientation as in EXIF. On failure the picture
 * stays as it was. */
enum tem_status tem_image_orient(struct tem_image *image, int orientation,
                                 struct tem_error *error);

#endif
