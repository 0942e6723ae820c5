/* SPDX-License-Identifier: MIT */
#ifndef CLI_ROLL_H
#define CLI_ROLL_H

/* What happens to a roll after it was printed: labels are spoiled, and the rest
 * of a roll is printed later. */

#include "labels.h"

enum { ROLL_RANGES_MAX = 256 };

/* Serials to be void: "17,105-110". */
struct roll_voids {
    struct tem_serials ranges[ROLL_RANGES_MAX];
    size_t count;
    uint64_t labels;
};

/* Read such a list; false if it is none. */
bool roll_read_list(const char *text, struct roll_voids *voids);

/* Note the serials as void. False with a complaint: nothing is noted unless all
 * can be. */
bool roll_note_voids(struct issue *issue, const struct origin *origin,
                     struct known *known);

/* Write the labels from --resume-from on once more, those of the last run, but
 * for the void ones. False with a complaint. */
bool roll_resume(struct issue *issue, const struct origin *origin,
                 struct known *known, const struct look *look,
                 struct print_job *job);

#endif
