/* SPDX-License-Identifier: MIT */
/* See progress.h. */
#include "progress.h"
#include <inttypes.h>
#include <unistd.h>

enum { WIDTH = 40, STEPS = 400 }; /* characters; drawings of a whole bar */

bool progress_wanted(const struct cli *cli)
{
    return !cli->quiet && !cli->json && isatty(STDERR_FILENO);
}

struct progress progress_of(bool wanted, uint64_t all, const char *unit)
{
    return (struct progress){.on = wanted && all > 1, .all = all, .unit = unit};
}

void progress_draw(struct progress *progress, uint64_t done)
{
    if (!progress->on || done < progress->next)
        return;
    int filled = done < progress->all ? (int)(done * WIDTH / progress->all)
                                      : WIDTH;
    fprintf(stderr, "\r[%.*s%*s] %" PRIu64 "/%" PRIu64 "%s", filled,
            "########################################", WIDTH - filled, "",
            done, progress->all, progress->unit);
    progress->shown = true;
    progress->next = done + progress->all / STEPS + 1;
}

void progress_clear(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
