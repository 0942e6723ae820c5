/* SPDX-License-Identifier: MIT */
#ifndef BENCH_JPEG_H
#define BENCH_JPEG_H

/* A grey picture as the JPEG that a camera would keep. */

#include <stdio.h> /* before jpeglib.h, which needs it */

#include <jpeglib.h>
#include <tem/image.h>

/* @return a file in memory; freed with free(). libjpeg ends the program where
 * there is no memory. */
static inline struct tem_bytes to_jpeg(const struct tem_image *image,
                                       int quality)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &size);
    jpeg.image_width = image->width;
    jpeg.image_height = image->height;
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row =
            image->pixels + (size_t)jpeg.next_scanline * image->width;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (struct tem_bytes){data, size};
}

#endif
