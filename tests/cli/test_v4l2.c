/* SPDX-License-Identifier: MIT */
/* cli/v4l2.h against the driver of v4l2_driver.h. */
#include "../../cli/v4l2.h"
#include "v4l2_driver.h"

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

/* Whatever the driver says of it. */
TEST(time_goes_on)
{
    plug_in(V4L2_PIX_FMT_GREY);
    driver.other_clock = true;
    struct v4l2 *camera;
    const struct tem_image *image;
    uint64_t time_ms, last = 0;
    struct timespec now;
    REQUIRE(v4l2_begin("camera", 64 * 48, &camera) == 0);
    for (int i = 0; i < 3; i++) {
        REQUIRE(v4l2_next(camera, &image, &time_ms) == 0);
        clock_gettime(CLOCK_MONOTONIC, &now);
        CHECK(time_ms >= last);
        CHECK(time_ms <= (uint64_t)now.tv_sec * 1000 +
                             (uint64_t)now.tv_nsec / 1000000);
        CHECK(time_ms + 60000 >= (uint64_t)now.tv_sec * 1000);
        last = time_ms;
    }
    v4l2_end(camera);
    check_released();
}

static void it_says_so_in_vain(void)
{
    driver.fails = VIDIOC_DQBUF;
    driver.reason = EAGAIN;
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
    CHECK_INT(after(it_says_so_in_vain), EPROTO);
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
    RUN(time_goes_on);
    RUN(what_goes_wrong_later_is_told);
    return test_done();
}
