/* SPDX-License-Identifier: MIT */
/* See camera.h. */
#include "camera.h"
#include "failure.h"
#include "file.h"
#include "interrupt.h"
#include "progress.h"
#include "v4l2.h"
#include "y4m.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool camera_options(struct cli *cli, const struct args *args, int camera,
                    int frames, struct watching *watching)
{
    const char *verb = args->command->name;
    long long most;
    *watching = (struct watching){.source = args->values[camera]};
    if (!opt_number(cli, args, frames, 1, 1000000000, 0, &most))
        return false;
    watching->frames = most > 0 ? (uint64_t)most : UINT64_MAX;
    if (watching->source && args->operand_count > 0) {
        COMPLAIN(cli, OPTION_CLASH, verb, "--camera", args->operands[0]);
        return false;
    }
    if (!watching->source && args->values[frames]) {
        COMPLAIN(cli, OPTION_MISSING, verb, "--camera", "--camera DEVICE");
        return false;
    }
    return true;
}

/* ---- where frames come from ------------------------------------------- */

/* A camera, else a video. */
struct source {
    struct cli *cli;
    const char *name;
    struct v4l2 *camera;
    struct y4m video;
    struct tem_image *image; /* of the video */
    size_t complaints;
};

static void complain_camera(struct source *source, int reason)
{
    static const struct {
        int reason;
        enum text_id id;
    } known[] = {
        {ENOENT, TEXT_CAMERA_NONE},     {ENOTTY, TEXT_CAMERA_NOT},
        {EACCES, TEXT_CAMERA_DENIED},   {EBUSY, TEXT_CAMERA_BUSY},
        {EFBIG, TEXT_CAMERA_LARGE},     {EPROTONOSUPPORT, TEXT_CAMERA_KIND},
        {ETIMEDOUT, TEXT_CAMERA_STILL}, {ENODEV, TEXT_CAMERA_LOST},
        {EPROTO, TEXT_CAMERA_BROKEN},
    };
    enum text_id id = TEXT_CAMERA_REASON;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].reason == reason)
            id = known[i].id;
    failure_at(source->cli, id, (struct place){source->name, 0},
               source->camera ? "camera-lost" : "no-camera",
               ARGUMENTS(source->name, reason_text(source->cli, reason)));
    source->complaints++;
}

static void complain_video(struct source *source, enum y4m_result result)
{
    struct cli *cli = source->cli;
    struct place place = {source->name, 0};
    source->complaints++;
    switch (result) {
    case Y4M_OK:
    case Y4M_END:
        break;
    case Y4M_NOT:
        FAILURE(cli, VIDEO_NOT, place, "no-camera", source->name);
        break;
    case Y4M_BAD:
        FAILURE(cli, VIDEO_BAD, place, "bad-video", source->name,
                number_text((long long)source->video.frames + 1).text);
        break;
    case Y4M_LARGE:
        FAILURE(cli, CAMERA_LARGE, place, "bad-video", source->name, "");
        break;
    case Y4M_CUT:
        FAILURE(cli, VIDEO_CUT, place, "bad-video", source->name,
                number_text((long long)source->video.frames + 1).text);
    }
}

static bool begin_video(struct source *source, uint64_t max_pixels)
{
    struct tem_error error;
    FILE *file = file_open(source->cli, source->name);
    if (!file) {
        failure_of_file(source->cli, source->name);
        source->complaints++;
        return false;
    }
    enum y4m_result result = y4m_begin(file, max_pixels, &source->video);
    if (result != Y4M_OK) {
        complain_video(source, result);
        return false;
    }
    if (tem_image_new(source->video.width, source->video.height, &source->image,
                      &error) == TEM_OK)
        return true;
    failure_error(source->cli, (struct place){source->name, 0}, "failed",
                  &error);
    source->complaints++;
    return false;
}

/* A camera is a character device, and what is called by the name of one. */
static bool is_camera(const char *name)
{
    struct stat about;
    if (strcmp(name, "-") == 0)
        return false;
    if (stat(name, &about) == 0)
        return S_ISCHR(about.st_mode);
    return strncmp(name, "/dev/", 5) == 0;
}

static bool begin(struct source *source, uint64_t max_pixels)
{
    if (!is_camera(source->name))
        return begin_video(source, max_pixels);
    int reason = v4l2_begin(source->name, max_pixels, &source->camera);
    if (reason != 0)
        complain_camera(source, reason);
    return reason == 0;
}

/* False at its end, or when it cannot go on. */
static bool next(struct source *source, const struct tem_image **frame,
                 uint64_t *time_ms)
{
    if (source->camera) {
        int reason = v4l2_next(source->camera, frame, time_ms);
        if (reason != 0 && reason != EINTR)
            complain_camera(source, reason);
        return reason == 0;
    }
    enum y4m_result result = y4m_frame(&source->video, source->image, time_ms);
    *frame = source->image;
    if (result != Y4M_OK && result != Y4M_END)
        complain_video(source, result);
    return result == Y4M_OK;
}

static void end(struct source *source)
{
    v4l2_end(source->camera);
    tem_image_free(source->image);
    if (source->video.file && source->video.file != stdin)
        fclose(source->video.file);
}

/* ---- watching --------------------------------------------------------- */

struct watch {
    struct source source;
    struct tem_video *video;
    pictures_fn each;
    void *context;
    bool any; /* symbol was seen */
};

static void report(struct watch *watch)
{
    static struct tem_scan_symbol fresh[TEM_SCAN_SYMBOLS_MAX];
    struct tem_scan scan = {.symbols = fresh};
    size_t count;
    const struct tem_video_symbol *all =
        tem_video_symbols(watch->video, &count);
    for (size_t i = 0; i < count; i++)
        if (all[i].fresh)
            fresh[scan.count++] = all[i].symbol;
    if (scan.count == 0)
        return;
    watch->any = true;
    watch->each(watch->context, watch->source.name, NULL, &scan);
    fflush(stdout);
}

/* @return whether to go on. */
static bool look(struct watch *watch)
{
    struct source *source = &watch->source;
    const struct tem_image *frame;
    uint64_t time_ms;
    struct tem_error error;
    if (!next(source, &frame, &time_ms))
        return false;
    if (tem_video_frame(watch->video, frame, time_ms, &error) != TEM_OK) {
        failure_error(source->cli, (struct place){source->name, 0}, "failed",
                      &error);
        source->complaints++;
        return false;
    }
    report(watch);
    return true;
}

static void watch_all(struct watch *watch, uint64_t frames)
{
    struct source *source = &watch->source;
    bool on = true;
    if (source->camera && progress_wanted(source->cli))
        COMPLAIN(source->cli, CAMERA_WATCHED, source->name);
    interrupt_catch();
    for (uint64_t i = 0; i < frames && on && !interrupt_seen(); i++)
        on = look(watch);
    if (watch->any || source->complaints > 0 || interrupt_seen())
        return;
    FAILURE(source->cli, VIDEO_NO_SYMBOL, ((struct place){source->name, 0}),
            "no-symbol", source->name);
    source->complaints++;
}

size_t camera_watch(struct cli *cli, const struct watching *watching,
                    const struct looking *looking, pictures_fn each,
                    void *context)
{
    struct tem_video_options options = {.scan = looking->scan};
    struct watch watch = {.source = {.cli = cli, .name = watching->source},
                          .each = each,
                          .context = context};
    struct tem_error error;
    if (tem_video_new(&options, &watch.video, &error) != TEM_OK) {
        complain_error(cli, watching->source, &error);
        worsen(cli, EXIT_FAILED);
        return 1;
    }
    if (begin(&watch.source, looking->max_pixels))
        watch_all(&watch, watching->frames);
    end(&watch.source);
    tem_video_free(watch.video);
    return watch.source.complaints > 0;
}
