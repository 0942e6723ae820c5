/* SPDX-License-Identifier: MIT */
#ifndef CLI_Y4M_H
#define CLI_Y4M_H

/* Videos as plain frames: YUV4MPEG2, what `ffmpeg -f yuv4mpegpipe` and
 * yuv4mpeg(5) write. Only the luma is kept. */

#include <stdint.h>
#include <stdio.h>
#include <tem/image.h>

struct y4m {
    FILE *file;
    uint32_t width, height;
    unsigned bits;      /* of a sample, 8..16; more than 8 in two bytes */
    uint64_t chroma;    /* bytes of a frame after its luma */
    uint64_t rate, per; /* frames in so many seconds, 1..Y4M_RATE_MAX */
    uint64_t frames;    /* read so far */
};

#define Y4M_RATE_MAX 1000000

enum y4m_result {
    Y4M_OK,
    Y4M_END,   /* after the last frame */
    Y4M_NOT,   /* it is no such video */
    Y4M_BAD,   /* sizes, rate or samples that are none, or not a frame */
    Y4M_LARGE, /* more pixels than allowed, or a side over TEM_IMAGE_SIDE_MAX */
    Y4M_CUT,   /* it ends within a frame, or errno says why no more came */
};

/*
 * Read what stands before the frames.
 *
 * @param file        at its beginning; stays the caller's.
 * @param max_pixels  of a frame.
 */
enum y4m_result y4m_begin(FILE *file, uint64_t max_pixels, struct y4m *y4m);

/*
 * Read a frame.
 *
 * @param image  of its width and height; undefined if there is no frame.
 * @param[out] time_ms  from the first frame to this one.
 */
enum y4m_result y4m_frame(struct y4m *y4m, struct tem_image *image,
                          uint64_t *time_ms);

#endif
