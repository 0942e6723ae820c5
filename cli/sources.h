/* SPDX-License-Identifier: MIT */
#ifndef CLI_SOURCES_H
#define CLI_SOURCES_H

/* The lists that an office keeps, from which a trust bundle is made. */

#include "cmd.h"

/* Read all operands, told what is wrong with them; warnings also with --quiet
 * if @p aloud. @p source is the caller's to free, whatever comes back, and
 * tells nothing any more; @p contents lives as long.
 * @return EXIT_DONE and contents, or what went wrong. */
int sources_read(struct cli *cli, const struct args *args,
                 enum tem_format format,
                 const struct tem_trust_contents *before, bool aloud,
                 struct tem_trust_source **source,
                 struct tem_trust_contents **contents);

#endif
