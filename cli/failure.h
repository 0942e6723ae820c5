/* SPDX-License-Identifier: MIT */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

/* What could not be looked at: a line on stderr and, with --json, an object on
 * stdout, so that a program that reads it misses no file. Worsens the status. */

#include "cmd.h"

/* Where a text comes from. */
struct place {
    const char *file; /* "": typed or scanned */
    long long line;   /* of the standard input, 0: none */
};

/* "FILE", "line N", or "" for a text of the command line. */
const char *place_text(const struct cli *cli, struct place place, char *out,
                       size_t capacity);

/* @p kind is the JSON's "error": a permanent word. */
void failure_at(struct cli *cli, enum text_id id, struct place place,
                const char *kind, const char *const *arguments);
#define FAILURE(cli, name, place, kind, ...)                                   \
    failure_at(cli, TEXT_##name, place, kind, ARGUMENTS(__VA_ARGS__))
/* The same for a reason of the library. */
void failure_error(struct cli *cli, struct place place, const char *kind,
                   const struct tem_error *error);
/* The object of a file that file_read() has complained of. */
void failure_of_file(struct cli *cli, const char *file);

#endif
