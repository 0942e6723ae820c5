/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

/* A verification's result for people and for programs. */

#include "cmd.h"

/* Lines on stdout. @p file may be "" (a scanned text). */
void show_result(const struct cli *cli, const char *file,
                 const struct tem_result *result);

/* One JSON object; @p corners may be NULL. */
void show_result_json(const char *file, struct tem_bytes text,
                      const struct tem_point *corners,
                      const struct tem_result *result);

#endif
