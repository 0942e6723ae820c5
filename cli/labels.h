/* SPDX-License-Identifier: MIT */
#ifndef CLI_LABELS_H
#define CLI_LABELS_H

/* A lot's labels, as the journal allows: one without a serial, or as many with
 * serials as are wanted. */

#include "issue.h"
#include "look.h"
#include "print.h"
#include "seal.h"

/* Labels that are made, and put on the disk, together. */
enum { LABELS_BATCH = 250 };

/* Make them. The lot's record is sealed, if @p sealing is not NULL, once
 * nothing stands in the way any more. False with a complaint. */
bool labels_make(struct issue *issue, const struct origin *origin,
                 struct known *known, const struct sealing *sealing,
                 const struct look *look, struct print_job *job);

/* Say why labels could not be made, if so. */
void labels_tell_failure(struct issue *issue, const struct print_job *job,
                         const struct print_result *result);

#endif
