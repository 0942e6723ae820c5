/* SPDX-License-Identifier: MIT */
#ifndef CLI_LOOK_H
#define CLI_LOOK_H

/* What a lot's labels look like: laid out once for all of its serials. */

#include "issue.h"
#include "print.h"

enum { LOOK_TESTS = 3 };

/* The labels of one lot; all NULL where symbols stand alone. */
struct look {
    struct tem_label *dots; /* to draw pictures, printer jobs, and to prove */
    struct tem_label *vectors; /* for PDF and SVG */
    /* Test labels of a roll, as the file has them: their content says that they
     * are examples. */
    struct tem_label *test;
    struct tem_symbol test_symbols[LOOK_TESTS];
    char test_serials[LOOK_TESTS][TEM_LOT_SIZE];
};

/* What a lot's file is made of. */
static inline const struct tem_label *look_label(const struct look *look)
{
    return look->vectors ? look->vectors : look->dots;
}

/* Lay them out, and put them into the job. False with a complaint. */
bool look_make(struct issue *issue, const struct origin *origin,
               const struct known *known, struct print_job *job,
               struct look *look);
void look_free(struct look *look);

#endif
