/* SPDX-License-Identifier: MIT */
/* See v4l2.h. Buffers are shared with the driver (streaming by mmap); what it
 * says of their sizes is not believed. */
#include "v4l2.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    BUFFERS = 4, /* asked for, and the most that are used */
    WIDTH = 1280,
    HEIGHT = 720,
    BROKEN_MAX = 50, /* so many broken JPEG pictures in a row are too many */
};

/* Where the luma of a kind of pictures is. */
struct kind {
    uint32_t code;
    unsigned step, first; /* bytes from a pixel to the next, to the first */
};

/* Those that take no work first; JPEG before what fills a USB cable. */
static const struct kind kinds[] = {
    {V4L2_PIX_FMT_GREY, 1, 0},   {V4L2_PIX_FMT_NV12, 1, 0},
    {V4L2_PIX_FMT_NV21, 1, 0},   {V4L2_PIX_FMT_YUV420, 1, 0},
    {V4L2_PIX_FMT_YVU420, 1, 0}, {V4L2_PIX_FMT_MJPEG, 0, 0},
    {V4L2_PIX_FMT_JPEG, 0, 0},   {V4L2_PIX_FMT_YUYV, 2, 0},
    {V4L2_PIX_FMT_UYVY, 2, 1},
};

struct v4l2 {
    int device;
    uint64_t max_pixels;
    struct kind kind;
    uint32_t width, height, row; /* pixels, bytes from a row to the next */
    struct {
        uint8_t *data;
        size_t size;
    } buffers[BUFFERS];
    unsigned count;
    struct tem_image *image;
};

/* @return 0 or an errno. */
static int ask(int device, unsigned long request, void *argument)
{
    int got;
    do
        got = ioctl(device, request, argument);
    while (got < 0 && errno == EINTR);
    return got < 0 ? errno : 0;
}

/* ---- begin ------------------------------------------------------------ */

static int check_device(int device)
{
    struct v4l2_capability about = {.device_caps = 0};
    uint32_t need = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    int reason = ask(device, VIDIOC_QUERYCAP, &about);
    if (reason != 0)
        return reason == EINVAL ? ENOTTY : reason;
    uint32_t can = about.capabilities & V4L2_CAP_DEVICE_CAPS
                       ? about.device_caps
                       : about.capabilities;
    return (can & need) == need ? 0 : ENOTTY;
}

/* The first of our kinds that the camera has, too. */
static bool choose_kind(int device, struct kind *kind)
{
    size_t best = sizeof kinds / sizeof *kinds;
    for (uint32_t i = 0; i < 256; i++) {
        struct v4l2_fmtdesc one = {.index = i,
                                   .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
        if (ask(device, VIDIOC_ENUM_FMT, &one) != 0)
            break;
        for (size_t k = 0; k < best; k++)
            if (kinds[k].code == one.pixelformat)
                best = k;
    }
    if (best == sizeof kinds / sizeof *kinds)
        return false;
    *kind = kinds[best];
    return true;
}

static int set_format(struct v4l2 *camera)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    struct v4l2_pix_format *pix = &format.fmt.pix;
    if (!choose_kind(camera->device, &camera->kind))
        return EPROTONOSUPPORT;
    pix->width = WIDTH;
    pix->height = HEIGHT;
    pix->pixelformat = camera->kind.code;
    pix->field = V4L2_FIELD_ANY;
    int reason = ask(camera->device, VIDIOC_S_FMT, &format);
    if (reason != 0)
        return reason;
    camera->width = pix->width;
    camera->height = pix->height;
    if (pix->pixelformat != camera->kind.code || pix->width == 0 ||
        pix->height == 0)
        return EPROTONOSUPPORT;
    if (pix->width > TEM_IMAGE_SIDE_MAX || pix->height > TEM_IMAGE_SIDE_MAX ||
        (uint64_t)pix->width * pix->height > camera->max_pixels)
        return EFBIG;
    uint32_t least = camera->width * camera->kind.step;
    camera->row = pix->bytesperline < least ? least : pix->bytesperline;
    return 0;
}

static int give(struct v4l2 *camera, uint32_t index)
{
    struct v4l2_buffer buffer = {.index = index,
                                 .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                 .memory = V4L2_MEMORY_MMAP};
    return ask(camera->device, VIDIOC_QBUF, &buffer);
}

static int share_buffer(struct v4l2 *camera, uint32_t index)
{
    struct v4l2_buffer buffer = {.index = index,
                                 .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                 .memory = V4L2_MEMORY_MMAP};
    int reason = ask(camera->device, VIDIOC_QUERYBUF, &buffer);
    if (reason != 0)
        return reason;
    void *data = mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED,
                      camera->device, (off_t)buffer.m.offset);
    if (data == MAP_FAILED)
        return errno;
    camera->buffers[index].data = data;
    camera->buffers[index].size = buffer.length;
    camera->count = index + 1;
    return give(camera, index);
}

static int start(struct v4l2 *camera)
{
    struct v4l2_requestbuffers request = {.count = BUFFERS,
                                          .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                          .memory = V4L2_MEMORY_MMAP};
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    int reason = ask(camera->device, VIDIOC_REQBUFS, &request);
    if (reason == 0 && request.count == 0)
        reason = ENOMEM;
    for (uint32_t i = 0; i < request.count && i < BUFFERS && reason == 0; i++)
        reason = share_buffer(camera, i);
    return reason != 0 ? reason : ask(camera->device, VIDIOC_STREAMON, &type);
}

static int begin(struct v4l2 *camera)
{
    int reason = check_device(camera->device);
    if (reason == 0)
        reason = set_format(camera);
    if (reason == 0 && camera->kind.step > 0 &&
        tem_image_new(camera->width, camera->height, &camera->image, NULL) !=
            TEM_OK)
        reason = ENOMEM;
    return reason != 0 ? reason : start(camera);
}

int v4l2_begin(const char *path, uint64_t max_pixels, struct v4l2 **camera)
{
    struct v4l2 *made = calloc(1, sizeof *made);
    if (!made)
        return ENOMEM;
    made->max_pixels = max_pixels;
    made->device = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    int reason = made->device < 0 ? errno : begin(made);
    if (reason != 0) {
        v4l2_end(made);
        return reason;
    }
    *camera = made;
    return 0;
}

void v4l2_end(struct v4l2 *camera)
{
    if (!camera)
        return;
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (camera->count > 0)
        ask(camera->device, VIDIOC_STREAMOFF, &type);
    for (unsigned i = 0; i < camera->count; i++)
        munmap(camera->buffers[i].data, camera->buffers[i].size);
    if (camera->device >= 0)
        close(camera->device);
    tem_image_free(camera->image);
    free(camera);
}

/* ---- pictures --------------------------------------------------------- */

static int wait_for(const struct v4l2 *camera)
{
    struct pollfd device = {.fd = camera->device, .events = POLLIN};
    int got = poll(&device, 1, V4L2_WAIT * 1000);
    if (got < 0)
        return errno;
    if (got == 0)
        return ETIMEDOUT;
    return device.revents & POLLIN ? 0 : ENODEV;
}

static int take(const struct v4l2 *camera, struct v4l2_buffer *buffer)
{
    *buffer = (struct v4l2_buffer){.type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                   .memory = V4L2_MEMORY_MMAP};
    int reason = ask(camera->device, VIDIOC_DQBUF, buffer);
    return reason == 0 && buffer->index >= camera->count ? EPROTO : reason;
}

/* The newest that is there; the others go back. EAGAIN if there is none. */
static int take_newest(struct v4l2 *camera, struct v4l2_buffer *newest)
{
    int reason = take(camera, newest);
    while (reason == 0) {
        struct v4l2_buffer next;
        if (take(camera, &next) != 0)
            break;
        reason = give(camera, newest->index);
        *newest = next;
    }
    return reason;
}

/* False if the picture is broken: cables lose some. */
static bool read_picture(struct v4l2 *camera, const struct v4l2_buffer *buffer)
{
    const uint8_t *data = camera->buffers[buffer->index].data;
    size_t size = camera->buffers[buffer->index].size;
    if (buffer->bytesused > 0 && buffer->bytesused < size)
        size = buffer->bytesused;
    if (buffer->flags & V4L2_BUF_FLAG_ERROR)
        return false;
    if (camera->kind.step == 0) {
        tem_image_free(camera->image);
        camera->image = NULL;
        return tem_image_read((struct tem_bytes){data, size},
                              camera->max_pixels, &camera->image,
                              NULL) == TEM_OK;
    }
    size_t last = (size_t)(camera->height - 1) * camera->row;
    if (size < last + (size_t)camera->width * camera->kind.step)
        return false;
    for (uint32_t y = 0; y < camera->height; y++) {
        const uint8_t *row = data + (size_t)y * camera->row;
        uint8_t *out = camera->image->pixels + (size_t)y * camera->width;
        for (uint32_t x = 0; x < camera->width; x++)
            out[x] = row[x * camera->kind.step + camera->kind.first];
    }
    return true;
}

/* When it was taken, by a clock that does not go back: a driver may say it by
 * another one, or not at all. */
static uint64_t time_of(const struct v4l2_buffer *buffer)
{
    struct timespec now;
    if ((buffer->flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) ==
        V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
        return (uint64_t)buffer->timestamp.tv_sec * 1000 +
               (uint64_t)buffer->timestamp.tv_usec / 1000;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int v4l2_next(struct v4l2 *camera, const struct tem_image **image,
              uint64_t *time_ms)
{
    for (unsigned broken = 0; broken < BROKEN_MAX;) {
        struct v4l2_buffer buffer;
        int reason = wait_for(camera);
        if (reason == 0)
            reason = take_newest(camera, &buffer);
        if (reason == EAGAIN) { /* it said that there was one */
            broken++;
            continue;
        }
        if (reason != 0)
            return reason;
        bool read = read_picture(camera, &buffer);
        reason = give(camera, buffer.index);
        if (reason != 0)
            return reason;
        if (read) {
            *image = camera->image;
            *time_ms = time_of(&buffer);
            return 0;
        }
        broken++;
    }
    return EPROTO;
}
