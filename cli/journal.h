/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

/*
 * The journal that `tem issue` kept before there was a registry: an append-only
 * text file, one event a line, fields between tabs, each line closed by a lone
 * full stop:
 *
 *     tem-journal  2  .
 *     begin    COUNT FOLDER .                           a command, so many a
 * lot seal     MAKER PRODUCT LOT  SALT DIGEST .         a record is sealed
 *     reserve  MAKER PRODUCT LOT  FIRST LAST WIDTH PRINT FOLDER KID .
 *     made     MAKER PRODUCT LOT  LAST .                labels up to here
 *     done     MAKER PRODUCT LOT  FIRST LAST .          all labels
 *     abandon  MAKER PRODUCT LOT  FIRST LAST .          the rest is given up
 *     void     MAKER PRODUCT LOT  FIRST LAST .          spoiled: not for use
 *     again    MAKER PRODUCT LOT  FIRST LAST .          written a second time,
 *                                                       never printed before
 *     end      .                                        all lots of the command
 *
 * Older ones do not have KID. A line cut by a crash was closed with the word
 * `torn` by the next run.
 */

#include "registry.h"

/* Take a journal over into a registry that knows none of its lots: all of it,
 * or nothing. What it calls "@" is the folder that it lies in. False with a
 * complaint; *events tells how many there were. */
bool journal_take_over(const struct cli *cli, const char *path,
                       struct registry *registry, size_t *events);

/* Was it taken over, and is it still what it was then? False with a complaint
 * that it is not; *taken is false if it never was. */
bool journal_is_over(const struct cli *cli, const char *path,
                     struct registry *registry, bool *taken);

#endif
