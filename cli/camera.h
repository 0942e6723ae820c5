/* SPDX-License-Identifier: MIT */
#ifndef CLI_CAMERA_H
#define CLI_CAMERA_H

/* Watching a camera, or a video, and the symbols that are held before it. */

#include "pictures.h"

/* Of a verb that has CAMERA_OPTIONS. */
struct watching {
    const char *source; /* a device, a video in YUV4MPEG2, "-"; NULL: none */
    uint64_t frames;    /* stop after so many */
};

/* --camera and --frames; operands do not go with them. False with a complaint.
 */
bool camera_options(struct cli *cli, const struct args *args, int camera,
                    int frames, struct watching *watching);

/*
 * Watch until the video ends, so many frames have been seen, or Ctrl-C is
 * pressed. @p each is called with the symbols that are new in a frame, and what
 * it printed is sent off. Complains of what cannot be watched, and of a video
 * that shows no symbol, and worsens the status.
 *
 * @return 0, or 1 if something was complained of.
 */
size_t camera_watch(struct cli *cli, const struct watching *watching,
                    const struct looking *looking, pictures_fn each,
                    void *context);

#define CAMERA_OPTIONS                                                         \
    {"camera",                                                                 \
     0,                                                                        \
     "DEVICE",                                                                 \
     {"watch a camera (/dev/video0) or a YUV4MPEG2 video",                     \
      "theo dõi máy quay (/dev/video0) hoặc video YUV4MPEG2"}},                \
    {                                                                          \
        "frames", 0, "N",                                                      \
        {                                                                      \
            "with --camera: stop after so many frames",                        \
                "cùng --camera: dừng sau số khung hình này"             \
        }                                                                      \
    }

#endif
