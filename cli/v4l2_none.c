/* SPDX-License-Identifier: MIT */
/* See v4l2.h: for systems without it. */
#include "v4l2.h"
#include <errno.h>

int v4l2_begin(const char *path, uint64_t max_pixels, struct v4l2 **camera)
{
    (void)path, (void)max_pixels, (void)camera;
    return ENOTTY;
}

int v4l2_next(struct v4l2 *camera, const struct tem_image **image,
              uint64_t *time_ms)
{
    (void)camera, (void)image, (void)time_ms;
    return ENODEV;
}

void v4l2_end(struct v4l2 *camera)
{
    (void)camera;
}
