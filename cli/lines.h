/* SPDX-License-Identifier: MIT */
#ifndef CLI_LINES_H
#define CLI_LINES_H

/* Scanned texts, one a line on stdin, as a keyboard-wedge scanner types them. */

#include "cmd.h"

/* Called with a line that is not blank, without its end; it may hold NULs.
 * @p name is "-:ROW", for complaints. */
typedef void (*lines_fn)(void *context, const char *name,
                         struct tem_bytes text);

/* Read all lines; complains of those too long for a label, of a read error and
 * of there being none at all, worsens the status, and goes on. What a line
 * gave is on stdout before the next is read. */
void lines_walk(struct cli *cli, lines_fn each, void *context);

#endif
