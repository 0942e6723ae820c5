/* SPDX-License-Identifier: MIT */
/* See pictures.h. */
#include "pictures.h"
#include "failure.h"
#include "file.h"
#include "progress.h"
#include <stdlib.h>

bool pictures_limit(struct cli *cli, const struct args *args, int option,
                    uint64_t *max_pixels)
{
    long long value;
    if (!opt_number(cli, args, option, 1, 4000000000LL,
                    TEM_IMAGE_PIXELS_DEFAULT, &value))
        return false;
    *max_pixels = (uint64_t)value;
    return true;
}

/* @p done of the pictures were looked at before this one. */
static struct tem_scan *scan_file(struct cli *cli, const char *file,
                                  uint64_t max_pixels,
                                  struct progress *progress, size_t done)
{
    uint8_t *data;
    size_t size;
    struct tem_image *image = NULL;
    struct tem_scan *scan = NULL;
    struct tem_error error;
    if (!file_read(cli, file, PICTURE_FILE_MAX, &data, &size)) {
        failure_of_file(cli, file);
        return NULL;
    }
    progress_draw(progress, done);
    enum tem_status status = tem_image_read((struct tem_bytes){data, size},
                                            max_pixels, &image, &error);
    free(data);
    if (status == TEM_OK)
        status = tem_scan_image(image, NULL, &scan, &error);
    progress_clear(progress);
    if (status != TEM_OK)
        failure_error(cli, (struct place){file, 0}, "no-picture", &error);
    tem_image_free(image);
    return scan;
}

static void complain_truncated(struct cli *cli, const char *file,
                               const struct tem_scan *scan)
{
    if (!scan->truncated)
        return;
    FAILURE(cli, SYMBOLS_MANY, ((struct place){file, 0}), "too-many-symbols",
            file, number_text(TEM_SCAN_SYMBOLS_MAX).text);
}

size_t pictures_walk(struct cli *cli, const struct args *args,
                     uint64_t max_pixels, pictures_fn each, void *context)
{
    size_t left_out = 0;
    struct progress progress =
        progress_of(progress_wanted(cli), args->operand_count, "");
    for (size_t i = 0; i < args->operand_count; i++) {
        const char *file = args->operands[i];
        struct tem_scan *scan = scan_file(cli, file, max_pixels, &progress, i);
        left_out += !scan || scan->count == 0;
        if (scan && scan->count == 0)
            FAILURE(cli, NO_SYMBOL, ((struct place){file, 0}), "no-symbol",
                    file);
        if (scan && scan->count > 0) {
            each(context, file, scan);
            complain_truncated(cli, file, scan);
        }
        tem_scan_free(scan);
    }
    return left_out;
}
