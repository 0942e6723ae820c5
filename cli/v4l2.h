/* SPDX-License-Identifier: MIT */
#ifndef CLI_V4L2_H
#define CLI_V4L2_H

/* Cameras of Linux, by Video4Linux 2. In a build for another system there are
 * none. */

#include <stdint.h>
#include <tem/image.h>

struct v4l2;

/*
 * Begin to take pictures, of about 1280 by 720 pixels if there is a choice.
 *
 * @param[out] camera  written only on success; end with v4l2_end().
 * @return 0, or an errno: ENOTTY if it is no camera, EBUSY if another program
 *         uses it, EPROTONOSUPPORT if it gives no pictures that are understood,
 *         EFBIG if they have more pixels than @p max_pixels.
 */
int v4l2_begin(const char *path, uint64_t max_pixels, struct v4l2 **camera);

/*
 * The newest picture that it has, or the next: those that came meanwhile are
 * left out.
 *
 * @param[out] image    grey; the camera's own, good until the next call.
 * @param[out] time_ms  when it was taken, by a clock that does not go back.
 * @return 0, or an errno: ETIMEDOUT if none came for V4L2_WAIT seconds, EINTR
 * if a signal did, ENODEV if it was unplugged.
 */
int v4l2_next(struct v4l2 *camera, const struct tem_image **image,
              uint64_t *time_ms);

enum { V4L2_WAIT = 5 };

/* NULL is fine. */
void v4l2_end(struct v4l2 *camera);

#endif
