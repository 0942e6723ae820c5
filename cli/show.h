/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

/* A verification's result for people and for programs. */

#include "failure.h"

/* What was looked at. */
struct shown {
    struct place place;
    struct tem_bytes text;
    const struct tem_point *corners; /* in its picture; NULL: a typed text */
};

/* Lines on stdout. */
void show_result(const struct cli *cli, const struct shown *what,
                 const struct tem_result *result);

/* One JSON object. */
void show_result_json(const struct shown *what,
                      const struct tem_result *result);

#endif
