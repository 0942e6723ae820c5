/* SPDX-License-Identifier: MIT */
/* Videos: whatever comes in, frames are of the size that was said, times do not
 * go back, and no more is read than is there. */
#include "../../cli/y4m.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int condition)
{
    if (!condition)
        abort();
}

static void read_frames(struct y4m *y4m)
{
    struct tem_image *image;
    enum y4m_result result = Y4M_OK;
    uint64_t last = 0;
    need(y4m->width > 0 && y4m->height > 0);
    need((uint64_t)y4m->width * y4m->height <= 100000);
    need(y4m->bits >= 8 && y4m->bits <= 16);
    need(y4m->rate > 0 && y4m->rate <= Y4M_RATE_MAX && y4m->per > 0 &&
         y4m->per <= Y4M_RATE_MAX);
    need(tem_image_new(y4m->width, y4m->height, &image, NULL) == TEM_OK);
    for (int i = 0; i < 100 && result == Y4M_OK; i++) {
        uint64_t time_ms = last;
        result = y4m_frame(y4m, image, &time_ms);
        need(result != Y4M_NOT && result != Y4M_LARGE && time_ms >= last);
        last = time_ms;
    }
    tem_image_free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct y4m y4m;
    FILE *file =
        size > 0 ? fmemopen((void *)(uintptr_t)data, size, "rb") : NULL;
    if (!file)
        return 0;
    enum y4m_result result = y4m_begin(file, 100000, &y4m);
    need(result != Y4M_END && result != Y4M_CUT);
    if (result == Y4M_OK)
        read_frames(&y4m);
    fclose(file);
    return 0;
}
