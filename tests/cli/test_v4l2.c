/* SPDX-License-Identifier: MIT */
/* cli/v4l2.h against a driver of our own: the linker sends the calls of the
 * system here (--wrap, see meson.build). */
#include "../../cli/v4l2.h"
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

enum { DEVICE = 1000, BUFFERS = 4, SIZE = 64 * 48 * 4 };

/* ---- the driver ------------------------------------------------------- */

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
    buffer->timestamp.tv_sec = 12;
    buffer->timestamp.tv_usec = 40000 * (long)driver.frame;
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
    for (unsigned i = 0; i < driver.at_once; i++)
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

/* ---- tests ------------------------------------------------------------ */

/* One that gives grey pictures of 64 by 48. */
static void plug_in(uint32_t kind)
{
    driver = (struct driver){
        .caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING,
        .kinds = {kind},
        .width = 64,
        .height = 48,
        .row = 64,
        .buffers = BUFFERS,
        .at_once = 1,
        .poll_events = POLLIN,
    };
}

static void check_released(void)
{
    CHECK_INT(driver.opened, 0);
    CHECK_INT(driver.mapped, 0);
    CHECK_INT(driver.streaming, 0);
}

static void check_begin(int reason)
{
    struct v4l2 *camera = NULL;
    CHECK_INT(v4l2_begin("camera", 64 * 48, &camera), reason);
    CHECK((camera == NULL) == (reason != 0));
    v4l2_end(camera);
    check_released();
}

TEST(each_kind_gives_its_luma)
{
    static const uint32_t kinds[] = {V4L2_PIX_FMT_GREY,   V4L2_PIX_FMT_NV12,
                                     V4L2_PIX_FMT_NV21,   V4L2_PIX_FMT_YUV420,
                                     V4L2_PIX_FMT_YVU420, V4L2_PIX_FMT_YUYV,
                                     V4L2_PIX_FMT_UYVY};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (uint32_t gap = 0; gap <= 16; gap += 16) {
            plug_in(kinds[k]);
            bool wide =
                kinds[k] == V4L2_PIX_FMT_YUYV || kinds[k] == V4L2_PIX_FMT_UYVY;
            driver.row = (wide ? 128U : 64U) + gap;
            struct v4l2 *camera;
            REQUIRE(v4l2_begin("camera", 64 * 48, &camera) == 0);
            for (unsigned frame = 0; frame < 6; frame++) {
                const struct tem_image *image;
                uint64_t time_ms;
                REQUIRE(v4l2_next(camera, &image, &time_ms) == 0);
                CHECK_INT(image->width, 64);
                CHECK_INT(image->height, 48);
                CHECK_INT(time_ms, 12000 + 40 * frame);
                for (unsigned y = 0; y < 48; y++)
                    for (unsigned x = 0; x < 64; x++)
                        CHECK_INT(image->pixels[y * 64 + x],
                                  pixel(frame, x, y));
            }
            v4l2_end(camera);
            check_released();
        }
}

/* Every second is broken, and passed over. */
TEST(jpeg_pictures_are_decoded)
{
    plug_in(V4L2_PIX_FMT_MJPEG);
    struct v4l2 *camera;
    REQUIRE(v4l2_begin("camera", 64 * 48, &camera) == 0);
    for (unsigned frame = 1; frame < 9; frame += 2) {
        const struct tem_image *image;
        uint64_t time_ms;
        REQUIRE(v4l2_next(camera, &image, &time_ms) == 0);
        CHECK(image->width == 64 && image->height == 48);
        CHECK_INT(driver.frame, frame + 1);
        int want = 20 + 40 * (int)(frame % 5);
        CHECK(abs(image->pixels[64 * 20 + 30] - want) <= 2);
    }
    v4l2_end(camera);
    check_released();
}

TEST(what_takes_no_work_is_asked_for)
{
    plug_in(V4L2_PIX_FMT_YUYV);
    driver.kinds[1] = V4L2_PIX_FMT_RGB24;
    driver.kinds[2] = V4L2_PIX_FMT_NV12;
    driver.kinds[3] = V4L2_PIX_FMT_MJPEG;
    check_begin(0);
    CHECK_INT(driver.asked, V4L2_PIX_FMT_NV12);
}

TEST(the_newest_comes_the_others_go_back)
{
    plug_in(V4L2_PIX_FMT_GREY);
    struct v4l2 *camera;
    const struct tem_image *image;
    uint64_t time_ms;
    REQUIRE(v4l2_begin("camera", 64 * 48, &camera) == 0);
    CHECK_INT(driver.queued, BUFFERS);
    driver.at_once = 3;
    REQUIRE(v4l2_next(camera, &image, &time_ms) == 0);
    CHECK_INT(driver.queued, BUFFERS + 3);
    CHECK_INT(image->pixels[0], pixel(2, 0, 0));
    CHECK_INT(time_ms, 12080);
    v4l2_end(camera);
}

TEST(what_is_no_camera_is_told)
{
    struct v4l2 *camera;
    plug_in(V4L2_PIX_FMT_GREY);
    CHECK_INT(v4l2_begin("another", 64 * 48, &camera), ENOENT);
    driver.caps = V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING;
    check_begin(ENOTTY);
    driver.caps |= V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE;
    check_begin(ENOTTY); /* another device of the same camera captures */
    plug_in(V4L2_PIX_FMT_RGB24);
    check_begin(EPROTONOSUPPORT);
    plug_in(V4L2_PIX_FMT_GREY);
    driver.given = V4L2_PIX_FMT_RGB24;
    check_begin(EPROTONOSUPPORT);
}

TEST(sizes_are_limited)
{
    plug_in(V4L2_PIX_FMT_GREY);
    driver.height = 49;
    check_begin(EFBIG);
    driver.height = 0;
    check_begin(EPROTONOSUPPORT);
    plug_in(V4L2_PIX_FMT_GREY);
    driver.width = TEM_IMAGE_SIDE_MAX + 1;
    driver.height = 1;
    struct v4l2 *camera;
    CHECK_INT(v4l2_begin("camera", UINT64_MAX, &camera), EFBIG);
    plug_in(V4L2_PIX_FMT_GREY);
    driver.row = 0; /* a driver that does not say */
    check_begin(0);
    driver.buffers = 0;
    check_begin(ENOMEM);
    driver.buffers = 32; /* more than were asked for */
    check_begin(0);
}

TEST(each_failure_is_told_and_all_released)
{
    static const struct {
        unsigned long request;
        int reason, told;
    } rows[] = {
        {VIDIOC_QUERYCAP, ENOTTY, ENOTTY}, {VIDIOC_QUERYCAP, EINVAL, ENOTTY},
        {VIDIOC_QUERYCAP, ENODEV, ENODEV}, {VIDIOC_S_FMT, EBUSY, EBUSY},
        {VIDIOC_REQBUFS, EBUSY, EBUSY},    {VIDIOC_QUERYBUF, EINVAL, EINVAL},
        {VIDIOC_QBUF, EIO, EIO},           {VIDIOC_STREAMON, ENOSPC, ENOSPC}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        plug_in(V4L2_PIX_FMT_GREY);
        driver.fails = rows[i].request;
        driver.reason = rows[i].reason;
        driver.streaming = rows[i].request == VIDIOC_STREAMON ||
                           rows[i].request == VIDIOC_QBUF;
        check_begin(rows[i].told);
    }
    plug_in(V4L2_PIX_FMT_GREY);
    driver.no_memory = true;
    check_begin(ENOMEM);
}

/* What v4l2_next() says after @p change. */
static int after(void (*change)(void))
{
    plug_in(V4L2_PIX_FMT_GREY);
    struct v4l2 *camera;
    const struct tem_image *image;
    uint64_t time_ms;
    if (v4l2_begin("camera", 64 * 48, &camera) != 0)
        return -1;
    change();
    int reason = v4l2_next(camera, &image, &time_ms);
    v4l2_end(camera);
    check_released();
    return reason;
}

static void nothing_comes(void)
{
    driver.poll_events = 0;
}
static void a_signal_comes(void)
{
    driver.poll_reason = EINTR;
}
static void it_is_unplugged(void)
{
    driver.poll_events = POLLERR | POLLHUP;
}
static void all_is_broken(void)
{
    driver.flags = V4L2_BUF_FLAG_ERROR;
}
static void all_is_short(void)
{
    driver.used = 64 * 48 - 1;
}
static void all_is_there(void)
{
    driver.used = 64 * 48;
}
static void it_gives_what_is_not_there(void)
{
    driver.index_more = BUFFERS;
}
static void it_fails(void)
{
    driver.fails = VIDIOC_DQBUF;
    driver.reason = EIO;
}
static void it_takes_nothing_back(void)
{
    driver.fails = VIDIOC_QBUF;
    driver.reason = ENODEV;
}

TEST(what_goes_wrong_later_is_told)
{
    CHECK_INT(after(nothing_comes), ETIMEDOUT);
    CHECK_INT(after(a_signal_comes), EINTR);
    CHECK_INT(after(it_is_unplugged), ENODEV);
    CHECK_INT(after(all_is_broken), EPROTO);
    CHECK_INT(driver.frame, 50);
    CHECK_INT(after(all_is_short), EPROTO);
    CHECK_INT(after(all_is_there), 0);
    CHECK_INT(after(it_gives_what_is_not_there), EPROTO);
    CHECK_INT(after(it_fails), EIO);
    CHECK_INT(after(it_takes_nothing_back), ENODEV);
}

int main(void)
{
    RUN(each_kind_gives_its_luma);
    RUN(jpeg_pictures_are_decoded);
    RUN(what_takes_no_work_is_asked_for);
    RUN(the_newest_comes_the_others_go_back);
    RUN(what_is_no_camera_is_told);
    RUN(sizes_are_limited);
    RUN(each_failure_is_told_and_all_released);
    RUN(what_goes_wrong_later_is_told);
    return test_done();
}
