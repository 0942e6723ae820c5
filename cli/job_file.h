/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOB_FILE_H
#define CLI_JOB_FILE_H

/* One file with all labels of a run: a PDF, or what a label printer takes. It
 * is written under a hidden name (".NAME.begun") and gets its own when the
 * journal knows that it is whole. */

#include "look.h"

/* "STEM_FIRST-LAST.pdf", or "STEM.pdf" without serials; false if too long. */
bool job_file_path(const struct issue *issue, const struct print_job *job,
                   uint64_t first, uint64_t last, char path[PRINT_PATH_SIZE]);

/* Make the run's labels but for void ones, a batch at a time, into the hidden
 * file, which is on the disk then; with --roll, a test label first, in the
 * middle and last, which nobody can take for a sealed one. False with a
 * complaint: nothing is left of it. */
bool job_file_write(struct issue *issue, struct print_job *job,
                    const struct look *look, const struct known *known,
                    uint64_t first, uint64_t last);

/* Give it its name; true if it has it already. False with a complaint. */
bool job_file_publish(struct issue *issue, const struct print_job *job,
                      uint64_t first, uint64_t last);

/* Send it to the print queue, if one is named; true if not. False with a
 * complaint: the file is there to be printed by other means. */
bool job_file_print(struct issue *issue, const struct print_job *job,
                    uint64_t first, uint64_t last);

/* What an abandoned run left, of whatever kind: a file that is @p whole gets
 * its name, another one goes. False with a complaint. */
bool job_file_abandon(struct issue *issue, const struct print_job *job,
                      uint64_t first, uint64_t last, bool whole);

#endif
