/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

/* A bar on stderr while long work goes on: `[####    ] 12/50`. */

#include "cmd.h"

/* All zero: no bar. */
struct progress {
    bool on, shown;
    uint64_t all, next; /* drawn again from `next` on */
    const char *unit;
};

/* Whether bars are to be seen: at a terminal, without --quiet and --json. */
bool progress_wanted(const struct cli *cli);

/* A bar of @p all steps, none for a single one. @p unit stands behind the
 * numbers, " MB", or is "". */
struct progress progress_of(bool wanted, uint64_t all, const char *unit);

/* So many are done. */
void progress_draw(struct progress *progress, uint64_t done);

/* Take the bar away: before anything else is said, and at the end. */
void progress_clear(struct progress *progress);

#endif
