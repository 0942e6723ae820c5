/* SPDX-License-Identifier: MIT */
/* See <tem/scan.h>: a video, each of its symbols once. */
#include "../error/fail.h"
#include "place.h"
#include <stdlib.h>
#include <string.h>

struct tem_video {
    struct tem_video_options options; /* no zeros that stand for defaults */
    uint64_t time_ms;                 /* of the last frame */
    uint32_t without; /* frames since one was fresh or a closer look */
    size_t count;
    struct tem_video_symbol symbols[TEM_SCAN_SYMBOLS_MAX];
};

static void free_text(const struct tem_scan_symbol *symbol)
{
    free((void *)(uintptr_t)symbol->text.data);
}

/* ---- begin and end ---------------------------------------------------- */

enum tem_status tem_video_new(const struct tem_video_options *options,
                              struct tem_video **video, struct tem_error *error)
{
    struct tem_video *made = calloc(1, sizeof *made);
    if (made == NULL)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    if (options != NULL)
        made->options = *options;
    if (made->options.hold_ms == 0)
        made->options.hold_ms = TEM_VIDEO_HOLD_DEFAULT;
    if (made->options.closer == 0)
        made->options.closer = TEM_VIDEO_CLOSER_DEFAULT;
    *video = made;
    return TEM_OK;
}

void tem_video_free(struct tem_video *video)
{
    if (video == NULL)
        return;
    for (size_t i = 0; i < video->count; i++)
        free_text(&video->symbols[i].symbol);
    free(video);
}

const struct tem_video_symbol *tem_video_symbols(const struct tem_video *video,
                                                 size_t *count)
{
    *count = video->count;
    return video->symbols;
}

/* ---- which symbol is which -------------------------------------------- */

static bool is_alike(const struct tem_scan_symbol *a,
                     const struct tem_scan_symbol *b)
{
    return a->symbology == b->symbology && a->part == b->part &&
           a->part_number == b->part_number && a->text.size == b->text.size &&
           memcmp(a->text.data, b->text.data, a->text.size) == 0;
}

/* Of the way from one middle to the other: sixteen times its square. */
static double distance(const struct tem_scan_symbol *a,
                       const struct tem_scan_symbol *b)
{
    double x = 0, y = 0;
    for (int i = 0; i < 4; i++) {
        x += (double)a->corners[i].x - b->corners[i].x;
        y += (double)a->corners[i].y - b->corners[i].y;
    }
    return x * x + y * y;
}

/* The nearest of those remembered, and not found yet, that a symbol may be. */
static struct tem_video_symbol *nearest(struct tem_video *video,
                                        const struct tem_scan_symbol *symbol,
                                        bool in_place)
{
    struct tem_video_symbol *best = NULL;
    double least = 0;
    for (size_t i = 0; i < video->count; i++) {
        struct tem_video_symbol *other = &video->symbols[i];
        if (other->seen || !is_alike(symbol, &other->symbol) ||
            (in_place && !tem_same_symbol(symbol, &other->symbol)))
            continue;
        double way = distance(symbol, &other->symbol);
        if (best == NULL || way < least) {
            best = other;
            least = way;
        }
    }
    return best;
}

/* ---- what is remembered ----------------------------------------------- */

static bool is_over(const struct tem_video *video,
                    const struct tem_video_symbol *one)
{
    return !one->seen && video->time_ms - one->last_ms > video->options.hold_ms;
}

static void forget(struct tem_video *video, size_t which)
{
    struct tem_video_symbol *one = &video->symbols[which];
    free_text(&one->symbol);
    video->count--;
    memmove(one, one + 1, (video->count - which) * sizeof *one);
}

/* There is one: fewer symbols are seen than there is room for. */
static void forget_oldest(struct tem_video *video)
{
    size_t oldest = video->count;
    for (size_t i = 0; i < video->count; i++)
        if (!video->symbols[i].seen &&
            (oldest == video->count ||
             video->symbols[i].last_ms < video->symbols[oldest].last_ms))
            oldest = i;
    forget(video, oldest);
}

/* The text changes hands. */
static void add(struct tem_video *video, struct tem_scan_symbol *symbol)
{
    if (video->count == TEM_SCAN_SYMBOLS_MAX)
        forget_oldest(video);
    video->symbols[video->count++] =
        (struct tem_video_symbol){.symbol = *symbol,
                                  .first_ms = video->time_ms,
                                  .last_ms = video->time_ms,
                                  .seen = true,
                                  .fresh = true};
    symbol->text.data = NULL;
}

/* The text is the same, and stays with what was drawn. */
static void update(const struct tem_video *video, struct tem_video_symbol *one,
                   const struct tem_scan_symbol *symbol)
{
    struct tem_bytes text = one->symbol.text;
    const struct tem_symbol *drawn = one->symbol.drawn;
    one->symbol = *symbol;
    one->symbol.text = text;
    one->symbol.drawn = drawn;
    one->last_ms = video->time_ms;
    one->seen = true;
}

/* Those that stay where they are come first: of two with one text, it is the
 * other that moved, or is fresh. @return whether one is. */
static bool remember(struct tem_video *video, struct tem_scan *scan)
{
    bool known[TEM_SCAN_SYMBOLS_MAX] = {false}, fresh = false;
    for (int in_place = 1; in_place >= 0; in_place--)
        for (size_t i = 0; i < scan->count; i++) {
            struct tem_video_symbol *one =
                known[i] ? NULL : nearest(video, &scan->symbols[i], in_place);
            if (one != NULL)
                update(video, one, &scan->symbols[i]);
            known[i] = known[i] || one != NULL;
        }
    for (size_t i = video->count; i-- > 0;)
        if (is_over(video, &video->symbols[i]))
            forget(video, i);
    for (size_t i = 0; i < scan->count; i++)
        if (!known[i]) {
            add(video, &scan->symbols[i]);
            fresh = true;
        }
    return fresh;
}

/* ---- a frame ---------------------------------------------------------- */

/* Many frames brought nothing new, or a symbol is about to be forgotten. */
static bool is_closer(const struct tem_video *video, uint64_t time_ms)
{
    if (video->without + 1 >= video->options.closer)
        return true;
    for (size_t i = 0; i < video->count; i++)
        if (time_ms - video->symbols[i].last_ms > video->options.hold_ms)
            return true;
    return false;
}

enum tem_status tem_video_frame(struct tem_video *video,
                                const struct tem_image *frame, uint64_t time_ms,
                                struct tem_error *error)
{
    if (time_ms < video->time_ms)
        time_ms = video->time_ms;
    bool closer = is_closer(video, time_ms);
    struct tem_scan_options options = video->options.scan;
    if (!closer)
        options.effort = TEM_EFFORT_FAST;
    struct tem_scan *scan;
    enum tem_status status = tem_scan_image(frame, &options, &scan, error);
    if (status != TEM_OK)
        return status;
    video->time_ms = time_ms;
    for (size_t i = 0; i < video->count; i++)
        video->symbols[i].seen = video->symbols[i].fresh = false;
    bool fresh = remember(video, scan);
    video->without = fresh || closer ? 0 : video->without + 1;
    tem_scan_free(scan);
    return TEM_OK;
}
