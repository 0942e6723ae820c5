/* SPDX-License-Identifier: MIT */
#ifndef CLI_SEAL_H
#define CLI_SEAL_H

/* A lot's record as it is sealed: salt, digest, and a copy beside the labels. */

#include "issue.h"

/* Fill @p digest in, the record's salt and digest in the journal first and the
 * record kept in the output folder as STEM.DIGEST8.record.json. False with a
 * complaint. */
bool seal_record(struct issue *issue, const struct origin *origin,
                 struct journal_lot *known, const char *stem,
                 uint8_t digest[TEM_DIGEST_BYTES]);

#endif
