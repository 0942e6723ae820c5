/* SPDX-License-Identifier: MIT */
#ifndef CLI_RECORDS_H
#define CLI_RECORDS_H

/* Going through files of lot records. */

#include "cmd.h"

/* Called for each lot; @p errors counts the lot's errors, already told. */
typedef void (*records_fn)(void *context, const char *file, uint64_t row,
                           const struct tem_record *record, size_t errors);

struct records_count {
    size_t lots, errors, warnings;
};

/* Read a file of lots ("-" is stdin), tell its problems, hand on each lot.
 * False with a complaint if the file could not be read to its end. */
bool records_walk(struct cli *cli, const char *file, enum tem_format format,
                  records_fn each, void *context, struct records_count *count);

/* What an option says of the records' format; false with a complaint. */
bool records_format(struct cli *cli, const struct args *args, int option,
                    enum tem_format *format);

/* A problem of a row, on stderr or, with --json, on stdout. */
void records_tell(const struct cli *cli, const char *file,
                  const struct tem_problem *problem);

#endif
