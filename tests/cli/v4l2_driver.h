/* SPDX-License-Identifier: MIT */
#ifndef TEST_V4L2_DRIVER_H
#define TEST_V4L2_DRIVER_H

/* A driver of our own: the linker sends the calls of the system here (--wrap,
 * see meson.build). */

#include "test.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* before jpeglib.h, which needs it */

#include <jpeglib.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { DEVICE = 1000, BUFFERS = 4, SIZE = 64 * 48 * 4 };

static struct driver {
    /* what it is */
    uint32_t caps, kinds[4], width, height, row, given; /* given: a kind */
    uint32_t buffers;
    unsigned long fails; /* this request */
    int reason;          /* with that */
    bool no_memory;
    /* what comes: so many frames at once, each time it is polled */
    unsigned at_once;
    int poll_reason, poll_events;
    uint32_t used, flags, index_more;
    bool other_clock; /* gives no times, or some by a clock that may go back */
    /* what it was asked for, and has given away */
    uint32_t asked;
    unsigned queued, ready[BUFFERS], ready_count, frame;
    int opened, mapped, streaming;
    uint8_t memory[BUFFERS][SIZE];
} driver;

/* Pixels of a frame: all of its rows differ, and those of the next. */
static uint8_t pixel(unsigned frame, unsigned x, unsigned y)
{
    return (uint8_t)(7 * x + 31 * y + 64 * frame + 5);
}

static void paint(uint8_t *out)
{
    unsigned step =
        driver.given == V4L2_PIX_FMT_YUYV || driver.given == V4L2_PIX_FMT_UYVY
            ? 2
            : 1;
    unsigned first = driver.given == V4L2_PIX_FMT_UYVY;
    memset(out, 0xEE, SIZE);
    for (unsigned y = 0; y < driver.height; y++)
        for (unsigned x = 0; x < driver.width; x++)
            out[y * driver.row + x * step + first] = pixel(driver.frame, x, y);
}

/* As a JPEG file, or half of one. */
static uint32_t paint_jpeg(uint8_t *out)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *file = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &file, &size);
    jpeg.image_width = driver.width;
    jpeg.image_height = driver.height;
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    for (unsigned y = 0; y < driver.height; y++) {
        uint8_t row[64], *rows[] = {row};
        memset(row, 20 + 40 * (int)(driver.frame % 5), sizeof row);
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    size_t kept = driver.frame % 2 ? size : size / 4;
    memcpy(out, file, kept < SIZE ? kept : SIZE);
    free(file);
    return (uint32_t)kept;
}

static int fail(int reason)
{
    errno = reason;
    return -1;
}

static int set_format(struct v4l2_format *format)
{
    driver.asked = format->fmt.pix.pixelformat;
    format->fmt.pix.width = driver.width;
    format->fmt.pix.height = driver.height;
    format->fmt.pix.bytesperline = driver.row;
    format->fmt.pix.pixelformat = driver.given ? driver.given : driver.asked;
    driver.given = format->fmt.pix.pixelformat;
    return 0;
}

static int give_away(struct v4l2_buffer *buffer)
{
    if (driver.ready_count == 0)
        return fail(EAGAIN);
    buffer->index = driver.ready[0] + driver.index_more;
    driver.ready_count--;
    memmove(driver.ready, driver.ready + 1,
            driver.ready_count * sizeof *driver.ready);
    buffer->bytesused = driver.used;
    if (driver.given == V4L2_PIX_FMT_MJPEG)
        buffer->bytesused = paint_jpeg(driver.memory[buffer->index]);
    else if (buffer->index < BUFFERS)
        paint(driver.memory[buffer->index]);
    buffer->flags = driver.flags;
    if (!driver.other_clock) {
        buffer->flags |= V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
        buffer->timestamp.tv_sec = 12;
        buffer->timestamp.tv_usec = 40000 * (long)driver.frame;
    }
    driver.frame++;
    return 0;
}

static int control(unsigned long request, void *argument)
{
    struct v4l2_buffer *buffer = argument;
    struct v4l2_fmtdesc *kind = argument;
    if (request == driver.fails)
        return fail(driver.reason);
    switch (request) {
    case VIDIOC_QUERYCAP:
        ((struct v4l2_capability *)argument)->capabilities = driver.caps;
        return 0;
    case VIDIOC_ENUM_FMT:
        if (kind->index >= 4 || driver.kinds[kind->index] == 0)
            return fail(EINVAL);
        kind->pixelformat = driver.kinds[kind->index];
        return 0;
    case VIDIOC_S_FMT:
        return set_format(argument);
    case VIDIOC_REQBUFS:
        ((struct v4l2_requestbuffers *)argument)->count = driver.buffers;
        return 0;
    case VIDIOC_QUERYBUF:
        buffer->length = SIZE;
        buffer->m.offset = buffer->index * SIZE;
        return 0;
    case VIDIOC_QBUF:
        driver.queued++;
        return 0;
    case VIDIOC_DQBUF:
        return give_away(buffer);
    case VIDIOC_STREAMON:
        driver.streaming++;
        return 0;
    case VIDIOC_STREAMOFF:
        driver.streaming--;
        return 0;
    default:
        return fail(ENOTTY);
    }
}

int __wrap_open(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_close(int file);
int __wrap_ioctl(int file, unsigned long request, ...);
int __wrap_poll(struct pollfd *files, nfds_t count, int wait);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file,
                  off_t offset);
void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file,
                    off_t offset);
int __wrap_munmap(void *at, size_t size);

int __wrap_open(const char *path, int flags, ...)
{
    if (strcmp(path, "camera") != 0)
        return fail(ENOENT);
    CHECK(flags & O_NONBLOCK && flags & O_CLOEXEC);
    driver.opened++;
    return DEVICE;
}

int __wrap_open64(const char *path, int flags, ...)
{
    return __wrap_open(path, flags);
}

int __wrap_close(int file)
{
    CHECK_INT(file, DEVICE);
    driver.opened--;
    return 0;
}

int __wrap_ioctl(int file, unsigned long request, ...)
{
    va_list more;
    CHECK_INT(file, DEVICE);
    va_start(more, request);
    void *argument = va_arg(more, void *);
    va_end(more);
    return control(request, argument);
}

int __wrap_poll(struct pollfd *files, nfds_t count, int wait)
{
    CHECK(count == 1 && files->fd == DEVICE);
    CHECK_INT(wait, V4L2_WAIT * 1000);
    if (driver.poll_reason != 0)
        return fail(driver.poll_reason);
    for (unsigned i = 0; i < driver.at_once && driver.ready_count < BUFFERS; i++)
        driver.ready[driver.ready_count++] = (driver.frame + i) % BUFFERS;
    files->revents = (short)driver.poll_events;
    return driver.poll_events != 0;
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file,
                  off_t offset)
{
    (void)at, (void)protection, (void)flags;
    CHECK(file == DEVICE && size == SIZE);
    if (driver.no_memory) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    driver.mapped++;
    return driver.memory[offset / SIZE];
}

void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file,
                    off_t offset)
{
    return __wrap_mmap(at, size, protection, flags, file, offset);
}

int __wrap_munmap(void *at, size_t size)
{
    CHECK(at != NULL && size == SIZE);
    driver.mapped--;
    return 0;
}

#endif
